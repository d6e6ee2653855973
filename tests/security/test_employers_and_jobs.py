"""Companies, tasks and carved jobs: what nobody reads or writes, whatever statement the application role sends."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.employers.models import ContactPerson, RecruitmentNeed, Talk
from jobbro.apps.jobs.enums import CarvedState, DemandSource
from jobbro.apps.jobs.models import (
    CarvedFor,
    CarvedJob,
    CarvedSupport,
    CarvedTask,
    Carving,
    CarvingPerson,
    Holder,
    HolderWage,
    Task,
)
from tests.factories import accounts, citizens, employers, jobs, organisations
from tests.factories.bakery import Bakery
from tests.factories.rows import rows_of, run, write

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
WIDE = Role.CASEWORKER


@pytest.fixture
def bakery() -> Bakery:
    made = Bakery()
    made.boss = employers.employer_user(company=made.company)
    made.payer = employers.employer_user(company=made.company, name="Lone Løn", is_first=False, sees_wages=True)
    made.beside = accounts.employee(
        role=Role.JOB_BROKER, team=organisations.team(unit=made.team.unit, name="Team Mark"), name="Bo Beside"
    )
    return made


@pytest.fixture
def garden():
    """Another company of another municipality, with a workplace, a post with a wage, a task and a job."""
    team = organisations.team()
    broker = employers.job_broker(team=team, name="Fjerne Fie")
    made = employers.company(team=team, broker=broker, name="Gartneriet")
    made.place = employers.workplace(company=made, name="Drivhuset")
    made.post = jobs.holder(workplace=made.place, name="Gartner", hourly="199")
    made.task = jobs.confirmed_task(workplace=made.place, holder=made.post, name="Vande")
    made.job = jobs.carved_job(workplace=made.place, tasks=(made.task,))
    made.boss = employers.employer_user(company=made, name="Gerda Gartner")
    return made


def _refused(act) -> None:
    with pytest.raises(DatabaseError, match=r"row-level security|permission denied"), transaction.atomic():
        act()


def _sends(statement: str, *values: object):
    return lambda: connection.cursor().execute(statement, values)


def _adds(row):
    return lambda: row.save(force_insert=True)


def _hit(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def _count(table: str, where: str = "true", *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} where {where}", values)
        return cursor.fetchone()[0]


# ---- What hangs together is of one company ----


def test_a_wage_hangs_on_a_post_of_the_same_company(bakery: Bakery, garden) -> None:
    """Otherwise somebody could put a wage in the way of another company's own."""
    bare = jobs.holder(workplace=garden.place, name="Lærling")
    for user in (bakery.broker, bakery.payer):
        with accounts.acting(user):
            _refused(_adds(HolderWage(company=bakery.company, holder=bare, hourly=Decimal(1))))


def test_a_task_a_job_and_a_search_hang_on_the_own_workplace(bakery: Bakery, garden) -> None:
    stamps = {"changed_by": bakery.broker, "changed_at": NOW}
    made = {"made_by": bakery.broker, "made_at": NOW, "changed_at": NOW, "state_on": TODAY}
    sums = {"hours": Decimal(1), "wage": Decimal(1)}
    search = {"started_by": bakery.broker, "started_at": NOW, "seconds": 1, "workplace_input": {}, "input_digest": "x"}
    own, theirs = {"company": bakery.company, "workplace": bakery.workplace}, {"workplace": garden.place}
    with accounts.acting(bakery.broker):
        for row in (
            Holder(**{**own, **theirs}, name="x"),
            Task(**{**own, **theirs}, name="x", hours=1, **stamps),
            Task(**own, holder=garden.post, name="x", hours=1, **stamps),
            Task(company=garden, workplace=garden.place, name="x", hours=1, **stamps),
            CarvedJob(**{**own, **theirs}, title="x", **made, **sums),
            Carving(**{**own, **theirs}, **search),
            Talk(
                company=bakery.company,
                **theirs,
                kind="visit",
                held_on=TODAY,
                text="x",
                written_by=bakery.broker,
                written_at=NOW,
            ),
            RecruitmentNeed(company=bakery.company, **theirs, title="x", told_on=TODAY),
            ContactPerson(company=bakery.company, **theirs, name="x", from_on=TODAY),
        ):
            _refused(_adds(row))
        _refused(_sends("update jobs_task set holder_id = %s, changed_by_id = app_actor()", garden.post.pk))


def test_a_job_comes_from_a_search_at_its_own_workplace(bakery: Bakery, garden) -> None:
    search = write(
        Carving(
            company=garden, workplace=garden.place, started_by=garden.broker, started_at=NOW, seconds=1,
            workplace_input={}, input_digest="x",
        )
    )  # fmt: skip
    job = jobs.carved_job(workplace=bakery.workplace, state=CarvedState.DRAFT)
    with accounts.acting(bakery.broker):
        _refused(_sends("update jobs_carvedjob set carving_id = %s where id = %s", search.pk, job.pk))


def test_a_job_holds_only_tasks_of_its_workplace(bakery: Bakery, garden) -> None:
    job = jobs.carved_job(workplace=bakery.workplace, state=CarvedState.DRAFT)
    with accounts.acting(bakery.broker):
        _refused(_adds(CarvedTask(company=bakery.company, job=job, task=garden.task)))
        _refused(_adds(CarvedTask(company=bakery.company, job=garden.job, task=bakery.tasks[0])))
        _refused(_adds(CarvedSupport(company=bakery.company, job=garden.job, measure="mentor_support")))


@pytest.mark.parametrize(
    "table",
    [
        *("employers_workplace", "employers_contactperson", "employers_partneragreement", "employers_promise"),
        *("employers_recruitmentneed", "jobs_holder", "jobs_holderwage", "jobs_task", "jobs_carving"),
        *("jobs_carvedjob", "jobs_carvedtask", "jobs_carvedsupport"),
    ],
)
def test_no_row_moves_to_another_company(bakery: Bakery, garden, table: str) -> None:
    for user in (bakery.broker, bakery.boss):
        with accounts.acting(user):
            _refused(_sends(f"update {table} set company_id = %s", garden.pk))


# ---- Wages ----


def test_wages_are_for_the_team_and_the_chosen(bakery: Bakery, garden) -> None:
    unit = bakery.team.unit
    seen = {
        "broker": (bakery.broker, 2),
        "lead of the unit": (accounts.employee(role=Role.TEAM_LEAD, unit=unit), 2),
        "beside": (bakery.beside, 0),
        "key person": (accounts.employee(role=Role.KEY_PERSON, unit=unit), 0),
        "administrator": (accounts.employee(role=Role.ADMINISTRATOR, unit=unit), 0),
        "analyst": (accounts.employee(role=Role.ANALYST, unit=unit), 0),
        "citizen": (bakery.anna.user, 0),
        "company": (bakery.boss, 0),
        "company's payer": (bakery.payer, 2),
        "other company": (garden.boss, 0),
        "other municipality": (garden.broker, 1),
    }
    for who, (user, many) in seen.items():
        with accounts.acting(user):
            assert _count("jobs_holderwage") == many, who
            assert _count("audit_change", "table_name = 'jobs_holderwage'") == 0, who


def test_nobody_lets_themselves_see_wages_by_a_contact(bakery: Bakery) -> None:
    """Whoever does not see wages cannot hand out a login that does, nor take over one that does."""
    payer = rows_of("select id from employers_contactperson where user_id = $1::uuid", value=bakery.payer.pk)[0].id
    plain = rows_of("select id from employers_contactperson where user_id = $1::uuid", value=bakery.boss.pk)[0].id
    puppet = accounts.account(name="Dukke", kind=Kind.EMPLOYER)
    with accounts.acting(bakery.beside):
        fresh = {"company": bakery.company, "name": "Dukke", "from_on": TODAY}
        _refused(_adds(ContactPerson(**fresh, user=puppet, sees_wages=True)))
        _refused(_sends("update employers_contactperson set sees_wages = true where id = %s", plain))
        _refused(_sends("update employers_contactperson set user_id = %s where id = %s", puppet.pk, payer))
        _sends("update employers_contactperson set title = 'Kasserer' where id = %s", payer)()
        _sends("update employers_contactperson set sees_wages = false where id = %s", payer)()
    with accounts.acting(bakery.broker):
        _sends("update employers_contactperson set sees_wages = true where id = %s", plain)()


def test_nobody_takes_the_relation_to_see_wages(bakery: Bakery) -> None:
    """The relation is handed over by those who hold it, or by a team lead of the municipality."""
    own = rows_of("select team_id from accounts_position where user_id = $1::uuid", value=bakery.beside.pk)[0].team_id
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=bakery.team.unit)
    with accounts.acting(bakery.beside):
        _refused(_sends("update employers_company set broker_id = app_actor()"))
        _refused(_sends("update employers_company set team_id = %s", own))
        _sends("update employers_company set trade = 'Bageri'")()
    with accounts.acting(lead):
        _sends("update employers_company set broker_id = %s, team_id = %s", bakery.beside.pk, own)()
    with accounts.acting(bakery.beside):
        assert _count("jobs_holderwage") == 2


def test_a_company_is_held_by_somebody_who_works_there(bakery: Bakery, garden) -> None:
    """Not by a stranger whose name the company would be shown."""
    with accounts.acting(bakery.broker):
        for stranger in (garden.broker, bakery.anna.user, bakery.boss):
            _refused(_sends("update employers_company set broker_id = %s", stranger.pk))


def test_an_account_of_one_company_is_not_drawn_into_another(bakery: Bakery, garden) -> None:
    plain = employers.contact(company=bakery.company, name="Ny", is_first=False)
    with accounts.acting(bakery.broker):
        _refused(_sends("update employers_contactperson set user_id = %s where id = %s", garden.boss.pk, plain.pk))
        _refused(_sends("update employers_contactperson set user_id = %s where id = %s", bakery.anna.user.pk, plain.pk))


# ---- What the company writes ----


def test_a_company_makes_no_jobs_and_frees_no_tasks(bakery: Bakery) -> None:
    first, second, third = bakery.tasks[:3]
    proposed = jobs.carved_job(workplace=bakery.workplace, tasks=(first,))
    agreed = jobs.carved_job(workplace=bakery.workplace, tasks=(second,), state=CarvedState.AGREED)
    draft = jobs.carved_job(workplace=bakery.workplace, tasks=(third,), state=CarvedState.DRAFT)
    own = {"company": bakery.company, "workplace": bakery.workplace, "title": "x", "hours": 1, "wage": 1}
    made = {"made_by": bakery.boss, "made_at": NOW, "changed_at": NOW, "state_on": TODAY, "agreed_with": "x"}
    with accounts.acting(bakery.boss):
        _refused(_adds(CarvedJob(**own, **made, state=CarvedState.AGREED)))
        _refused(_sends("update jobs_carvedtask set is_live = false where job_id = %s", proposed.pk))
        _refused(_sends("update jobs_carvedtask set is_live = false where job_id = %s", agreed.pk))
        _refused(_sends("delete from jobs_carvedtask where job_id = %s", proposed.pk))
        _refused(_adds(CarvedTask(company=bakery.company, job=proposed, task=bakery.tasks[4])))
        _refused(_adds(CarvedSupport(company=bakery.company, job=proposed, measure="mentor_support", is_shown=True)))
        for change in (
            *("wage = 1", "hours = 1", "title = 'x'", "description = 'x'", "demand = '{}', places = 9"),
            *("requires = '{x}'", "state = 'withdrawn'", "state = 'draft'", f"carving_id = '{uuid7()}'"),
        ):
            answer = "" if change.startswith("state") else ", state = 'agreed', agreed_with = 'x'"
            _refused(_sends(f"update jobs_carvedjob set {change}{answer} where id = %s", proposed.pk))
        _refused(_sends("update jobs_carvedjob set state_note = 'x' where id = %s", agreed.pk))
        assert _hit("update jobs_carvedjob set state_note = 'x' where id = %s", draft.pk) == 0
        assert _hit("update jobs_carvedtask set is_live = false where job_id = %s", draft.pk) == 0


def test_a_company_confirms_in_its_own_name(bakery: Bakery) -> None:
    task = bakery.task(
        "Feje", bakery.shop, hours="1", demand_source=DemandSource.NONE, confirmed_by=None, confirmed_at=None
    )
    word = "demand_source = 'confirmed', confirmed_by_id = %s, confirmed_at = now(), changed_by_id = %s"
    change, name = f"update jobs_task set {word}", "update jobs_task set name = 'x', changed_by_id = %s"
    with accounts.acting(bakery.boss):
        _refused(_sends(f"{change} where id = %s", bakery.broker.pk, bakery.boss.pk, task.pk))
        _refused(_sends(f"{name} where id = %s", bakery.broker.pk, task.pk))
        _sends(f"{change} where id = %s", bakery.boss.pk, bakery.boss.pk, task.pk)()
        _sends(f"{name} where id = %s", bakery.boss.pk, bakery.tasks[0].pk)()


def test_a_company_writes_nothing_about_the_partnership(bakery: Bakery) -> None:
    employers.talk(company=bakery.company, held_on=TODAY)
    employers.promise(company=bakery.company, due_on=TODAY)
    employers.agreement(company=bakery.company)
    for user in (bakery.boss, bakery.payer):
        with accounts.acting(user):
            for statement in (
                "update employers_company set name = 'x'",
                "update employers_workplace set name = 'x'",
                "update employers_contactperson set sees_wages = true",
                "update employers_contactperson set until_on = null",
                "update employers_promise set state = 'kept', state_on = current_date",
                "update employers_partneragreement set until_on = current_date",
                "update employers_talk set text = 'x'",
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    assert _hit(statement) == 0
                    raise DatabaseError("no row was hit")
            _refused(_adds(ContactPerson(company=bakery.company, name="x", from_on=TODAY)))
            _refused(_adds(User(username="x", kind=Kind.EMPLOYER, display_name="x", password="x")))


def test_staff_beside_read_and_advisers_write_nothing(bakery: Bakery) -> None:
    unit = bakery.team.unit
    task = bakery.tasks[0]
    for role in (Role.KEY_PERSON, Role.ADMINISTRATOR, Role.ANALYST):
        with accounts.acting(accounts.employee(role=role, unit=unit)):
            for table, change in (
                ("employers_company", "name = 'x'"),
                ("employers_workplace", "name = 'x'"),
                ("employers_contactperson", "name = 'x'"),
                ("jobs_holder", "name = 'x'"),
                ("jobs_task", "name = 'x', changed_by_id = app_actor()"),
                ("jobs_carvedjob", "title = 'x'"),
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    assert _hit(f"update {table} set {change}") == 0
                    raise DatabaseError("no row was hit")
            assert _count("jobs_task", "id = %s", task.pk) == (role != Role.ANALYST)


# ---- Citizens ----


def test_a_company_learns_of_no_citizen(bakery: Bakery) -> None:
    search = bakery.search()
    job = bakery.take(search)
    run("update jobs_carvedjob set state = 'proposed' where id = $1::uuid", value=job.pk)
    for user in (bakery.boss, bakery.payer):
        with accounts.acting(user):
            for table in (
                *("jobs_carving", "jobs_carvingperson", "jobs_carvedfor", "jobs_workwish", "citizens_citizen"),
                *("cases_case", "screening_answer", "audit_change", "audit_look"),
            ):
                assert _count(table) == 0, table
            assert _count("audit_event", "actor_id <> %s", user.pk) == 0
            assert _count("jobs_carvedjob") == 1
            assert _count("jobs_carvedsupport") == 0
            _refused(_adds(CarvedFor(citizen=bakery.anna, job=job, chosen_by=user, chosen_at=NOW)))
            _refused(_adds(CarvingPerson(citizen=bakery.anna, carving=search, key="p9", person_input={})))


def test_a_withdrawn_draft_never_was_a_proposal(bakery: Bakery) -> None:
    job = jobs.carved_job(workplace=bakery.workplace, tasks=(bakery.tasks[0],), state=CarvedState.WITHDRAWN)
    with accounts.acting(bakery.boss):
        assert _count("jobs_carvedjob", "id = %s", job.pk) == 0
        assert _count("jobs_carvedtask", "job_id = %s", job.pk) == 0
    run("update jobs_carvedjob set agreed_with = 'Bente' where id = $1::uuid", value=job.pk)
    with accounts.acting(bakery.boss):
        assert _count("jobs_carvedjob", "id = %s", job.pk) == 1


def test_a_search_stays_behind_its_persons_wall(bakery: Bakery) -> None:
    """A colleague who holds the relation but does not know the citizen sees nothing, and nobody takes the wall down."""
    search = bakery.search()
    colleague = bakery.beside
    run(f"update employers_company set broker_id = '{colleague.pk}' where id = $1::uuid", value=bakery.company.pk)
    with accounts.acting(colleague):
        assert _count("jobs_holderwage") == 2 and _count("jobs_carving") == 0 and _count("jobs_carvingperson") == 0
    for user in (bakery.anna.user, bakery.broker):
        with accounts.acting(user):
            _refused(_sends("delete from jobs_carvingperson where carving_id = %s", search.pk))
            _refused(_sends("update jobs_carvingperson set citizen_id = %s", bakery.anna.pk))


def test_a_citizen_sees_the_job_that_is_for_them_and_nothing_more(bakery: Bakery) -> None:
    job = bakery.take(bakery.search())
    other = citizens.citizen(team=bakery.team, has_login=True)
    tables = ("employers_talk", "employers_contactperson", "employers_promise", "jobs_holder", "jobs_carving")
    with accounts.acting(bakery.anna.user):
        assert _count("jobs_carvedjob") == _count("employers_company") == 0
    run("update jobs_carvedjob set state = 'proposed' where id = $1::uuid", value=job.pk)
    with accounts.acting(bakery.anna.user):
        assert _count("jobs_carvedjob") == _count("employers_company") == 1
        assert _count("jobs_task") == _count("jobs_carvedtask") > 0
        assert [table for table in tables if _count(table)] == []
        for change in ("jobs_carvedjob set wage = 999", "jobs_task set name = 'x', changed_by_id = app_actor()"):
            _refused(_sends(f"update {change}"))
        assert _hit("update employers_company set name = 'x'") == 0
    with accounts.acting(other.user):
        assert _count("jobs_carvedjob") == _count("employers_company") == _count("jobs_task") == 0


def test_whom_a_job_is_for_is_chosen_in_ones_own_name(bakery: Bakery, garden) -> None:
    far = citizens.citizen(team=organisations.team())
    job = jobs.carved_job(workplace=bakery.workplace, tasks=(bakery.tasks[0],))
    chosen = {"job": job, "chosen_at": NOW}
    with accounts.acting(bakery.broker):
        _refused(_adds(CarvedFor(citizen=far, chosen_by=bakery.broker, **chosen)))
        _refused(_adds(CarvedFor(citizen=bakery.anna, chosen_by=bakery.beside, **chosen)))
        _refused(_adds(CarvedFor(citizen=bakery.anna, chosen_by=bakery.broker, job=garden.job, chosen_at=NOW)))
        _adds(CarvedFor(citizen=bakery.anna, chosen_by=bakery.broker, **chosen))()
        _refused(_sends("update jobs_carvedfor set chosen_by_id = %s", bakery.beside.pk))
    with accounts.acting(bakery.anna.user):
        _refused(_sends("update jobs_carvedfor set chosen_at = now()"))


# ---- What stays ----


@pytest.mark.parametrize("day", ["ended", "not begun", "closed account"])
def test_rights_leave_with_the_contact(bakery: Bakery, day: str) -> None:
    ended = "from_on = '2020-01-01', until_on = current_date - 2"
    changes = {
        "ended": f"update employers_contactperson set {ended} where user_id = $1::uuid",
        "not begun": "update employers_contactperson set from_on = current_date + 2 where user_id = $1::uuid",
        "closed account": "update accounts_user set is_active = false where id = $1::uuid",
    }
    run(changes[day], value=bakery.payer.pk)
    with accounts.acting(bakery.payer):
        for table in ("employers_company", "employers_workplace", "jobs_task", "jobs_holder", "jobs_holderwage"):
            assert _count(table) == 0, table
        _refused(_adds(RecruitmentNeed(company=bakery.company, title="x", told_on=TODAY)))


@pytest.mark.parametrize(
    "table",
    [
        *("employers_company", "employers_workplace", "employers_contactperson", "employers_talk", "jobs_task"),
        *("employers_yearlytalk", "employers_partneragreement", "employers_promise", "employers_recruitmentneed"),
        *("jobs_holder", "jobs_workwish", "jobs_carvedjob", "jobs_carvedfor", "jobs_carvingperson", "jobs_carving"),
    ],
)
def test_nobody_deletes_what_was_agreed_and_searched(bakery: Bakery, table: str) -> None:
    for user in (bakery.broker, bakery.payer, accounts.employee(role=Role.TEAM_LEAD, unit=bakery.team.unit)):
        with accounts.acting(user):
            _refused(_sends(f"delete from {table}"))
            _refused(_sends(f"truncate {table} cascade"))
