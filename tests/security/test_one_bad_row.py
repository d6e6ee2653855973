"""One citizen whose rows cannot be read does not keep all others from being brought up to date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobbro.apps.guidance import tasks
from jobbro.apps.guidance.models import KnownFacts
from tests.factories import accounts, citizens, organisations

pytestmark = pytest.mark.django_db


def test_the_others_are_refreshed_and_the_log_names_nobody(monkeypatch, caplog) -> None:
    team = organisations.team()
    staff = accounts.employee(team=team)
    people = [citizens.citizen(team=team, lead=staff) for _ in range(3)]
    refresh = tasks.refresh_known
    # The worker goes in the order of the numbers.
    bad = min(people, key=lambda citizen: citizen.pk)

    def refresh_or_fall(*, citizen_id, **rest) -> None:
        if citizen_id == bad.pk:
            raise ValueError(f"kept value of {bad.name} is no day")
        refresh(citizen_id=citizen_id, **rest)

    monkeypatch.setattr(tasks, "refresh_known", refresh_or_fall)
    done = tasks.refresh_waiting(at=timezone.now(), looks_back=timedelta(minutes=12))
    with accounts.acting(staff):
        known = set(KnownFacts.objects.values_list("citizen_id", flat=True))
    assert known == {citizen.pk for citizen in people} - {bad.pk}
    assert done >= 2
    assert str(bad.pk) not in caplog.records[-1].getMessage()
