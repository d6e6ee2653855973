"""The worklist: what the function of the owner says is what the sources say, for whoever asks."""

from collections import Counter

import pytest
from django.utils import timezone

from jobbro.apps.worklist.gathering import all_needs
from jobbro.apps.worklist.selectors import ALL, WorklistFilters, all_rows
from tests.factories import accounts, citizens, organisations

pytestmark = pytest.mark.django_db


def test_page() -> None:
    on = timezone.localdate()
    team = organisations.team()
    mette = accounts.employee(team=team)
    anna = citizens.citizen(team=team, lead=mette)
    bo = citizens.citizen(team=team, given_name="Bo", next_step="Ring", next_step_on=on, last_step_on=on)
    with accounts.acting(mette) as actor:
        live = Counter(row for rows in all_needs(actor=actor, on=on) for row in rows)
        found = all_rows(actor=actor, filters=WorklistFilters(who=ALL), on=on)


    assert found.total == 2
