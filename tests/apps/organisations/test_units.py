"""Units and teams: changed by those who administer them, dated instead of deleted."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Event
from jobbro.apps.organisations import selectors, services
from jobbro.apps.organisations.models import Municipality, Team, Unit, UnitMunicipality
from jobbro.apps.organisations.permissions import NotYours
from jobbro.apps.organisations.stamps import StaleEdit
from tests.factories import accounts, organisations

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def unit() -> Unit:
    return organisations.unit()


@pytest.fixture
def boss(unit: Unit) -> User:
    return accounts.employee(role=Role.ADMINISTRATOR, unit=unit, name="Bo Admin")


@pytest.fixture
def foreign() -> Unit:
    return organisations.unit(name="Fremmed enhed")


def code_of(unit: Unit) -> str:
    return unit.served.get().municipality_id


def change(unit: Unit, *, actor, seen: str, name: str = "Nyt navn", until_on=None) -> Unit:
    return services.change_unit(
        actor=actor, unit_id=unit.pk, seen=seen, name=name, phone="", email="", from_on=unit.from_on, until_on=until_on
    )


def test_a_unit_is_added_for_own_municipalities(unit: Unit, boss: User) -> None:
    with accounts.acting(boss) as actor:
        made = services.add_unit(actor=actor, name="Jobhus", municipality_codes=actor.codes, from_on=TODAY)
        assert [found.name for found in selectors.units_of(actor=actor, on=TODAY)] == ["Job og Støtte", "Jobhus"]
        assert Event.objects.filter(verb=Verb.UNIT_ADDED, subject=f"unit:{made.pk}").exists()


def test_a_unit_is_not_added_for_a_foreign_municipality(unit: Unit, boss: User, foreign: Unit) -> None:
    with accounts.acting(boss) as actor, pytest.raises(NotYours):
        services.add_unit(actor=actor, name="Jobhus", municipality_codes=(code_of(foreign),), from_on=TODAY)


def test_a_unit_serves_many_municipalities_with_dates() -> None:
    first, second = organisations.municipality(name="Aby"), organisations.municipality(name="Bystrup")
    joint = organisations.unit(first, second, name="Fælles")
    boss = accounts.employee(role=Role.ADMINISTRATOR, unit=joint)
    with accounts.acting(boss) as actor:
        made = services.add_unit(actor=actor, name="Jobhus", municipality_codes=(first.code,), from_on=TODAY)
        services.add_municipality(actor=actor, unit_id=made.pk, code=second.code, from_on=TODAY)
        services.add_municipality(actor=actor, unit_id=made.pk, code=second.code, from_on=TODAY)
        rows = selectors.unit_page(actor=actor, unit_id=made.pk).served
        assert [row.municipality.name for row in rows] == ["Aby", "Bystrup"]
        services.end_municipality(actor=actor, unit_id=made.pk, served_id=rows[1].pk, until_on=TODAY)
        with pytest.raises(services.StillInUse):
            services.end_municipality(actor=actor, unit_id=made.pk, served_id=rows[0].pk, until_on=TODAY)


def test_a_foreign_unit_is_not_there(boss: User, foreign: Unit) -> None:
    with accounts.acting(boss) as actor:
        assert selectors.unit_page(actor=actor, unit_id=foreign.pk) is None
        with pytest.raises(NotYours):
            change(foreign, actor=actor, seen="")
        with pytest.raises(NotYours):
            services.add_team(actor=actor, unit_id=foreign.pk, name="Hold", from_on=TODAY)
        with pytest.raises(NotYours):
            services.add_municipality(actor=actor, unit_id=foreign.pk, code=actor.codes[0], from_on=TODAY)


def test_the_wall_holds_without_the_services(unit: Unit, boss: User, foreign: Unit) -> None:
    organisations.team(unit=unit)
    with accounts.acting(boss) as actor:
        with pytest.raises(ProgrammingError), transaction.atomic():
            UnitMunicipality.objects.create(unit=foreign, municipality_id=actor.codes[0], from_on=TODAY)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Team.objects.create(unit=foreign, name="Hold", from_on=TODAY)
        assert Unit.objects.filter(pk=foreign.pk).update(name="Mit") == 0
        assert Municipality.objects.filter(code=actor.codes[0]).update(name="Mit") == 0
        assert Team.objects.filter(unit=unit).delete()[0] == 0


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.CASEWORKER])
def test_others_read_and_change_nothing(unit: Unit, role: Role) -> None:
    other = accounts.employee(role=role, unit=unit)
    with accounts.acting(other) as actor:
        page = selectors.unit_page(actor=actor, unit_id=unit.pk)
        assert not page.can_change
        with pytest.raises(NotYours):
            change(unit, actor=actor, seen=page.seen)
        assert Unit.objects.filter(pk=unit.pk).update(name="Mit") == 0


def test_a_stale_edit_of_a_unit_or_team_is_refused(unit: Unit, boss: User) -> None:
    with accounts.acting(boss) as actor:
        seen = selectors.unit_page(actor=actor, unit_id=unit.pk).seen
        change(unit, actor=actor, seen=seen)
        with pytest.raises(StaleEdit):
            change(unit, actor=actor, seen=seen, name="Andet navn")
        team = services.add_team(actor=actor, unit_id=unit.pk, name="Hold", from_on=TODAY)
        seen = selectors.team_page(actor=actor, team_id=team.pk).seen
        rename = {"actor": actor, "team_id": team.pk, "seen": seen, "from_on": TODAY, "until_on": None}
        services.change_team(**rename, name="Hold A")
        with pytest.raises(StaleEdit):
            services.change_team(**rename, name="Hold B")


def test_a_unit_does_not_end_before_its_teams_or_its_start(unit: Unit, boss: User) -> None:
    with accounts.acting(boss) as actor:
        team = services.add_team(actor=actor, unit_id=unit.pk, name="Hold", from_on=TODAY)
        seen = selectors.unit_page(actor=actor, unit_id=unit.pk).seen
        with pytest.raises(services.EndBeforeStart):
            change(unit, actor=actor, seen=seen, until_on=unit.from_on - timedelta(days=1))
        with pytest.raises(services.StillInUse):
            change(unit, actor=actor, seen=seen, until_on=TODAY)
        services.change_team(
            actor=actor,
            team_id=team.pk,
            seen=selectors.team_page(actor=actor, team_id=team.pk).seen,
            name="Hold",
            from_on=TODAY,
            until_on=TODAY,
        )
        assert change(unit, actor=actor, seen=seen, until_on=TODAY).until_on == TODAY
