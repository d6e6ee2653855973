"""From the page that says no, by way of an administrator, to the first login."""

import re

import pytest
from django.test import Client

from jobbro.apps.accounts import services
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.organisations.models import Team
from jobbro.apps.organisations.permissions import NotYours
from tests.factories import accounts, organisations
from tests.factories.rows import rows_of, run

from .conftest import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return organisations.team()


@pytest.fixture
def boss(team: Team) -> User:
    return accounts.employee(role=Role.ADMINISTRATOR, unit=team.unit, name="Bodil Krag")


def subject_of(user: User) -> str | None:
    return rows_of("select subject from accounts_user where id = $1::uuid", value=user.pk)[0].subject


def test_the_number_on_the_page_is_what_the_administrator_needs(
    client: Client, visit: Visit, team: Team, boss: User
) -> None:
    mette = accounts.employee(team=team)
    refused = client.get(visit(client, "mette")).content.decode()
    number = re.search(r"<code>([^<]+)</code>", refused)
    assert number
    office = accounts.log_in(Client(), boss)
    page = f"/staff/{mette.pk}/login/connect/"
    assert page in office.get(f"/staff/{mette.pk}/").content.decode()
    assert office.get(page).status_code == 200
    assert office.post(page, {"subject": f" {number[1]} "}).headers["Location"] == f"/staff/{mette.pk}/"
    assert client.get(visit(client, "mette")).status_code == 302
    found = rows_of("select detail from audit_event where verb = 'user_changed' and actor_id = $1::uuid", value=boss.pk)
    assert [event.detail for event in found] == [{"login_connected": True}]


@pytest.mark.parametrize("is_active", [True, False])
def test_a_number_belongs_to_one_account(client: Client, team: Team, boss: User, is_active: bool) -> None:
    mette, other = accounts.employee(team=team), accounts.employee(unit=organisations.unit(), role=Role.CASEWORKER)
    run("update accounts_user set subject = 'taken' where id = $1::uuid", value=other.pk)
    run(f"update accounts_user set is_active = {is_active} where id = $1::uuid", value=other.pk)
    answer = accounts.log_in(client, boss).post(f"/staff/{mette.pk}/login/connect/", {"subject": "taken"})
    assert answer.status_code == 422
    assert 'value="taken"' in answer.content.decode()
    assert subject_of(mette) is None


def test_an_empty_number_ends_the_connection(team: Team, boss: User) -> None:
    mette = accounts.employee(team=team)
    with accounts.acting(boss) as actor:
        services.connect_login(actor=actor, user_id=mette.pk, subject="mette")
        services.connect_login(actor=actor, user_id=mette.pk, subject="  ")
    assert subject_of(mette) is None


def test_nobody_connects_their_own_account_or_one_elsewhere(team: Team, boss: User) -> None:
    stranger = accounts.employee(unit=organisations.unit(), role=Role.CASEWORKER)
    with accounts.acting(boss) as actor:
        with pytest.raises(services.OneselfRefused):
            services.connect_login(actor=actor, user_id=boss.pk, subject="x")
        with pytest.raises(NotYours):
            services.connect_login(actor=actor, user_id=stranger.pk, subject="x")


def test_only_administrators_connect(client: Client, team: Team) -> None:
    mette = accounts.employee(team=team)
    lead = accounts.employee(role=Role.TEAM_LEAD, team=team)
    answer = accounts.log_in(client, lead).post(f"/staff/{mette.pk}/login/connect/", {"subject": "x"})
    assert answer.status_code == 403
