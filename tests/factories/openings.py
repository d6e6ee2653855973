"""Open jobs: open and confirmed unless told otherwise."""

from datetime import UTC, datetime
from decimal import Decimal

from jobbro.apps.employers.models import Company, Workplace
from jobbro.apps.jobs.enums import OpeningDemand, OpeningOrigin, OpeningState
from jobbro.apps.jobs.models import CarvedJob, Opening
from tests.factories.employers import company as new_company
from tests.factories.employers import workplace as new_workplace
from tests.factories.rows import write

WRITTEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def opening(*, workplace: Workplace | None = None, company: Company | None = None, **fields: object) -> Opening:
    """A job for one of ten to fifteen hours that asks somebody to stand some, with whatever `fields` say instead."""
    workplace = workplace or new_workplace(company=company or new_company(), x=0.0, y=0.0)
    values = {
        "origin": OpeningOrigin.BROKER,
        "title": "Hjælp i bageriet",
        "employer_name": workplace.company.name,
        "place_name": workplace.name,
        "address": workplace.address,
        "postcode": workplace.postcode,
        "city": workplace.city,
        "x": workplace.x or 0.0,
        "y": workplace.y or 0.0,
        "hours_min": Decimal("10.0"),
        "hours_max": Decimal("15.0"),
        "demand": {"standing": 2},
        "demand_source": OpeningDemand.CONFIRMED,
        "state": OpeningState.OPEN,
        "state_on": WRITTEN.date(),
        "made_by": workplace.company.broker,
        "made_at": WRITTEN,
        "changed_by": workplace.company.broker,
        "changed_at": WRITTEN,
        **fields,
    }
    if values["demand_source"] == OpeningDemand.CONFIRMED:
        values = {"confirmed_by": values["changed_by"], "confirmed_at": values["changed_at"], **values}
    return write(Opening(company=workplace.company, workplace=workplace, **values))


def prefilled_opening(*, workplace: Workplace | None = None, **fields: object) -> Opening:
    """Open, with demands that nobody has looked at yet."""
    return opening(workplace=workplace, **{"demand_source": OpeningDemand.OCCUPATION, **fields})


def draft_opening(*, workplace: Workplace | None = None, **fields: object) -> Opening:
    """Nobody has said what it asks, and only those who keep it see it."""
    values = {"state": OpeningState.DRAFT, "demand": {}, "demand_source": OpeningDemand.NONE, **fields}
    return opening(workplace=workplace, **values)


def carved_opening(*, job: CarvedJob, **fields: object) -> Opening:
    """What a carved job asks, kept for the person it was carved for."""
    values = {
        "origin": OpeningOrigin.CARVED,
        "carved_job": job,
        "title": job.title,
        "hours_min": job.hours,
        "hours_max": job.hours,
        "demand": job.demand or {"standing": 1},
        "demand_source": OpeningDemand.TASKS,
        "is_reserved": True,
        **fields,
    }
    return opening(workplace=job.workplace, **values)
