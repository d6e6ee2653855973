"""Pages between jobs: for the citizen and staff, with all their answers - and none for anybody at a company."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from jobbro.apps.jobs.models import WorkWish
from jobbro.apps.mobility.enums import ObservationState
from jobbro.apps.mobility.models import ChangeWish, LastStep, Notice, Observation
from jobbro.apps.mobility.stamps import seen_change_wish, seen_notice, seen_observation, seen_step
from jobbro.apps.placements.models import Placement
from jobbro.web.mobility.words import countdown
from tests.factories import mobility, placements
from tests.factories.accounts import acting, log_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def at() -> placements.Table:
    return placements.table()


@pytest.fixture
def running(at) -> Placement:
    return placements.running(at=at)


@pytest.fixture
def desk(at) -> Client:
    return log_in(Client(), at.broker)


@pytest.fixture
def anna(at) -> Client:
    return log_in(Client(), at.citizen.user)


@pytest.fixture
def bakery(at) -> Client:
    return log_in(Client(), at.employer)


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def url(name: str, thing: object) -> str:
    return reverse(name, args=[thing.pk])


def test_a_wish_is_told_talked_about_and_rests(at, running, desk, anna, bakery) -> None:
    tell, page = url("mobility_wish", at.citizen), url("mobility", at.citizen)
    assert tell in main_of(anna.get(page))
    wrong = anna.post(tell, {"soon": "soon", "words": "Jeg vil gerne mere", "seen": ""})
    assert wrong.status_code == 422
    assert "Jeg vil gerne mere" in main_of(wrong)
    told = {"kinds": ["more_hours"], "soon": "soon", "words": "Jeg vil gerne mere", "seen": ""}
    assert desk.post(tell, told).status_code == 422
    assert anna.post(tell, told).status_code == 302
    assert anna.post(tell, told).status_code == 409
    assert "Jeg vil gerne mere" in main_of(desk.get(page))
    with acting(at.broker):
        row = ChangeWish.objects.get()
    talk = url("mobility_wish_talk", at.citizen)
    assert desk.post(talk, {"answer": "", "seen": seen_change_wish(row)}).status_code == 422
    assert desk.post(talk, {"answer": "To timer mere fra maj", "seen": seen_change_wish(row)}).status_code == 302
    assert "To timer mere fra maj" in main_of(anna.get(page))
    with acting(at.broker):
        row = ChangeWish.objects.get()
    end = url("mobility_wish_end", at.citizen)
    assert anna.post(end, {"ended_as": "fulfilled", "seen": seen_change_wish(row)}).status_code == 302
    assert "Jeg vil gerne mere" not in main_of(anna.get(page))
    assert anna.get(end).status_code == 302
    for address in (page, tell, talk, end):
        assert bakery.get(address).status_code == 403


def test_nothing_of_a_wish_is_on_any_page_of_the_company(at, running, bakery) -> None:
    mobility.change_wish(at=at, words="Jeg drømmer om et gartneri")
    mobility.notice(at=at, placement=running, note="Vi siger ikke noget endnu")
    with acting(at.broker):
        version = running.versions.get()
    for address in (
        reverse("home"),
        reverse("our_introductions"),
        url("our_agreement", version),
        url("our_onboarding", running),
    ):
        text = bakery.get(address).content.decode()
        assert "gartneri" not in text
        assert "ikke noget endnu" not in text


def notice_fields(**changes: object) -> dict[str, object]:
    return {
        "given_by": "employer",
        "reason": "no_work",
        "given_on": TODAY.isoformat(),
        "last_on": (TODAY + timedelta(days=45)).isoformat(),
        "basis": "letter",
        "period_text": "En måned",
        "note": "Færre kunder",
        "seen": "",
        **changes,
    }


def test_a_notice_shows_what_is_done_until_the_last_day(at, running, desk, anna, bakery) -> None:
    add = url("notice_add", running)
    assert add in main_of(anna.get(url("mobility", at.citizen)))
    wrong = anna.post(add, notice_fields(last_on=(TODAY - timedelta(days=2)).isoformat()))
    assert wrong.status_code == 422
    assert "Færre kunder" in main_of(wrong)
    assert anna.post(add, notice_fields()).status_code == 302
    with acting(at.broker):
        row = Notice.objects.get()
        step = LastStep.objects.get(code="wish")
        ours = LastStep.objects.get(code="talk")
    assert desk.get(add)["Location"] == url("notice", row)
    text = main_of(desk.get(url("notice", row)))
    assert "En måned" in text
    assert step.title["da"] in text
    for _again in range(2):
        assert anna.post(url("last_step_done", step), {"seen": seen_step(step)}).status_code == 302
    assert anna.post(url("last_step_done", ours), {"seen": seen_step(ours)}).status_code in (403, 404)
    drop = url("last_step_drop", ours)
    assert desk.post(drop, {"seen": seen_step(ours)}).status_code == 422
    assert desk.post(drop, {"seen": "old", "reason": "Vi har talt"}).status_code == 409
    assert desk.post(drop, {"seen": seen_step(ours), "reason": "Vi har talt"}).status_code == 302
    assert "Vi har talt" in main_of(anna.get(url("notice", row)))
    change = url("notice_change", row)
    assert desk.post(change, notice_fields(seen="old")).status_code == 409
    later = notice_fields(seen=seen_notice(row), last_on=(TODAY + timedelta(days=60)).isoformat())
    assert desk.post(change, later).status_code == 302
    with acting(at.broker):
        row = Notice.objects.get()
    back = url("notice_withdraw", row)
    assert anna.post(back, {"seen": seen_notice(row), "reason": "Der er arbejde igen"}).status_code == 302
    assert "Der er arbejde igen" in main_of(desk.get(url("notice", row)))
    assert desk.get(change).status_code == 302
    for address in (add, url("notice", row), change, back):
        assert bakery.get(address).status_code == 403


def test_what_was_learnt_goes_into_the_work_wish(at, running, desk, anna) -> None:
    add = url("experience_add", running)
    offered = re.findall(r'name="skills" value="([^"]+)"', main_of(anna.get(add)))
    assert "Vaske bageplader og pakke brød" in offered
    assert anna.post(add, {"own_skills": ""}).status_code == 422
    assert desk.post(add, {"skills": offered[:1]}).status_code == 422
    assert anna.post(add, {"skills": offered[:1], "own_skills": "Kasseapparat, "}).status_code == 302
    with acting(at.broker):
        assert WorkWish.objects.get().skills == [offered[0], "Kasseapparat"]
    assert "Kasseapparat" in main_of(desk.get(url("mobility", at.citizen)))


def test_what_goes_well_is_answered_by_the_citizen(at, running, desk, anna) -> None:
    add = url("observation_add", running)
    told = {"area": "pace", "words": "Hun holder tempoet", "seen_by": "workplace"}
    assert desk.post(add, {**told, "words": ""}).status_code == 422
    assert desk.post(add, told).status_code == 302
    with acting(at.broker):
        row = Observation.objects.get()
    answer = url("observation_answer", row)
    assert answer in main_of(anna.get(url("mobility", at.citizen)))
    assert "Hun holder tempoet" in main_of(anna.get(answer))
    assert anna.post(answer, {"seen": seen_observation(row)}).status_code == 422
    assert anna.post(answer, {"seen": "old", "is_agreed": "yes"}).status_code == 409
    assert anna.post(answer, {"seen": seen_observation(row), "is_agreed": "yes"}).status_code == 302
    with acting(at.broker):
        assert Observation.objects.get().state == ObservationState.AGREED
    topic = reverse("dialogue_topic", args=[at.citizen.pk, "pace"])
    assert topic in main_of(desk.get(url("mobility", at.citizen)))
    assert anna.get(answer).status_code == 302


def test_between_two_jobs_the_way_on_comes_first(at, running, desk, anna) -> None:
    placements.end(placement=running, by=at.broker)
    for client in (desk, anna):
        text = main_of(client.get(url("mobility", at.citizen)))
        assert reverse("jobs_for", args=[at.citizen.pk]) in text
        assert 'id="between"' in text
        assert "Jonas Bro" in text
    assert desk.get(url("notice_add", running)).status_code == 302


def test_strangers_find_nothing(at, running) -> None:
    mobility.change_wish(at=at)
    told = mobility.notice(at=at, placement=running)
    row = mobility.observation(at=at, placement=running)
    other = placements.table()
    for user in (other.broker, other.citizen.user):
        client = log_in(Client(), user)
        for address in (
            url("mobility", at.citizen),
            url("mobility_wish", at.citizen),
            url("notice", told),
            url("notice_add", running),
            url("experience_add", running),
            url("observation_answer", row),
        ):
            assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "was"), (0, "is today."), (1, "in 1 day."), (14, "in 14 days."), (30, "about 4 weeks."), (90, "good time.")],
)
def test_the_days_that_are_left_are_told_calmly(days: int, said: str) -> None:
    with translation.override("en"):
        assert said in countdown(last_on=TODAY + timedelta(days=days), on=TODAY, is_own=True)


@pytest.mark.parametrize(
    ("who", "name", "most"),
    [("desk", "mobility", 13), ("anna", "mobility", 12), ("desk", "notice", 11)],
)
def test_queries_stay_few(at, running, desk, anna, who: str, name: str, most: int) -> None:
    mobility.change_wish(at=at)
    told = mobility.notice(at=at, placement=running)
    for number in range(6):
        mobility.last_step(notice=told, at=at, code=f"step_{number}")
        mobility.observation(at=at, placement=running)
    client = {"desk": desk, "anna": anna}[who]
    address = url(name, told if name == "notice" else at.citizen)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    queries = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert len(queries) == most, "\n".join(query[:160] for query in queries)
