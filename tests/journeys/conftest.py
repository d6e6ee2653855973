"""The two people of most journeys; models are imported late, since Django starts after this file."""

import pytest


@pytest.fixture
def team():
    from tests.factories import organisations

    return organisations.team()


@pytest.fixture
def mette(team):
    """The caseworker, who can log in by form."""
    from tests.factories import accounts

    return accounts.employee(team=team, username="mette", password=accounts.PASSWORD)


@pytest.fixture
def anna(team, mette):
    """The citizen, whose contact person is Mette, and who has a login at home."""
    from tests.factories import accounts, citizens

    return citizens.citizen(team=team, lead=mette, password=accounts.PASSWORD, next_step="Begynd dialogen")
