"""The way into a job as the pages show it: steps in words, advice, and who does what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jobbro.apps.placements.enums import OnboardingStep, TaskOwner
from jobbro.apps.placements.onboarding.proposing import ProposedTask
from jobbro.apps.placements.onboarding.templates import templates
from jobbro.apps.placements.selectors.onboarding import OnboardingPage, StepLine, TaskLine
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.schemes.values import language

from .words import owner_told, step_told


@dataclass(frozen=True, kw_only=True)
class TaskShown:
    """A task in words."""

    id: Any
    title: str
    advice: str
    who: str
    due_on: date
    done: str
    note: str
    seen: str
    is_own: bool
    may_tick: bool
    is_late: bool
    is_open: bool
    is_for_company: bool


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """A step of the way: its heading, what a manager is told, and the tasks."""

    code: str
    heading: str
    manager: tuple[str, ...]
    tasks: tuple[TaskShown, ...]
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class ProposalShown:
    """A task that can be taken into the plan, as the choice says it."""

    key: str
    label: str


def page_shown(page: OnboardingPage, *, on: date) -> dict[str, Any]:
    """The context of the pages of one plan, for the citizen and staff."""
    # Of the municipality's tasks several people can have one each: they stand with their name.
    own = (TaskOwner.CITIZEN,) if page.is_own else ()
    return {
        "page": page,
        "title": page.placement.title,
        "first_day": first_day_told(page.starts_on, on=on),
        "steps": steps_shown(page.steps, own=own, name=page.version.name, is_own=page.is_own),
        "dropped": [{"title": task.title[language()], "reason": task.dropped_reason} for task in page.dropped],
        "open_count": sum(1 for step in page.steps for line in step.lines if line.is_open),
        "proposed": proposals_shown(page.proposals),
        "is_own": page.is_own,
        "base_template": "base_citizen.html" if page.is_own else "base_staff.html",
    }


def first_day_told(day: date, *, on: date) -> str:
    """When the job begins or began."""
    said = _("The first day is %(day)s") if day >= on else _("The first day was %(day)s")
    return said % {"day": spoken_date(day=day)}


def steps_shown(
    steps: Iterable[StepLine], *, own: tuple[TaskOwner, ...], name: str, is_own: bool = False
) -> tuple[StepShown, ...]:
    """The steps in words."""
    return tuple(
        StepShown(
            code=step.step,
            heading=step_told(step.step, is_own=is_own),
            manager=manager_told(step.step, name=name),
            tasks=tuple(task_shown(line, own=own, name=name) for line in step.lines),
            is_done=step.is_done,
        )
        for step in steps
    )


def task_shown(line: TaskLine, *, own: tuple[TaskOwner, ...], name: str) -> TaskShown:
    """One task in words."""
    task = line.task
    advice = templates().advice(task.code)
    owner = owner_told(TaskOwner(task.owner), own=own)
    return TaskShown(
        id=task.pk,
        title=task.title[language()],
        advice=advice.in_language(language()).format(name=name, measure="") if advice else "",
        who=owner if TaskOwner(task.owner) in own else f"{task.who}, {owner}",
        due_on=task.due_on,
        done=_done_told(line),
        note=task.done_note,
        seen=line.seen,
        is_own=line.is_own,
        may_tick=line.may_tick,
        is_late=line.is_late,
        is_open=line.is_open,
        is_for_company=task.is_for_company,
    )


def _done_told(line: TaskLine) -> str:
    task = line.task
    if task.done_on is None:
        return ""
    return _("Done %(day)s, told by %(name)s") % {"day": spoken_date(day=task.done_on), "name": task.done_name}


def manager_told(step: OnboardingStep, *, name: str) -> tuple[str, ...]:
    """What a manager is told at a step."""
    return tuple(text.in_language(language()).format(name=name) for text in templates().manager[step])


def proposals_shown(proposals: Iterable[ProposedTask]) -> tuple[ProposalShown, ...]:
    """What is proposed, with who and when in the words of the choice."""
    said = _("%(title)s · %(who)s, by %(day)s")
    return tuple(
        ProposalShown(
            key=task.key,
            label=said % {"title": task.title[language()], "who": task.who, "day": spoken_date(day=task.due_on)},
        )
        for task in proposals
    )
