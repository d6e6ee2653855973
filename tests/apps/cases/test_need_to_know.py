"""The wall, with the application's own filters removed: who sees and changes what, as the application role."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.cases.enums import MemberRole, NoteKind
from jobbro.apps.cases.models import BreakGlass, Case, CaseMember, Note
from jobbro.apps.cases.permissions import Relations, can_see_citizen
from jobbro.apps.cases.services import write_note
from jobbro.apps.citizens.models import BenefitPeriod, Citizen, Consent, Contact
from tests.factories import accounts, cases, citizens, organisations
from tests.factories.rows import rows_of, run, write

pytestmark = pytest.mark.django_db

PLACES = ("own team", "other team", "other unit", "other municipality")
TODAY = timezone.localdate()


@dataclass(frozen=True)
class World:
    """One citizen in each place, each with a note, a consent and a benefit."""

    people: dict[str, Citizen]

    def relations(self, place: str, **more: frozenset) -> Relations:
        case = self.people[place].case
        return Relations(citizen_id=self.people[place].pk, team_id=case.team_id, unit_id=case.team.unit_id, **more)


@pytest.fixture
def world():
    municipality = organisations.municipality()
    unit = organisations.unit(municipality)
    teams = {
        "own team": organisations.team(unit=unit),
        "other team": organisations.team(unit=unit),
        "other unit": organisations.team(unit=organisations.unit(municipality)),
        "other municipality": organisations.team(),
    }
    return World(people={place: _citizen(team=team, name=place) for place, team in teams.items()})


def _citizen(*, team, name):
    made = citizens.citizen(team=team, given_name=name, has_login=True)
    writer = accounts.employee(team=team)
    cases.member(case=made.case, user=writer, role=MemberRole.LEAD)
    cases.note(case=made.case, written_by=writer)
    write(Consent(citizen=made, purpose="network", recipient="X", given_at=timezone.now(), recorded_by=writer))
    write(BenefitPeriod(citizen=made, benefit="X", from_on=date(2026, 1, 1)))
    cases.urgent_access(citizen=made, user=accounts.employee(team=team), until_at=timezone.now())
    return made


def _seen(world, user):
    """Places whose citizen the actor sees, after checking that every table gives the same answer."""
    with accounts.acting(user):
        answers = {
            table.__name__: sorted(str(row) for row in table.objects.values_list(column, flat=True))
            for table, column in (
                (Citizen, "pk"),
                (Contact, "citizen_id"),
                (Consent, "citizen_id"),
                (BenefitPeriod, "citizen_id"),
                (Case, "citizen_id"),
                (CaseMember, "citizen_id"),
                (Note, "citizen_id"),
                (BreakGlass, "citizen_id"),
            )
        }
    assert len({tuple(dict.fromkeys(answer)) for answer in answers.values()}) == 1, answers
    return {place for place, citizen in world.people.items() if str(citizen.pk) in answers["Citizen"]}


EXPECTED = {
    Role.CASEWORKER: {"own team"},
    Role.JOB_BROKER: {"own team"},
    Role.TEAM_LEAD: {"own team", "other team"},
    Role.KEY_PERSON: set(),
    Role.ADMINISTRATOR: set(),
    Role.ANALYST: set(),
}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_its_own_and_nothing_else(world, role):
    user = accounts.employee(role=role, team=world.people["own team"].case.team)
    assert _seen(world, user) == EXPECTED[role]
    with accounts.acting(user) as actor:
        permitted = {place for place in PLACES if can_see_citizen(actor, world.relations(place))}
    assert permitted == EXPECTED[role]


@pytest.mark.parametrize("role", list(Role))
def test_visible_to_hides_nothing_that_may_be_seen(world, role):
    user = accounts.employee(role=role, team=world.people["own team"].case.team)
    with accounts.acting(user) as actor:
        assert set(Citizen.objects.visible_to(actor)) == set(Citizen.objects.all())
        assert set(Note.objects.visible_to(actor)) == set(Note.objects.all())


@pytest.mark.parametrize("place", PLACES)
def test_citizens_see_themselves_and_nobody_else(world, place):
    citizen = world.people[place]
    assert _seen(world, citizen.user) == {place}
    with accounts.acting(citizen.user) as actor:
        assert {other for other in PLACES if can_see_citizen(actor, world.relations(other))} == {place}
        assert list(Citizen.objects.visible_to(actor)) == [citizen]


@pytest.mark.parametrize("place", PLACES[1:3])
def test_members_see_whom_they_are_around_as_long_as_they_are(world, place):
    user = accounts.employee(role=Role.KEY_PERSON, team=world.people["own team"].case.team)
    case = world.people[place].case
    cases.member(case=case, user=user, until_on=TODAY)
    assert _seen(world, user) == {place}
    with accounts.acting(user) as actor:
        assert can_see_citizen(actor, world.relations(place, member_ids=frozenset({user.pk})))
    run("update cases_casemember set until_on = current_date - 2 where user_id = $1::uuid", value=user.pk)
    assert _seen(world, user) == set()


def test_an_urgent_access_shows_one_citizen_until_it_ends(world):
    user = accounts.employee(role=Role.KEY_PERSON, team=world.people["own team"].case.team)
    cases.urgent_access(citizen=world.people["other unit"], user=user)
    assert _seen(world, user) == {"other unit"}
    with accounts.acting(user) as actor:
        assert can_see_citizen(actor, world.relations("other unit", urgent_ids=frozenset({user.pk})))
    run("update cases_breakglass set until_at = now() where user_id = $1::uuid", value=user.pk)
    assert _seen(world, user) == set()


def test_rights_leave_with_the_position_and_with_the_account(world):
    team = world.people["own team"].case.team
    for statement in (
        "update accounts_position set until_on = current_date - 2 where user_id = $1::uuid",
        "update accounts_user set is_active = false where id = $1::uuid",
    ):
        user = accounts.employee(team=team)
        cases.member(case=world.people["other unit"].case, user=user)
        assert _seen(world, user) == {"own team", "other unit"}
        run(statement, value=user.pk)
        with accounts.acting_as(user.pk):
            assert not Citizen.objects.exists()
            assert not Note.objects.exists()


def test_nobody_sees_nothing(world):
    with accounts.acting_as(None):
        assert not any(table.objects.exists() for table in (Citizen, Contact, Case, Note, User))


@pytest.fixture
def foreign(world):
    """A caseworker acts; the citizen of another municipality stands in the way."""
    user = accounts.employee(team=world.people["own team"].case.team)
    with accounts.acting(user):
        yield world.people["other municipality"]


def _refused(act):
    with pytest.raises(DatabaseError, match=r"row-level security|permission denied"), transaction.atomic():
        act()


def test_rows_about_a_foreign_citizen_are_not_inserted(foreign):
    user_id = rows_of("select app_actor() id")[0].id
    case_id = foreign.case.pk
    about = {"citizen_id": foreign.pk}
    now = timezone.now()
    rows = (
        Note(**about, case_id=case_id, kind="note", text="x", written_by_id=user_id, written_at=now),
        CaseMember(**about, case_id=case_id, user_id=user_id, role="buddy", from_on=TODAY),
        Consent(**about, purpose="network", recipient="x", given_at=now, recorded_by_id=user_id),
        BenefitPeriod(**about, benefit="x", from_on=TODAY),
        BreakGlass(**about, user_id=user_id, reason="x", opened_at=now, until_at=now + timedelta(days=9)),
    )
    for row in rows:
        _refused(lambda row=row: row.save(force_insert=True))


def test_a_citizen_is_not_registered_elsewhere_or_in_another_name(foreign, world):
    user_id = rows_of("select app_actor() id")[0].id
    number = citizens.cpr()
    parts = {"cpr_cipher": b"x", "cpr_key": number.key, "created_at": timezone.now()}
    own = world.people["own team"].municipality_id
    _refused(
        lambda: Citizen(municipality_id=foreign.municipality_id, created_by=user_id, **parts).save(force_insert=True)
    )
    _refused(lambda: Citizen(municipality_id=own, created_by=foreign.pk, **parts).save(force_insert=True))


@pytest.mark.parametrize("table", [Citizen, Contact, Consent, BenefitPeriod, Case, CaseMember, Note, BreakGlass])
def test_foreign_rows_are_neither_changed_nor_deleted(foreign, table):
    column = "id" if table is Citizen else "citizen_id"
    with connection.cursor() as cursor:
        for statement in (
            "update {} set {column} = {column} where {column} = %s",
            "delete from {} where {column} = %s",
        ):
            with suppress(ProgrammingError), transaction.atomic():
                cursor.execute(statement.format(table._meta.db_table, column=column), [foreign.pk])
                assert cursor.rowcount == 0


def test_an_own_row_is_not_moved_to_a_foreign_citizen(foreign, world):
    own_note = Note.objects.get(citizen=world.people["own team"])
    _refused(lambda: Note.objects.filter(pk=own_note.pk).update(citizen_id=foreign.pk))


def test_a_course_is_not_given_to_a_team_of_another_municipality(foreign, world):
    own = Case.objects.get(citizen=world.people["own team"])
    _refused(lambda: Case.objects.filter(pk=own.pk).update(team_id=foreign.case.team_id))


def test_every_change_leaves_a_row_with_its_actor(world):
    citizen = world.people["own team"]
    user = accounts.employee(team=citizen.case.team)
    with accounts.acting(user) as actor:
        note = write_note(
            actor=actor,
            citizen_id=citizen.pk,
            kind=NoteKind.NOTE,
            text="Ny",
            is_shared=True,
            at=timezone.now(),
            on=TODAY,
        )
    changes = rows_of("select * from audit_change where actor_id = $1::uuid order by id", value=user.pk)
    assert [(change.operation, change.table_name) for change in changes] == [
        ("INSERT", "cases_note"),
        ("UPDATE", "cases_case"),
    ]
    assert changes[0].row_id == str(note.pk)
    assert {change.citizen_id for change in changes} == {str(citizen.pk)}
    assert changes[1].before["last_step_on"] != changes[1].after["last_step_on"]


def test_without_an_actor_nothing_is_changed(world):
    note = Note(citizen=world.people["own team"], case=world.people["own team"].case, kind="note", text="x")
    note.written_by, note.written_at = world.people["own team"].user, timezone.now()
    with accounts.acting_as(None):
        _refused(lambda: note.save(force_insert=True))
        assert CaseMember.objects.update(until_on=TODAY) == 0


@pytest.mark.parametrize("log", ["audit_look", "audit_change", "audit_event", "audit_seal"])
@pytest.mark.parametrize(
    "statement", ["update {} set id = id", "delete from {}", "truncate {}", "insert into {} default values"]
)
def test_the_logs_take_nothing_from_the_application(log, statement):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        cursor.execute(statement.format(log))
