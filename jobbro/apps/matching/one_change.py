"""Which one change of what somebody has told would open jobs that are hidden now, and how many."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jobbro.engines.matching.model import Person
from jobbro.engines.occupations.task_library import skills
from jobbro.kernel.vocabulary import DAYS, SLOTS, WEEKDAYS

from .open_jobs import OpenJobs

KM, HOURS, MOST_HOURS = 10, (1, 5), 37
# Half-days that people think of together.
TIMES = {
    "weekday_mornings": tuple(f"{day}_am" for day in WEEKDAYS),
    "weekday_afternoons": tuple(f"{day}_pm" for day in WEEKDAYS),
    "weekend": tuple(f"{day}_{half}" for day in DAYS[5:] for half in ("am", "pm")),
}
MOST_TOLD = 5


@dataclass(frozen=True, kw_only=True)
class OneChange:
    """kind: `distance`, `more_hours`, `fewer_hours` (value in km or hours), `times` or `skill` (value is a code)."""

    kind: str
    value: str
    opens: int


def one_changes(*, jobs: OpenJobs, person: Person) -> tuple[OneChange, ...]:
    """The changes that open something, most jobs first. Each is the person's list made once more."""
    before = _hidden(jobs, person=person)
    found = [
        OneChange(kind=kind, value=value, opens=before - _hidden(jobs, person=changed))
        for kind, value, changed in _variants(person)
    ]
    told = sorted((one for one in found if one.opens > 0), key=lambda one: -one.opens)
    return tuple(told[:MOST_TOLD])


def _hidden(jobs: OpenJobs, *, person: Person) -> int:
    return sum(jobs.list_for(person=person, top=1).none.values())


def _variants(person: Person) -> Iterator[tuple[str, str, Person]]:
    yield "distance", str(KM), replace(person, max_km=person.max_km + KM)
    for hours in HOURS:
        if person.max_hours + hours <= MOST_HOURS:
            yield "more_hours", str(hours), replace(person, max_hours=person.max_hours + hours)
        if person.min_hours - hours >= 0:
            yield "fewer_hours", str(hours), replace(person, min_hours=person.min_hours - hours)
    for name, slots in TIMES.items():
        if not set(slots) <= set(person.slots):
            wanted = {*person.slots, *slots}
            yield "times", name, replace(person, slots=tuple(slot for slot in SLOTS if slot in wanted))
    for skill in skills():
        if skill.code not in person.skills:
            yield "skill", skill.code, replace(person, skills=(*person.skills, skill.code))
