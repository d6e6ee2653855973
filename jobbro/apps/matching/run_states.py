"""When a run of matching has lost its worker."""

from datetime import datetime, timedelta

from .enums import RunState
from .models import MatchRun

# A run tells something every second; while it spreads proposals over a whole country it is silent for a minute or two.
LOST_AFTER = timedelta(minutes=5)


def is_lost(run: MatchRun, *, at: datetime) -> bool:
    """Whether the run says it is under way but nobody works on it any more."""
    return run.state == RunState.RUNNING and (run.progress_at is None or run.progress_at < at - LOST_AFTER)
