"""The worklist: needs from facts, in order, for those who may see them; no open course falls out of sight."""

import itertools
import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.urls import resolve, reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.placements.enums import Outcome, Party
from jobbro.apps.screening.enums import Setting
from jobbro.apps.screening.enums import State as DialogueState
from jobbro.apps.worklist.enums import By, Due, Sort, WaitsOn
from jobbro.apps.worklist.kinds import KINDS
from jobbro.apps.worklist.selectors import (
    ALL,
    UNPROMISED,
    Found,
    WorklistFilters,
    all_rows,
    first_rows,
    needs_of,
    worklist_page,
)
from tests.factories import accounts, cases, citizens, organisations, placements, plans, screening

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def mette(team):
    return accounts.employee(team=team)


def calm(team, **more):
    """Somebody who needs nothing today: a contact person, a next step to come, a step taken today."""
    return citizens.citizen(team=team, **{"next_step": "Ring", "next_step_on": LATER, "last_step_on": TODAY, **more})


def found_by(user, **filters) -> Found:
    with accounts.acting(user) as actor:
        return all_rows(actor=actor, filters=WorklistFilters(**filters), on=TODAY)


def codes_of(user, citizen) -> dict[str, WaitsOn]:
    with accounts.acting(user) as actor:
        row = needs_of(actor=actor, citizen_id=citizen.pk, on=TODAY)
    found = {need.code: need.waits_on for need in row.needs} if row else {}
    # Asked of everybody new who has not begun to tell; that is tested with the opening questions.
    found.pop("opening_questions_not_asked", None)
    return found


def test_whoever_has_a_person_and_a_step_to_come_needs_nothing(team, mette):
    assert codes_of(mette, calm(team, lead=mette)) == {}


def test_a_course_without_person_step_and_life_says_all_three(team, mette):
    left = citizens.citizen(team=team)
    assert set(codes_of(mette, left)) == {"no_person", "no_next_step", "quiet"}


def test_a_step_whose_day_has_come_waits_for_us(team, mette):
    assert codes_of(mette, calm(team, lead=mette, next_step_on=TODAY)) == {"next_step_due": WaitsOn.US}
    assert codes_of(mette, calm(team, lead=mette, next_step_on=TODAY + timedelta(days=1))) == {}


def test_a_contact_person_who_has_left_is_no_contact_person(team, mette):
    gone = accounts.employee(team=team, name="Ole Bech", until_on=TODAY - timedelta(days=1))
    assert codes_of(mette, calm(team, lead=gone)) == {"person_left": WaitsOn.US}


def test_a_dialogue_stops_at_home_with_the_citizen_and_together_with_us(team, mette):
    still = TODAY - timedelta(days=10)
    for setting, whose in ((Setting.HOME, WaitsOn.CITIZEN), (Setting.TOGETHER, WaitsOn.US)):
        who = calm(team, lead=mette, last_step_on=still)
        screening.dialogue(citizen=who, setting=setting, started_by=mette)
        assert codes_of(mette, who) == {"dialogue_open": whose}


def test_a_dialogue_that_is_being_answered_needs_nothing(team, mette):
    who = calm(team, lead=mette)
    screening.dialogue(citizen=who, started_by=mette)
    assert codes_of(mette, who) == {}


def test_needs_wait_for_whoever_has_not_said_yes(team, mette):
    who = calm(team, lead=mette)
    screening.dialogue(citizen=who, state=DialogueState.FINISHED, started_by=mette)
    assert codes_of(mette, who) == {"needs_citizen_yes": WaitsOn.CITIZEN, "needs_our_yes": WaitsOn.US}


def test_agreed_needs_ask_for_a_plan(team, mette):
    who = calm(team, lead=mette)
    plans.agreed_needs(citizen=who, staff=mette)
    assert codes_of(mette, who) == {"plan_to_make": WaitsOn.US}


def test_a_held_table_without_a_decision_waits_for_us():
    at = placements.table()
    placements.held(at=at)
    assert codes_of(at.broker, at.citizen)["meeting_outcome"] == WaitsOn.US
    decided = placements.table()
    placements.held(at=decided, outcome=Outcome.TRIAL)
    assert "meeting_outcome" not in codes_of(decided.broker, decided.citizen)


def test_support_is_arranged_for_a_job_that_goes_on_and_not_for_one_that_ended():
    at = placements.table(state=ProposalState.AGREED)
    placement = placements.running(at=at)
    placements.arrangement(at=at, due_on=TODAY)
    assert "support_to_arrange" in codes_of(at.broker, at.citizen)
    placements.end(placement=placement, by=at.broker)
    assert "support_to_arrange" not in codes_of(at.broker, at.citizen)


def test_an_agreement_waits_for_each_who_has_not_signed():
    at = placements.table()
    version = placements.agreement(at=at)
    placements.signature(version=version, party=Party.CITIZEN, by=at.broker)
    with accounts.acting(at.broker) as actor:
        row = needs_of(actor=actor, citizen_id=at.citizen.pk, on=TODAY)
    waiting = {need.waits_on for need in row.needs if need.code == "agreement_to_sign"}
    assert waiting == {WaitsOn.EMPLOYER, WaitsOn.US}


def test_a_closed_course_needs_nothing_and_a_paused_one_a_day_to_go_on(team, mette):
    assert codes_of(mette, citizens.citizen(team=team, state=State.CLOSED)) == {}
    paused = citizens.citizen(team=team, lead=mette, state=State.PAUSED)
    assert set(codes_of(mette, paused)) == {"no_next_step"}


def test_the_nearest_day_stands_first_then_what_waits_for_us_then_the_name(team, mette):
    day = TODAY - timedelta(days=3)
    for family in ("Ørsted", "Aagaard", "Bæk"):
        calm(team, lead=mette, family_name=family, next_step_on=day)
    calm(team, lead=mette, family_name="Tidlig", next_step_on=day - timedelta(days=1))
    rows = found_by(mette, needs=("next_step_due",)).rows
    assert [row.name.split()[1] for row in rows] == ["Tidlig", "Bæk", "Ørsted", "Aagaard"]


def test_own_first_any_colleague_the_team_the_unit(team, mette):
    other = accounts.employee(team=team, name="Per Kvist")
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=team.unit, name="Lone Leder")
    second = organisations.team(unit=team.unit, name="Team Skov")
    for given, where, who in (("Egen", team, mette), ("Kollegas", team, other), ("Skovens", second, None)):
        citizens.citizen(team=where, given_name=given, lead=who)
    names = {
        "mine": {row.name for row in found_by(mette).rows},
        "colleague": {row.name for row in found_by(mette, who=str(other.pk)).rows},
        "team": {row.name for row in found_by(mette, who=ALL).rows},
        "unit": {row.name for row in found_by(lead, who=ALL).rows},
        "one team": {row.name for row in found_by(lead, who=ALL, team_id=second.pk).rows},
    }
    assert names == {
        "mine": {"Egen Lund"},
        "colleague": {"Kollegas Lund"},
        "team": {"Egen Lund", "Kollegas Lund"},
        "unit": {"Egen Lund", "Kollegas Lund", "Skovens Lund"},
        "one team": {"Skovens Lund"},
    }


def test_nobody_from_another_unit_is_seen_or_counted(mette, team):
    foreign = citizens.citizen()
    for filters in ({"who": ALL}, {"who": ALL, "team_id": foreign.case.team_id}, {"who": str(mette.pk)}):
        found = found_by(mette, **filters)
        assert (found.rows, found.open, found.total, found.counts) == ((), 0, 0, {})
    assert codes_of(mette, foreign) == {}


def test_the_filters_narrow_the_rows_and_keep_the_numbers(team, mette):
    calm(team, lead=mette, next_step_on=TODAY)
    plan = calm(team, lead=mette)
    plans.agreed_needs(citizen=plan, staff=mette)
    screening.dialogue(citizen=calm(team, lead=mette), state=DialogueState.FINISHED, started_by=mette)
    whole = found_by(mette)
    assert (whole.total, whole.waits[WaitsOn.US], whole.waits[WaitsOn.CITIZEN]) == (3, 3, 1)
    for filters, total in (
        ({"needs": ("plan_to_make",)}, 1),
        ({"waits_on": WaitsOn.CITIZEN}, 1),
        ({"due": Due.TODAY}, 3),
        ({"due": Due.LATE, "needs": ("next_step_due",)}, 0),
        ({"needs": UNPROMISED}, 0),
    ):
        found = found_by(mette, **filters)
        assert (found.total, len(found.rows), found.counts) == (total, total, whole.counts)


def test_pages_cut_the_same_list(team, mette):
    for number in range(30):
        citizens.citizen(team=team, lead=mette, given_name=f"P{number:02}")
    with accounts.acting(mette) as actor:
        pages = [
            worklist_page(actor=actor, filters=WorklistFilters(number=number, sort=Sort.NAME), on=TODAY)
            for number in (1, 2, 9)
        ]
    names = [[row.name for row in page.found.rows] for page in pages]
    assert (len(names[0]), len(names[1])) == (25, 5)
    assert [*names[0], *names[1]] == sorted([*names[0], *names[1]])
    # An address of a page that is no more shows the last one.
    assert (names[2], pages[2].page.number) == (names[1], 2)


@pytest.mark.parametrize("sort", list(Sort))
def test_many_stand_in_the_same_order_as_few(team, mette, sort):
    families = ("Ørsted", "Aagaard", "bæk", "Bæk", "Åkjær", "Zink", "Bæk")
    for number, family in enumerate(families):
        calm(team, lead=mette, family_name=family, next_step_on=TODAY - timedelta(days=number % 2))

    def cut(**wanted: int) -> list[str]:
        whole = {"around": str(mette.pk), "sort": sort, "skip": 0, "size": 100, **wanted}
        with accounts.acting(mette), connection.cursor() as cursor:
            cursor.execute("select worklist_page(%s::date, %s::jsonb)", [TODAY, json.dumps(whole)])
            return [row["citizen_id"] for row in json.loads(cursor.fetchone()[0])["rows"]]

    few = cut()
    assert len(few) == len(families)
    # Read whole and narrowed, in pages.
    assert [*cut(few=0, size=3), *cut(few=0, skip=3, size=3), *cut(few=0, skip=6, size=3)] == few


def test_a_page_takes_six_queries_whatever_the_data(team, mette, django_assert_num_queries):
    for count in (1, 8):
        for _ in range(count):
            citizens.citizen(team=team, lead=mette)
        with accounts.acting(mette) as actor, django_assert_num_queries(6):
            worklist_page(actor=actor, filters=WorklistFilters(), on=TODAY)
        with accounts.acting(mette) as actor, django_assert_num_queries(1):
            first_rows(actor=actor, most=10, on=TODAY)


STEPS = (("", None), ("Ring", None), ("", LATER), ("Ring", TODAY - timedelta(days=1)), ("Ring", TODAY), ("Ring", LATER))
LEADS = ("none", "gone", "ended", "inactive", "here")


@pytest.mark.parametrize("step", STEPS)
def test_every_open_course_has_a_need_or_a_person_and_a_step_to_come(team, mette, step):
    """Whatever a course looks like, it either stands in the worklist or is somebody's with a day."""
    text, day = step
    gone = accounts.employee(team=team, until_on=TODAY - timedelta(days=1))
    for lead, state in itertools.product(LEADS, (State.OPEN, State.PAUSED)):
        who = citizens.citizen(team=team, state=state, next_step=text, next_step_on=day, last_step_on=TODAY)
        if lead != "none":
            user = gone if lead == "gone" else accounts.employee(team=team)
            until = TODAY - timedelta(days=1) if lead == "ended" else None
            cases.member(case=who.case, user=user, role=MemberRole.LEAD, until_on=until)
            if lead == "inactive":
                from tests.factories.rows import run

                run("update accounts_user set is_active = false where id = $1::uuid", value=user.pk)
        is_kept = lead == "here" and text != "" and day is not None and day > TODAY
        assert bool(codes_of(mette, who)) is not is_kept, (lead, state, step)


def test_every_kind_has_words_and_an_address():
    some = UUID(int=7)
    for kind in KINDS:
        assert str(kind.label) and str(kind.sentence)
        for name, by in ((kind.url, kind.by), *((own.url, own.by) for own in kind.own if own.url)):
            arguments = [] if by == By.NOTHING else [some]
            assert resolve(reverse(name, args=arguments)).url_name == name
        for own in kind.own:
            assert str(own.text) and str(own.easy)
