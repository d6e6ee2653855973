"""What the citizen's own pages say in the easy view: short lines for them, and nothing of it for staff."""

import re
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.courses.enums import SeatState
from jobbro.apps.outbox.moments import moment_of
from jobbro.webkit.middleware import EASY_COOKIE
from tests.factories import accounts, courses, follow_up, meetings, organisations

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class House:
    """Anna with a job, a meeting to come and a seat offered at a course; the broker who helps her."""

    def __init__(self) -> None:
        self.work = follow_up.work()
        self.anna, self.broker = self.work.at.citizen, self.work.at.broker
        course = courses.course(by=self.broker, municipality=organisations.municipality_of(self.work.at.team))
        session = courses.session(course=course, by=self.broker, responsible=self.broker)
        self.seat = courses.enrolment(session=session, citizen=self.anna, by=self.broker, state=SeatState.SEAT)
        starts = moment_of(day=TODAY + timedelta(days=5), clock=time(10))
        self.meeting = meetings.meeting(citizen=self.anna, by=self.broker, starts_at=starts)

    def address(self, name: str) -> str:
        keys = {
            "enrolment": self.seat.pk,
            "follow_up": self.work.placement.pk,
            "meeting_booked": self.meeting.pk,
            "help_ask": None,
        }
        key = keys.get(name, self.anna.pk)
        return reverse(name, args=[key] if key else [])


@pytest.fixture
def house() -> House:
    return House()


def text_of(user, address: str, *, is_easy: bool = True) -> str:
    client = accounts.log_in(Client(), user)
    client.cookies["django_language"] = "en"
    if is_easy:
        client.cookies[EASY_COOKIE] = "1"
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


SAID = {
    "enrol": "Choose a course.<br>Say what you need.",
    "enrolment": "Can you not come?<br>Say so here, or ring us.",
    "follow_up": "Here you see how it goes at work.<br>You can say how it is.",
    "help_ask": "Is something hard at work?<br>Write it here.",
    "meeting_booked": "You have a meeting.<br>Here you see when and where.",
    "case_closed": "Your course goes on.<br>When it ends, you can read here how it went.",
}


@pytest.mark.parametrize("name", SAID)
def test_the_easy_view_speaks_in_short_lines_to_the_citizen_only(house: House, name: str) -> None:
    address = house.address(name)
    assert SAID[name] in text_of(house.anna.user, address)
    assert SAID[name] not in text_of(house.anna.user, address, is_easy=False)
    if name != "help_ask":
        assert SAID[name] not in text_of(house.broker, address)
