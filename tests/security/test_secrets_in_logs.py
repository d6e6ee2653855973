"""The secret of an address opens a talk or a calendar: no answer of ours writes it into the technical log."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.meetings.services.feeds import make_feed
from jobbro.webkit.logs import NoPersonalData
from tests.factories import follow_up
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the console of the shipped settings would show."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        assert name == "no_personal_data"
        handler.addFilter(NoPersonalData())
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def test_the_token_of_a_talk_stands_in_no_log(log) -> None:
    at = follow_up.work()
    talk = follow_up.talk(at=at, due_on=timezone.localdate() - timedelta(days=1))
    follow_up.link(talk=talk, by=at.at.broker)
    address = reverse("talk", args=[follow_up.TOKEN])
    browser = Client()
    assert browser.post(address, {"go": "begin"}).status_code == 302
    assert browser.post(f"{address}?q=overall", {"overall": "9", "go": "next"}).status_code == 422
    assert Client(enforce_csrf_checks=True).post(address, {"go": "begin"}).status_code == 403
    assert browser.put(address).status_code == 405
    assert browser.get(f"{address}nowhere/").status_code == 404
    assert "/talks/" in log.getvalue()
    assert follow_up.TOKEN not in log.getvalue()


def test_the_secret_of_a_calendar_stands_in_no_log(log) -> None:
    at = follow_up.work()
    with acting(at.at.broker) as actor:
        secret = make_feed(actor=actor, at=timezone.now())
    address = reverse("calendar_feed", args=[secret])
    assert Client().post(address).status_code == 405
    assert Client().get(address.removesuffix("/") + "x").status_code == 404
    assert log.getvalue()
    assert secret not in log.getvalue()


def test_an_id_still_tells_where_something_went_wrong(log) -> None:
    address = "/citizens/0190aaaa-0000-7000-8000-000000000001/nowhere/"
    Client().get(address)
    assert address in log.getvalue()
