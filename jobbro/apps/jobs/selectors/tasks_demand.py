"""Reads of what a task asks: its levels in words of work, and where levels to begin with may be found."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.occupations.records import Occupation
from jobbro.engines.occupations.task_library import LibraryTask, anchors, task_library
from jobbro.kernel.vocabulary import GROUPS

from ..prefilling import LIBRARY, OCCUPATION
from ..task_checking import LONGEST_NAME
from .tasks import TaskFormPage, task_for

SUGGESTED = 5


@dataclass(frozen=True, kw_only=True)
class AreaAsked:
    """One area of one task: its level now, and the sentences of the levels 1-4."""

    code: str
    level: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GroupAsked:
    """A group of areas: those the task asks something in, and the others."""

    code: str
    asked: tuple[AreaAsked, ...]
    others: tuple[AreaAsked, ...]


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """Something levels can be taken from: `origin` says which, `title` what people call it."""

    origin: str
    title: str


@dataclass(frozen=True, kw_only=True)
class DemandPage:
    """A task with all 24 areas, and where levels can be taken from."""

    form: TaskFormPage
    groups: tuple[GroupAsked, ...]
    beginnings: tuple[Beginning, ...]
    origin: Beginning | None


def demand_for(*, actor: Actor, task_id: UUID, words: str = "", language: str, on: date) -> DemandPage | None:
    """What the task asks. `words` looks for other levels to begin with; else the task's own name does."""
    form = task_for(actor=actor, task_id=task_id, on=on)
    if form is None or form.task is None:
        return None
    task, words = form.task, words[:LONGEST_NAME]
    found = [*_in_library(words or task.name, language=language), *_in_occupations(words)]
    if task.occupation and not words:
        found += [_as_beginning(one) for one in (occupations().by_code(task.occupation),) if one.has_profile]
    return DemandPage(
        form=form,
        groups=groups_asked(task.demand, language=language),
        beginnings=tuple(dict.fromkeys(found)),
        origin=beginning_of(task.origin, language=language),
    )


def groups_asked(demand: object, *, language: str) -> tuple[GroupAsked, ...]:
    """All areas in their groups with the sentences of each level."""
    levels = demand if isinstance(demand, dict) else {}
    told = anchors()
    groups = []
    for group, codes in GROUPS.items():
        areas = [
            AreaAsked(
                code=code,
                level=levels.get(code, 0),
                sentences=tuple(told[code].levels[level].in_language(language) for level in (1, 2, 3, 4)),
            )
            for code in codes
        ]
        asked = tuple(area for area in areas if area.level)
        groups.append(GroupAsked(code=group, asked=asked, others=tuple(area for area in areas if not area.level)))
    return tuple(groups)


def beginning_of(origin: str, *, language: str) -> Beginning | None:
    """What the levels of a task were taken from, in words."""
    if origin.startswith(LIBRARY):
        task = task_library().by_code.get(origin.removeprefix(LIBRARY))
        return _library_beginning(task, language=language) if task else None
    code = origin.removeprefix(OCCUPATION)
    if origin.startswith(OCCUPATION) and code in occupations():
        return _as_beginning(occupations().by_code(code))
    return None


def _in_library(words: str, *, language: str) -> list[Beginning]:
    found = task_library().search(words, limit=SUGGESTED, language=language)
    return [_library_beginning(task, language=language) for task in found]


def _in_occupations(words: str) -> list[Beginning]:
    found = occupations().search(words, limit=SUGGESTED) if words else ()
    return [_as_beginning(one.occupation) for one in found if one.occupation.has_profile]


def _library_beginning(task: LibraryTask, *, language: str) -> Beginning:
    return Beginning(origin=LIBRARY + task.code, title=task.name.in_language(language))


def _as_beginning(occupation: Occupation) -> Beginning:
    return Beginning(origin=OCCUPATION + occupation.code, title=occupation.title)
