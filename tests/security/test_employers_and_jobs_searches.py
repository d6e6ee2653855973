"""Searches and takes by many, by strangers and at once: nobody starves the rest, and no task is given twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.employers.refusals import Refused as NotRefused
from jobbro.apps.employers.selectors import company_card, contact_page
from jobbro.apps.employers.services import (
    CompanyDraft,
    ContactDraft,
    add_contact,
    change_company,
    change_contact,
    invite_contact,
)
from jobbro.apps.jobs.enums import CarvingState
from jobbro.apps.jobs.models import CarvedTask, Carving, Task
from jobbro.apps.jobs.refusals import NotNow, NotThere, Refused
from jobbro.apps.jobs.services import tasks as task_services
from jobbro.apps.jobs.services.carved_jobs import JobDraft, make_job, take_suggestion
from jobbro.apps.jobs.services.carving_runs import run_search
from jobbro.apps.jobs.services.carvings import MOST_AT_WORKPLACE, MOST_OF_ONE, CarvingOrder, start_carving, stop_carving
from jobbro.cli.worker import worker_command
from tests.factories import accounts, employers, organisations
from tests.factories.bakery import Bakery
from tests.factories.citizens import citizen
from tests.factories.rows import rows_of, run
from tests.factories.screening import agreed_dialogue

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def bakery() -> Bakery:
    return Bakery()


def _order(bakery: Bakery, **changes: object) -> CarvingOrder:
    return replace(CarvingOrder(citizen_ids=(bakery.anna.pk,), seconds=2, wage=Decimal(140)), **changes)


def _start(bakery: Bakery, *, by=None, **changes: object) -> Carving:
    with accounts.acting(by or bakery.broker) as actor:
        return start_carving(
            actor=actor, workplace_id=bakery.workplace.pk, order=_order(bakery, **changes), at=timezone.now()
        )


def _state(search: Carving) -> str:
    return rows_of("select state from jobs_carving where id = $1::uuid", value=search.pk)[0].state


# ---- Nobody starves the rest ----


@pytest.mark.django_db
def test_one_person_has_few_searches_at_a_time(bakery: Bakery) -> None:
    begun = [_start(bakery, seconds=1800) for _ in range(MOST_OF_ONE)]
    with pytest.raises(Refused, match="too_many_searches"):
        _start(bakery)
    with accounts.acting(bakery.broker) as actor:
        stop_carving(actor=actor, carving_id=begun[0].pk, at=timezone.now())
    _start(bakery)


@pytest.mark.django_db
def test_a_workplace_has_few_searches_at_a_time(bakery: Bakery) -> None:
    people = [employers.job_broker(team=bakery.team, name=f"Bro {number}") for number in range(3)]
    for number in range(MOST_AT_WORKPLACE):
        _start(bakery, by=people[number // 2])
    with pytest.raises(Refused, match="too_many_searches"):
        _start(bakery, by=people[2])


@pytest.mark.django_db
def test_a_search_that_lost_its_worker_keeps_nobody_out(bakery: Bakery) -> None:
    for _ in range(MOST_OF_ONE):
        search = _start(bakery)
        lost = "update jobs_carving set state = 'running', progress_at = now() - interval '5 minutes'"
        run(f"{lost} where id = $1::uuid", value=search.pk)
    _start(bakery)


@pytest.mark.django_db
def test_the_page_says_so(bakery: Bakery) -> None:
    browser = accounts.log_in(Client(), bakery.broker)
    told = {"whom": "citizens", "citizens": [str(bakery.anna.pk)], "wage": "140", "seconds": "1800"}
    told |= {"max_tasks": "8", "max_places": "2", "max_measures": "3"}
    path = reverse("carving_start", args=[bakery.workplace.pk])
    assert [browser.post(path, told).status_code for _ in range(MOST_OF_ONE + 1)] == [302] * MOST_OF_ONE + [422]


@pytest.mark.django_db
def test_searches_leave_a_place_for_all_other_work(bakery: Bakery) -> None:
    """Seals, reminders and imports find a worker while searches think for half an hour."""
    _start(bakery, seconds=1800)
    _start(bakery, seconds=1800)
    _start(bakery, seconds=5)
    with connection.cursor() as cursor:
        cursor.execute("select distinct lock from procrastinate_jobs where task_name like '%%run_carving' order by 1")
        locks = [lock for (lock,) in cursor.fetchall()]
    assert locks == ["carving_long", "carving_short"]
    command = worker_command()
    assert int(command[command.index("--concurrency") + 1]) > len(locks)


# ---- Nobody thinks in the name of somebody else ----


@pytest.mark.django_db
def test_what_stands_in_the_queue_lends_no_name(bakery: Bakery) -> None:
    search = _start(bakery)
    colleague = employers.job_broker(team=bakery.team, name="Kollega")
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=bakery.team.unit)
    for user in (colleague, lead, bakery.anna.user):
        run_search(carving_id=search.pk, user_id=user.pk)
        assert _state(search) == CarvingState.WAITING
    run_search(carving_id=search.pk, user_id=bakery.broker.pk)
    assert _state(search) == CarvingState.DONE


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["position", "account", "relation", "citizen"])
def test_a_search_ends_with_the_right_to_it(bakery: Bakery, how: str) -> None:
    search = _start(bakery)
    other = employers.job_broker(team=organisations.team(unit=bakery.team.unit, name="Team Mark"), name="Bo")
    team = rows_of("select team_id from accounts_position where user_id = $1::uuid", value=other.pk)[0].team_id
    ended = "from_on = '2020-01-01', until_on = current_date - 2"
    steps = {
        "position": (f"update accounts_position set {ended} where user_id = $1::uuid", bakery.broker.pk),
        "account": ("update accounts_user set is_active = false where id = $1::uuid", bakery.broker.pk),
        "relation": (
            f"update employers_company set broker_id = '{other.pk}', team_id = '{team}' where id = $1::uuid",
            bakery.company.pk,
        ),
        "citizen": (f"update cases_case set team_id = '{team}' where citizen_id = $1::uuid", bakery.anna.pk),
    }
    run(steps[how][0], value=steps[how][1])
    if how == "citizen":
        run(f"update cases_casemember set {ended} where user_id = $1::uuid", value=bakery.broker.pk)
    run_search(carving_id=search.pk, user_id=bakery.broker.pk)
    assert _state(search) == CarvingState.WAITING
    assert rows_of("select answer from jobs_carving where id = $1::uuid", value=search.pk)[0].answer is None


@pytest.mark.django_db
def test_the_queue_names_nobody(bakery: Bakery) -> None:
    _start(bakery)
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs where task_name like '%%run_carving'")
        (args,) = cursor.fetchone()
    assert "280" not in args and str(bakery.anna.pk) not in args and bakery.anna.family_name not in args


@pytest.mark.django_db
def test_a_search_tells_nothing_of_citizens_outside_their_wall(bakery: Bakery) -> None:
    """The row of the search holds no name, number or id of whom it is for; audit details hold no wage and no name."""
    search = bakery.search()
    job = bakery.take(search)
    told = rows_of(
        "select workplace_input::text || coalesce(answer::text, '') as said from jobs_carving where id = $1::uuid",
        value=search.pk,
    )[0].said
    for secret in (str(bakery.anna.pk), bakery.anna.family_name, bakery.anna.given_name):
        assert secret not in told
    details = " ".join(row.detail for row in rows_of("select detail::text as detail from audit_event"))
    for secret in ("280", "190", bakery.anna.family_name, bakery.baker.name, job.title):
        assert secret not in details


@pytest.mark.django_db
def test_a_profile_is_of_at_least_five(bakery: Bakery) -> None:
    """What four people have in common could say what one of them manages, to somebody who may not see them."""
    for _ in range(3):
        agreed_dialogue(citizen=citizen(team=bakery.team, lead=bakery.broker), by=bakery.broker, level=3)
    with pytest.raises(Refused, match="few_wait"):
        _start(bakery, citizen_ids=(), is_for_profile=True)


@pytest.mark.django_db
def test_a_profile_is_of_five_when_the_search_runs_too(bakery: Bakery) -> None:
    others = [citizen(team=bakery.team, lead=bakery.broker) for _ in range(4)]
    for other in others:
        agreed_dialogue(citizen=other, by=bakery.broker, level=3)
    search = _start(bakery, citizen_ids=(), is_for_profile=True)
    run(
        "update cases_case set state = 'closed', closed_on = current_date where citizen_id = $1::uuid",
        value=others[0].pk,
    )
    run_search(carving_id=search.pk, user_id=bakery.broker.pk)
    row = rows_of("select state, failure, answer from jobs_carving where id = $1::uuid", value=search.pk)[0]
    assert (row.state, row.failure, row.answer) == (CarvingState.FAILED, "few_wait", None)
    page = accounts.log_in(Client(), bakery.broker).get(reverse("carving", args=[search.pk]))
    assert page.status_code == 200 and "Færre end fem" in page.content.decode()


# ---- Strangers at the services ----


@pytest.mark.django_db
def test_strangers_search_take_and_change_nothing(bakery: Bakery) -> None:
    search = bakery.search()
    unit = bakery.team.unit
    far = organisations.team()
    beside = organisations.team(unit=unit, name="Team Mark")
    users = {
        "other municipality": employers.job_broker(team=far),
        "other team": employers.job_broker(team=beside),
        "key person": accounts.employee(role=Role.KEY_PERSON, unit=unit),
        "administrator": accounts.employee(role=Role.ADMINISTRATOR, unit=unit),
        "analyst": accounts.employee(role=Role.ANALYST, unit=unit),
        "company": employers.employer_user(company=bakery.company, sees_wages=True),
        "other company": employers.employer_user(company=employers.company(team=bakery.team, name="B")),
        "citizen": bakery.anna.user,
    }
    for who, user in users.items():
        with accounts.acting(user) as actor:
            for act in (
                lambda: start_carving(
                    actor=actor, workplace_id=bakery.workplace.pk, order=_order(bakery), at=timezone.now()
                ),
                lambda: stop_carving(actor=actor, carving_id=search.pk, at=timezone.now()),
                lambda: take_suggestion(
                    actor=actor, carving_id=search.pk, suggestion=0, keys=(), on=TODAY, at=timezone.now()
                ),
            ):
                with pytest.raises((NotThere, PermissionDenied, Refused, NotNow)):
                    act()
            assert not CarvedTask.objects.exists(), who


@pytest.mark.django_db
def test_wages_are_handed_out_by_those_who_hold_the_relation(bakery: Bakery) -> None:
    beside = employers.job_broker(team=organisations.team(unit=bakery.team.unit, name="Team Mark"), name="Bo")
    payer = employers.contact(company=bakery.company, name="Lone Løn", is_first=False, sees_wages=True)
    plain = employers.contact(company=bakery.company, name="Per", is_first=False)
    wide = ContactDraft(name="Per", sees_wages=True)
    own = rows_of("select team_id from accounts_position where user_id = $1::uuid", value=beside.pk)[0].team_id
    with accounts.acting(beside) as actor:
        seen = contact_page(actor=actor, contact_id=plain.pk, on=TODAY).seen
        card = company_card(actor=actor, company_id=bakery.company.pk)
        for act in (
            lambda: add_contact(actor=actor, company_id=bakery.company.pk, draft=wide, on=TODAY),
            lambda: change_contact(actor=actor, contact_id=plain.pk, draft=wide, seen=seen, on=TODAY),
            lambda: invite_contact(actor=actor, contact_id=payer.pk, on=TODAY),
            lambda: change_company(
                actor=actor,
                company_id=bakery.company.pk,
                draft=CompanyDraft(name="x", team_id=own, broker_id=beside.pk),
                seen=card.seen,
                on=TODAY,
            ),
        ):
            with pytest.raises(NotRefused, match=r"wages|not_yours"):
                act()
        invite_contact(actor=actor, contact_id=plain.pk, on=TODAY)
    with accounts.acting(bakery.broker) as actor:
        invite_contact(actor=actor, contact_id=payer.pk, on=TODAY)
    browser = accounts.log_in(Client(), beside)
    answer = browser.post(reverse("contact_invite", args=[payer.pk]))
    assert answer.status_code == 302 and b"virksomhed-" not in answer.content


# ---- At once ----


def _at_once(*acts) -> list[str]:
    gate = Barrier(len(acts))

    def run_one(act) -> str:
        gate.wait()
        try:
            act()
        except (Refused, NotNow, NotThere) as refusal:
            return str(refusal) or type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run_one, acts))


@pytest.mark.django_db(transaction=True)
def test_two_takes_of_the_same_tasks_at_once_give_them_once() -> None:
    bakery = Bakery()
    search = bakery.search()

    def take() -> None:
        with accounts.acting(bakery.broker) as actor:
            days = {"on": TODAY, "at": timezone.now()}
            take_suggestion(actor=actor, carving_id=search.pk, suggestion=0, keys=(), **days)

    assert sorted(_at_once(take, take)) == ["done", "taken"]
    with accounts.acting(bakery.broker):
        given = CarvedTask.objects.filter(is_live=True).values_list("task_id", flat=True)
        assert len(set(given)) == len(given) > 0


@pytest.mark.django_db(transaction=True)
def test_a_task_is_not_taken_off_the_list_while_it_is_put_in_a_job() -> None:
    bakery = Bakery()
    task = bakery.tasks[0]
    draft = JobDraft(title="Pakke", task_ids=(task.pk,), measures=(), wage=Decimal(140))

    def make() -> None:
        with accounts.acting(bakery.broker) as actor:
            days = {"on": TODAY, "at": timezone.now()}
            make_job(actor=actor, workplace_id=bakery.workplace.pk, draft=draft, citizen_id=None, **days)

    def remove() -> None:
        with accounts.acting(bakery.broker) as actor:
            task_services.remove_task(actor=actor, task_id=task.pk, at=timezone.now(), on=TODAY)

    for _ in range(5):
        outcome = _at_once(make, remove)
        with accounts.acting(bakery.broker):
            is_off = Task.objects.get(pk=task.pk).removed_on is not None
            is_in_job = CarvedTask.objects.filter(task=task, is_live=True).exists()
        assert is_off != is_in_job, outcome
        run("update jobs_carvedtask set is_live = false where task_id = $1::uuid", value=task.pk)
        run("update jobs_task set removed_on = null where id = $1::uuid", value=task.pk)


@pytest.mark.django_db(transaction=True)
def test_stop_and_take_at_once() -> None:
    bakery = Bakery()
    search = bakery.search()

    def take() -> None:
        with accounts.acting(bakery.broker) as actor:
            days = {"on": TODAY, "at": timezone.now()}
            take_suggestion(actor=actor, carving_id=search.pk, suggestion=0, keys=(), **days)

    def stop() -> None:
        with accounts.acting(bakery.broker) as actor:
            stop_carving(actor=actor, carving_id=search.pk, at=timezone.now())

    assert _at_once(take, stop) == ["done", "NotNow"]
    assert _state(search) == CarvingState.DONE


@pytest.mark.django_db(transaction=True)
def test_many_orders_at_once_are_no_more_than_the_limit() -> None:
    bakery = Bakery()
    outcome = _at_once(*[lambda: _start(bakery, seconds=1800)] * (MOST_OF_ONE + 2))
    assert sorted(outcome) == ["done"] * MOST_OF_ONE + ["too_many_searches"] * 2
