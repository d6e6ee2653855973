"""A caseworker and a citizen of the same team; models are imported late, since Django starts after this file."""

import pytest


@pytest.fixture
def team():
    from tests.factories import organisations

    return organisations.team()


@pytest.fixture
def mette(team):
    from tests.factories import accounts

    return accounts.employee(team=team)


@pytest.fixture
def anna(team):
    from tests.factories import citizens

    return citizens.citizen(team=team, has_login=True)
