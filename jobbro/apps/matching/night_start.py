"""How far back the night looks for persons whose files may be old."""

from datetime import datetime, timedelta

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

from .enums import RunState
from .files import rule_version
from .models import MatchRun

MARGIN = timedelta(hours=2)


def looks_back(*, at: datetime) -> datetime | None:
    """A little before the last night that came to its end; None, which is everybody, after a change of the rules."""
    with acting_as(SYSTEM_ACTOR):
        last = MatchRun.objects.filter(state=RunState.DONE, asked_by__isnull=True, started_at__lt=at)
        newest = last.order_by("-started_at").first()
    if newest is None or newest.rule_version != rule_version():
        return None
    return newest.started_at - MARGIN
