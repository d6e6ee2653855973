"""The overview as the page shows it: people, what one change would open, what is asked for, and how even it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.matching.selectors.overview import Asked, Overview, RunRow, RunsPage, Waiting
from jobbro.engines.matching.changes import ChangeKind
from jobbro.kernel.vocabulary import DAYS, WEEKDAYS
from jobbro.webkit.halfdays import DAY_NAMES, HALF_NAMES
from jobbro.webkit.labels import area_label
from jobbro.webkit.one_change import change_told, opens_told
from jobbro.webkit.schemes.values import number_text

from .words import even_told, outcome_told, refused_told, state_told, widest_gap

CHANGES_SHOWN = 2


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """A change, what it would open, and the page where it is made."""

    text: str
    opens: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """Somebody by name, why jobs were refused, and what would open most."""

    citizen_id: UUID
    name: str
    team: str
    lead: str
    refused: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """A run in words."""

    row: RunRow
    state: str
    outcome: str
    may_stop: bool


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """How many can work in the two halves of a day."""

    day: str
    morning: int
    afternoon: int


def overview_shown(page: Overview) -> dict[str, Any]:
    """The context of the overview."""
    spread: Mapping[str, Any] = page.last.run.spread if page.last else {}
    gap = widest_gap(spread.get("rounds", ()))
    return {
        "page": page,
        "spread": spread,
        "people": [_person(one) for one in page.people],
        "even": even_told(spread["gini"]) if spread else "",
        "gini": number_text(round(spread["gini"], 2)) if spread else "",
        "gap": number_text(ceil(100 * gap) / 100) if gap else "",
        "rounds": [_round(each) for each in spread.get("rounds", ()) if each["pairs"]],
        "newest": run_line(page.newest, may_run=page.may_run) if page.newest else None,
        "asked": _asked(page.asked),
        "never_more": max(0, spread.get("jobs_never_proposed", 0) - len(page.never)),
    }


def runs_shown(page: RunsPage) -> dict[str, Any]:
    """The context of the list of runs."""
    return {"page": page, "lines": [run_line(row, may_run=page.may_run) for row in page.runs]}


def run_line(row: RunRow, *, may_run: bool) -> RunLine:
    """A run in words, and whether the actor can stop it."""
    may_stop = may_run and (row.is_at_work or row.is_lost) and not row.run.stop_asked
    return RunLine(row=row, state=state_told(row), outcome=outcome_told(row), may_stop=may_stop)


def _round(each: Mapping[str, Any]) -> str:
    return ngettext("Round %(round)s: %(count)s proposal", "Round %(round)s: %(count)s proposals", each["pairs"]) % {
        "round": each["round"],
        "count": each["pairs"],
    }


def _person(one: Waiting) -> PersonLine:
    return PersonLine(
        citizen_id=one.row.citizen_id,
        name=one.row.name,
        team=one.row.team,
        lead=one.row.lead,
        refused=refused_told(one.refused),
        changes=tuple(_change(change, citizen_id=one.row.citizen_id) for change in one.changes[:CHANGES_SHOWN]),
    )


def _change(change: Mapping[str, Any], *, citizen_id: UUID) -> ChangeLine:
    kind = change["kind"]
    page = {ChangeKind.ANSWER: "dialogue", ChangeKind.MEASURE: "support"}.get(kind, "work_wish")
    return ChangeLine(
        text=change_told(kind=kind, code=change["code"]),
        opens=opens_told(opens=change["opens"], settles=change["settles"]),
        url=reverse(page, args=[citizen_id]),
    )


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "persons": asked.persons,
        "hours": [(_band(band), _people(count)) for band, count in asked.hours],
        "towns": [(town, _people(count)) for town, count in asked.towns],
        "hard": [(area_label(area), _people(count)) for area, count in asked.hard],
        "days": [
            DayRow(
                day=str(DAY_NAMES[day]).capitalize(),
                morning=asked.slots.get(f"{day}_am", 0),
                afternoon=asked.slots.get(f"{day}_pm", 0),
            )
            for day in DAYS
            if day in WEEKDAYS or asked.slots.keys() & {f"{day}_am", f"{day}_pm"}
        ],
        "halves": [str(name).capitalize() for name in HALF_NAMES.values()],
    }


def _band(band: tuple[int, int]) -> str:
    if band[1] >= 60:
        return _("More than %(hours)s hours a week") % {"hours": band[0] - 1}
    return _("Up to %(hours)s hours a week") % {"hours": band[1]}


def _people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s persons", count) % {"count": count}
