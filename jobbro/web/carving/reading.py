"""Searches as the pages show them: what they rest on, how far they are, what they found and why the rest stays."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.jobs.enums import CarvingState
from jobbro.apps.jobs.selectors.carvings import (
    CarvingPage,
    CarvingProgress,
    CarvingRow,
    JobShown,
    OneMore,
    StartPage,
    Suggestion,
)
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.webkit.bridges import measure_name, payer_words
from jobbro.webkit.charts import WeekPicture, WeekTask, week_picture
from jobbro.webkit.forms import ChoiceParts, field_parts
from jobbro.webkit.halfdays import slot_label, slots_told
from jobbro.webkit.schemes.values import hours_words, language, number_text, week_hours

from .words import NO_JOB, REASONS, REFUSALS, either_of, hours_told, kroner_told, listed

# How often the page asks for news: often at first, seldom when the search has long to go.
SOON, LATER, LONG = "2s", "5s", 60
# Longer than this without a beginning: the worker is busy, or is not there.
PATIENCE = 30
HOLDS = ("fits", "fits_with_measures", "must_ask", "not_for")


@dataclass(frozen=True, kw_only=True)
class MeasureLine:
    """A kind of support: what it is, and who can pay."""

    code: str
    name: str
    text: str
    payer: str


@dataclass(frozen=True, kw_only=True)
class MeasureGroup:
    """Support of one group, each with its checkbox."""

    name: str
    choices: tuple[ChoiceParts, ...]


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """A task of a suggested job in words."""

    name: str
    hours: str
    when: str
    place: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class JobLine:
    """A suggested job in words, with its week."""

    job: JobShown
    heading: str
    hours: str
    worth: str
    tasks: tuple[TaskLine, ...]
    week: WeekPicture
    measures: tuple[MeasureLine, ...]
    holds: tuple[str, ...]


def start_shown(page: StartPage) -> dict[str, Any]:
    """The context of the first page."""
    inventory = page.inventory
    left_out = set(inventory.left_out)
    ready = [task for task in inventory.tasks if str(task.pk) not in left_out and not task.is_core]
    return {
        "page": page,
        "workplace": page.workplace,
        "count": len(inventory.tasks),
        "hours": hours_words(page.hours),
        "ready": len(ready),
        "ready_hours": week_hours(sum((task.hours for task in ready), Decimal(0))),
        "core": sum(1 for task in inventory.tasks if task.is_core and str(task.pk) not in left_out),
        "taken": [task for task in inventory.tasks if inventory.left_out.get(str(task.pk)) == "taken"],
        "no_demands": [task for task in inventory.tasks if inventory.left_out.get(str(task.pk)) == "no_demands"],
        "no_holder": [task for task in inventory.tasks if inventory.left_out.get(str(task.pk)) == "no_holder"],
        "no_wages": inventory.without_wage,
        "without_needs": [one for one in page.candidates if not one.has_needs],
        "without_wish": [one for one in page.candidates if one.has_needs and not one.has_wish],
        "has_ready": any(one.is_ready for one in page.candidates),
        "newest": [{"row": row, "state": state_told(row)} for row in page.newest],
    }


def state_told(row: CarvingRow) -> str:
    """Where a search stands."""
    return _("Broke off") if row.is_lost else str(CarvingState(row.state).label)


def measure_groups(
    bound: BoundField, *, entries: Sequence[CatalogueMeasure], beside: Collection[str] = ()
) -> tuple[MeasureGroup, ...]:
    """The checkboxes of support under the names of their groups, without those of `beside`."""
    parts = _measure_choices(bound)
    groups = {
        group: [parts[entry.code] for entry in entries if entry.group == group and entry.code not in beside]
        for group in catalogue().group_names
    }
    return tuple(
        MeasureGroup(name=name.in_language(language()), choices=tuple(groups[group]))
        for group, name in catalogue().group_names.items()
        if groups[group]
    )


def chosen_measures(bound: BoundField, *, chosen: Collection[str]) -> tuple[ChoiceParts, ...]:
    """The checkboxes of these kinds of support."""
    parts = _measure_choices(bound)
    return tuple(parts[code] for code in sorted(chosen) if code in parts)


def _measure_choices(bound: BoundField) -> dict[str, ChoiceParts]:
    found = zip(bound.subwidgets, field_parts(bound=bound).choices, strict=True)
    return {str(widget.data["value"]): choice for widget, choice in found}


def progress_shown(page: CarvingProgress, *, told: str) -> dict[str, Any]:
    """The context while it searches. `told` is the stage that has been read aloud: only another one is said."""
    stage = _stage(page)
    return {
        "page": page,
        "workplace": page.workplace,
        "stage": stage,
        "is_news": told not in ("", stage),
        "news": _news(page, stage=stage),
        "waited_long": page.state == CarvingState.WAITING and page.seconds_used > PATIENCE,
        "seconds_used": min(page.seconds_used, page.seconds),
        "every": LATER if page.seconds_used > LONG else SOON,
        "best": best_told(page),
        "bound": bound_told(value=page.value, bound=page.bound),
    }


def _stage(page: CarvingProgress) -> str:
    if page.is_stopping:
        return "stopping"
    if page.state == CarvingState.WAITING:
        return "waiting"
    return "found" if page.freed_hours is not None else "searching"


def _news(page: CarvingProgress, *, stage: str) -> str:
    return {
        "stopping": _("The search stops and keeps the best it has."),
        "waiting": _("The search waits for its turn."),
        "searching": _("The search has begun."),
        "found": best_told(page),
    }[stage]


def best_told(page: CarvingProgress) -> str:
    """What the best suggestion so far gives."""
    if page.freed_hours is None:
        return ""
    if not page.jobs:
        return _("No job has been found so far.")
    return ngettext(
        "The best suggestion so far is %(jobs)s job and frees %(hours)s.",
        "The best suggestion so far is %(jobs)s jobs and frees %(hours)s.",
        page.jobs,
    ) % {"jobs": page.jobs, "hours": week_hours(page.freed_hours)}


def bound_told(*, value: Decimal | None, bound: Decimal | None) -> str:
    """How much better it could be at most; certain, because the bound is proven."""
    if value is None or bound is None:
        return ""
    if value >= bound:
        return _("No suggestion can be better: that is proven.")
    return _(
        "It is worth %(value)s a week. The best possible is at most %(bound)s a week, so this is at least "
        "%(share)s per cent of the best possible."
    ) % {"value": kroner_told(value), "bound": kroner_told(bound), "share": _share(value, bound)}


def _share(value: Decimal, bound: Decimal) -> str:
    share = 100 * value / bound if bound > 0 else Decimal(0)
    return number_text(int(max(Decimal(0), share)))


def carving_shown(page: CarvingPage, *, number: int) -> dict[str, Any]:
    """The context of the page of what was found."""
    found = page.suggestions
    chosen = found[number] if number < len(found) else (found[0] if found else None)
    return {
        "page": page,
        "workplace": page.workplace,
        "state": CarvingState(page.carving.state),
        "names": [name for _, name in page.names],
        "used": seconds_told(page.seconds_used),
        "suggestion": chosen,
        "jobs": [_job(job, page=page) for job in chosen.jobs] if chosen else [],
        "summary": summary_told(chosen) if chosen else "",
        "without_job": [str(NO_JOB[one.reason]) % {"name": one.name} for one in chosen.without_job] if chosen else [],
        "bound": bound_told(value=chosen.value, bound=chosen.bound) if chosen and chosen.number == 0 else "",
        "freed": [(holder, week_hours(hours)) for holder, hours in chosen.freed] if chosen else [],
        "not_given": [
            {
                "why": REASONS[each.reason],
                "tasks": sorted(filter(None, each.tasks)),
                "count": len(each.tasks),
            }
            for each in chosen.not_given
        ]
        if chosen
        else [],
        "others": [
            {
                "number": each.number,
                "title": _title(each),
                "summary": summary_told(each),
                "differs": differs_told(each, chosen),
            }
            for each in found
            if chosen and each.number != chosen.number
        ],
        "title": _title(chosen) if chosen else "",
        "one_more": one_more_lines(page.one_more) if number == 0 else [],
        "may_take_all": page.may_carve and not page.is_lost and _are_free(chosen),
        "may_take": page.may_carve and bool(chosen and chosen.jobs),
        "again_url_name": "carving_start",
        "failure": REFUSALS.get(page.carving.failure, ""),
    }


def _are_free(chosen: Suggestion | None) -> bool:
    """Several jobs, of which none has been taken."""
    return bool(chosen and len(chosen.jobs) > 1 and not any(job.held_by for job in chosen.jobs))


def _title(suggestion: Suggestion) -> str:
    if suggestion.number == 0:
        return _("The best suggestion")
    return _("Suggestion %(number)s") % {"number": suggestion.number + 1}


def differs_told(other: Suggestion, chosen: Suggestion) -> str:
    """Which tasks the other suggestion takes and leaves, beside the one that is shown."""
    there, here = ({task.id: task.name for job in each.jobs for task in job.tasks} for each in (other, chosen))
    lines = []
    if new := sorted(name for pk, name in there.items() if pk not in here):
        lines.append(_("Also: %(tasks)s.") % {"tasks": listed(new)})
    if left := sorted(name for pk, name in here.items() if pk not in there):
        lines.append(_("Without: %(tasks)s.") % {"tasks": listed(left)})
    return " ".join(lines) or _("The same tasks, shared out in another way.")


def summary_told(suggestion: Suggestion) -> str:
    """How many jobs, how many hours they free, and what that is worth."""
    if not suggestion.jobs:
        return _("No job: with these limits every task is better where it is.")
    return ngettext(
        "%(jobs)s job. It frees %(hours)s and is worth %(value)s a week.",
        "%(jobs)s jobs. They free %(hours)s and are worth %(value)s a week.",
        len(suggestion.jobs),
    ) % {
        "jobs": len(suggestion.jobs),
        "hours": week_hours(suggestion.freed_hours),
        "value": kroner_told(suggestion.value),
    }


def seconds_told(seconds: int) -> str:
    """“40 sekunder”, “5 minutter”."""
    if seconds < 120:
        return ngettext("%(many)s second", "%(many)s seconds", seconds) % {"many": seconds}
    minutes = int((Decimal(seconds) / 60).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return ngettext("%(many)s minute", "%(many)s minutes", minutes) % {"many": minutes}


def _job(job: JobShown, *, page: CarvingPage) -> JobLine:
    numbers = [one.key for one in page.suggestions[0].jobs] if page.suggestions else []
    place = numbers.index(job.key) + 1 if job.key in numbers else 1
    return JobLine(
        job=job,
        heading=_("A job for %(name)s") % {"name": job.name} if job.name else _("Job %(number)s") % {"number": place},
        hours=week_hours(job.hours),
        worth=kroner_told(job.value),
        tasks=tuple(
            TaskLine(
                name=task.name,
                hours=hours_told(task.hours),
                when=slots_told(tuple(task.slots)),
                place=task.place,
                holder=task.holder,
            )
            for task in job.tasks
        ),
        week=week_of_tasks(
            [WeekTask(name=task.name, slots=task.slots) for task in job.tasks],
            working=page.workplace.slots,
            slot_hours=page.workplace.slot_hours,
        ),
        measures=measure_lines(job.measures),
        holds=holds_told(job.holds, waiting=page.waiting) if job.holds else (),
    )


def week_of_tasks(tasks: Sequence[WeekTask], *, working: Sequence[str], slot_hours: Decimal) -> WeekPicture:
    """The week of a job, under a sentence that says what is seen."""
    total = sum((hours for task in tasks for hours in task.slots.values()), Decimal(0))
    when = slots_told(tuple({slot for task in tasks for slot in task.slots}))
    title = _("%(hours)s: %(when)s") % {"hours": week_hours(total), "when": when} if total else _("The week")
    return week_picture(tasks=tasks, working=working, slot_hours=slot_hours, title=title)


def measure_lines(entries: Iterable[CatalogueMeasure]) -> tuple[MeasureLine, ...]:
    """Support in words."""
    return tuple(
        MeasureLine(
            code=entry.code,
            name=measure_name(entry),
            text=entry.text.in_language(language()),
            payer=payer_words(entry.measure.scheme),
        )
        for entry in entries
    )


def holds_told(holds: Mapping[str, int], *, waiting: int) -> tuple[str, ...]:
    """For how many of those who wait the job holds; numbers only, never who."""
    words = {
        "fits": _("%(many)s of %(all)s can do it as it is."),
        "fits_with_measures": _("%(many)s of %(all)s can do it with the support in the job."),
        "must_ask": _("%(many)s of %(all)s have to be asked about something first."),
        "not_for": _("For %(many)s of %(all)s it is not the right job."),
    }
    return tuple(words[name] % {"many": holds.get(name, 0), "all": waiting} for name in HOLDS if holds.get(name, 0))


def one_more_lines(found: Iterable[OneMore]) -> list[str]:
    """A line for each thing that would add something; half-days that would add the same share one."""
    alike: dict[tuple[Any, ...], list[OneMore]] = {}
    for each in found:
        if each.at_most > 0:
            slot = each.wish == "slot"
            key = (each.wish, each.name, "" if slot else each.code, each.at_least, each.at_most, each.tasks)
            alike.setdefault(key, []).append(each)
    return [one_more_told(same[0], slots=[each.code for each in same]) for same in alike.values()]


def one_more_told(each: OneMore, *, slots: Sequence[str]) -> str:
    """What one more hour, one of these half-days or one kind of support would add."""
    name = each.name or _("the profile")
    if each.wish == "hour":
        first = _("With one hour more for %(name)s") % {"name": name}
    elif each.wish == "slot":
        first = _("If %(name)s could work %(when)s too") % {"name": name, "when": either_of(map(slot_label, slots))}
    else:
        measure = measure_name(each.measure) if each.measure else each.code
        first = _("With the support “%(measure)s” for %(name)s") % {"measure": measure, "name": name}
    if each.at_least <= 0:
        return _("%(first)s the suggestion could be worth up to %(amount)s more a week.") % {
            "first": first,
            "amount": kroner_told(each.at_most),
        }
    gained = _("%(first)s the suggestion would be worth at least %(amount)s more a week.") % {
        "first": first,
        "amount": kroner_told(each.at_least),
    }
    if not each.tasks:
        return gained
    return f"{gained} " + _("New in the jobs: %(tasks)s.") % {"tasks": listed(each.tasks)}
