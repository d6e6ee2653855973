"""What stands on the front pages and in the file about tables."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.placements.enums import Party
from tests.factories import placements
from tests.factories.accounts import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> placements.Table:
    """A meeting to come, support that is late, and an agreement that nobody has signed."""
    at = placements.table()
    placements.introduction(at=at)
    placements.arrangement(at=at, due_on=placements.in_days(0) - timedelta(days=2))
    placements.agreement(at=at)
    return at


def test_the_citizen_finds_meeting_and_agreement_at_home(at) -> None:
    text = log_in(Client(), at.citizen.user).get(reverse("home")).content.decode()
    assert "Butikken på Torvet" in text
    assert reverse("placements", args=[at.citizen.pk]) in text
    assert 'class="tag-word is-amber"' in text


def test_the_desk_says_what_waits(at) -> None:
    text = log_in(Client(), at.broker).get(reverse("home")).content.decode()
    assert text.count("Anna Lund, Hjælp i bageriet") == 3
    file = log_in(Client(), at.broker).get(reverse("citizen", args=[at.citizen.pk])).content.decode()
    assert reverse("placements", args=[at.citizen.pk]) in file


def test_the_company_finds_what_to_sign(at) -> None:
    client = log_in(Client(), at.employer)
    text = client.get(reverse("home")).content.decode()
    assert "our-agreements/" in text
    assert "Lund" not in text


def test_what_is_signed_waits_no_more() -> None:
    at = placements.table()
    version = placements.agreement(at=at)
    placements.signature(version=version, party=Party.EMPLOYER, by=at.employer)
    text = log_in(Client(), at.employer).get(reverse("home")).content.decode()
    assert "our-agreements/" not in text
