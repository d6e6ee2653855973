"""What the worker thinks: the best carving soon, a better one later, others that differ, and one more of something."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jobbro.engines.carving.alternatives import alternatives
from jobbro.engines.carving.carving import carve
from jobbro.engines.carving.model import Carving, Choice, Person, ProfileCarving, Progress, Status, WhatIf, Workplace
from jobbro.engines.carving.profiles import carve_for_profile
from jobbro.engines.carving.what_if import what_if
from jobbro.engines.carving.writing import carving_as_json

from .carving_input import engine_workplace, number

Tell = Callable[[Progress], None]
Show = Callable[[dict[str, Any]], None]
IsStopped = Callable[[], bool]

# People at the desk see something after so long; the rest of the time makes it better.
FIRST_SECONDS = 4.0
OTHERS = 3
# Others that differ, and what one more would add, may take this share of the time, within these limits.
AFTERWARDS_SHARE, AFTERWARDS_SECONDS = 0.25, (3.0, 30.0)


@dataclass(frozen=True, kw_only=True)
class Thinking:
    """One search, whole: the halves of the file and how long. For a profile `persons` are all those who wait."""

    half: Mapping[str, Any] = field(hash=False)
    persons: tuple[Mapping[str, Any], ...]
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Listeners:
    """Who hears of progress, who shows the first answer, and who says stop."""

    tell: Tell
    show: Show
    is_stopped: IsStopped


def search(thinking: Thinking, *, listeners: Listeners) -> dict[str, Any]:
    """The answer as it is kept: `suggestions`, best first, each as in contracts section 4, and what goes with them.

    `what_if`: one more measure, hour or half-day for a person, and what it adds. For a profile: `profile` (a person of
    the file), `waiting` and `holdings` (for how many each job holds).
    """
    workplace = engine_workplace(half=thinking.half, persons=thinking.persons)
    if "profile" in thinking.half:
        return _for_profile(workplace, thinking=thinking, listeners=listeners)
    began = time.monotonic()
    best = carve(workplace, seconds=_first(thinking), progress=listeners.tell, is_cancelled=listeners.is_stopped)
    left = thinking.seconds - (time.monotonic() - began)
    if best.status != Status.OPTIMAL and left > 0 and not listeners.is_stopped():
        listeners.show({"suggestions": [carving_as_json(best)]})
        best = carve(
            workplace,
            seconds=left,
            start=_choice(best),
            progress=listeners.tell,
            is_cancelled=listeners.is_stopped,
        )
    answer: dict[str, Any] = {"suggestions": [carving_as_json(best)]}
    if listeners.is_stopped():
        return answer
    listeners.show(answer)
    others = _others(workplace, best=best, thinking=thinking, is_stopped=listeners.is_stopped)
    return {
        "suggestions": [carving_as_json(each) for each in (best, *others)],
        "what_if": _one_more(workplace, best=best, thinking=thinking, is_stopped=listeners.is_stopped),
    }


def _first(thinking: Thinking) -> float:
    return min(FIRST_SECONDS, float(thinking.seconds))


def _afterwards(thinking: Thinking) -> float:
    least, most = AFTERWARDS_SECONDS
    return min(max(thinking.seconds * AFTERWARDS_SHARE, least), most)


def _choice(carving: Carving) -> Choice:
    return Choice(tasks={job.person: tuple(each.task for each in job.tasks) for job in carving.jobs})


def _others(workplace: Workplace, *, best: Carving, thinking: Thinking, is_stopped: IsStopped) -> tuple[Carving, ...]:
    return alternatives(workplace, best=best, count=OTHERS, seconds=_afterwards(thinking), is_cancelled=is_stopped)


def _one_more(
    workplace: Workplace, *, best: Carving, thinking: Thinking, is_stopped: IsStopped
) -> list[dict[str, Any]]:
    found = what_if(workplace, base=best, seconds=_afterwards(thinking), is_cancelled=is_stopped)
    return [_told(each) for each in found]


def _told(each: WhatIf) -> dict[str, Any]:
    return {
        "wish": str(each.wish),
        "person": each.person,
        "code": each.code,
        "at_least": float(each.at_least),
        "at_most": float(each.at_most),
        "tasks_gained": list(each.tasks_gained),
    }


def _for_profile(workplace: Workplace, *, thinking: Thinking, listeners: Listeners) -> dict[str, Any]:
    """The same for those who wait; the first answer is shown soon when the whole takes longer."""
    found = _profile_in(workplace, thinking=thinking, listeners=listeners, seconds=_first(thinking))
    left = thinking.seconds - FIRST_SECONDS
    if found.carving.status != Status.OPTIMAL and left > 0 and not listeners.is_stopped():
        listeners.show(_profile_answer(found))
        found = max(
            (found, _profile_in(workplace, thinking=thinking, listeners=listeners, seconds=left)),
            key=lambda each: (each.carving.value, -each.carving.bound),
        )
    return _profile_answer(found)


def _profile_in(workplace: Workplace, *, thinking: Thinking, listeners: Listeners, seconds: float) -> ProfileCarving:
    terms = thinking.half["profile"]
    return carve_for_profile(
        workplace,
        waiting=workplace.persons,
        share=Decimal(str(terms["share"])),
        jobs=terms["jobs"],
        seconds=seconds,
        progress=listeners.tell,
        is_cancelled=listeners.is_stopped,
    )


def _profile_answer(found: ProfileCarving) -> dict[str, Any]:
    return {
        "suggestions": [carving_as_json(found.carving)],
        "profile": _person(found.profile),
        "waiting": found.waiting,
        "holdings": [
            {
                "person": each.job.person,
                "fits": each.fits,
                "fits_with_measures": each.fits_with_measures,
                "must_ask": each.must_ask,
                "not_for": each.not_for,
            }
            for each in found.holdings
        ],
    }


def _person(person: Person) -> dict[str, Any]:
    """A person of the file (contracts, section 4)."""
    return {
        "id": person.id,
        "capacity": {area: level for area, level in person.capacity.items() if level is not None},
        "hours": [number(person.min_hours), number(person.max_hours)],
        "slots": list(person.slots),
        "max_hours_per_slot": number(person.max_hours_per_slot),
        "skills": list(person.skills),
        "measures": list(person.measures),
        "wage": number(person.wage),
    }
