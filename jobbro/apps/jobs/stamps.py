"""Short marks of what somebody read: another mark means that somebody changed it meanwhile."""

import hashlib
import json
from typing import Any

from .models import CarvedJob, Holder, Opening, Task, WorkWish


def seen_task(row: Task) -> str:
    """What the task is, when, where and whose; what it asks has a mark of its own."""
    return _mark(
        [
            *(str(row.pk), row.name, row.note, f"{row.hours:f}", list(row.slots), row.place, list(row.requires)),
            *(row.is_core, str(row.holder_id), str(row.removed_on)),
        ]
    )


def seen_demand(row: Task) -> str:
    """What the task asks, and who says so."""
    return _mark([str(row.pk), row.demand, row.demand_source, str(row.confirmed_at)])


def seen_holder(row: Holder) -> str:
    return _mark([str(row.pk), row.name, row.occupation, f"{row.max_release:f}", str(row.left_on)])


def seen_wish(row: WorkWish | None) -> str:
    """Of nothing told yet there is a mark too."""
    if row is None:
        return ""
    hours = [f"{number.normalize():f}" for number in (row.hours_min, row.hours_max, row.max_hours_per_slot)]
    return _mark(
        [str(row.pk), *hours, list(row.slots), row.max_km, list(row.skills), row.travels_from, dict(row.occupations)]
    )


def seen_carved_job(row: CarvedJob) -> str:
    """What the job is made of and where it stands."""
    return _mark([str(row.pk), row.state, row.changed_at.isoformat()])


def seen_opening(row: Opening) -> str:
    """What the open job says, what it asks and where it stands."""
    return _mark([str(row.pk), row.state, row.changed_at.isoformat()])


def _mark(content: list[Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, sort_keys=True).encode()).hexdigest()[:24]
