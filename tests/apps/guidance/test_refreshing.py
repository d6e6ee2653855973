"""The rows of what is known follow the file, the dialogue and the calendar."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.models import Event
from jobbro.apps.citizens.services import set_benefit_period
from jobbro.apps.guidance.models import KnownFacts
from jobbro.apps.guidance.tasks import refresh_waiting
from tests.factories import accounts, citizens, organisations
from tests.factories.rows import run

pytestmark = pytest.mark.django_db


def refreshed(*, at) -> int:
    return refresh_waiting(at=at, looks_back=timedelta(minutes=12))


def known(staff, citizen):
    with accounts.acting(staff):
        return KnownFacts.objects.filter(citizen_id=citizen.pk).first()


def test_a_new_course_a_benefit_and_the_calendar_are_followed():
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff)
    now = timezone.now()
    assert known(staff, citizen) is None
    assert refreshed(at=now) >= 1
    assert known(staff, citizen).birth_date is not None
    assert known(staff, citizen).benefit is None
    with accounts.acting(staff) as actor:
        set_benefit_period(actor=actor, citizen_id=citizen.pk, benefit="Sygedagpenge", from_on=date(2026, 1, 1))
    assert refreshed(at=now) >= 1
    assert known(staff, citizen).benefit == "sickness_benefit"
    assert refreshed(at=now) == 0
    run("update guidance_knownfacts set unemployed = true, next_expiry_on = current_date - 1")
    assert refreshed(at=now + timedelta(days=1)) >= 1
    assert known(staff, citizen).unemployed is None
    assert known(staff, citizen).next_expiry_on is None
    with accounts.acting(staff):
        event = Event.objects.filter(citizen_id=citizen.pk).latest("id")
    assert (event.verb, event.actor_id) == ("facts_refreshed", staff.pk)


def test_without_anybody_who_works_with_the_citizen_the_row_waits():
    citizen = citizens.citizen(team=organisations.team())
    refreshed(at=timezone.now())
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from guidance_to_refresh(now() - interval '1 hour', current_date, 9)"
            " where citizen_id = %s::uuid",
            [citizen.pk],
        )
        assert cursor.fetchone() == (0,)


def test_only_the_worker_is_told_who_waits():
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizens.citizen(team=team, lead=staff)
    with accounts.acting(staff), connection.cursor() as cursor:
        cursor.execute("select count(*) from guidance_to_refresh(now() - interval '1 hour', current_date, 9)")
        assert cursor.fetchone() == (0,)
