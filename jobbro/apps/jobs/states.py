"""The allowed moves of a carved job, and when a search has lost its worker."""

from datetime import datetime, timedelta

from .enums import CarvedState, CarvingState
from .models import CarvedJob, Carving

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


def is_lost(row: Carving, *, at: datetime) -> bool:
    """Whether the search says it is running but nobody works on it any more."""
    return row.state == CarvingState.RUNNING and (row.progress_at is None or row.progress_at < at - LOST_AFTER)


def was_proposed(row: CarvedJob) -> bool:
    """Whether the company was shown the job: a draft that came to nothing and was taken back never was a proposal."""
    if row.state == CarvedState.WITHDRAWN:
        return bool(row.agreed_with)
    return row.state != CarvedState.DRAFT
