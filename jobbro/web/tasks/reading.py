"""What is shown of tasks: lines in words, the sums of posts, and the week."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jobbro.apps.jobs.selectors.tasks import NOBODY, TasksPage
from jobbro.apps.jobs.selectors.tasks_shown import TaskShown
from jobbro.webkit.halfdays import slot_label, slots_told
from jobbro.webkit.labels import Label
from jobbro.webkit.schemes.values import hours_words, week_hours

from .forms import skill_choices
from .words import SOURCE_WORDS, hours_told

TENTH = Decimal("0.1")


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task in words."""

    task: TaskShown
    hours: str
    when: str
    skills: str
    source: Label


@dataclass(frozen=True, kw_only=True)
class SumLine:
    """A post with its hours in words."""

    name: str
    key: str
    has_left: bool
    count: int
    hours: str
    told: str
    is_over: bool
    by_slot: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """The hours of each post in each half-day, as a table."""

    slots: tuple[str, ...]
    lines: tuple[SumLine, ...]
    total: tuple[str, ...]


def task_lines(tasks: Iterable[TaskShown]) -> list[TaskLine]:
    """The tasks in words; names of skills are looked up once."""
    skills = dict(skill_choices())
    return [
        TaskLine(
            task=task,
            hours=hours_told(task.hours),
            when=slots_told(task.slots),
            skills=", ".join(skills.get(skill, skill) for skill in task.requires),
            source=SOURCE_WORDS[task.source],
        )
        for task in tasks
    ]


def board_of(page: TasksPage) -> Board:
    """Every post against every half-day of the week."""
    slots = page.workplace.slots
    total = [sum((dict(one.by_slot)[slot] for one in page.sums), Decimal(0)) for slot in slots]
    return Board(
        slots=tuple(slot_label(slot) for slot in slots),
        lines=tuple(
            SumLine(
                name=one.name,
                key=str(one.id or NOBODY),
                has_left=one.has_left,
                count=one.count,
                hours=hours_told(one.hours),
                told=hours_words(one.hours),
                is_over=one.is_over,
                by_slot=tuple(_short(hours) for _slot, hours in one.by_slot),
            )
            for one in page.sums
        ),
        total=tuple(_short(hours) for hours in total),
    )


def week_of(page: TasksPage) -> dict[str, str]:
    """The hours of all tasks, and of the working week."""
    most = hours_told(page.workplace.week_hours)
    return {"hours": hours_told(page.hours), "told": week_hours(page.hours), "most": most}


def _short(hours: Decimal) -> str:
    """To a tenth of an hour: finer says nothing about a week that differs."""
    return hours_told(hours.quantize(TENTH, rounding=ROUND_HALF_UP)) if hours else ""
