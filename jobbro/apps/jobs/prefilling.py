"""Where the demands of a task may be taken from before anybody has looked at the workplace."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.occupations.task_library import task_library

from .enums import DemandSource

LIBRARY, OCCUPATION, COPY, TEMPLATE = "library:", "occupation:", "copy:", "template:"


@dataclass(frozen=True, kw_only=True)
class Prefill:
    """Levels to begin with, where they are from, and the code that says it exactly (`library:weigh_ingredients`)."""

    demand: Mapping[str, int]
    source: DemandSource
    origin: str


def prefill_from(origin: str) -> Prefill | None:
    """What the library or the table of occupations says under this code; None when it says nothing."""
    if origin.startswith(LIBRARY):
        task = task_library().by_code.get(origin.removeprefix(LIBRARY))
        return Prefill(demand=dict(task.demand), source=DemandSource.LIBRARY, origin=origin) if task else None
    if origin.startswith(OCCUPATION):
        return from_occupation(origin.removeprefix(OCCUPATION))
    return None


def from_occupation(code: str) -> Prefill | None:
    """What an average job of this occupation asks; None when the code is unknown or has no profile."""
    if not code or code not in occupations():
        return None
    levels = {area: level for area, level in occupations().by_code(code).levels.items() if level}
    return Prefill(demand=levels, source=DemandSource.OCCUPATION, origin=OCCUPATION + code) if levels else None


def from_name(name: str) -> Prefill | None:
    """The task of the library with exactly this name, in either language."""
    wanted = name.strip().casefold()
    for task in task_library().tasks:
        if wanted in (task.name.da.casefold(), task.name.en.casefold()):
            return prefill_from(LIBRARY + task.code)
    return None


def best_prefill(*, origin: str, name: str, occupation: str) -> Prefill | None:
    """What was chosen, else the library task of that name, else the occupation of who does it today."""
    return prefill_from(origin) or from_name(name) or from_occupation(occupation)
