"""The look says who was shown: nobody less, and nobody more, or citizens would read of looks that nobody took."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.applications.enums import State
from tests.factories import accounts, applications, citizens, organisations
from tests.factories.looks import looks_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    team = organisations.team()
    staff = accounts.employee(team=team)
    mine = citizens.citizen(team=team, lead=staff, given_name="Anna")
    colleagues = citizens.citizen(team=team, given_name="Bo")
    for citizen in (mine, colleagues):
        applications.application(
            citizen=citizen, started_by=staff, state=State.ACKNOWLEDGED, decide_by=date(2026, 3, 20)
        )
    return accounts.log_in(Client(), staff), staff, mine, colleagues


def _looked_at(staff, view: str) -> set:
    looks = [look for look in looks_by(staff) if look.view == view]
    return {person for look in looks for person in look.citizen_ids}


def test_ones_own_deadlines_are_no_look_at_the_team(desk) -> None:
    browser, staff, mine, colleagues = desk
    text = browser.get(reverse("deadlines")).content.decode()
    assert ("Anna" in text, "Bo " in text) == (True, False)
    assert _looked_at(staff, "deadlines") == {mine.pk}
    browser.get(reverse("deadlines"), {"whose": "team"})
    assert _looked_at(staff, "deadlines") == {mine.pk, colleagues.pk}


def test_what_does_not_fit_on_the_page_is_no_look(desk, monkeypatch) -> None:
    browser, staff, *_ = desk
    monkeypatch.setattr("jobbro.web.applications.views.SHOWN_AT_ONCE", 1)
    browser.get(reverse("deadlines"), {"whose": "team"})
    assert len(_looked_at(staff, "deadlines")) == 1


def test_the_front_page_looks_at_what_is_near(desk) -> None:
    browser, staff, mine, _ = desk
    far = citizens.citizen(team=mine.case.team, lead=staff, given_name="Carl")
    applications.application(
        citizen=far, started_by=staff, state=State.ACKNOWLEDGED, decide_by=date(timezone.localdate().year + 2, 1, 1)
    )
    text = browser.get(reverse("home")).content.decode()
    assert ("Carl" in text) is (far.pk in _looked_at(staff, "home"))
    assert mine.pk in _looked_at(staff, "home")
