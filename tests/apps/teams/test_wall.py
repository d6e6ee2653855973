"""The wall of mini-teams, tried past the services as the application's own role."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.teams.enums import HandoverItem
from tests.factories import accounts, organisations, teams

from .mini_team import MiniTeam, case_of

pytestmark = pytest.mark.django_db
DENIED = "permission denied|row-level security"


def _today() -> date:
    return timezone.localdate()


def _refused(user: User, statement: str, values: list[object]) -> None:
    with accounts.acting(user), pytest.raises(Error, match=DENIED), transaction.atomic():
        _run(statement, values)


def _run(statement: str, values: list[object]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


_COMPETENCE = (
    "insert into teams_competence (id, user_id, kind, code, sureness, told_by_id, told_at)"
    " values (%s, %s, 'area', 'hearing', 'knows', %s, now())"
)
_ABSENCE = (
    "insert into teams_absence (id, user_id, kind, from_on, noted_by_id, noted_at)"
    " values (%s, %s, 'away', current_date, %s, now())"
)
_PAIR = (
    "insert into teams_buddypair (id, team_id, first_id, second_id, from_on, made_by_id)"
    " values (%s, %s, %s, %s, current_date, %s)"
)
_NOTE = (
    "insert into teams_learningnote (id, unit_id, kind, code, text, written_by_id, written_at)"
    " values (%s, %s, 'area', 'hearing', 'En note', %s, now())"
)
_HANDOVER = (
    "insert into teams_handover (id, citizen_id, case_id, reason, to_user_id, started_by_id, started_at)"
    " values (%s, %s, %s, 'fit', %s, %s, now())"
)


def test_nobody_tells_what_another_knows_but_the_lead() -> None:
    made = MiniTeam()
    _refused(made.eva, _COMPETENCE, [uuid4(), made.ali.pk, made.eva.pk])
    _refused(made.lead, _COMPETENCE, [uuid4(), made.ali.pk, made.ali.pk])
    with accounts.acting(made.lead):
        assert _run(_COMPETENCE, [uuid4(), made.ali.pk, made.lead.pk]) == 1


def test_nobody_notes_absences_of_those_they_do_not_work_with() -> None:
    made = MiniTeam()
    stranger = accounts.employee(unit=organisations.unit())
    _refused(made.bo, _ABSENCE, [uuid4(), made.ali.pk, made.bo.pk])
    _refused(made.eva, _ABSENCE, [uuid4(), stranger.pk, made.eva.pk])
    _refused(made.eva, _ABSENCE, [uuid4(), made.ali.pk, made.ali.pk])


def test_only_the_lead_of_the_unit_makes_pairs() -> None:
    made = MiniTeam()
    _refused(made.ali, _PAIR, [uuid4(), made.team.pk, made.ali.pk, made.eva.pk, made.ali.pk])
    other = MiniTeam()
    _refused(other.lead, _PAIR, [uuid4(), made.team.pk, made.ali.pk, made.eva.pk, other.lead.pk])


def test_a_note_is_written_in_ones_own_name_and_unit_and_stands() -> None:
    made = MiniTeam()
    _refused(made.ali, _NOTE, [uuid4(), made.unit.pk, made.eva.pk])
    _refused(made.ali, _NOTE, [uuid4(), organisations.unit().pk, made.ali.pk])
    note = teams.learning_note(unit=made.unit, by=made.ali)
    _refused(made.ali, "update teams_learningnote set text = 'andet' where id = %s", [note.pk])
    _refused(made.ali, "delete from teams_learningnote where id = %s", [note.pk])
    _refused(made.eva, "update teams_learningnote set withdrawn_at = now() where id = %s", [note.pk])


def test_a_handover_is_begun_by_those_who_carry_and_told_once() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna", lead=made.mette, has_login=True)
    with accounts.acting(made.lead):
        case = case_of(anna)
    for user in (made.bo, anna.user):
        _refused(user, _HANDOVER, [uuid4(), anna.pk, case.pk, made.bo.pk, user.pk])
    row = teams.handover(case=case, to_user=made.ali, by=made.mette, from_user=made.mette)
    entry = teams.entry(handover=row, item=HandoverItem.AGREED, by=made.mette)
    _refused(made.mette, "update teams_handoverentry set text = 'andet' where id = %s", [entry.pk])
    _refused(made.mette, "update teams_handover set to_user_id = %s where id = %s", [made.eva.pk, row.pk])
    _refused(anna.user, "update teams_handover set finished_at = now(), finished_by_id = started_by_id", [])


def test_a_choice_that_was_made_stands() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna", lead=made.mette)
    with accounts.acting(made.lead):
        case = case_of(anna)
    insert = (
        "insert into teams_routingdecision (id, citizen_id, case_id, choice, proposed_id, chosen_id, team_id, why,"
        " reasons, facts, rule_version, decided_by_id, decided_at)"
        " values (%s, %s, %s, 'taken', %s, %s, %s, '', '{}', '{}', 'x', %s, now())"
    )
    key = uuid4()
    values = [key, anna.pk, case.pk, made.ali.pk, made.ali.pk, made.team.pk]
    _refused(made.bo, insert, [*values, made.bo.pk])
    _refused(made.mette, insert, [*values, made.lead.pk])
    with accounts.acting(made.mette):
        assert _run(insert, [*values, made.mette.pk]) == 1
    _refused(made.mette, "update teams_routingdecision set why = 'andet' where id = %s", [key])
    _refused(made.lead, "delete from teams_routingdecision where id = %s", [key])


def test_the_citizen_sees_who_stands_in_but_no_colleagues_rows() -> None:
    made = MiniTeam()
    anna = made.citizen("Anna", lead=made.mette, has_login=True)
    teams.competence(user=made.ali, code="hearing")
    teams.hours(user=made.ali, hours="30")
    teams.pair(team=made.team, first=made.ali, second=made.eva)
    teams.learning_note(unit=made.unit, by=made.ali)
    tables = ("competence", "workinghours", "buddypair", "learningnote", "absence")
    with accounts.acting(anna.user), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"select count(*) from teams_{table}")
            assert cursor.fetchone() == (0,), table
