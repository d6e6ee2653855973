"""The task library as frozen values, and the arithmetic of hours, rhythm and half-days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jobbro.engines.occupations.records import Texts
from jobbro.kernel.vocabulary import DAYS, SLOTS, WEEKDAYS

# Nobody has seen the workplace yet: a level of the library is a suggestion until a broker confirms it there.
STATUS_PREFILLED = "prefilled"

RHYTHMS = ("daily", "several_a_week", "weekly", "fortnightly", "monthly")
SEVERAL = 3
# Turns a week; a daily task is done once on each day of its slots.
_TURNS: Mapping[str, float] = {"several_a_week": SEVERAL, "weekly": 1, "fortnightly": 1 / 2, "monthly": 12 / 52}


def _half_days(days: tuple[str, ...], *halves: str) -> tuple[str, ...]:
    return tuple(slot for slot in SLOTS if slot[:3] in days and slot[4:] in halves)


# What content files may write for the half-days of a task.
WHEN: Mapping[str, tuple[str, ...]] = {
    "weekday_mornings": _half_days(WEEKDAYS, "am"),
    "weekday_afternoons": _half_days(WEEKDAYS, "pm"),
    "weekdays": _half_days(WEEKDAYS, "am", "pm"),
    "monday_to_saturday_mornings": _half_days(DAYS[:6], "am"),
    "monday_to_saturday_afternoons": _half_days(DAYS[:6], "pm"),
    "monday_to_saturday": _half_days(DAYS[:6], "am", "pm"),
    "all_mornings": _half_days(DAYS, "am"),
    "all_afternoons": _half_days(DAYS, "pm"),
    "all_week": SLOTS,
    "start_of_week": _half_days(DAYS[:2], "am", "pm"),
    "midweek": _half_days(DAYS[1:4], "am", "pm"),
    "end_of_week": _half_days(DAYS[3:5], "am", "pm"),
    "weekend": _half_days(DAYS[5:], "am", "pm"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A code and its name: a trade group, a place, a skill."""

    code: str
    name: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryTask:
    """One common task: hours each time, half-days it fits in, levels 1-4 of what it asks (an area left out is 0).

    `requires` holds codes of skills that law or safety asks for, `core` that trained staff usually keep it.
    """

    code: str
    name: Texts
    description: Texts
    group: str
    place: str
    hours: float
    rhythm: str
    slots: tuple[str, ...]
    demand: Mapping[str, int] = field(hash=False)
    requires: tuple[str, ...] = ()
    core: bool = False

    @property
    def hours_a_week(self) -> float:
        """Hours in an average week, to 0.01."""
        return weekly_hours(hours=self.hours, rhythm=self.rhythm, slots=self.slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLibrary:
    """All tasks group by group, with the names of groups, places and skills, and where the judgements come from."""

    tasks: tuple[LibraryTask, ...]
    groups: tuple[Named, ...]
    places: tuple[Named, ...]
    skills: tuple[Named, ...]
    status: str
    source: Texts
    version: str
    by_code: Mapping[str, LibraryTask] = field(hash=False)
    by_group: Mapping[str, tuple[LibraryTask, ...]] = field(hash=False)

    def search(self, words: str, *, limit: int = 10, language: str = "da") -> tuple[LibraryTask, ...]:
        """Tasks whose name or description holds every word, best first: beginnings of words in the name count most.

        Empty words find nothing. Spelling is taken as it is; of equally good tasks the one with the shorter name wins.
        """
        wanted = words.casefold().split()
        if not wanted:
            return ()
        ranks = {task.code: _rank(task, wanted=wanted, language=language) for task in self.tasks}
        found = [task for task in self.tasks if ranks[task.code]]
        found.sort(key=lambda task: (-ranks[task.code], len(task.name.in_language(language))))
        return tuple(found[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaAnchors:
    """What the levels 1-4 of a demand mean in one area, and the tasks of the library that show each level."""

    area: str
    levels: Mapping[int, Texts] = field(hash=False)
    examples: Mapping[int, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePost:
    """A post at a workplace of this kind: who holds tasks today, without name and without wage."""

    code: str
    name: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateTask:
    """A task of the library as a workplace of this kind usually has it."""

    task: LibraryTask
    post: str
    hours: float
    rhythm: str
    slots: tuple[str, ...]

    @property
    def hours_a_week(self) -> float:
        """Hours in an average week, to 0.01."""
        return weekly_hours(hours=self.hours, rhythm=self.rhythm, slots=self.slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainTemplate:
    """A set of posts and tasks from which a workplace can start its own list."""

    code: str
    name: Texts
    description: Texts
    posts: tuple[TemplatePost, ...]
    tasks: tuple[TemplateTask, ...]


def turns_a_week(*, rhythm: str, slots: tuple[str, ...]) -> float:
    """How often a week the task is done on average."""
    return len({slot[:3] for slot in slots}) if rhythm == "daily" else _TURNS[rhythm]


def weekly_hours(*, hours: float, rhythm: str, slots: tuple[str, ...]) -> float:
    """Hours each time, times turns a week, to 0.01 as carving files ask."""
    return round(hours * turns_a_week(rhythm=rhythm, slots=slots), 2)


def _rank(task: LibraryTask, *, wanted: list[str], language: str) -> int:
    """0 when a word is nowhere; else higher, the more words begin a word of the name."""
    name = task.name.in_language(language).casefold()
    text = task.description.in_language(language).casefold()
    if not all(word in name or word in text for word in wanted):
        return 0
    beginnings = sum(any(part.startswith(word) for part in name.split()) for word in wanted)
    return 1 + 3 * beginnings + sum(word in name for word in wanted)
