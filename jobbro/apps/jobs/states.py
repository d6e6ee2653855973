"""The allowed moves of a carved job and of an open job, and when a search has lost its worker."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from .enums import CarvedState, CarvingState, OpeningState
from .models import CarvedJob, Carving, Opening

# A search at work tells something every second: one that is silent for so long has lost its worker.
LOST_AFTER = timedelta(minutes=1)

MOVES: dict[tuple[CarvedState, str], CarvedState] = {
    (CarvedState.DRAFT, "propose"): CarvedState.PROPOSED,
    (CarvedState.DRAFT, "withdraw"): CarvedState.WITHDRAWN,
    (CarvedState.PROPOSED, "rework"): CarvedState.DRAFT,
    (CarvedState.PROPOSED, "agree"): CarvedState.AGREED,
    (CarvedState.PROPOSED, "decline"): CarvedState.DECLINED,
    (CarvedState.PROPOSED, "withdraw"): CarvedState.WITHDRAWN,
    (CarvedState.AGREED, "withdraw"): CarvedState.WITHDRAWN,
    (CarvedState.DECLINED, "rework"): CarvedState.DRAFT,
    (CarvedState.WITHDRAWN, "rework"): CarvedState.DRAFT,
}
# What the company answers itself; staff do these too, and all the others.
COMPANY_MOVES = ("agree", "decline")
# Moves that free the tasks of the job, and those that take them again.
FREEING, TAKING = ("decline", "withdraw"), ("rework",)

OPENING_MOVES: dict[tuple[OpeningState, str], OpeningState] = {
    (OpeningState.DRAFT, "open"): OpeningState.OPEN,
    (OpeningState.DRAFT, "close"): OpeningState.CLOSED,
    (OpeningState.OPEN, "fill"): OpeningState.FILLED,
    (OpeningState.OPEN, "close"): OpeningState.CLOSED,
    (OpeningState.OPEN, "withdraw"): OpeningState.DRAFT,
    (OpeningState.FILLED, "reopen"): OpeningState.OPEN,
    (OpeningState.CLOSED, "reopen"): OpeningState.OPEN,
}
# Moves after which the job is in the pool.
OPENS = ("open", "reopen")


def open_on(on: date) -> Q:
    """Jobs that somebody can get on the day: one whose closing date has passed is closed, whatever its row says."""
    return Q(state=OpeningState.OPEN) & (Q(closes_on__isnull=True) | Q(closes_on__gte=on))


def state_of(row: Opening, *, on: date) -> OpeningState:
    """Where the job stands on the day."""
    has_passed = row.closes_on is not None and row.closes_on < on
    return OpeningState.CLOSED if row.state == OpeningState.OPEN and has_passed else OpeningState(row.state)


def is_lost(row: Carving, *, at: datetime) -> bool:
    """Whether the search says it is running but nobody works on it any more."""
    return row.state == CarvingState.RUNNING and (row.progress_at is None or row.progress_at < at - LOST_AFTER)


def was_proposed(row: CarvedJob) -> bool:
    """Whether the company was shown the job: a draft that came to nothing and was taken back never was a proposal."""
    if row.state == CarvedState.WITHDRAWN:
        return bool(row.agreed_with)
    return row.state != CarvedState.DRAFT
