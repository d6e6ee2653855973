"""The person's own page of reminders."""

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.context import acting_as
from jobbro.apps.reminders.models import MailChoice
from tests.apps.reminders.mailbox import mail_of
from tests.factories import accounts, citizens, organisations
from tests.factories.reminders import reachable

pytestmark = pytest.mark.django_db


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


@pytest.fixture
def mette():
    return reachable(accounts.employee(team=organisations.team()), "mette@proevekoebing.example")


@pytest.fixture
def desk(mette) -> Client:
    return accounts.log_in(Client(), mette)


def test_yes_is_the_start_and_no_is_kept(desk, mette):
    assert reverse("reminders") in main_of(desk.get(reverse("deadlines")))
    page = main_of(desk.get(reverse("reminders")))
    assert "mette@proevekoebing.example" in page
    assert re.search(r'value="yes"[^>]*checked', page)
    answer = desk.post(reverse("reminders"), {"wants_mail": "no"})
    assert answer.headers["Location"] == reverse("reminders")
    assert re.search(r'value="no"[^>]*checked', main_of(desk.get(reverse("reminders"))))
    with acting_as(mette.pk):
        assert MailChoice.objects.get().wants_mail is False


@pytest.mark.parametrize("typed", [{}, {"wants_mail": ""}, {"wants_mail": "perhaps"}, {"wants_mail": ["x", "\x00"]}])
def test_neither_yes_nor_no_is_asked_again(desk, typed):
    answer = desk.post(reverse("reminders"), typed)
    assert answer.status_code == 422
    assert "error-summary" in main_of(answer)


def test_it_says_when_nothing_can_be_sent(desk, mette):
    desk.cookies["django_language"] = "en"
    assert "mail server" in main_of(desk.get(reverse("reminders")))
    with override_settings(**mail_of(25)):
        assert "mail server" not in main_of(desk.get(reverse("reminders")))
    reachable(mette, "")
    assert "administrator" in main_of(desk.get(reverse("reminders")))


def test_those_without_deadlines_of_others_have_no_such_page():
    team = organisations.team()
    citizen = citizens.citizen(team=team, has_login=True)
    analyst = accounts.employee(role=Role.ANALYST, team=team)
    for user in (citizen.user, analyst):
        assert accounts.log_in(Client(), user).get(reverse("reminders")).status_code == 403
    assert Client().get(reverse("reminders")).status_code == 302
