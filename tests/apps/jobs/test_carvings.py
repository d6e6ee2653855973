"""A search for carved jobs from the order to the agreed job, as the people and the worker do it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.jobs.enums import CarvedState, CarvingState
from jobbro.apps.jobs.models import CarvedJob, CarvedTask, Carving, CarvingPerson, Task
from jobbro.apps.jobs.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.jobs.selectors.carved_jobs import carved_job_page, carved_jobs_at
from jobbro.apps.jobs.selectors.carvings import carving_page, start_page
from jobbro.apps.jobs.selectors.proposals import proposal_page
from jobbro.apps.jobs.services.carved_jobs import JobDraft, JobMove, change_job, make_job, move_job, take_suggestion
from jobbro.apps.jobs.services.carving_runs import run_search
from jobbro.apps.jobs.services.carvings import CarvingOrder, start_carving, stop_carving
from jobbro.apps.jobs.services.tasks_demand import confirm_demand
from jobbro.apps.jobs.stamps import seen_carved_job, seen_demand
from tests.factories.accounts import acting, employee
from tests.factories.bakery import Bakery
from tests.factories.citizens import citizen
from tests.factories.employers import employer_user, job_broker
from tests.factories.jobs import confirmed_task, holder, work_wish
from tests.factories.screening import agreed_dialogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery() -> Bakery:
    return Bakery()


def moved(bakery: Bakery, job: CarvedJob, move: str, *, by=None, **details: object) -> CarvedJob:
    with acting(by or bakery.broker) as actor:
        seen = seen_carved_job(CarvedJob.objects.get(pk=job.pk))
        return move_job(
            actor=actor,
            job_id=job.pk,
            move=move,
            details=JobMove(on=timezone.localdate(), **details),
            seen=seen,
            at=timezone.now(),
        )


def test_a_search_finds_the_best_jobs_with_a_proven_bound(bakery: Bakery):
    carving = bakery.search()
    assert carving.state == CarvingState.DONE
    with acting(bakery.broker) as actor:
        page = carving_page(actor=actor, carving_id=carving.pk, at=timezone.now())
    best = page.suggestions[0]
    assert best.is_proven and best.value == best.bound > 0
    (job,) = best.jobs
    assert job.name == bakery.anna.name
    assert {task.name for task in job.tasks} >= {"Pakke brød", "Vaske plader"}
    assert sum(job.week.values()) == job.hours
    assert {reason.reason for reason in best.not_given} >= {"core"}


def test_somebody_without_a_job_is_told_why(bakery: Bakery):
    ib = citizen(team=bakery.team, lead=bakery.broker, given_name="Ib")
    agreed_dialogue(citizen=ib, by=bakery.broker, level=3)
    work_wish(citizen=ib, by=bakery.broker, hours_min=Decimal(14), hours_max=Decimal(15))
    carving = bakery.search(citizen_ids=(bakery.anna.pk, ib.pk))
    with acting(bakery.broker) as actor:
        best = carving_page(actor=actor, carving_id=carving.pk, at=timezone.now()).suggestions[0]
    assert [job.name for job in best.jobs] == [bakery.anna.name]
    assert [(one.name, one.reason) for one in best.without_job] == [(ib.name, "few_hours")]


def test_the_worker_begins_when_the_order_is_there(bakery: Bakery):
    carving = bakery.search()
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, args from procrastinate_jobs where args->>'carving_id' = %s", [str(carving.pk)]
        )
        assert [name for name, _ in cursor.fetchall()] == ["jobbro.apps.jobs.tasks.run_carving"]


def test_a_suggestion_becomes_a_draft_and_its_tasks_are_given_once(bakery: Bakery):
    first, second = bakery.search(), bakery.search()
    job = bakery.take(first)
    assert job.state == CarvedState.DRAFT
    assert job.hours == sum(row.task.hours for row in CarvedTask.objects.filter(job=job).select_related("task"))
    with acting(bakery.broker) as actor, pytest.raises(Refused) as refusal:
        take_suggestion(
            actor=actor, carving_id=second.pk, suggestion=0, keys=(), on=timezone.localdate(), at=timezone.now()
        )
    assert refusal.value.code == "taken"
    assert "Pakke brød" in refusal.value.values["tasks"]


def test_a_task_that_has_changed_since_is_told(bakery: Bakery):
    carving = bakery.search()
    with acting(bakery.broker):
        Task.objects.filter(pk=bakery.tasks[0].pk).update(hours=Decimal(9), changed_by=bakery.broker)
    with pytest.raises(Refused) as refusal:
        bakery.take(carving)
    assert refusal.value.code == "changed_since" and refusal.value.values["tasks"] == ["Pakke brød"]


def test_a_job_changed_by_hand_says_what_breaks(bakery: Bakery):
    job = bakery.take(bakery.search())
    draft = JobDraft(
        title="Pakke og veje", task_ids=tuple(one.pk for one in bakery.tasks[:4]), measures=(), wage=Decimal(140)
    )
    with acting(bakery.broker) as actor:
        change_job(
            actor=actor,
            job_id=job.pk,
            draft=draft,
            seen=seen_carved_job(CarvedJob.objects.get(pk=job.pk)),
            on=timezone.localdate(),
            at=timezone.now(),
        )
        page = carved_job_page(actor=actor, job_id=job.pk)
    assert {broken.rule for broken in page.breaks} >= {"core", "hours_max"}
    with pytest.raises(Refused) as refusal:
        moved(bakery, job, "propose")
    assert refusal.value.code == "breaks"


def test_the_employer_sees_a_proposal_and_answers_it_but_never_whom_it_is_for(bakery: Bakery):
    bente = employer_user(company=bakery.company)
    job = bakery.take(bakery.search())
    with acting(bente) as actor, pytest.raises(NotThere):
        proposal_page(actor=actor, job_id=job.pk)
    moved(bakery, job, "propose")
    with acting(bente) as actor:
        page = proposal_page(actor=actor, job_id=job.pk)
        assert page.moves == ("agree", "decline")
        assert page.case.worth is None
        assert not CarvingPerson.objects.exists() and not Carving.objects.exists()
    moved(bakery, job, "agree", by=bente, agreed_with="Bente Bager")
    with acting(bakery.broker) as actor:
        assert CarvedJob.objects.get(pk=job.pk).state == CarvedState.AGREED
        assert carved_jobs_at(actor=actor, workplace_id=bakery.workplace.pk)[1][0].state == CarvedState.AGREED


def test_a_job_taken_back_frees_its_tasks_and_can_take_them_again(bakery: Bakery):
    job = bakery.take(bakery.search())
    moved(bakery, job, "withdraw")
    with acting(bakery.broker):
        assert not CarvedTask.objects.filter(job=job, is_live=True).exists()
    moved(bakery, job, "rework")
    with acting(bakery.broker):
        assert CarvedTask.objects.filter(job=job, is_live=True).exists()


def test_a_task_confirmed_anew_is_told_on_its_job_and_used_when_it_is_proposed(bakery: Bakery):
    job = bakery.take(bakery.search())
    with acting(bakery.broker) as actor:
        row = next(row for row in job.tasks.select_related("task") if row.task.name == "Pakke brød")
        levels = {**row.task.demand, "standing": 2}
        confirm_demand(
            actor=actor,
            task_id=row.task_id,
            levels=levels,
            seen=seen_demand(row.task),
            at=timezone.now(),
            on=timezone.localdate(),
        )
        (change,) = carved_job_page(actor=actor, job_id=job.pk).demand_changes
        assert (change.area, change.then, change.now) == ("standing", 1, 2)
    moved(bakery, job, "propose")
    with acting(bakery.broker) as actor:
        kept = CarvedJob.objects.get(pk=job.pk)
        assert kept.demand["standing"] == 2
        assert carved_job_page(actor=actor, job_id=job.pk).demand_changes == ()
        tasks = kept.tasks.select_related("task")
        assert all(sum(Decimal(str(hours)) for hours in row.slots.values()) == row.task.hours for row in tasks)


def test_two_who_change_the_same_job_do_not_overwrite_each_other(bakery: Bakery):
    job = bakery.take(bakery.search())
    draft = JobDraft(title="Nyt navn", task_ids=(bakery.tasks[0].pk,), measures=(), wage=Decimal(140))
    with acting(bakery.broker) as actor, pytest.raises(Changed):
        change_job(actor=actor, job_id=job.pk, draft=draft, seen="gammelt", on=timezone.localdate(), at=timezone.now())


def test_a_search_for_the_profile_counts_for_how_many_a_job_holds(bakery: Bakery):
    for _ in range(4):
        other = citizen(team=bakery.team, lead=bakery.broker)
        agreed_dialogue(citizen=other, by=bakery.broker, level=3)
    carving = bakery.search(citizen_ids=(), is_for_profile=True)
    with acting(bakery.broker) as actor:
        page = carving_page(actor=actor, carving_id=carving.pk, at=timezone.now())
    assert page.waiting == 5 and page.names == ()
    assert sum(page.suggestions[0].jobs[0].holds.values()) == 5
    assert not CarvingPerson.objects.filter(carving=carving).exists()


def test_a_job_by_hand_needs_no_search(bakery: Bakery):
    draft = JobDraft(title="Hylder", task_ids=(bakery.tasks[4].pk,), measures=(), wage=Decimal(150))
    with acting(bakery.broker) as actor:
        job = make_job(
            actor=actor,
            workplace_id=bakery.workplace.pk,
            draft=draft,
            citizen_id=None,
            on=timezone.localdate(),
            at=timezone.now(),
        )
        page = carved_job_page(actor=actor, job_id=job.pk)
    assert page.breaks == () and page.case.worth == 760 and page.case.cost == 600
    assert sum(page.week.values()) == 4


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"citizen_ids": ()}, "nobody"),
        ({"seconds": 0}, "seconds"),
        ({"wage": Decimal(0)}, "wage"),
        ({"max_tasks": 0}, "limits"),
    ],
)
def test_an_order_that_cannot_be_searched_is_refused(bakery: Bakery, order: dict, code: str):
    with pytest.raises(Refused) as refusal:
        bakery.search(**order)
    assert refusal.value.code == code


def test_what_a_workplace_is_not_ready_for_is_said(bakery: Bakery):
    holder(workplace=bakery.workplace, name="Uden opgaver")
    confirmed_task(workplace=bakery.workplace, holder=holder(workplace=bakery.workplace, name="Elev"), name="Feje")
    with pytest.raises(Refused) as refusal:
        bakery.search()
    assert refusal.value.code == "no_wages" and refusal.value.fields == ("Elev",)


def test_a_search_that_waits_is_stopped_at_once(bakery: Bakery):
    with acting(bakery.broker) as actor:
        row = start_carving(
            actor=actor,
            workplace_id=bakery.workplace.pk,
            order=CarvingOrder(citizen_ids=(bakery.anna.pk,), wage=Decimal(140)),
            at=timezone.now(),
        )
        stop_carving(actor=actor, carving_id=row.pk, at=timezone.now())
        assert Carving.objects.get(pk=row.pk).state == CarvingState.STOPPED
        with pytest.raises(NotNow):
            stop_carving(actor=actor, carving_id=row.pk, at=timezone.now())
    run_search(carving_id=row.pk, user_id=bakery.broker.pk)
    with acting(bakery.broker):
        assert Carving.objects.get(pk=row.pk).answer is None


def test_a_search_is_for_those_who_see_wages_and_persons(bakery: Bakery):
    carving = bakery.search()
    job = bakery.take(carving)
    colleague = employee(unit=bakery.team.unit, team=None, name="En anden")
    bente = employer_user(company=bakery.company)
    for other in (colleague, bente, job_broker(name="Fra en anden kommune")):
        with acting(other) as actor, pytest.raises(NotThere):
            carving_page(actor=actor, carving_id=carving.pk, at=timezone.now())
    with acting(job_broker(name="Fra en tredje kommune")) as actor, pytest.raises(NotThere):
        carved_job_page(actor=actor, job_id=job.pk)
    with acting(colleague) as actor:
        assert carved_job_page(actor=actor, job_id=job.pk).name == ""
        assert start_page(actor=actor, workplace_id=bakery.workplace.pk, at=timezone.now()).inventory.wages == {}


def test_whoever_does_not_see_the_person_sees_the_week_that_was_made(bakery: Bakery):
    job = bakery.take(bakery.search())
    with acting(bakery.broker) as actor:
        page = carved_job_page(actor=actor, job_id=job.pk)
        assert page.is_known
    key_person = employee(unit=bakery.team.unit, team=None, name="En nøgleperson", role=Role.KEY_PERSON)
    colleague = employee(unit=bakery.team.unit, team=None, name="En anden")
    for other in (key_person, colleague):
        with acting(other) as actor:
            told = carved_job_page(actor=actor, job_id=job.pk)
            assert (told.week, told.is_known, told.name) == (page.week, False, "")


def test_a_proposal_from_staff_tells_no_wage_that_the_company_does_not_see(bakery: Bakery):
    job = bakery.take(bakery.search())
    with acting(bakery.broker) as actor:
        assert carved_job_page(actor=actor, job_id=job.pk).case.worth is not None
        assert proposal_page(actor=actor, job_id=job.pk).case.worth is None
    employer_user(company=bakery.company, sees_wages=True)
    with acting(bakery.broker) as actor:
        assert proposal_page(actor=actor, job_id=job.pk).case.worth is not None
