"""Filters of the worklist with names, so that the demo has some to choose from. Nobody begins with one."""

from datetime import date, timedelta
from random import Random

from jobbro.apps.worklist.models import SavedFilter

from .calendar import moment, weekday
from .ids import Ids
from .organisations import Place
from .writing import Rows

FILTERING_BLOCK = 956_000
FILTERS = (("Venter på borgeren", "who=mine&waits=citizen"), ("Skal gøres denne uge", "who=mine&due=week"))
SAVED_AGO = timedelta(days=12)


def add_filters(rows: Rows, *, places: tuple[Place, ...], today: date) -> None:
    """Two of each caseworker."""
    ids, rng = Ids(FILTERING_BLOCK), Random("filters")  # noqa: S311 - the same everywhere
    colleagues = {worker.pk: worker for place in places for worker in place.caseworkers}
    for worker in colleagues.values():
        saved_at = moment(weekday(today - SAVED_AGO), rng=rng)
        for name, query in FILTERS:
            row = SavedFilter(id=ids(), user=worker, name=name, query=query, is_default=False, saved_at=saved_at)
            rows.add(row, by=worker.pk)
