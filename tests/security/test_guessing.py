"""Nobody finds out by trying who is registered: each miss leaves a trace, and after ten there is a pause."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Event, Look
from jobbro.apps.cases import services
from jobbro.apps.citizens.contacts import Meeting, Name, NewCitizen
from jobbro.apps.citizens.guessing import MISSES, TooManyGuesses
from jobbro.apps.citizens.services import CitizenAlreadyRegistered, register_citizen
from tests.factories import accounts, citizens, organisations

pytestmark = pytest.mark.django_db
REASON = "Borgeren står i receptionen og er i krise."
NOW = timezone.now()


@pytest.fixture
def team():
    return organisations.team()


def _urgent(*, actor, number):
    return services.open_urgently(actor=actor, cpr=number, reason=REASON, at=NOW)


def test_after_ten_numbers_of_nobody_urgent_access_pauses(team) -> None:
    number = citizens.cpr()
    citizens.citizen(team=organisations.team(unit=team.unit), number=number)
    with accounts.acting(accounts.employee(team=team)) as actor:
        assert [_urgent(actor=actor, number=citizens.cpr()) for _ in range(MISSES)] == [None] * MISSES
        with pytest.raises(TooManyGuesses):
            _urgent(actor=actor, number=number)
    with accounts.acting(accounts.employee(team=team)) as colleague:
        assert _urgent(actor=colleague, number=number) is not None


def test_registering_does_not_tell_who_is_registered_without_a_trace(team) -> None:
    number = citizens.cpr()
    known = citizens.citizen(team=team, number=number)
    details = NewCitizen(
        cpr=number.digits,
        municipality_code=known.municipality_id,
        name=Name(given_name="A", family_name="B"),
        meeting=Meeting(),
    )
    with accounts.acting(accounts.employee(role=Role.ADMINISTRATOR, unit=team.unit)) as actor:
        for _ in range(MISSES):
            with pytest.raises(CitizenAlreadyRegistered):
                register_citizen(actor=actor, details=details, at=NOW)
        assert Event.objects.filter(actor_id=actor.id, verb=Verb.REGISTRATION_REFUSED).count() == MISSES
        with pytest.raises(TooManyGuesses):
            register_citizen(actor=actor, details=details, at=NOW)


def test_the_page_says_to_wait_and_the_number_stands_nowhere(client: Client, team) -> None:
    user = accounts.employee(team=team)
    accounts.log_in(client, user)
    number = citizens.cpr()
    answers = [
        client.post(reverse("urgent_access"), {"urgent-cpr": number.digits, "urgent-reason": REASON})
        for _ in range(MISSES + 1)
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert answers[-1].content != answers[0].content
    with accounts.acting(accounts.employee(role=Role.TEAM_LEAD, unit=team.unit)):
        looks = Look.objects.filter(actor_id=user.pk, purpose="break_glass")
        assert looks.count() == MISSES + 1
