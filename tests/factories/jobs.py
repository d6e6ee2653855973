"""Tasks of a workplace, posts, wages, carved jobs that hold tasks, and work wishes."""

from datetime import UTC, datetime
from decimal import Decimal

from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import Workplace
from jobbro.apps.jobs.enums import CarvedState, DemandSource
from jobbro.apps.jobs.models import CarvedJob, CarvedTask, Holder, HolderWage, Task, WorkWish
from tests.factories.rows import write

MORNINGS = ["mon_am", "tue_am", "wed_am", "thu_am", "fri_am"]
WRITTEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def holder(*, workplace: Workplace, name: str = "Bager", hourly: str = "", **fields: object) -> Holder:
    """A post; with a wage when one is named."""
    made = write(Holder(company=workplace.company, workplace=workplace, name=name, **fields))
    if hourly:
        write(HolderWage(company=workplace.company, holder=made, hourly=Decimal(hourly)))
    return made


def task(
    *, workplace: Workplace, name: str = "Vaske bageplader", holder: Holder | None = None, **fields: object
) -> Task:
    """A task of two hours on weekday mornings that nobody has said the demands of."""
    values = {
        "hours": Decimal("2.00"),
        "slots": MORNINGS,
        "demand_source": DemandSource.NONE,
        "changed_by": workplace.company.broker,
        "changed_at": WRITTEN,
        **fields,
    }
    return write(Task(company=workplace.company, workplace=workplace, holder=holder, name=name, **values))


def confirmed_task(*, workplace: Workplace, **fields: object) -> Task:
    """A task that somebody has looked at."""
    broker = workplace.company.broker
    values = {"demand": {"standing": 2}, "demand_source": DemandSource.CONFIRMED, "confirmed_by": broker}
    return task(workplace=workplace, **{**values, "confirmed_at": WRITTEN, **fields})


def carved_job(
    *, workplace: Workplace, tasks: tuple[Task, ...] = (), state: str = CarvedState.PROPOSED, title: str = "Bagerhjælp"
) -> CarvedJob:
    """A job made of these tasks, which nobody else's job can hold then."""
    job = CarvedJob(
        company=workplace.company,
        workplace=workplace,
        title=title,
        hours=sum((one.hours for one in tasks), Decimal(0)),
        wage=Decimal("140.00"),
        demand={},
        state=state,
        state_on=WRITTEN.date(),
        agreed_with="Bente Bager" if state == CarvedState.AGREED else "",
        made_by=workplace.company.broker,
        made_at=WRITTEN,
        changed_at=WRITTEN,
    )
    write(job)
    for one in tasks:
        write(CarvedTask(company=workplace.company, job=job, task=one, slots={one.slots[0]: str(one.hours)}))
    return job


def work_wish(*, citizen: Citizen, by: object, **fields: object) -> WorkWish:
    """Ten to fifteen hours in the mornings."""
    values = {
        "hours_min": Decimal("10.0"),
        "hours_max": Decimal("15.0"),
        "slots": MORNINGS,
        "max_hours_per_slot": Decimal("3.00"),
        "told_on": WRITTEN.date(),
        **fields,
    }
    return write(WorkWish(citizen=citizen, changed_by=by, **values))
