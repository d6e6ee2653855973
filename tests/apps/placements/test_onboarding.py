"""The way into a job: proposed from the agreed support, accepted by a person, done by whose it is, read by few."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.placements.enums import OnboardingStep, TaskOwner
from jobbro.apps.placements.models import Arrangement, OnboardingPlan, OnboardingTask, Placement
from jobbro.apps.placements.needs_doing import needs_doing
from jobbro.apps.placements.onboarding.proposing import AgreedMeasure, People, moved_day, proposed_tasks
from jobbro.apps.placements.onboarding.templates import FILE, read_templates, templates
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.placements.selectors.onboarding import moved_tasks, onboarding_page, our_onboarding
from jobbro.apps.placements.services import onboarding as services
from jobbro.apps.placements.services.arrangements import finish_arrangement
from jobbro.apps.placements.services.onboarding import TaskDraft
from jobbro.apps.placements.stamps import seen_arrangement, seen_plan, seen_task
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.strict_yaml import ContentError
from tests.factories import accounts, placements
from tests.factories.rows import run

pytestmark = pytest.mark.django_db

TODAY, NOW = timezone.localdate(), timezone.now()
PEOPLE = People(citizen="Anna", employer="Bente Bager", mentor="Mona", municipality="Jonas Bro")
CHAIR = AgreedMeasure(code="standing_support_chair", name={"da": "Ståstøttestol", "en": "Stool"}, is_shown=True)
MONDAY = date(2026, 11, 30)


def proposed(*measures: AgreedMeasure, starts_on: date = MONDAY, on: date = date(2026, 10, 1)) -> dict:
    found = proposed_tasks(starts_on=starts_on, on=on, people=PEOPLE, measures=measures)
    return {task.key: task for task in found}


def test_every_group_of_support_has_a_task_that_puts_it_in_place() -> None:
    arranging = {group for task in templates().tasks if task.is_arranging for group in task.groups}
    assert arranging == {entry.group for entry in catalogue().entries}


def test_everybody_has_the_milestones_and_each_support_its_own() -> None:
    plain = proposed()
    assert [task.step for task in plain.values()] == sorted(
        (task.step for task in plain.values()), key=list(OnboardingStep).index
    )
    assert {task.step for task in plain.values()} == set(OnboardingStep)
    assert plain["welcome"].due_on == MONDAY
    order = proposed(CHAIR)["order_aid:standing_support_chair"]
    assert (order.owner, order.who, order.title["da"]) == (TaskOwner.MUNICIPALITY, "Jonas Bro", "Bestil: Ståstøttestol")
    assert set(proposed(CHAIR)) - set(plain) == {"order_aid:standing_support_chair", "try_aid:standing_support_chair"}


def test_a_task_keeps_what_the_table_arranged() -> None:
    arranged = AgreedMeasure(**{**vars(CHAIR), "party": "employer", "who": "Sofie Svend", "due_on": date(2026, 11, 12)})
    task = proposed(arranged)["order_aid:standing_support_chair"]
    assert (task.owner, task.who, task.due_on) == (TaskOwner.EMPLOYER, "Sofie Svend", date(2026, 11, 12))
    in_place = AgreedMeasure(**{**vars(CHAIR), "is_in_place": True})
    assert set(proposed(in_place)) >= {"try_aid:standing_support_chair"}
    assert "order_aid:standing_support_chair" not in proposed(in_place)


def test_the_company_is_not_asked_to_do_what_it_was_not_shown() -> None:
    kept = AgreedMeasure(**{**vars(CHAIR), "is_shown": False, "party": "employer", "who": "Sofie Svend"})
    for task in proposed(kept).values():
        if task.measure:
            assert (task.owner, task.is_for_company) == (TaskOwner.MUNICIPALITY, False)


def test_days_are_weekdays_and_never_before_today() -> None:
    for offset in range(14):
        for task in proposed(CHAIR, starts_on=MONDAY + timedelta(days=offset)).values():
            assert task.due_on.weekday() < 5 or task.step == OnboardingStep.FIRST_DAY
    assert {task.due_on for task in proposed(CHAIR, on=date(2026, 12, 30)).values()} >= {date(2026, 12, 30)}
    assert min(task.due_on for task in proposed(CHAIR, on=date(2026, 12, 30)).values()) == date(2026, 12, 30)
    week = timedelta(days=5)
    assert moved_day(MONDAY, step=OnboardingStep.BEFORE, by=week, on=MONDAY) == MONDAY + timedelta(days=4)
    assert moved_day(MONDAY, step=OnboardingStep.FIRST_WEEK, by=week, on=MONDAY) == MONDAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("step: before\n  day: -10", "step: later\n  day: -10", "later"),
        ("{measure}", "{secret}", "in braces"),
        ("owner: citizen", "owner: neighbour", "neighbour"),
        ("- code: colleagues", "- code: place_ready", "twice"),
        ("- code: third_month\n  manager", "- code: first_month\n  manager", "every step"),
        ('da: "Gør pladsen klar"', 'da: "Gør klar: {measure}"', "names no measure"),
    ],
)
def test_templates_that_are_wrong_are_refused(tmp_path, old: str, new: str, reason: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    wrong = tmp_path / "steps.yaml"
    wrong.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError, match=reason):
        read_templates(wrong)


@pytest.fixture
def at() -> placements.Table:
    return placements.table()


def accept(at: placements.Table, running: Placement, *, chosen: set[str] | None = None, seen: str = "") -> object:
    with accounts.acting(at.broker) as actor:
        page = onboarding_page(actor=actor, placement_id=running.pk, on=TODAY)
        assert page is not None
        return services.accept_onboarding(
            actor=actor,
            placement_id=running.pk,
            mentor="Mona Mentor",
            chosen={task.key for task in page.proposals} if chosen is None else chosen,
            seen=seen,
            at=NOW,
            on=TODAY,
        )


def test_what_is_accepted_stands_and_what_comes_later_is_proposed(at) -> None:
    placements.introduction(at=at)
    running = placements.running(at=at, begun=-21)
    accept(at, running, chosen={"welcome", "order_aid:standing_support_chair"})
    with accounts.acting(at.broker) as actor:
        page = onboarding_page(actor=actor, placement_id=running.pk, on=TODAY)
    assert page is not None and page.plan is not None
    tasks = {line.task.code: line.task for step in page.steps for line in step.lines}
    assert set(tasks) == {"welcome", "order_aid"}
    assert tasks["welcome"].who == "Bente Bager"
    assert tasks["welcome"].due_on == running.starts_on
    assert "welcome" not in {task.key for task in page.proposals}
    with pytest.raises(Changed):
        accept(at, running, chosen={"place_ready"}, seen="old")
    accept(at, running, chosen={"place_ready"}, seen=page.seen)


def test_a_plan_needs_an_agreed_job_and_tasks_that_are_proposed(at) -> None:
    running = placements.running(at=at)
    for chosen in (set(), {"no_such"}, {"welcome", "order_aid:hoist"}):
        with pytest.raises(Refused, match="chosen"):
            accept(at, running, chosen=chosen)
    version = placements.agreement(at=placements.table())
    other = placements.table()
    for user, placement, refused in (
        (other.broker, running, NotThere),
        (at.citizen.user, running, PermissionDenied),
        (at.employer, running, PermissionDenied),
    ):
        with accounts.acting(user) as actor, pytest.raises(refused):
            services.accept_onboarding(
                actor=actor, placement_id=placement.pk, mentor="", chosen={"welcome"}, seen="", at=NOW, on=TODAY
            )
    with accounts.acting(at.broker) as actor:
        assert onboarding_page(actor=actor, placement_id=version.placement_id, on=TODAY) is None
    placements.end(placement=running, by=at.broker)
    with accounts.acting(at.broker) as actor, pytest.raises(NotNow):
        services.accept_onboarding(
            actor=actor, placement_id=running.pk, mentor="", chosen={"welcome"}, seen="", at=NOW, on=TODAY
        )


def finish(user: User, task: OnboardingTask, *, reason: str = "", seen: str | None = None) -> OnboardingTask:
    with accounts.acting(user) as actor:
        return services.finish_onboarding_task(
            actor=actor,
            task_id=task.pk,
            seen=seen_task(task) if seen is None else seen,
            reason=reason,
            at=NOW,
            on=TODAY,
        )


def test_each_ticks_their_own_and_staff_for_others_with_a_reason(at) -> None:
    running = placements.running(at=at)
    placements.onboarding(at=at, placement=running)
    for owner, own in (
        (TaskOwner.CITIZEN, at.citizen.user),
        (TaskOwner.EMPLOYER, at.employer),
        (TaskOwner.MENTOR, at.employer),
        (TaskOwner.MUNICIPALITY, at.broker),
    ):
        task = placements.onboarding_task(at=at, placement=running, owner=owner)
        for user in (at.citizen.user, at.employer):
            if user is not own:
                with pytest.raises((PermissionDenied, NotThere)):
                    finish(user, task)
        if own is not at.broker:
            with pytest.raises(Refused, match="needed"):
                finish(at.broker, task)
        done = finish(own, task)
        assert (done.done_on, done.done_note) == (TODAY, "")
        with pytest.raises(NotNow):
            finish(own, task)
    task = placements.onboarding_task(at=at, placement=running)
    with pytest.raises(Changed):
        finish(at.employer, task, seen="old")
    assert finish(at.broker, task, reason="Bente ringede og sagde det.").done_note == "Bente ringede og sagde det."


def test_support_in_place_is_one_fact(at) -> None:
    running = placements.running(at=at)
    placements.onboarding(at=at, placement=running)
    row = placements.arrangement(at=at)
    task = placements.onboarding_task(
        at=at, placement=running, owner=TaskOwner.MUNICIPALITY, measure=row.measure, is_arranging=True, code="order_aid"
    )
    finish(at.broker, task)
    with accounts.acting(at.broker):
        assert Arrangement.objects.get().done_on == TODAY
    other = placements.table()
    running = placements.running(at=other)
    row = placements.arrangement(at=other)
    placements.onboarding_task(
        at=other,
        placement=running,
        owner=TaskOwner.MUNICIPALITY,
        measure=row.measure,
        is_arranging=True,
        code="order_aid",
    )
    with accounts.acting(other.broker) as actor:
        finish_arrangement(actor=actor, arrangement_id=row.pk, seen=seen_arrangement(row), on=TODAY)
        assert OnboardingTask.objects.get().done_on == TODAY


def test_tasks_are_added_changed_and_dropped(at) -> None:
    running = placements.running(at=at)
    draft = TaskDraft(
        title="Vis vejen til bussen",
        step=OnboardingStep.FIRST_DAY,
        owner=TaskOwner.MENTOR,
        who="Mona",
        due_on=TODAY + timedelta(days=2),
    )
    with accounts.acting(at.broker) as actor, pytest.raises(NotNow):
        services.add_onboarding_task(actor=actor, placement_id=running.pk, draft=draft, at=NOW, on=TODAY)
    placements.onboarding(at=at, placement=running)
    with accounts.acting(at.broker) as actor:
        task = services.add_onboarding_task(actor=actor, placement_id=running.pk, draft=draft, at=NOW, on=TODAY)
        assert (task.title["da"], task.is_for_company) == ("Vis vejen til bussen", True)
        past = TaskDraft(**{**vars(draft), "due_on": TODAY - timedelta(days=1)})
        with pytest.raises(Refused, match="due_past"):
            services.add_onboarding_task(actor=actor, placement_id=running.pk, draft=past, at=NOW, on=TODAY)
        later = TaskDraft(**{**vars(draft), "owner": TaskOwner.MUNICIPALITY, "is_for_company": False})
        changed = services.change_onboarding_task(
            actor=actor, task_id=task.pk, draft=later, seen=seen_task(task), at=NOW, on=TODAY
        )
        assert not changed.is_for_company
        with pytest.raises(Refused, match="needed"):
            services.drop_onboarding_task(
                actor=actor, task_id=task.pk, reason=" ", seen=seen_task(changed), at=NOW, on=TODAY
            )
        services.drop_onboarding_task(
            actor=actor, task_id=task.pk, reason="Hun kører selv.", seen=seen_task(changed), at=NOW, on=TODAY
        )
    with pytest.raises(NotNow):
        finish(at.broker, task)


def test_support_that_was_not_shown_is_never_marked_for_the_company(at) -> None:
    running = placements.running(at=at)
    placements.onboarding(at=at, placement=running)
    task = placements.onboarding_task(
        at=at, placement=running, owner=TaskOwner.MUNICIPALITY, measure=placements.KEPT_MEASURE, code="lay_tasks"
    )
    draft = TaskDraft(
        title="X", step=OnboardingStep.BEFORE, owner=TaskOwner.EMPLOYER, who="Bente", due_on=TODAY + timedelta(days=2)
    )
    with accounts.acting(at.broker) as actor:
        with pytest.raises(Refused, match="not_shown"):
            services.change_onboarding_task(
                actor=actor, task_id=task.pk, draft=draft, seen=seen_task(task), at=NOW, on=TODAY
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            OnboardingTask.objects.filter(pk=task.pk).update(is_for_company=True, changed_by=at.broker)


def test_the_first_day_moves_with_what_is_not_done(at) -> None:
    running = placements.running(at=at, begun=-10)
    plan = placements.onboarding(at=at, placement=running)
    open_one = placements.onboarding_task(at=at, placement=running)
    done = placements.onboarding_task(at=at, placement=running, done_on=TODAY)
    to = TODAY + timedelta(days=24)
    with accounts.acting(at.broker) as actor:
        page = onboarding_page(actor=actor, placement_id=running.pk, on=TODAY)
        assert page is not None
        preview = {moved.task.pk: moved.to_on for moved in moved_tasks(page, starts_on=to, on=TODAY)}
        assert set(preview) == {open_one.pk}
        services.move_start(
            actor=actor,
            placement_id=running.pk,
            starts_on=to,
            reason="Stolen kommer senere.",
            seen=seen_plan(plan),
            at=NOW,
            on=TODAY,
        )
        assert OnboardingTask.objects.get(pk=open_one.pk).due_on == preview[open_one.pk] != open_one.due_on
        assert OnboardingTask.objects.get(pk=done.pk).due_on == done.due_on
        assert Placement.objects.get().starts_on == to
        for fields, code in (({"starts_on": to}, "same_day"), ({"starts_on": TODAY - timedelta(days=1)}, "due_past")):
            with pytest.raises(Refused, match=code):
                services.move_start(
                    actor=actor,
                    placement_id=running.pk,
                    reason="X",
                    seen=seen_plan(OnboardingPlan.objects.get()),
                    at=NOW,
                    on=TODAY,
                    **fields,
                )
        with pytest.raises(DatabaseError), transaction.atomic():
            Placement.objects.update(starts_on=to + timedelta(days=9))
    placements.onboarding_task(at=at, placement=running, step=OnboardingStep.FIRST_DAY, done_on=TODAY)
    with accounts.acting(at.broker) as actor, pytest.raises(NotNow):
        services.move_start(
            actor=actor,
            placement_id=running.pk,
            starts_on=TODAY + timedelta(days=50),
            reason="X",
            seen=seen_plan(OnboardingPlan.objects.get()),
            at=NOW,
            on=TODAY,
        )


def approve(
    user: User, running: Placement, *, text: str = "Jeg vil gerne sidde ned.", reason: str = "", at: datetime = NOW
) -> None:
    with accounts.acting(user) as actor:
        services.approve_briefing(
            actor=actor,
            placement_id=running.pk,
            text=text,
            reason=reason,
            seen=seen_plan(OnboardingPlan.objects.get()),
            at=at,
            on=TODAY,
        )


def test_the_words_for_the_colleagues_are_the_citizens(at) -> None:
    running = placements.running(at=at)
    placements.onboarding(at=at, placement=running)
    task = placements.onboarding_task(at=at, placement=running, owner=TaskOwner.CITIZEN, code="briefing_words")
    with pytest.raises(Refused, match="needed"):
        approve(at.broker, running)
    approve(at.citizen.user, running)
    with accounts.acting(at.employer):
        assert OnboardingPlan.objects.get().briefing == "Jeg vil gerne sidde ned."
    with accounts.acting(at.broker):
        assert OnboardingTask.objects.get(pk=task.pk).done_on == TODAY
    later = NOW + timedelta(minutes=5)
    approve(at.broker, running, text="", reason="Anna ringede og tog ordene tilbage.", at=later)
    with accounts.acting(at.employer):
        assert OnboardingPlan.objects.get().briefing == ""
    for user in (at.broker, at.employer):
        with accounts.acting(user), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(
                        "update placements_onboardingplan set briefing = 'Noget andet', briefing_at = now(),"
                        " briefing_by_id = (select app_actor())"
                    )
            except DatabaseError:
                continue
            assert cursor.rowcount == 0


def test_the_company_reads_what_is_marked_for_it_and_nothing_else(at) -> None:
    running = placements.running(at=at)
    placements.onboarding(at=at, placement=running)
    placements.onboarding_task(at=at, placement=running)
    placements.onboarding_task(at=at, placement=running, owner=TaskOwner.MUNICIPALITY, title={"da": "K", "en": "K"})
    placements.onboarding_task(at=at, placement=running, owner=TaskOwner.CITIZEN, title={"da": "B", "en": "B"})
    with accounts.acting(at.employer) as actor:
        assert OnboardingTask.objects.count() == 1
        own = our_onboarding(actor=actor, placement_id=running.pk, on=TODAY)
        assert own is not None and [line.task.who for step in own.steps for line in step.lines] == ["Bente Bager"]
        assert onboarding_page(actor=actor, placement_id=running.pk, on=TODAY) is None
    with accounts.acting(at.citizen.user):
        assert OnboardingTask.objects.count() == 3
    other = placements.table()
    for user in (other.employer, other.broker, other.citizen.user):
        with accounts.acting(user) as actor:
            assert (OnboardingTask.objects.count(), OnboardingPlan.objects.count()) == (0, 0)
            assert our_onboarding(actor=actor, placement_id=running.pk, on=TODAY) is None
            assert onboarding_page(actor=actor, placement_id=running.pk, on=TODAY) is None


FORBIDDEN = (
    "update placements_onboardingtask set due_on = due_on + 9, changed_by_id = (select app_actor())",
    "update placements_onboardingtask set is_for_company = true, owner = 'employer', changed_by_id = app_actor()",
    "update placements_onboardingtask set title = '{}'::jsonb, changed_by_id = (select app_actor())",
    "delete from placements_onboardingtask",
    "delete from placements_onboardingplan",
    "update placements_onboardingplan set starts_on = starts_on + 9",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_plan_is_changed_by_staff_only(at, statement: str) -> None:
    running = placements.running(at=at)
    placements.onboarding(at=at, placement=running)
    for owner in TaskOwner:
        placements.onboarding_task(at=at, placement=running, owner=owner)
    for user in (at.citizen.user, at.employer):
        with accounts.acting(user), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(statement)
            except DatabaseError:
                continue
            assert cursor.rowcount == 0


def needs(user: User) -> list[tuple]:
    with accounts.acting(user) as actor:
        found = [row for rows in needs_doing(actor=actor, on=TODAY) for row in rows]
    return sorted((row["need"], row["waits_on"], (row["due_on"] or TODAY) < TODAY) for row in found)


def test_what_waits_is_told_by_the_facts(at) -> None:
    running = placements.running(at=at, begun=3)
    placements.running(at=placements.table(team=at.team), begun=-40)
    assert needs(at.broker) == [("onboarding_to_plan", "us", True)]
    placements.onboarding(at=at, placement=running)
    placements.onboarding_task(at=at, placement=running, due_on=TODAY - timedelta(days=2))
    placements.onboarding_task(at=at, placement=running, owner=TaskOwner.CITIZEN)
    placements.onboarding_task(at=at, placement=running, due_on=TODAY + timedelta(days=60))
    placements.onboarding_task(at=at, placement=running, done_on=TODAY)
    assert needs(at.broker) == [("onboarding_task", "citizen", False), ("onboarding_task", "employer", True)]
    run("update employers_company set state = 'closed' where id = $1::uuid", value=at.company.pk)
    assert ("workplace_closed", "us", False) in needs(at.broker)
    assert needs(placements.table().broker) == []
    placements.end(placement=running, by=at.broker)
    assert needs(at.broker) == []
