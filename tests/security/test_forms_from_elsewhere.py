"""A form that another site made is refused, and never offered to be sent once more in the person's own name."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from jobbro.apps.applications.enums import State
from tests.factories import accounts, applications, citizens, organisations

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    {"Origin": "https://ond.example", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://ond.example"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
)
HERE = ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {})


@pytest.fixture
def address() -> str:
    citizen = citizens.citizen(team=organisations.team(), has_login=True)
    made = applications.application(citizen=citizen, started_by=citizen.user, state=State.SENT)
    return reverse("application_move", args=[made.pk, "withdraw"])


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_a_form_from_another_site_cannot_be_sent_by_one_press(address: str, headers: dict[str, str]) -> None:
    answer = Client(enforce_csrf_checks=True).post(address, {"on": "2026-03-05", "seen": "abc123"}, headers=headers)
    assert answer.status_code == 403
    assert address not in answer.content.decode()
    assert "abc123" not in answer.content.decode()


@pytest.mark.parametrize("headers", HERE)
def test_an_old_form_of_our_own_can_be_sent_again_and_is_kept_nowhere(address: str, headers: dict[str, str]) -> None:
    answer = Client(enforce_csrf_checks=True).post(address, {"on": "2026-03-05"}, headers=headers)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store, private")
    assert f'action="{address}"' in answer.content.decode()


@pytest.mark.parametrize(("headers", "is_carried"), [(ELSEWHERE[0], False), (HERE[0], True)])
def test_the_same_while_the_database_is_away(monkeypatch, headers: dict[str, str], is_carried: bool) -> None:
    def fail(*_, **__):
        raise OperationalError("away")

    monkeypatch.setattr("jobbro.webkit.middleware.enter", fail)
    answer = Client(raise_request_exception=False).post("/guide/results/", {"told": "benefit:?"}, headers=headers)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store, private")
    assert ("benefit:?" in answer.content.decode()) is is_carried


def test_every_new_form_is_checked() -> None:
    citizen = citizens.citizen(team=organisations.team(), has_login=True)
    browser = Client(enforce_csrf_checks=True)
    accounts.log_in(browser, citizen.user)
    for name in ("guidance", "guidance_what_if", "vacancy_add"):
        assert browser.post(reverse(name, args=[citizen.pk]), {"fact_code": "unemployed"}).status_code == 403
    for name in ("open_guide_questions", "open_guide_results"):
        assert browser.post(reverse(name), {"told": "benefit:?"}).status_code == 403
