"""Pages of the way into a job: for staff, the citizen and the company, with all their answers."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.placements.enums import OnboardingStep, PlacementState, TaskOwner
from jobbro.apps.placements.models import OnboardingPlan, OnboardingTask, Placement
from jobbro.apps.placements.stamps import seen_plan, seen_task
from tests.factories import placements
from tests.factories.accounts import acting, log_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def at() -> placements.Table:
    return placements.table()


@pytest.fixture
def running(at) -> Placement:
    return placements.running(at=at, begun=-10)


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


def test_the_proposal_is_read_and_taken(at, running, desk, anna, bakery) -> None:
    assert url("onboarding_accept", running) in main_of(desk.get(url("onboarding", running)))
    accept = url("onboarding_accept", running)
    text = main_of(desk.get(accept))
    keys = re.findall(r'name="chosen" value="([^"]+)"', text)
    assert {"welcome", "order_aid:standing_support_chair"} <= set(keys)
    assert desk.post(accept, {"mentor": "Mona", "seen": ""}).status_code == 422
    refused = desk.post(accept, {"mentor": "010203-1234", "seen": "", "chosen": keys})
    assert refused.status_code == 422
    assert "010203-1234" in main_of(refused)
    told = {"mentor": "Mona Mentor", "seen": "", "chosen": [key for key in keys if key != "place_ready"]}
    assert desk.post(accept, told).status_code == 302
    again = desk.post(accept, {**told, "chosen": ["place_ready"]})
    assert again.status_code == 409
    with acting(at.broker):
        tasks = list(OnboardingTask.objects.all())
        assert len(tasks) == len(keys) - 1
        assert {task.who for task in tasks if task.owner == TaskOwner.MENTOR} == {"Mona Mentor"}
    whole = main_of(anna.get(url("onboarding", running)))
    for task in tasks:
        assert task.title["da"] in whole
    ours = main_of(bakery.get(url("our_onboarding", running)))
    for task in tasks:
        assert (task.title["da"] in ours) == task.is_for_company
    assert anna.get(accept).status_code == 403


def test_each_ticks_on_their_own_page(at, running, desk, anna, bakery) -> None:
    placements.onboarding(at=at, placement=running)
    ours, own, mine = (
        placements.onboarding_task(at=at, placement=running, owner=owner, title={"da": owner, "en": owner})
        for owner in (TaskOwner.EMPLOYER, TaskOwner.CITIZEN, TaskOwner.MUNICIPALITY)
    )
    done = url("our_onboarding_done", ours)
    assert bakery.get(done).status_code == 302
    assert bakery.post(done, {"seen": "old"}).status_code == 302
    with acting(at.broker):
        assert OnboardingTask.objects.get(pk=ours.pk).done_on is None
    for _again in range(2):
        assert bakery.post(done, {"seen": seen_task(ours)}).status_code == 302
    assert bakery.post(url("our_onboarding_done", mine), {"seen": seen_task(mine)}).status_code == 404
    assert bakery.post(url("onboarding_task_done", mine), {"seen": ""}).status_code == 403
    assert anna.post(url("onboarding_task_done", own), {"seen": seen_task(own)}).status_code == 302
    assert anna.post(url("onboarding_task_done", mine), {"seen": seen_task(mine)}).status_code == 302
    assert desk.post(url("onboarding_task_done", mine), {"seen": "old"}).status_code == 409
    assert desk.post(url("onboarding_task_done", mine), {"seen": seen_task(mine)}).status_code == 302
    with acting(at.broker):
        assert {row.owner: row.done_name for row in OnboardingTask.objects.all()} == {
            "employer": at.employer.display_name,
            "citizen": "Bente Bager",
            "municipality": "Jonas Bro",
        }


def test_staff_tick_for_others_with_a_reason(at, running, desk) -> None:
    placements.onboarding(at=at, placement=running)
    task = placements.onboarding_task(at=at, placement=running)
    address = url("onboarding_task_done", task)
    assert "reason" in main_of(desk.get(address))
    assert desk.post(address, {"seen": seen_task(task)}).status_code == 422
    assert desk.post(address, {"seen": seen_task(task), "reason": "Bente ringede."}).status_code == 302
    assert "Bente ringede." in main_of(desk.get(url("onboarding", running)))
    assert desk.get(address).status_code == 302


def task_fields(**changes: object) -> dict[str, object]:
    return {
        "title": "Vis vejen til bussen",
        "step": "first_day",
        "owner": "mentor",
        "who": "Mona",
        "due_on": (TODAY + timedelta(days=3)).isoformat(),
        "seen": "",
        **changes,
    }


def test_tasks_are_added_changed_and_taken_out(at, running, desk, anna) -> None:
    add = url("onboarding_task_add", running)
    assert desk.get(add).status_code == 302
    placements.onboarding(at=at, placement=running)
    assert desk.get(add).status_code == 200
    late = desk.post(add, task_fields(due_on=(TODAY - timedelta(days=1)).isoformat()))
    assert late.status_code == 422
    assert "Vis vejen til bussen" in main_of(late)
    assert desk.post(add, task_fields(due_on="snart")).status_code == 422
    assert desk.post(add, task_fields()).status_code == 302
    with acting(at.broker):
        task = OnboardingTask.objects.get()
    change = url("onboarding_task_change", task)
    assert "Vis vejen til bussen" in main_of(desk.get(change))
    assert desk.post(change, task_fields(who="Sofie")).status_code == 409
    assert desk.post(change, task_fields(who="Sofie", seen=seen_task(task))).status_code == 302
    with acting(at.broker):
        task = OnboardingTask.objects.get()
        assert task.who == "Sofie"
    drop = url("onboarding_task_drop", task)
    assert desk.post(drop, {"seen": seen_task(task)}).status_code == 422
    assert desk.post(drop, {"seen": seen_task(task), "reason": "Hun kører selv."}).status_code == 302
    assert "Hun kører selv." in main_of(anna.get(url("onboarding", running)))
    assert anna.get(change).status_code == 403


def test_the_first_day_moves_after_a_preview(at, running, desk, bakery) -> None:
    plan = placements.onboarding(at=at, placement=running)
    task = placements.onboarding_task(at=at, placement=running)
    move = url("onboarding_start", running)
    to = TODAY + timedelta(days=31)
    assert desk.get(move).status_code == 200
    assert desk.get(f"{move}?starts_on=snart").status_code == 422
    preview = main_of(desk.get(f"{move}?starts_on={to.isoformat()}"))
    assert task.title["da"] in preview
    with acting(at.broker):
        assert OnboardingTask.objects.get().due_on == task.due_on
    told = {"starts_on": to.isoformat(), "seen": seen_plan(plan)}
    assert desk.post(move, told).status_code == 422
    assert desk.post(move, {**told, "seen": "old", "reason": "Stolen"}).status_code == 409
    assert desk.post(move, {**told, "reason": "Stolen kommer senere."}).status_code == 302
    ours = main_of(bakery.get(url("our_onboarding", running)))
    assert "Stolen kommer senere." not in ours
    assert "The day has moved" in ours or "Dagen er flyttet" in ours
    assert "Stolen kommer senere." in main_of(desk.get(url("onboarding", running)))
    with acting(at.broker):
        assert Placement.objects.get().starts_on == to


def test_the_colleagues_words_are_the_citizens(at, running, desk, anna, bakery) -> None:
    placements.onboarding(at=at, placement=running)
    words = url("onboarding_words", running)
    assert placements.SHOWN_NEED.words in main_of(anna.get(words))
    assert placements.SHOWN_NEED.words not in main_of(bakery.get(url("our_onboarding", running)))
    with acting(at.broker):
        seen = seen_plan(OnboardingPlan.objects.get())
    assert desk.post(words, {"text": "Anna vil gerne sidde.", "seen": seen}).status_code == 422
    assert anna.post(words, {"text": "Ring 010203-1234", "seen": seen}).status_code == 422
    assert anna.post(words, {"text": "Jeg sidder helst.", "seen": seen}).status_code == 302
    assert "Jeg sidder helst." in main_of(bakery.get(url("our_onboarding", running)))
    assert bakery.get(words).status_code == 403


def test_a_job_ends_on_its_page(at, running, desk, anna, bakery) -> None:
    end = url("placement_end", running)
    assert desk.get(end).status_code == 200
    ahead = {"ended_on": (TODAY + timedelta(days=9)).isoformat(), "reason": "no_work", "note": "Husk brevet"}
    refused = desk.post(end, ahead)
    assert refused.status_code == 422
    assert "Husk brevet" in main_of(refused)
    assert desk.post(end, {**ahead, "ended_on": TODAY.isoformat(), "reason": "other", "note": ""}).status_code == 422
    told = {**ahead, "ended_on": TODAY.isoformat(), "reason": "too_hard", "note": "Færre timer næste gang."}
    assert desk.post(end, told).status_code == 302
    with acting(at.broker):
        assert Placement.objects.get().state == PlacementState.ENDED
    assert "Færre timer næste gang." in main_of(anna.get(url("onboarding", running)))
    ours = bakery.get(url("our_onboarding", running))
    assert ours.status_code == 200
    assert "Færre timer" not in main_of(ours)
    assert desk.get(end).status_code == 302
    for client in (anna, bakery):
        assert client.post(end, told).status_code == 403


def test_strangers_find_nothing(at, running) -> None:
    placements.onboarding(at=at, placement=running)
    task = placements.onboarding_task(at=at, placement=running)
    other = placements.table()
    for user in (other.broker, other.citizen.user):
        client = log_in(Client(), user)
        assert client.get(url("onboarding", running)).status_code == 404
        assert client.post(url("onboarding_task_done", task), {"seen": seen_task(task)}).status_code == 404
    stranger = log_in(Client(), other.employer)
    assert stranger.get(url("our_onboarding", running)).status_code == 404
    assert stranger.post(url("our_onboarding_done", task), {"seen": seen_task(task)}).status_code == 404


def test_the_plan_is_found_from_the_agreement(at, running, desk, anna, bakery) -> None:
    with acting(at.broker):
        version = running.versions.get()
    assert url("onboarding", running) in main_of(desk.get(url("agreement", version)))
    assert url("onboarding", running) in main_of(anna.get(url("placements", at.citizen)))
    assert url("our_onboarding", running) in main_of(bakery.get(url("our_agreement", version)))


@pytest.mark.parametrize(
    ("who", "name", "most"),
    [("desk", "onboarding", 14), ("anna", "onboarding", 9), ("bakery", "our_onboarding", 8)],
)
def test_queries_stay_few(at, running, desk, anna, bakery, who: str, name: str, most: int) -> None:
    placements.onboarding(at=at, placement=running)
    for step in OnboardingStep:
        for owner in TaskOwner:
            placements.onboarding_task(at=at, placement=running, step=step, owner=owner)
    client = {"desk": desk, "anna": anna, "bakery": bakery}[who]
    client.get(url(name, running))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url(name, running)).status_code == 200
    queries = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert len(queries) == most, "\n".join(query[:160] for query in queries)
