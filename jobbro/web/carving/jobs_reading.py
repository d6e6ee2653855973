"""Carved jobs as the pages show them: tasks and week, support and payers, what breaks, and the case in kroner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jobbro.apps.economics.carved_jobs import CarvedJobCase
from jobbro.apps.jobs.selectors.carved_jobs import CarvedJobPage
from jobbro.apps.jobs.selectors.carved_parts import BusinessCase, CarvedTaskShown
from jobbro.apps.jobs.selectors.offered_jobs import OfferedPage
from jobbro.apps.jobs.selectors.proposals import ProposalPage
from jobbro.engines.schemes.explaining import SchemeAnswer
from jobbro.kernel.vocabulary import GROUPS
from jobbro.webkit.bridges import BridgeTold, bridge_told, measure_name
from jobbro.webkit.charts import WeekPicture, WeekTask
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.labels import AREA_LABELS, DEMAND_WORDS
from jobbro.webkit.schemes import answer_words
from jobbro.webkit.schemes.values import hours_words, week_hours

from .reading import measure_lines, week_of_tasks
from .words import (
    MOVE_WORDS,
    STATES,
    break_told,
    hours_told,
    kroner_told,
    listed,
    skills_told,
    wage_told,
)


@dataclass(frozen=True, kw_only=True)
class JobTask:
    """A task of a carved job in words."""

    id: str
    name: str
    note: str
    hours: str
    weekly: str
    when: str
    place: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class FreedLine:
    """A post and what it gets free."""

    holder: str
    hours: str
    wage: str
    worth: str


@dataclass(frozen=True, kw_only=True)
class CaseShown:
    """What the job frees and costs in a normal week; empty texts where a wage is not known or not for this reader."""

    freed: tuple[FreedLine, ...]
    hours: str
    worth: str
    job: str
    cost: str
    difference: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class SchemeLine:
    """A scheme that could relieve the employer."""

    title: str
    is_likely: bool
    amounts: tuple[Any, ...]
    source: Any


@dataclass(frozen=True, kw_only=True)
class DemandLine:
    """How much the job asks in one area."""

    area: str
    told: str


def job_shown(case: CarvedJobCase) -> dict[str, Any]:
    """The context of the page of one job, for staff."""
    page = case.page
    return {
        "page": page,
        "job": page.job,
        "workplace": page.workplace,
        "state": STATES[page.job.state],
        "hours": week_hours(page.case.hours),
        "wage": wage_told(page.job.wage),
        "tasks": task_lines(page.tasks),
        "week": job_week(page),
        "supports": measure_lines(support.entry for support in page.supports),
        "shown": [measure_name(support.entry) for support in page.supports if support.is_shown],
        "demands": demand_lines(page.demand),
        "changes": change_lines(page),
        "skills": skills_told(page.requires),
        "breaks": breaks_told(page),
        "case": case_shown(page.case),
        "schemes": [_scheme(answer) for answer in case.schemes],
        "bridge": job_bridge(page),
        "bridge_title": _("The bridge to the job"),
        "moves": [{"code": move, "label": MOVE_WORDS[move]} for move in page.moves],
    }


def breaks_told(page: CarvedJobPage) -> tuple[str, ...]:
    """Every broken rule as a sentence, each once."""
    return tuple(dict.fromkeys(break_told(broken, names=page.names) for broken in page.breaks))


def task_lines(tasks: Iterable[CarvedTaskShown]) -> tuple[JobTask, ...]:
    """The tasks in words."""
    return tuple(
        JobTask(
            id=str(task.id),
            name=task.name,
            note=task.note,
            hours=hours_told(task.hours),
            weekly=week_hours(task.hours),
            when=slots_told(tuple(task.slots)),
            place=task.place,
            holder=task.holder,
        )
        for task in tasks
    )


def job_week(page: CarvedJobPage | ProposalPage | OfferedPage) -> WeekPicture:
    """The week of the job."""
    return week_of_tasks(
        [WeekTask(name=task.name, slots=task.slots) for task in page.tasks],
        working=page.workplace.slots,
        slot_hours=page.workplace.slot_hours,
    )


def demand_lines(demand: Mapping[str, int]) -> tuple[DemandLine, ...]:
    """What the job asks, most first; in the order of the vocabulary where it asks the same."""
    order = [area for areas in GROUPS.values() for area in areas]
    found = sorted(demand.items(), key=lambda pair: (-pair[1], order.index(pair[0])))
    return tuple(DemandLine(area=str(AREA_LABELS[area]), told=str(DEMAND_WORDS[level])) for area, level in found)


def change_lines(page: CarvedJobPage) -> tuple[str, ...]:
    """Where the tasks ask for something else than when the job was saved."""
    return tuple(
        _("%(area)s: %(then)s then, %(now)s now.")
        % {
            "area": AREA_LABELS[change.area],
            "then": DEMAND_WORDS[change.then],
            "now": DEMAND_WORDS[change.now],
        }
        for change in page.demand_changes
    )


def case_shown(case: BusinessCase) -> CaseShown:
    """The business case in words."""
    return CaseShown(
        freed=tuple(
            FreedLine(
                holder=one.holder or _("No post"),
                hours=week_hours(one.hours),
                wage=wage_told(one.wage) if one.wage is not None else "",
                worth=kroner_told(one.worth) if one.worth is not None else "",
            )
            for one in case.freed
        ),
        hours=hours_words(case.freed_hours),
        worth=kroner_told(case.worth) if case.worth is not None else "",
        job=wage_told(case.wage),
        cost=kroner_told(case.cost),
        difference=kroner_told(abs(case.difference)) if case.difference is not None else "",
        sentence=_case_sentence(case),
    )


def _case_sentence(case: BusinessCase) -> str:
    words = {
        "hours": week_hours(case.freed_hours),
        "posts": listed(one.holder for one in case.freed if one.holder),
        "cost": kroner_told(case.cost),
    }
    freed = _("The job frees %(hours)s for: %(posts)s. It costs %(cost)s a week in wages.") % words
    if case.worth is None or case.difference is None:
        return freed
    more = {"worth": kroner_told(case.worth), "difference": kroner_told(abs(case.difference))}
    if case.difference >= 0:
        told = _("The freed hours cost %(worth)s today: %(difference)s more than the job.")
    else:
        told = _("The freed hours cost %(worth)s today: %(difference)s less than the job.")
    return f"{freed} {told % more}"


def _scheme(answer: SchemeAnswer) -> SchemeLine:
    words = answer_words(answer)
    return SchemeLine(
        title=words.title, is_likely=words.outcome == "yes", amounts=tuple(words.amounts), source=words.source
    )


def job_bridge(page: CarvedJobPage) -> BridgeTold:
    """The bridge from the person to the job with the job's support; nothing without a person."""
    if page.capacity is None or not page.demand:
        return BridgeTold(rows=(), sentence="")
    return bridge_told(capacity=page.capacity, demand=page.demand, support=[support.entry for support in page.supports])


def proposal_shown(page: ProposalPage) -> dict[str, Any]:
    """The job exactly as the employer sees it."""
    return {
        "page": page,
        "job": page.job,
        "workplace": page.workplace,
        "hours": week_hours(page.job.hours),
        "wage": wage_told(page.job.wage),
        "tasks": task_lines(page.tasks),
        "week": job_week(page),
        "supports": measure_lines(page.supports),
        "case": case_shown(page.case),
    }


def offered_shown(page: OfferedPage) -> dict[str, Any]:
    """The job for the citizen it is for, in plain words."""
    return {
        "page": page,
        "job": page.job,
        "workplace": page.workplace,
        "is_agreed": page.job.state == "agreed",
        "hours": week_hours(page.job.hours),
        "wage": wage_told(page.job.wage),
        "tasks": task_lines(page.tasks),
        "places": sorted({task.place for task in page.tasks if task.place}),
        "week": job_week(page),
        "supports": measure_lines(page.supports),
    }
