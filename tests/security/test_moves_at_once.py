"""Two moves of one application at the same moment, moves out of order, and one form sent twice: one act, or none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jobbro.apps.applications import services
from jobbro.apps.applications.enums import State, VacancyState
from jobbro.apps.applications.facts import seen_application
from jobbro.apps.applications.models import Application, Decision, Vacancy
from jobbro.apps.applications.refusals import Changed, NotNow
from jobbro.apps.applications.selectors import application_for, vacancy_for
from jobbro.apps.applications.services import DecisionDraft, MoveDetails
from jobbro.apps.applications.states import CITIZEN_MOVES, MOVES, VACANCY_MOVES
from jobbro.web.applications.words import MOVE_WORDS, VACANCY_WORDS
from tests.factories import accounts, applications, citizens, organisations

AT, ON = datetime(2026, 3, 26, 9, tzinfo=UTC), date(2026, 3, 26)


def _citizen():
    team = organisations.team()
    staff = accounts.employee(team=team)
    return citizens.citizen(team=team, lead=staff, has_login=True), staff


@pytest.mark.django_db(transaction=True)
def test_a_decision_and_a_withdrawal_at_once_are_one_of_them() -> None:
    citizen, staff = _citizen()
    row = applications.application(citizen=citizen, started_by=staff, scheme="mentor", state=State.ACKNOWLEDGED)
    seen, gate = seen_application(row), Barrier(2)

    def withdraw(actor) -> None:
        details = MoveDetails(on=ON)
        services.move_application(
            actor=actor, application_id=row.pk, move="withdraw", details=details, seen=seen, at=AT
        )

    def decide(actor) -> None:
        draft = DecisionDraft(outcome="refused", decided_on=ON, received_on=ON)
        services.decide_application(actor=actor, application_id=row.pk, draft=draft, seen=seen, at=AT)

    def run(user, act) -> str:
        try:
            gate.wait(timeout=10)
            with accounts.acting(user) as actor:
                act(actor)
        except (Changed, NotNow):
            return "told"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(run, [citizen.user, staff], [withdraw, decide]))
    assert outcomes == ["done", "told"]
    with accounts.acting(staff):
        assert Decision.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_every_move_out_of_order_changes_nothing(state: State) -> None:
    citizen, staff = _citizen()
    row = applications.application(citizen=citizen, started_by=staff, scheme="mentor", state=state)
    days = {"on": "2026-04-10", "decided_on": "2026-04-10", "received_on": "2026-04-10", "by": "2027-01-01"}
    said = {"outcome": "granted", "channel": "here", "words": "x"}
    for user, allowed in ((staff, MOVE_WORDS), (citizen.user, CITIZEN_MOVES)):
        browser = accounts.log_in(Client(), user)
        for move in MOVE_WORDS:
            if (state, move) in MOVES and move in allowed:
                continue
            with accounts.acting(user) as actor:
                seen = application_for(actor=actor, application_id=row.pk, on=ON).seen
            answer = browser.post(reverse("application_move", args=[row.pk, move]), {**days, **said, "seen": seen})
            assert answer.status_code in (302, 403, 404, 422), (move, answer.status_code)
            with accounts.acting(staff):
                now = Application.objects.get(pk=row.pk)
                assert (now.state, Decision.objects.count()) == (state, 0), move


@pytest.mark.django_db
@pytest.mark.parametrize("state", VacancyState)
def test_every_step_of_a_post_out_of_order_changes_nothing(state: VacancyState) -> None:
    citizen, staff = _citizen()
    row = applications.vacancy(citizen=citizen, noted_by=staff, state=state)
    browser = accounts.log_in(Client(), staff)
    for move in VACANCY_WORDS:
        if (state, move) in VACANCY_MOVES or move == "opinion":
            continue
        with accounts.acting(staff) as actor:
            seen = vacancy_for(actor=actor, vacancy_id=row.pk, on=ON).vacancy.seen
        answer = browser.post(reverse("vacancy_move", args=[row.pk, move]), {"on": "2026-10-01", "seen": seen})
        assert answer.status_code in (302, 422), move
        with accounts.acting(staff):
            assert Vacancy.objects.get(pk=row.pk).state == state, move


@pytest.mark.django_db
def test_a_form_that_arrives_twice_is_one_act() -> None:
    citizen, _ = _citizen()
    browser, token = accounts.log_in(Client(), citizen.user), str(uuid4())
    post = {"title": "x", "employer": "y", "employer_kind": "municipality", "route": "direct", "on": "2026-03-01"}
    answers = [browser.post(reverse("vacancy_add", args=[citizen.pk]), {**post, "form_token": token}) for _ in range(2)]
    start = [reverse("application_start", args=[citizen.pk, "mentor"]), {"form_token": str(uuid4())}]
    begun = [browser.post(*start), browser.post(*start), browser.post(start[0])]
    assert {answer.status_code for answer in (*answers, *begun)} <= {302, 303}
    assert len({answer.headers["Location"] for answer in begun}) == 1
    with accounts.acting(citizen.user):
        assert (Vacancy.objects.count(), Application.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_an_old_mark_or_none_is_a_conflict() -> None:
    citizen, staff = _citizen()
    row = applications.application(citizen=citizen, started_by=staff, state=State.SENT)
    browser = accounts.log_in(Client(), staff)
    for seen in ("", "0" * 24, "x" * 64):
        answer = browser.post(
            reverse("application_move", args=[row.pk, "acknowledge"]), {"on": "2026-03-05", "seen": seen}
        )
        assert answer.status_code == 409
