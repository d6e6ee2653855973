"""The calendar file: days and numbers, nothing about anybody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.audit.context import acting_as
from jobbro.apps.audit.models import Look
from jobbro.web.applications.calendar import _escaped, _folded
from tests.factories import accounts, citizens, organisations
from tests.factories.reminders import deadline

pytestmark = pytest.mark.django_db


def test_the_file_has_days_and_numbers_only():
    team = organisations.team()
    mette, bo = accounts.employee(team=team), accounts.employee(team=team, name="Bo Bro")
    anna, per = citizens.citizen(team=team, lead=mette), citizens.citizen(team=team, lead=bo, given_name="Per")
    today = timezone.localdate()
    for citizen, days, scheme in ((anna, 3, "mentor"), (anna, 3, "paragraf_56"), (anna, -1, "hjaelpemidler")):
        deadline(citizen=citizen, staff=mette, on=today + timedelta(days=days), scheme=scheme)
    deadline(citizen=per, staff=bo, on=today + timedelta(days=5))
    answer = accounts.log_in(Client(), mette).get(reverse("deadlines_calendar"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith("DTSTART")] == [
        f"DTSTART;VALUE=DATE:{today + timedelta(days=3):%Y%m%d}"
    ]
    assert any(line.startswith("SUMMARY:2 ") for line in lines)
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    for word in ("Anna", "Lund", "entor", str(anna.pk), "Mette"):
        assert word not in text
    with acting_as(mette.pk):
        assert Look.objects.count() == 0
    assert (
        accounts.log_in(Client(), citizens.citizen(team=team, has_login=True).user)
        .get(reverse("deadlines_calendar"))
        .status_code
        == 403
    )


def test_lines_are_folded_at_bytes_and_marks_escaped():
    folded = _folded("æ" * 100)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == "æ" * 100
    assert _escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
