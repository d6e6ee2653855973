"""The worklist in the browser: filters in the address, rows with links to the place, a file, saved filters."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.worklist.models import SavedFilter
from tests.factories import accounts, citizens, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> organisations.Team:
    return organisations.team()


@pytest.fixture
def desk(client: Client, team: organisations.Team) -> Client:
    mette = accounts.employee(team=team)
    citizens.citizen(team=team, lead=mette)
    return accounts.log_in(client, mette)


def test_the_own_citizens_stand_with_what_needs_doing(desk: Client) -> None:
    page = desk.get("/worklist/").content.decode()
    assert "Anna Lund" in page
    print(page)
    assert "/citizens/" in page
