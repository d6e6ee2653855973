"""Applications: what each act promises and what it refuses."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.applications import services
from jobbro.apps.applications.enums import Channel, DocumentState, Outcome, State
from jobbro.apps.applications.models import Application, Decision, Document
from jobbro.apps.applications.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.applications.selectors import application_for, applications_of, deadlines_for, my_due, start_for
from jobbro.apps.applications.services import DecisionDraft, DocumentDraft, MoveDetails
from jobbro.apps.applications.states import CITIZEN_MOVES, MOVES
from jobbro.apps.audit.models import Event
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, applications, cases, citizens, organisations
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime(2026, 5, 4, 10))
TODAY = date(2026, 5, 4)


@dataclass
class People:
    staff: User
    citizen: Citizen
    stranger: User
    key_person: User


@pytest.fixture
def people() -> People:
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    key_person = accounts.employee(role=Role.KEY_PERSON, unit=team.unit, name="Kim Nøgle")
    cases.member(case=citizen.case, user=key_person)
    return People(
        staff=staff, citizen=citizen, stranger=accounts.employee(team=organisations.team()), key_person=key_person
    )


def seen(actor, row: Application) -> str:
    page = application_for(actor=actor, application_id=row.pk, on=TODAY)
    assert page is not None
    return page.seen


def move(actor, row: Application, name: str, **details) -> Application:
    return services.move_application(
        actor=actor,
        application_id=row.pk,
        move=name,
        details=MoveDetails(**details),
        seen=seen(actor, row),
        at=AT,
    )


def start(actor, citizen: Citizen, scheme: str = "personlig_assistance", **known) -> Application:
    return services.start_application(actor=actor, citizen_id=citizen.pk, scheme=scheme, known=known, at=AT)


# ---- Starting and writing ----


def test_a_draft_is_half_filled_from_what_is_known(people):
    with acting(people.staff) as actor:
        row = start(actor, people.citizen, work_form="employee", hours_per_week=Decimal("37.00"))
        values = Application.objects.get(pk=row.pk).values
        documents = list(Document.objects.filter(application=row).values_list("code", "state"))
    assert values["name"] == "Anna Lund"
    assert values["address"] == "Prøvevej 1, 9999 Prøvekøbing"
    assert (values["work_form"], values["hours_week"]) == ("employee", "37")
    assert ("contract", "wanted") in documents


def test_a_fact_that_is_no_answer_of_the_form_is_left_out(people):
    with acting(people.staff) as actor:
        row = start(actor, people.citizen, work_form="none", hours_per_week=True, start_on=date(2026, 6, 1))
        values = Application.objects.get(pk=row.pk).values
    assert "work_form" not in values
    assert "hours_week" not in values
    assert values["from_on"] == "2026-06-01"


def test_a_protected_address_is_never_copied(people):
    protected = citizens.protected_address(team=people.citizen.case.team, lead=people.staff)
    with acting(people.staff) as actor:
        row = start(actor, protected)
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
    assert "Prøvevej" not in str(row.values)
    assert [filled.field.code for filled in page.fields if filled.field.prefill == "citizen.address"] == []


def test_starting_twice_is_one_draft(people):
    with acting(people.staff) as actor:
        first = start(actor, people.citizen)
        assert start(actor, people.citizen).pk == first.pk
        assert start(actor, people.citizen, scheme="paragraf_56").pk != first.pk
        assert Application.objects.count() == 2


def test_the_citizen_starts_too_and_nobody_else_does(people):
    with acting(people.citizen.user) as actor:
        row = start(actor, people.citizen)
        assert row.started_by_id == people.citizen.user_id
        assert start_for(actor=actor, citizen_id=people.citizen.pk, scheme="mentor_of_none", on=TODAY) is None
    with acting(people.key_person) as actor, pytest.raises(PermissionDenied):
        start(actor, people.citizen)
    with acting(people.stranger) as actor, pytest.raises(NotThere):
        start(actor, people.citizen)
    with acting(people.staff) as actor, pytest.raises(NotThere):
        start(actor, people.citizen, scheme="nothing")
    with acting(people.staff) as actor, pytest.raises(NotThere):
        start(actor, people.citizen, scheme="fortrinsadgang")


def test_writing_keeps_only_answers(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff)
    with acting(people.citizen.user) as actor:
        mark = seen(actor, row)
        with pytest.raises(Refused) as refused:
            services.write_application(
                actor=actor, application_id=row.pk, values={"hours_week": "many", "from_on": "soon"}, seen=mark
            )
        assert set(refused.value.fields) == {"hours_week", "from_on"}
        services.write_application(
            actor=actor, application_id=row.pk, values={"position": " Bager ", "diagnosis": "x"}, seen=mark
        )
        assert Application.objects.get().values == {"position": "Bager"}
        with pytest.raises(Changed):
            services.write_application(actor=actor, application_id=row.pk, values={}, seen=mark)


def test_what_was_sent_stands(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.SENT)
    with acting(people.staff) as actor, pytest.raises(NotNow):
        services.write_application(actor=actor, application_id=row.pk, values={}, seen=seen(actor, row))


# ---- The way ----


def test_the_whole_way_from_draft_to_complaint(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff)
    with acting(people.citizen.user) as actor:
        move(actor, row, "finish")
        sent = move(actor, row, "send", channel=Channel.HERE, on=TODAY)
        assert {line["code"]: line["value"] for line in sent.form}["position"] == "Bager"
    with acting(people.staff) as actor:
        assert move(actor, row, "acknowledge", on=TODAY).decide_by is None
        move(actor, row, "ask_more", words="Send kontrakten.", by=TODAY + timedelta(days=7))
    with acting(people.citizen.user) as actor:
        move(actor, row, "answer")
    with acting(people.staff) as actor:
        services.decide_application(
            actor=actor,
            application_id=row.pk,
            draft=DecisionDraft(outcome=Outcome.REFUSED, decided_on=TODAY, received_on=TODAY, reference="17-4"),
            seen=seen(actor, row),
            at=AT,
        )
    with acting(people.citizen.user) as actor:
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        assert page.decision.complain_until == TODAY + timedelta(weeks=4)
        assert [due.code for due in page.due] == ["complain"]
        move(actor, row, "complain", on=TODAY)
    with acting(people.staff) as actor:
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        assert [(due.code, due.on) for due in page.due] == [("reconsider", TODAY + timedelta(weeks=4))]
        move(actor, row, "forward", on=TODAY)
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        assert [due.who for due in page.due] == ["appeals_board"]
        verbs = list(Event.objects.filter(citizen_id=people.citizen.pk).values_list("verb", flat=True))
    assert verbs.count("application_moved") == 7
    assert verbs.count("decision_recorded") == 1


def test_an_unfinished_draft_is_not_finished(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, values={"name": "Anna Lund"})
    with acting(people.staff) as actor:
        with pytest.raises(Refused) as refused:
            move(actor, row, "finish")
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
    assert "position" in refused.value.fields
    assert "position" in {filled.field.code for filled in page.left_open}


@pytest.mark.parametrize("state", State)
def test_no_move_but_those_of_the_table(people, state):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=state)
    allowed = {name for start, name in MOVES if start == state}
    with acting(people.staff) as actor:
        for name in {name for _start, name in MOVES} - allowed - {"decide"}:
            with pytest.raises(NotNow):
                move(actor, row, name, words="x", channel="here")
        assert Application.objects.get().state == state


@pytest.mark.parametrize("name", sorted({name for _start, name in MOVES} - set(CITIZEN_MOVES) - {"decide"}))
def test_the_citizen_does_not_do_the_authoritys_work(people, name):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.ACKNOWLEDGED)
    with acting(people.citizen.user) as actor, pytest.raises(PermissionDenied):
        move(actor, row, name)


def test_nobody_but_those_around_moves_it(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff)
    with acting(people.key_person) as actor, pytest.raises(PermissionDenied):
        move(actor, row, "withdraw")
    with acting(people.stranger) as actor:
        assert application_for(actor=actor, application_id=row.pk, on=TODAY) is None
        with pytest.raises(NotThere):
            services.move_application(
                actor=actor, application_id=row.pk, move="withdraw", details=MoveDetails(), seen="", at=AT
            )


def test_the_municipalitys_own_deadline_counts_from_the_day_of_receipt(people):
    team = organisations.team(unit=organisations.unit(organisations.municipality(code="0479", name="Svendborg")))
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff)
    row = applications.application(
        citizen=citizen, started_by=staff, scheme="paragraf_56", state=State.SENT, values={"name": "A"}
    )
    with acting(staff) as actor:
        received = date(2026, 4, 1)
        assert move(actor, row, "acknowledge", on=received).decide_by == received + timedelta(weeks=6)
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        assert (page.deadline.value, page.deadline.unit) == (6, "weeks")
        assert [(due.code, due.is_late(date(2026, 5, 14))) for due in page.due] == [("decide", True)]
        with pytest.raises(Refused, match="later_day"):
            move(actor, row, "postpone", by=received + timedelta(weeks=6))
        assert move(actor, row, "postpone", by=date(2026, 6, 1)).decide_by == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("state", "name", "details", "code"),
    [
        (State.READY, "send", {"channel": "pigeon"}, "channel"),
        (State.READY, "send", {"channel": "here", "on": date(2026, 5, 5)}, "day_ahead"),
        (State.READY, "send", {"channel": "here", "on": date(2026, 3, 1)}, "day_before"),
        (State.SENT, "acknowledge", {"on": date(2026, 3, 2)}, "day_before"),
        (State.SENT, "acknowledge", {"on": date(2026, 3, 4), "by": date(2026, 3, 3)}, "day_passed"),
        (State.ACKNOWLEDGED, "ask_more", {"words": "  "}, "words"),
        (State.ACKNOWLEDGED, "ask_more", {"words": "x" * 20_001}, "too_long"),
        (State.ACKNOWLEDGED, "postpone", {}, "later_day"),
    ],
)
def test_a_move_without_what_it_needs_is_refused(people, state, name, details, code):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=state)
    with acting(people.staff) as actor, pytest.raises(Refused, match=code):
        move(actor, row, name, **details)


def test_an_application_is_taken_back_and_not_complained_about(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.SENT)
    with acting(people.citizen.user) as actor:
        move(actor, row, "withdraw")
        assert Decision.objects.get().outcome == Outcome.WITHDRAWN
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        assert (page.moves, page.due) == ((), ())
        with pytest.raises(NotNow):
            move(actor, row, "complain")


# ---- Deciding ----


def decide(actor, row, **changes) -> Decision:
    draft = {"outcome": Outcome.GRANTED, "decided_on": TODAY, "received_on": TODAY, **changes}
    return services.decide_application(
        actor=actor, application_id=row.pk, draft=DecisionDraft(**draft), seen=seen(actor, row), at=AT
    )


GRANT = {"from_on": TODAY, "hours_week": Decimal(20), "working_hours_week": Decimal(37)}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"outcome": "withdrawn"}, "outcome"),
        ({**GRANT, "decided_on": date(2026, 5, 5), "received_on": date(2026, 5, 5)}, "day_ahead"),
        ({**GRANT, "decided_on": date(2026, 3, 1)}, "day_before"),
        ({**GRANT, "received_on": date(2026, 5, 3)}, "received_before"),
        ({**GRANT, "until_on": date(2026, 5, 3)}, "period"),
        ({**GRANT, "from_on": None}, "from"),
        ({**GRANT, "hours_week": None}, "hours"),
        ({**GRANT, "hours_week": Decimal("20.01")}, "limit"),
        ({**GRANT, "hours_week": Decimal(10), "working_hours_week": Decimal("18.49")}, "limit"),
        ({**GRANT, "hours_week": Decimal(21), "working_hours_week": Decimal(40)}, "limit"),
        ({**GRANT, "hours_week": Decimal(61)}, "hours"),
        ({**GRANT, "rate": Decimal(0)}, "rate"),
        ({**GRANT, "reference": "x" * 61}, "too_long"),
        ({"outcome": Outcome.REFUSED, "from_on": TODAY}, "terms"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(people, changes, code):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.ACKNOWLEDGED)
    with acting(people.staff) as actor:
        with pytest.raises(Refused) as refused:
            decide(actor, row, **changes)
        assert refused.value.code == code
        assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("hours", "working", "is_above"),
    [("20", "37", False), ("10", "18.5", False), ("20", "40", False), ("25", "37", True), ("21", "40", True)],
)
def test_exactly_the_limit_is_allowed_and_beyond_it_has_its_own_ground(people, hours, working, is_above):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.ACKNOWLEDGED)
    with acting(people.staff) as actor:
        decide(
            actor,
            row,
            from_on=TODAY,
            hours_week=Decimal(hours),
            working_hours_week=Decimal(working),
            is_above_limit=is_above,
        )
        assert Application.objects.get().state == State.DECIDED


def test_the_citizen_decides_nothing(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.ACKNOWLEDGED)
    with acting(people.citizen.user) as actor, pytest.raises(PermissionDenied):
        decide(actor, row, **GRANT)


def test_a_new_decision_after_a_complaint_stands_beside_the_old_one(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.COMPLAINED)
    applications.decision(application=row, recorded_by=people.staff, outcome=Outcome.REFUSED)
    with acting(people.staff) as actor:
        decide(actor, row, **GRANT)
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
    assert page.decision.outcome == Outcome.GRANTED
    assert [before.outcome for before in page.earlier] == [Outcome.REFUSED]


# ---- Documents ----


def test_the_checklist_keeps_where_each_document_is(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff)
    with acting(people.staff) as actor:
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        first = page.documents[0]
        drafts = [DocumentDraft(document_id=first.id, state=DocumentState.HERE, reference="2026-9")]
        services.change_documents(
            actor=actor, application_id=row.pk, drafts=drafts, add="Lønseddel", seen=page.seen_documents, on=TODAY
        )
        after = application_for(actor=actor, application_id=row.pk, on=TODAY).documents
        assert (after[0].state, after[0].reference, after[0].state_on) == ("here", "2026-9", TODAY)
        assert (after[-1].title, after[-1].state) == ("Lønseddel", "asked")
        with pytest.raises(Changed):
            services.change_documents(
                actor=actor, application_id=row.pk, drafts=drafts, add="", seen=page.seen_documents, on=TODAY
            )


def test_a_list_that_cannot_be_is_refused(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff)
    other = applications.application(citizen=people.citizen, started_by=people.staff, scheme="paragraf_56")
    with acting(people.staff) as actor:
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        foreign = application_for(actor=actor, application_id=other.pk, on=TODAY).documents[0]
        for drafts, add, code in (
            ([DocumentDraft(document_id=foreign.id, state="here")], "", "document"),
            ([DocumentDraft(document_id=page.documents[0].id, state="burnt")], "", "document"),
            ([DocumentDraft(document_id=page.documents[0].id, state="here", reference="x" * 61)], "", "too_long"),
            ([], "x" * 201, "too_long"),
        ):
            with pytest.raises(Refused, match=code):
                services.change_documents(
                    actor=actor,
                    application_id=row.pk,
                    drafts=drafts,
                    add=add,
                    seen=page.seen_documents,
                    on=TODAY,
                )


# ---- Deadlines and lists ----


def test_deadlines_show_own_citizens_first_and_the_team_on_demand(people):
    near = citizens.citizen(team=people.citizen.case.team, given_name="Bo")
    applications.application(
        citizen=people.citizen, started_by=people.staff, state=State.ACKNOWLEDGED, decide_by=date(2026, 5, 1)
    )
    applications.application(citizen=near, started_by=people.staff, state=State.SENT)
    applications.vacancy(citizen=people.citizen, noted_by=people.staff)
    with acting(people.staff) as actor:
        own = deadlines_for(actor=actor, whose="own", on=TODAY)
        team = deadlines_for(actor=actor, whose="team", on=TODAY)
    assert [(row.due.code, row.is_late) for row in own.rows] == [("decide", True), ("invite", False)]
    assert {row.citizen_name for row in team.rows} == {"Anna Lund", "Bo Lund"}
    assert (own.own, own.team) == (2, 3)
    with acting(people.stranger) as actor:
        assert deadlines_for(actor=actor, whose="team", on=TODAY).rows == ()


def test_a_refusal_is_a_deadline_until_its_weeks_are_over(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.DECIDED)
    applications.decision(application=row, recorded_by=people.staff, outcome=Outcome.REFUSED, decided_on=TODAY)
    with acting(people.staff) as actor:
        last = TODAY + timedelta(weeks=4)
        assert [row.due.code for row in deadlines_for(actor=actor, whose="own", on=last).rows] == ["complain"]
        assert deadlines_for(actor=actor, whose="own", on=last + timedelta(days=1)).rows == ()


def test_a_grant_that_ends_is_told_eight_weeks_before(people):
    period = {"from_on": date(2026, 5, 1), "until_on": date(2026, 6, 29)}
    applications.granted(citizen=people.citizen, staff=people.staff, **period)
    with acting(people.staff) as actor:
        codes = [row.due.code for row in deadlines_for(actor=actor, whose="own", on=TODAY).rows]
        assert codes == ["grant_ends"]
        before = deadlines_for(actor=actor, whose="own", on=TODAY - timedelta(days=1))
        assert [row.due.code for row in before.rows] == []


def test_the_citizen_sees_own_applications_only(people):
    other = citizens.citizen(team=people.citizen.case.team, given_name="Bo")
    applications.application(citizen=people.citizen, started_by=people.staff, state=State.SENT)
    applications.application(citizen=other, started_by=people.staff, state=State.SENT)
    with acting(people.citizen.user) as actor:
        assert [row.state for row in my_due(actor=actor, on=TODAY)] == [State.SENT]
        assert applications_of(actor=actor, citizen_id=other.pk, on=TODAY) is None
        assert len(applications_of(actor=actor, citizen_id=people.citizen.pk, on=TODAY).rows) == 1
    with acting(people.staff) as actor:
        assert my_due(actor=actor, on=TODAY) == ()


# ---- The wall ----


def test_the_wall_keeps_strangers_and_the_citizen_from_decisions(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.ACKNOWLEDGED)
    with acting(people.stranger):
        assert not Application.objects.exists()
    with (
        acting(people.citizen.user) as actor,
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
    ):
        Decision(
            citizen_id=people.citizen.pk,
            application_id=row.pk,
            outcome=Outcome.GRANTED,
            decided_on=TODAY,
            received_on=TODAY,
            recorded_by_id=actor.id,
            recorded_at=AT,
        ).save(force_insert=True)


def test_the_database_holds_one_draft_a_scheme(people):
    applications.application(citizen=people.citizen, started_by=people.staff)
    with acting(people.staff) as actor, pytest.raises(IntegrityError), transaction.atomic():
        Application(
            citizen_id=people.citizen.pk,
            scheme="personlig_assistance",
            procedure_version="x",
            started_by_id=actor.id,
            started_at=AT,
        ).save(force_insert=True)
