"""One row that no engine can read must not stop everybody: it is left out, and told in the log by its id."""

import logging
import math
from collections.abc import Mapping
from typing import Any, TypeVar

from jobbro.apps.jobs.models import Opening
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.engines.matching.columns import slot_bits
from jobbro.engines.matching.layout import FARTHEST_KM
from jobbro.engines.matching.model import Job, Person
from jobbro.kernel.vocabulary import check_capacity, check_demand

from .facts import job_of, person_of

Row = TypeVar("Row", Job, Person)
log = logging.getLogger(__name__)


def sound_job(row: Opening) -> Job | None:
    """The open job, when the engine can read it."""
    try:
        job = job_of(opening_file(row))
        check_demand(job.demand)
        return _checked(job, is_sound=job.places >= 1)
    except (AttributeError, KeyError, TypeError, ValueError):
        log.warning("an open job is left out of matching: %s", row.pk)
        return None


def sound_person(content: Mapping[str, Any], *, key: object) -> Person | None:
    """The person of a file, when the engine can read it."""
    try:
        person = person_of(content)
        check_capacity(person.capacity)
        return _checked(person, is_sound=math.isfinite(person.max_km) and person.max_km >= 0 and person.id == str(key))
    except (AttributeError, KeyError, TypeError, ValueError):
        log.warning("a person is left out of matching: %s", key)
        return None


def _checked(row: Row, *, is_sound: bool) -> Row:
    """The row. Raises ValueError for half-days, hours or a place that cannot be."""
    slot_bits(row.slots)
    is_there = math.isfinite(row.x) and math.isfinite(row.y) and max(abs(row.x), abs(row.y)) < FARTHEST_KM
    if not (is_sound and is_there and 0 <= row.min_hours <= row.max_hours < math.inf):
        raise ValueError("not a row that matching can read")
    return row
