"""Who waits for a contact person, who is proposed, and a person's choice."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.enums import Channel
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.teams.enums import AbsenceKind, Choice, CompetenceKind
from jobbro.apps.teams.models import RoutingDecision
from jobbro.apps.teams.refusals import Changed, NotNow, Refused
from jobbro.apps.teams.selectors.routing import RoutingLine, routing_choice, routing_page
from jobbro.apps.teams.services.routing import decide_routing
from jobbro.engines.routing.rules import RULES
from tests.factories import accounts, cases, citizens, organisations, screening, teams
from tests.factories.rows import rows_of, run

from .mini_team import MiniTeam, case_of, members_of, now

pytestmark = pytest.mark.django_db


def _today() -> date:
    return timezone.localdate()


def _line(made: MiniTeam, citizen: Citizen, *, lead: User | None = None) -> RoutingLine:
    with accounts.acting(lead or made.lead) as actor:
        found = routing_choice(actor=actor, citizen_id=citizen.pk, on=_today())
    assert found is not None and found.line is not None
    return found.line


def _decide(made: MiniTeam, citizen: Citizen, user: User, *, why: str = "", seen: str = "") -> RoutingDecision:
    seen = seen or _line(made, citizen).seen
    with accounts.acting(made.lead) as actor:
        return decide_routing(
            actor=actor, citizen_id=citizen.pk, user_id=user.pk, why=why, seen=seen, at=now(), on=_today()
        )


def _waiting(made: MiniTeam) -> list[str]:
    with accounts.acting(made.lead) as actor:
        return [line.name for line in routing_page(actor=actor, on=_today()).lines]


def test_whoever_nobody_works_for_waits() -> None:
    made = MiniTeam()
    made.citizen("Anna")
    made.citizen("Bent", lead=made.mette)
    gone = accounts.employee(team=made.team, name="Gone", until_on=_today() - timedelta(days=1))
    made.citizen("Carl", lead=gone)
    closed_account = made.mate("Closed")
    run("update accounts_user set is_active = false where id = $1::uuid", value=closed_account.pk)
    made.citizen("Dora", lead=closed_account)
    leaves = made.mate("Leaves")
    teams.absence(user=leaves, from_on=_today(), kind=AbsenceKind.LEAVING)
    made.citizen("Egon", lead=leaves)
    away = made.mate("Away")
    teams.absence(user=away, from_on=_today(), until_on=_today() + timedelta(days=3))
    made.citizen("Finn", lead=away)
    assert sorted(_waiting(made)) == ["Anna Lund", "Carl Lund", "Dora Lund", "Egon Lund"]


def test_a_closed_course_and_another_unit_do_not_wait_here() -> None:
    made = MiniTeam()
    made.citizen("Anna", state="closed", last_step_on=_today())
    citizens.citizen(team=organisations.team(unit=organisations.unit(made.municipality)))
    assert _waiting(made) == []


def test_the_proposal_rests_on_what_was_agreed_and_how_to_meet() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna", interpreter="Dansk tegnsprog", channel=Channel.MEETING)
    screening.agreed_dialogue(citizen=anna, by=made.mette, level=1)
    teams.competence(user=made.ali, kind=CompetenceKind.LANGUAGE, code="dts")
    line = _line(made, anna)
    assert line.proposed is not None
    assert line.proposed.name == "Ali Demir"
    told = {(reason.code, reason.subject.kind, reason.subject.code) for reason in line.reasons if reason.subject}
    assert ("knows", "language", "dts") in told
    assert {kind for _, kind, _ in told} >= {"language", "area", "place"}


def test_a_protected_address_is_no_reason() -> None:
    made = MiniTeam()
    line = _line(made, citizens.protected_address(team=made.team))
    assert [reason.subject for reason in line.reasons] == []


def test_a_language_nobody_knows_the_code_of_is_told() -> None:
    made = MiniTeam()
    assert _line(made, made.citizen(interpreter="Klingonsk")).unread_language == "Klingonsk"


def test_new_citizens_are_spread_by_load_and_hours() -> None:
    made = MiniTeam()
    teams.hours(user=made.bo, hours="18.5")
    for name in "ABCDEFG":
        made.citizen(name)
    with accounts.acting(made.lead) as actor:
        lines = routing_page(actor=actor, on=_today()).lines
    found = sorted(line.proposed.name for line in lines if line.proposed)
    assert found == ["Ali Demir"] * 2 + ["Bo Skov"] + ["Eva Ravn"] * 2 + ["Mette Holm"] * 2


def test_to_take_the_proposal_keeps_it_with_reasons_and_rule_version() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna", interpreter="tegnsprog")
    teams.competence(user=made.ali, kind=CompetenceKind.LANGUAGE, code="dts")
    teams.pair(team=made.team, first=made.ali, second=made.eva)
    decision = _decide(made, anna, made.ali)
    assert (decision.choice, decision.rule_version) == (Choice.TAKEN, RULES.version)
    assert decision.reasons["chosen"][0] == {"code": "knows", "subject": {"kind": "language", "code": "dts"}}
    assert decision.facts["chosen"] == {"load": 0, "hours": 37.0}
    assert "benefit" not in str(decision.facts)
    with accounts.acting(made.lead):
        assert [row[:2] for row in members_of(anna)] == [("Eva Ravn", "buddy"), ("Ali Demir", "lead")]
    assert _waiting(made) == []
    (message,) = rows_of(
        "select kind, citizen_id from outbox_message where key = $1", value=f"routing:{decision.pk.hex}"
    )
    assert (message.kind, UUID(message.citizen_id)) == ("case_moved", anna.pk)


def test_somebody_else_needs_a_reason_and_brings_their_team() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna")
    with pytest.raises(Refused, match="why_short"):
        _decide(made, anna, made.bo)
    decision = _decide(made, anna, made.bo, why="Bo kender virksomheden, hvor Anna vil hen.")
    assert decision.choice == Choice.OTHER
    with accounts.acting(made.lead):
        assert case_of(anna).team == made.other


def test_who_left_is_replaced_and_stands_in_no_more() -> None:
    made = MiniTeam()
    leaves = made.mate("Leaves")
    teams.absence(user=leaves, from_on=_today(), kind=AbsenceKind.LEAVING)
    anna = made.citizen("Anna", lead=leaves)
    teams.pair(team=made.team, first=leaves, second=made.eva)
    line = _line(made, anna)
    assert (line.left, line.proposed.name if line.proposed else "") == ("Leaves", "Eva Ravn")
    assert line.reasons[0].code == "around"
    _decide(made, anna, made.eva)
    with accounts.acting(made.lead):
        assert [row[:2] for row in members_of(anna) if row[3] is None] == [("Eva Ravn", "lead")]


def test_another_proposal_than_the_one_that_was_read_is_not_taken() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna", interpreter="tegnsprog")
    seen = _line(made, anna).seen
    teams.competence(user=made.eva, kind=CompetenceKind.LANGUAGE, code="dts")
    with pytest.raises(Changed):
        _decide(made, anna, made.ali, seen=seen, why="Jeg vælger Ali.")
    assert rows_of("select id from teams_routingdecision where citizen_id = $1::uuid", value=anna.pk) == []


def test_nobody_is_chosen_twice_or_while_away() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna")
    teams.absence(user=made.ali, from_on=_today(), until_on=_today())
    with pytest.raises(Refused, match="away"):
        _decide(made, anna, made.ali, why="Ali er den rette.")
    with pytest.raises(Refused, match="not_here"):
        _decide(made, anna, accounts.employee(unit=organisations.unit()), why="Fra en anden kommune.")
    seen = _line(made, anna).seen
    _decide(made, anna, made.mette, seen=seen, why="Mette kender Anna.")
    with pytest.raises(NotNow):
        _decide(made, anna, made.eva, seen=seen, why="Nej, Eva.")


def test_only_the_lead_routes() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna")
    with accounts.acting(made.mette) as actor:
        assert routing_page(actor=actor, on=_today()).lines == ()
        with pytest.raises(PermissionDenied):
            decide_routing(
                actor=actor, citizen_id=anna.pk, user_id=made.mette.pk, why="", seen="", at=now(), on=_today()
            )


def test_the_number_of_queries_is_the_same_for_two_and_for_twenty(django_assert_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made = MiniTeam()
    counts = []
    for batch in (2, 18):
        for number in range(batch):
            citizen = made.citizen(f"Nr {number}")
            cases.member(case=cases_case(citizen), user=made.eva)
        with (
            accounts.acting(made.lead) as actor,
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            routing_page(actor=actor, on=_today())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def cases_case(citizen: Citizen) -> object:
    from jobbro.apps.cases.models import Case

    (row,) = rows_of("select id from cases_case where citizen_id = $1::uuid", value=citizen.pk)
    return Case(pk=row.id, citizen_id=citizen.pk)
