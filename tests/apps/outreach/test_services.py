"""The opening questions and efforts: what is respected, what is refused, who is found, what the wall holds."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.outreach import selectors, services
from jobbro.apps.outreach.enums import Contacted, Reply, Response, Why
from jobbro.apps.outreach.facts import _age, candidates
from jobbro.apps.outreach.models import OpeningAnswer
from jobbro.apps.outreach.needs_doing import needs_doing
from jobbro.apps.outreach.refusals import NotNow, NotThere, NotYet, Refused
from jobbro.apps.outreach.services import EffortDraft, OpeningDraft
from tests.factories import accounts, citizens, organisations, outreach, screening
from tests.factories.outreach import today
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db


class Desk:
    """A team with a lead and a caseworker, and one citizen with a login."""

    def __init__(self) -> None:
        self.team = organisations.team()
        self.lead = accounts.employee(role=Role.TEAM_LEAD, unit=self.team.unit, name="Lone Lead")
        self.caseworker = accounts.employee(team=self.team)
        self.citizen = citizens.citizen(team=self.team, has_login=True)

    def another(self, **fields: object) -> citizens.Citizen:
        return citizens.citizen(team=self.team, **fields)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def _answer(desk: Desk, *, user: object = None, talk: str = Reply.YES, **fields: object) -> OpeningAnswer:
    with accounts.acting(user or desk.caseworker) as actor:
        draft = OpeningDraft(harder=Reply.YES, talk=talk, **fields)
        return services.answer_opening(
            actor=actor, citizen_id=desk.citizen.pk, draft=draft, on=today(), at=timezone.now()
        )


@pytest.mark.parametrize(
    ("talk", "days"), [(Reply.YES, None), (Reply.NO, 365), (Reply.RATHER_NOT, 365), (Reply.NOT_NOW, 182)]
)
def test_when_they_may_be_asked_again(desk: Desk, talk: str, days: int | None) -> None:
    row = _answer(desk, talk=talk)
    assert row.ask_again_on == (None if days is None else today() + timedelta(days=days))


def test_not_now_holds_until_the_day_they_chose(desk: Desk) -> None:
    day = today() + timedelta(days=40)
    assert _answer(desk, talk=Reply.NOT_NOW, ask_again_on=day).ask_again_on == day
    for wrong, code in ((today(), "day_past"), (today() + timedelta(days=800), "far")):
        with pytest.raises(Refused, match=code):
            _answer(desk, user=desk.citizen.user, talk=Reply.NOT_NOW, ask_again_on=wrong)


@pytest.mark.parametrize("talk", [Reply.NO, Reply.NOT_NOW, Reply.RATHER_NOT])
def test_staff_do_not_ask_before_the_day_unless_the_citizen_raises_it(desk: Desk, talk: str) -> None:
    _answer(desk, talk=talk)
    with pytest.raises(NotYet):
        _answer(desk)
    assert _answer(desk, is_raised=True).talk == Reply.YES
    assert _answer(desk, user=desk.citizen.user, talk=Reply.NO).is_own


def test_on_the_day_they_may_be_asked_again(desk: Desk) -> None:
    outreach.opening(
        citizen=desk.citizen, by=desk.caseworker, talk=Reply.NOT_NOW, asked_on=today() - timedelta(days=182)
    )
    assert _answer(desk).talk == Reply.YES


def test_answers_stand_and_only_the_citizen_answers_as_the_citizen(desk: Desk) -> None:
    _answer(desk)
    with accounts.acting(desk.caseworker), connection.cursor() as cursor:
        for statement in ("update outreach_openinganswer set talk = 'no'", "delete from outreach_openinganswer"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
    with accounts.acting(desk.caseworker), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        OpeningAnswer(
            citizen=desk.citizen,
            harder="yes",
            talk="yes",
            asked_on=today(),
            is_own=True,
            recorded_by_id=desk.caseworker.pk,
            recorded_at=timezone.now(),
        ).save(force_insert=True)


def test_a_stranger_answers_for_nobody(desk: Desk) -> None:
    stranger = accounts.employee(team=organisations.team())
    with pytest.raises(NotThere):
        _answer(desk, user=stranger)


def _needs(user: object) -> set[tuple[str, object]]:
    with accounts.acting(user) as actor:
        return {(row["need"], row["due_on"]) for rows in needs_doing(actor=actor, on=today()) for row in rows}


def test_what_needs_doing_follows_from_what_was_said(desk: Desk) -> None:
    opened = rows_of("select opened_on from cases_case")[0].opened_on
    ((need, due),) = _needs(desk.caseworker)
    assert need == "opening_questions_not_asked" and (due - timedelta(days=14)).isoformat() == opened
    outreach.opening(citizen=desk.citizen, by=desk.caseworker, talk=Reply.NO, asked_on=today() - timedelta(days=30))
    assert _needs(desk.caseworker) == set()
    run("update outreach_openinganswer set ask_again_on = app_today()")
    assert _needs(desk.caseworker) == {("opening_questions_again", today())}
    run("update outreach_openinganswer set talk = 'yes', ask_again_on = null, asked_on = app_today() - 3")
    assert _needs(desk.caseworker) == {("wants_to_talk", today() + timedelta(days=4))}


def test_the_facts_of_an_effort_find_people_and_nothing_else_does(desk: Desk) -> None:
    young = desk.another(given_name="Ung")
    asked = desk.another(given_name="Spurgt")
    outreach.opening(citizen=asked, by=desk.caseworker, talk=Reply.NOT_NOW)
    again = desk.another(given_name="Igen")
    outreach.opening(citizen=again, by=desk.caseworker, talk=Reply.NO, asked_on=today() - timedelta(days=400))

    def found(*facts: str, since: object = None) -> set[str]:
        effort = outreach.effort(team=desk.team, lead=desk.lead, facts=facts, since=since)
        with accounts.acting(desk.caseworker) as actor:
            rows = candidates(actor=actor, effort=effort, most=50, on=today())
        return {row.name.split()[0] for row in rows}

    assert found(Why.NOT_ASKED) == {"Anna", "Ung"}
    assert found(Why.ASK_AGAIN) == {"Igen"}
    assert found(Why.NEW_SINCE, since=today()) == set()
    run("update cases_case set opened_on = app_today() where citizen_id = $1::uuid", value=young.pk)
    assert found(Why.NEW_SINCE, since=today()) == {"Ung"}
    # Everybody made here is born in 1990.
    assert found(Why.YOUNG) == set()


def test_age_counts_to_the_birthday(desk: Desk) -> None:
    cipher = bytes(Cpr.read("0102901234").encrypted())
    assert _age(cipher, on=date(2019, 1, 31)) == 28
    assert _age(cipher, on=date(2019, 2, 1)) == 29


def _start(desk: Desk, *, user: object = None, **fields: object) -> object:
    values = {
        "name": "Alle bliver spurgt",
        "purpose": "At spørge alle.",
        "why": "Ingen har spurgt dem.",
        "facts": (Why.NOT_ASKED,),
        "from_on": today(),
        "until_on": today() + timedelta(days=30),
        **fields,
    }
    with accounts.acting(user or desk.lead) as actor:
        return services.start_effort(
            actor=actor, municipality=actor.codes[0], draft=EffortDraft(**values), on=today(), at=timezone.now()
        )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"facts": ()}, "facts"),
        ({"facts": ("benefit",)}, "facts"),
        ({"facts": (Why.NEW_SINCE,)}, "since"),
        ({"until_on": today() - timedelta(days=1)}, "period"),
        ({"until_on": today() + timedelta(days=900)}, "long"),
        ({"why": "0101901234 skal med"}, "cpr"),
        ({"name": " "}, "words"),
    ],
)
def test_what_no_effort_is(desk: Desk, fields: dict, code: str) -> None:
    with pytest.raises(Refused, match=code):
        _start(desk, **fields)


def test_only_a_team_lead_starts_an_effort(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        _start(desk, user=desk.caseworker)
    assert _start(desk).pk


def _contact(desk: Desk, person: object, response: str) -> object:
    with accounts.acting(desk.caseworker) as actor:
        return services.note_contact(
            actor=actor,
            person_id=person.pk,
            channel=Contacted.PHONE,
            response=response,
            contacted_on=today(),
            on=today(),
            at=timezone.now(),
        )


def test_a_no_to_an_effort_is_the_last_contact_and_not_now_rests(desk: Desk) -> None:
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    first = outreach.listed(effort=effort, citizen=desk.citizen, by=desk.caseworker)
    second = outreach.listed(effort=effort, citizen=desk.another(), by=desk.caseworker)
    _contact(desk, first, Response.NOT_REACHED)
    _contact(desk, first, Response.NO)
    with pytest.raises(NotNow):
        _contact(desk, first, Response.YES)
    _contact(desk, second, Response.NOT_NOW)
    with pytest.raises(NotYet):
        _contact(desk, second, Response.YES)


def test_people_are_listed_once_and_only_those_one_works_with(desk: Desk) -> None:
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    neighbour = citizens.citizen(team=organisations.team(unit=desk.team.unit, name="Team Bakke"))
    with accounts.acting(desk.caseworker) as actor:
        for expected in (1, 0):
            new = services.list_people(actor=actor, effort_id=effort.pk, citizen_ids=(desk.citizen.pk,), on=today())
            assert new == expected
        with pytest.raises(NotThere):
            services.list_people(actor=actor, effort_id=effort.pk, citizen_ids=(neighbour.pk,), on=today())


def test_the_result_counts_all_teams_and_hides_small_numbers(desk: Desk) -> None:
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    next_door = organisations.team(unit=desk.team.unit, name="Team Bakke")
    for number in range(12):
        person = citizens.citizen(team=desk.team if number % 2 else next_door)
        on_list = outreach.listed(effort=effort, citizen=person, by=desk.lead)
        outreach.contact(person=on_list, by=desk.lead, response=Response.YES if number < 10 else Response.NO)
    with accounts.acting(desk.caseworker) as actor:
        page = selectors.effort_page(actor=actor, effort_id=effort.pk, on=today())
    assert page.result.listed == 12 and page.result.contacted == 12
    assert dict(page.result.responses) == {"yes": None, "no": None, "not_now": 0, "not_reached": 0}
    assert len(page.people) == 6


@pytest.mark.parametrize(
    ("next_door", "shown"),
    [
        # Ten of all less the eight on one's own list would be two people of the neighbours.
        pytest.param(2, {"listed": None, "contacted": None, "yes": None}, id="few elsewhere"),
        pytest.param(6, {"listed": 14, "contacted": 14, "yes": 14}, id="enough elsewhere"),
        pytest.param(0, {"listed": 8, "contacted": 8, "yes": 8}, id="nobody elsewhere"),
    ],
)
def test_the_own_list_and_the_result_tell_nobody_of_the_neighbours(
    desk: Desk, next_door: int, shown: dict[str, int | None]
) -> None:
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    bakke = organisations.team(unit=desk.team.unit, name="Team Bakke")
    for team in [desk.team] * 8 + [bakke] * next_door:
        on_list = outreach.listed(effort=effort, citizen=citizens.citizen(team=team), by=desk.lead)
        outreach.contact(person=on_list, by=desk.lead)
    with accounts.acting(desk.caseworker) as actor:
        page = selectors.effort_page(actor=actor, effort_id=effort.pk, on=today())
    result = page.result
    told = {"listed": result.listed, "contacted": result.contacted, **dict(result.responses)}
    assert {code: told[code] for code in shown} == shown


def test_the_list_and_the_result_read_the_same_newest_contact(desk: Desk) -> None:
    """Also of two that were noted in the same moment: the one with the later key holds, whichever was written first."""
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    at = timezone.now()
    for number in range(8):
        on_list = outreach.listed(effort=effort, citizen=desk.another(), by=desk.lead)
        both = [(UUID(int=number + 100), Response.YES), (UUID(int=number + 1), Response.NOT_REACHED)]
        for key, response in both if number % 2 else reversed(both):
            outreach.contact(person=on_list, by=desk.lead, response=response, pk=key, noted_at=at)
    with accounts.acting(desk.caseworker) as actor:
        page = selectors.effort_page(actor=actor, effort_id=effort.pk, on=today())
    assert [one.response for one in page.people] == [Response.YES] * 8
    assert dict(page.result.responses) == {"yes": 8, "no": 0, "not_now": 0, "not_reached": 0}


def test_who_waits_does_not_follow_from_the_list_and_the_contacted(desk: Desk) -> None:
    effort = outreach.effort(team=desk.team, lead=desk.lead)
    for number in range(12):
        on_list = outreach.listed(effort=effort, citizen=desk.another(), by=desk.lead)
        if number < 10:
            outreach.contact(person=on_list, by=desk.lead)
    with accounts.acting(desk.caseworker) as actor:
        result = selectors.effort_page(actor=actor, effort_id=effort.pk, on=today()).result
    assert (result.listed, result.contacted, dict(result.responses)["yes"]) == (12, None, None)


def test_figures_are_for_leads_and_analysts_and_of_their_municipality_only(desk: Desk) -> None:
    for number in range(8):
        person = desk.another()
        outreach.opening(citizen=person, by=desk.caseworker, talk=Reply.YES if number < 6 else Reply.NO)
    other = Desk()
    outreach.opening(citizen=other.citizen, by=other.caseworker)
    analyst = accounts.employee(role=Role.ANALYST, unit=desk.team.unit)
    for user in (desk.lead, analyst):
        with accounts.acting(user) as actor:
            told = selectors.identification(actor=actor)
        (quarter,) = told.quarters
        assert quarter.asked == 8 and told.open_courses == 9 and told.never_asked is None
        assert dict(quarter.answers) == {"yes": None, "no": None, "not_now": 0, "rather_not": 0}
    with accounts.acting(desk.caseworker) as actor:
        assert selectors.identification(actor=actor) is None
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from outreach_figures()")
            assert cursor.fetchone() == (0,)


def test_what_followed_is_counted_from_the_day(desk: Desk) -> None:
    people = [desk.another() for _ in range(12)]
    for person in people:
        outreach.opening(citizen=person, by=desk.caseworker)
    for person in people[:6]:
        screening.dialogue(citizen=person, started_at=timezone.now(), started_by=desk.caseworker)
    with accounts.acting(desk.lead) as actor:
        (quarter,) = selectors.identification(actor=actor).quarters
    assert dict(quarter.followed) == {"dialogue": 6, "plan": 0, "job": 0}


def test_an_analyst_reads_no_row_of_anybody(desk: Desk) -> None:
    _answer(desk)
    analyst = accounts.employee(role=Role.ANALYST, unit=desk.team.unit)
    with accounts.acting(analyst), connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from outreach_openinganswer), (select count(*) from outreach_outreachperson)"
        )
        assert cursor.fetchone() == (0, 0)
