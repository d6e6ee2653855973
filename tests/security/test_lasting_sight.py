"""Sight for a while is not made lasting, by whatever statement the application role sends."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.models import CaseMember
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, cases, citizens, organisations

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def stranger():
    """A caseworker of another unit who has opened the citizen's file urgently."""
    municipality = organisations.municipality()
    team = organisations.team(unit=organisations.unit(municipality))
    citizen = citizens.citizen(team=team, has_login=True)
    user = accounts.employee(team=organisations.team(unit=organisations.unit(municipality)))
    cases.urgent_access(citizen=citizen, user=user)
    with accounts.acting(user):
        yield user, citizen


def _refused(statement: str, *values: object) -> None:
    with pytest.raises(DatabaseError, match=r"row-level security|permission denied"), transaction.atomic():
        _do(statement, *values)


def _do(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def test_an_urgent_access_is_not_lengthened_written_or_reviewed_by_oneself(stranger) -> None:
    user, citizen = stranger
    _refused("update cases_breakglass set until_at = 'infinity' where user_id = %s", user.pk)
    _refused("update cases_breakglass set review = 'in_order' where user_id = %s", user.pk)
    _refused("delete from cases_breakglass where user_id = %s", user.pk)
    _refused(
        "insert into cases_breakglass (id, citizen_id, user_id, reason, opened_at, until_at, review, review_text)"
        " values (gen_random_uuid(), %s, %s, 'x', now(), 'infinity', '', '')",
        citizen.pk,
        user.pk,
    )


def test_whoever_opened_urgently_does_not_join_the_team(stranger) -> None:
    user, citizen = stranger
    member = CaseMember(citizen=citizen, case=citizen.case, user=user, role="buddy", from_on=TODAY)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        member.save(force_insert=True)


def test_whoever_opened_urgently_does_not_take_the_course(stranger) -> None:
    user, citizen = stranger
    _refused("update cases_case set team_id = %s where citizen_id = %s", user.positions.get().team_id, citizen.pk)
    assert _do("update cases_case set next_step = 'Ring' where citizen_id = %s", citizen.pk) == 1


def test_a_membership_is_not_lengthened_by_the_member() -> None:
    team = organisations.team()
    citizen = citizens.citizen(team=team)
    user = accounts.employee(role=Role.KEY_PERSON, unit=team.unit)
    cases.member(case=citizen.case, user=user, until_on=TODAY)
    with accounts.acting(user):
        _refused("update cases_casemember set until_on = null where user_id = %s", user.pk)


def test_having_registered_is_not_dated_ahead() -> None:
    user = accounts.employee(team=organisations.team())
    with accounts.acting(user) as actor:
        parts = {"municipality_id": actor.codes[0], "cpr_cipher": b"x", "created_by": user.pk}
        ahead = Citizen(cpr_key=citizens.cpr().key, created_at=timezone.now() + timedelta(days=1), **parts)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ahead.save(force_insert=True)
        Citizen(cpr_key=citizens.cpr().key, created_at=timezone.now(), **parts).save(force_insert=True)
        _refused("update citizens_citizen set created_at = 'infinity'")


def test_nobody_becomes_a_citizen_they_see(stranger) -> None:
    user, citizen = stranger
    _refused("update citizens_citizen set user_id = %s where id = %s", user.pk, citizen.pk)
    _refused("update citizens_citizen set created_by = %s where id = %s", user.pk, citizen.pk)
    _refused("update citizens_citizen set municipality_id = municipality_id where id = %s", citizen.pk)


def test_an_administrator_makes_no_foreign_unit_their_own() -> None:
    unit, foreign = organisations.unit(organisations.municipality()), organisations.unit(organisations.municipality())
    with accounts.acting(accounts.employee(role=Role.ADMINISTRATOR, unit=unit)):
        _refused("update organisations_unitmunicipality set unit_id = %s where unit_id = %s", foreign.pk, unit.pk)


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.CASEWORKER])
def test_only_administrators_add_employees(role: Role) -> None:
    add = (
        "insert into accounts_user (id, username, kind, display_name, email, phone, is_active, language, is_easy,"
        " must_change_password, password) values (gen_random_uuid(), %s, %s, 'X', '', '', true, 'da', false, false, '')"
    )
    with accounts.acting(accounts.employee(role=role, team=organisations.team())):
        _refused(add, "x-staff", "staff")
        assert _do(add, "x-citizen", "citizen") == 1
