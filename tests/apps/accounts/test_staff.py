"""Colleagues and roles: given by administrators of the place, never to oneself, never the last one away."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from jobbro.apps.accounts import selectors, services
from jobbro.apps.accounts.actor import actor_of
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Event
from jobbro.apps.organisations.models import Team, Unit
from jobbro.apps.organisations.permissions import NotYours
from jobbro.apps.organisations.services import EndBeforeStart
from jobbro.apps.organisations.stamps import StaleEdit
from tests.factories import accounts, organisations

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@dataclass
class Place:
    unit: Unit
    team: Team
    boss: User
    mette: User


@pytest.fixture
def here() -> Place:
    team = organisations.team()
    return Place(
        unit=team.unit,
        team=team,
        boss=accounts.employee(role=Role.ADMINISTRATOR, unit=team.unit, name="Bo Admin"),
        mette=accounts.employee(team=team, name="Mette Holm"),
    )


@pytest.fixture
def elsewhere() -> Place:
    team = organisations.team()
    return Place(
        unit=team.unit,
        team=team,
        boss=accounts.employee(role=Role.ADMINISTRATOR, unit=team.unit, name="Ea Admin"),
        mette=accounts.employee(team=team, name="Else Fremmed"),
    )


def role(place: Place, *, role: Role = Role.CASEWORKER, from_on: date = TODAY, until_on: date | None = None):
    team_id = place.team.pk if role == Role.CASEWORKER else None
    return services.NewPosition(role=role, unit_id=place.unit.pk, team_id=team_id, from_on=from_on, until_on=until_on)


def newcomer(place: Place, username: str = "nynne") -> services.NewEmployee:
    return services.NewEmployee(username=username, display_name="Nynne Ny", email="", phone="", position=role(place))


def test_an_employee_is_added_with_a_role_and_a_one_time_password(here: Place) -> None:
    with accounts.acting(here.boss) as boss:
        user, password = services.add_employee(actor=boss, employee=newcomer(here))
        kept = User.objects.get(pk=user.pk)
        assert kept.check_password(password)
        assert kept.must_change_password
        assert Event.objects.filter(verb=Verb.USER_ADDED, subject=f"user:{user.pk}").exists()
    with accounts.acting(kept) as nynne:
        assert nynne.has(Role.CASEWORKER)


def test_a_username_is_taken_in_the_whole_country(here: Place, elsewhere: Place) -> None:
    accounts.employee(team=elsewhere.team, username="nynne")
    with accounts.acting(here.boss) as boss, pytest.raises(services.UsernameTaken):
        services.add_employee(actor=boss, employee=newcomer(here))


def test_nobody_adds_people_in_a_foreign_unit(here: Place, elsewhere: Place) -> None:
    with accounts.acting(here.boss) as boss, pytest.raises(NotYours):
        services.add_employee(actor=boss, employee=newcomer(elsewhere))


@pytest.mark.parametrize("kind", [Role.TEAM_LEAD, Role.CASEWORKER, Role.ANALYST])
def test_only_administrators_give_roles(here: Place, kind: Role) -> None:
    other = accounts.employee(role=kind, unit=here.unit, name="Ikke Admin")
    with accounts.acting(other) as actor, pytest.raises(NotYours):
        services.give_role(actor=actor, user_id=here.mette.pk, position=role(here, role=Role.ANALYST))


def test_nobody_gives_themselves_a_role(here: Place) -> None:
    with accounts.acting(here.boss) as boss, pytest.raises(services.OneselfRefused):
        services.give_role(actor=boss, user_id=here.boss.pk, position=role(here))


def test_the_wall_refuses_a_role_for_oneself_without_the_service(here: Place) -> None:
    with accounts.acting(here.boss), pytest.raises(ProgrammingError), transaction.atomic():
        Position.objects.create(user=here.boss, role=Role.ANALYST, unit=here.unit, from_on=TODAY)


def test_administrator_in_one_place_and_caseworker_in_another_administers_only_the_first(
    here: Place, elsewhere: Place
) -> None:
    accounts.position(user=here.boss, role=Role.CASEWORKER, team=elsewhere.team)
    with accounts.acting(here.boss) as boss, pytest.raises(NotYours):
        services.give_role(actor=boss, user_id=elsewhere.mette.pk, position=role(elsewhere, role=Role.ANALYST))
    with accounts.acting(here.boss), pytest.raises(ProgrammingError), transaction.atomic():
        Position.objects.create(user=elsewhere.mette, role=Role.ANALYST, unit=elsewhere.unit, from_on=TODAY)


def test_the_same_role_is_not_held_twice_at_once(here: Place) -> None:
    with accounts.acting(here.boss) as boss, pytest.raises(services.RoleHeldAlready):
        services.give_role(actor=boss, user_id=here.mette.pk, position=role(here))


def test_a_team_belongs_to_the_unit(here: Place) -> None:
    other = organisations.team(unit=organisations.unit(*here.unit.municipalities.all()))
    wrong = services.NewPosition(role=Role.JOB_BROKER, unit_id=here.unit.pk, team_id=other.pk, from_on=TODAY)
    with accounts.acting(here.boss) as boss, pytest.raises(services.TeamElsewhere):
        services.give_role(actor=boss, user_id=here.mette.pk, position=wrong)


def test_a_role_ended_at_once_is_gone_at_the_next_request(here: Place) -> None:
    with accounts.acting(here.boss) as boss:
        position = Position.objects.get(user=here.mette)
        services.end_role(actor=boss, position_id=position.pk, until_on=None, on=TODAY)
    with accounts.acting(here.mette) as mette:
        assert mette.positions == ()
        assert mette.codes == ()


def test_a_role_that_began_today_can_be_ended_at_once(here: Place) -> None:
    with accounts.acting(here.boss) as boss:
        given = services.give_role(actor=boss, user_id=here.mette.pk, position=role(here, role=Role.KEY_PERSON))
        services.end_role(actor=boss, position_id=given.pk, until_on=None, on=TODAY)
    with accounts.acting(here.mette) as mette:
        assert not mette.has(Role.KEY_PERSON)


def test_a_role_ends_after_its_last_day(here: Place) -> None:
    with accounts.acting(here.boss) as boss:
        position = Position.objects.get(user=here.mette)
        services.end_role(actor=boss, position_id=position.pk, until_on=TODAY, on=TODAY)
        with pytest.raises(EndBeforeStart):
            services.end_role(actor=boss, position_id=position.pk, until_on=TODAY - timedelta(days=1), on=TODAY)
    with accounts.acting(here.mette) as mette:
        assert mette.has(Role.CASEWORKER)
        assert not actor_of(user=here.mette, on=TODAY + timedelta(days=1)).positions


def test_the_last_administrator_stays(here: Place) -> None:
    second = accounts.employee(role=Role.ADMINISTRATOR, unit=here.unit, name="To Admin", until_on=TODAY)
    with accounts.acting(second) as actor:
        position = Position.objects.get(user=here.boss)
        with pytest.raises(services.LastAdministrator):
            services.end_role(actor=actor, position_id=position.pk, until_on=TODAY, on=TODAY)
        with pytest.raises(services.LastAdministrator):
            services.end_role(actor=actor, position_id=position.pk, until_on=TODAY + timedelta(days=9), on=TODAY)


def test_an_account_of_the_last_administrator_stays_open(here: Place) -> None:
    second = accounts.employee(role=Role.ADMINISTRATOR, unit=here.unit, name="To Admin")
    with accounts.acting(second) as actor:
        services.close_account(actor=actor, user_id=here.boss.pk, on=TODAY)
    third = accounts.employee(role=Role.ADMINISTRATOR, unit=here.unit, name="Tre Admin", until_on=TODAY - timedelta(1))
    with accounts.acting(third) as actor, pytest.raises(NotYours):
        services.close_account(actor=actor, user_id=second.pk, on=TODAY)
    with accounts.acting(second) as actor, pytest.raises(services.OneselfRefused):
        services.close_account(actor=actor, user_id=second.pk, on=TODAY)


def test_a_closed_account_acts_as_nobody_and_can_be_opened(here: Place) -> None:
    with accounts.acting(here.boss) as boss:
        services.close_account(actor=boss, user_id=here.mette.pk, on=TODAY)
    with accounts.acting(here.mette) as mette:
        assert mette.codes == ()
    with accounts.acting(here.boss) as boss:
        services.open_account(actor=boss, user_id=here.mette.pk)
    with accounts.acting(here.mette) as mette:
        assert mette.codes != ()


def test_somebody_with_a_role_in_another_municipality_is_not_ours_to_close(here: Place, elsewhere: Place) -> None:
    accounts.position(user=here.mette, role=Role.CASEWORKER, team=elsewhere.team)
    with accounts.acting(here.boss) as boss:
        for refused in (
            lambda: services.close_account(actor=boss, user_id=here.mette.pk, on=TODAY),
            lambda: services.hand_out_password(actor=boss, user_id=here.mette.pk),
        ):
            with pytest.raises(NotYours):
                refused()
        assert User.objects.filter(pk=here.mette.pk).update(password="x") == 0


def test_a_new_one_time_password_replaces_the_old(here: Place) -> None:
    with accounts.acting(here.boss) as boss:
        user, password = services.hand_out_password(actor=boss, user_id=here.mette.pk)
        assert user.must_change_password
        assert user.check_password(password)
        assert len(password) == 19


def test_a_stale_edit_is_refused(here: Place) -> None:
    with accounts.acting(here.boss) as boss:
        seen = selectors.member_page(actor=boss, user_id=here.mette.pk, on=TODAY).seen
        change = {"actor": boss, "user_id": here.mette.pk, "seen": seen, "email": "", "phone": ""}
        services.change_employee(**change, display_name="Mette Holm Lund")
        with pytest.raises(StaleEdit):
            services.change_employee(**change, display_name="Mette H.")


def test_the_change_is_in_the_history_with_its_actor(here: Place) -> None:
    with accounts.acting(here.boss) as boss:
        services.give_role(actor=boss, user_id=here.mette.pk, position=role(here, role=Role.KEY_PERSON))
    with acting_as(SYSTEM_ACTOR):
        assert not Event.objects.filter(verb=Verb.POSITION_STARTED).exists()
    with acting_as(here.boss.pk):
        assert Event.objects.get(verb=Verb.POSITION_STARTED).detail["user"] == str(here.mette.pk)


def test_a_team_lead_reads_the_own_unit_and_changes_nothing(here: Place) -> None:
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=here.unit, name="Line Leder")
    second_unit = organisations.unit(*here.unit.municipalities.all(), name="Anden enhed")
    other = accounts.employee(role=Role.CASEWORKER, unit=second_unit, name="Otto Anden")
    with accounts.acting(lead) as actor:
        listed = selectors.staff_page(actor=actor, filters=selectors.StaffFilters(), number=1, on=TODAY)
        names = [row.user.display_name for row in listed.rows]
        assert names == ["Bo Admin", "Line Leder", "Mette Holm"]
        assert not listed.can_add
        assert selectors.member_page(actor=actor, user_id=other.pk, on=TODAY) is None
        assert not selectors.member_page(actor=actor, user_id=here.mette.pk, on=TODAY).can_change
        with pytest.raises(NotYours):
            services.hand_out_password(actor=actor, user_id=here.mette.pk)


def test_the_list_is_narrowed_by_name_role_and_team(here: Place, elsewhere: Place) -> None:
    accounts.employee(role=Role.JOB_BROKER, team=here.team, name="Åse Ørum")
    with accounts.acting(here.boss) as boss:

        def names(**filters) -> list[str]:
            page = selectors.staff_page(actor=boss, filters=selectors.StaffFilters(**filters), number=1, on=TODAY)
            return [row.user.display_name for row in page.rows]

        assert names() == ["Bo Admin", "Mette Holm", "Åse Ørum"]
        assert names(search="ørum") == ["Åse Ørum"]
        assert names(role=Role.ADMINISTRATOR) == ["Bo Admin"]
        assert names(team_id=here.team.pk) == ["Mette Holm", "Åse Ørum"]
        assert names(unit_id=elsewhere.unit.pk) == []
        assert names(is_closed=True) == []


def test_a_municipality_keeps_an_administrator_when_a_unit_stops_serving_it(here: Place) -> None:
    served = here.unit.served.get()
    with accounts.acting(here.boss) as boss, pytest.raises(services.LastAdministrator):
        services.end_service(actor=boss, unit_id=here.unit.pk, served_id=served.pk, until_on=TODAY)
