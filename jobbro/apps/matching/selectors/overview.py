"""How matching stands: the last run and its spread, the actor's own citizens by name, and what they ask for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import State
from jobbro.apps.cases.models import Case
from jobbro.apps.cases.selectors.rows import CaseRow, by_name, listed_cases, row_of
from jobbro.apps.jobs.models import Opening
from jobbro.kernel.postcodes import known_places
from jobbro.kernel.vocabulary import AREAS

from ..among import among
from ..enums import RunState
from ..models import JobList, MatchRun, PersonFile
from ..permissions import can_run
from ..run_states import is_lost

PAGE_SIZE, NEVER_SHOWN, RUNS_SHOWN = 25, 25, 20
# So many files are counted for what those who wait ask for.
MOST_FILES = 2000
# What somebody manages with great difficulty or not at all.
HARD = 1
HOURS = ((0, 10), (11, 20), (21, 30), (31, 60))
COMMON = 6


class Who(StrEnum):
    """Which persons are listed by name."""

    NONE = "none"
    UNPROPOSED = "unproposed"


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """A run, and whether nobody works on it any more. asked_by: empty for somebody whom the actor does not see."""

    run: MatchRun
    asked_by: str
    is_lost: bool

    @property
    def is_of_the_night(self) -> bool:
        """Whether nobody asked for it but the night."""
        return self.run.asked_by_id is None

    @property
    def is_at_work(self) -> bool:
        """Whether there is more to come."""
        return self.run.state in (RunState.WAITING, RunState.RUNNING) and not self.is_lost


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Those the actor sees. listed: with a list and no proposal. untold: with a course and too little told yet."""

    proposed: int
    listed: int
    none: int
    untold: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Somebody by name, why the jobs were refused, and which one change would open most."""

    row: CaseRow
    refused: Mapping[str, int] = field(hash=False)
    changes: tuple[Mapping[str, Any], ...] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What those without a job on their list ask for, counted: a start for carving.

    hours: (from, to) -> persons by the most they want. slots: half-day -> persons. towns, hard: the most frequent.
    """

    persons: int
    hours: tuple[tuple[tuple[int, int], int], ...]
    slots: Mapping[str, int] = field(hash=False)
    towns: tuple[tuple[str, int], ...]
    hard: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The last run that came to its end, the newest if it is another, and the actor's own citizens."""

    last: RunRow | None
    newest: RunRow | None
    counts: Counts
    who: Who
    page: "Page[Case]"
    people: tuple[Waiting, ...]
    asked: Asked
    never: tuple[Opening, ...]
    may_run: bool


@dataclass(frozen=True, kw_only=True)
class RunsPage:
    """The newest runs."""

    runs: tuple[RunRow, ...]
    may_run: bool

    @property
    def at_work(self) -> RunRow | None:
        """The one under way, if there is one."""
        return next((one for one in self.runs if one.is_at_work), None)


def matching_overview(*, actor: Actor, who: Who, number: int, on: date, at: datetime) -> Overview:
    """Eight queries, whatever the number of persons."""
    runs = _runs(at=at)
    last = next((one for one in runs if one.run.state == RunState.DONE), None)
    newest = runs[0] if runs and runs[0] is not last else None
    counts = _counts(actor)
    page, people = _people(actor=actor, who=who, number=number, on=on, total=_total(counts, who=who))
    return Overview(
        last=last,
        newest=newest,
        counts=counts,
        who=who,
        page=page,
        people=people,
        asked=_asked(actor),
        never=_never(last),
        may_run=can_run(actor),
    )


def match_runs(*, actor: Actor, at: datetime) -> RunsPage:
    """One query."""
    return RunsPage(runs=_runs(at=at), may_run=can_run(actor))


def _runs(*, at: datetime) -> tuple[RunRow, ...]:
    rows = MatchRun.objects.select_related("asked_by").order_by("-started_at")[:RUNS_SHOWN]
    return tuple(
        RunRow(run=row, asked_by=row.asked_by.display_name if row.asked_by else "", is_lost=is_lost(row, at=at))
        for row in rows
    )


def _counts(actor: Actor) -> Counts:
    found = JobList.objects.visible_to(actor).aggregate(
        with_proposal=Count("pk", filter=Q(proposed__gt=0)),
        with_list=Count("pk", filter=_of(Who.UNPROPOSED)),
        with_nothing=Count("pk", filter=_of(Who.NONE)),
    )
    files = PersonFile.objects.filter(citizen_id=OuterRef("citizen_id"))
    untold = Case.objects.visible_to(actor).exclude(state=State.CLOSED).filter(~Exists(files)).count()
    return Counts(proposed=found["with_proposal"], listed=found["with_list"], none=found["with_nothing"], untold=untold)


def _total(counts: Counts, *, who: Who) -> int:
    return counts.none if who == Who.NONE else counts.listed


def _of(who: Who) -> Q:
    return Q(listed=0) if who == Who.NONE else Q(listed__gt=0, proposed=0)


def _people(*, actor: Actor, who: Who, number: int, on: date, total: int) -> "tuple[Page[Case], tuple[Waiting, ...]]":
    """Those of a kind by name, never by fit. Two queries."""
    lists = JobList.objects.visible_to(actor).filter(_of(who))
    cases = listed_cases(actor=actor, on=on).filter(citizen_id__in=lists.values("citizen_id"))
    paginator = Paginator(cases.order_by(by_name(), "pk"), PAGE_SIZE)
    # Known already, so it is not asked for.
    vars(paginator)["count"] = total
    page = paginator.get_page(number)
    shown = list(page.object_list)
    rows = JobList.objects.visible_to(actor).filter(among("citizen_id", [case.citizen_id for case in shown]))
    list_of = {row.citizen_id: row for row in rows}
    people = tuple(
        Waiting(
            row=row_of(case=case, on=on),
            refused=list_of[case.citizen_id].refused,
            changes=tuple(list_of[case.citizen_id].changes),
        )
        for case in shown
        if case.citizen_id in list_of
    )
    return page, people


def _never(last: RunRow | None) -> tuple[Opening, ...]:
    """Some of the jobs that the last spread proposed to nobody, those the actor can read, by title. One query."""
    ids = [UUID(each) for each in (last.run.spread.get("never", ()) if last else ())]
    rows = Opening.objects.filter(among("id", ids)).order_by("title", "pk")
    return tuple(rows[:NEVER_SHOWN])


def _asked(actor: Actor) -> Asked:
    """One query."""
    lists = JobList.objects.visible_to(actor).filter(listed=0)
    rows = PersonFile.objects.visible_to(actor).filter(citizen_id__in=lists.values("citizen_id"))
    return asked_by(rows.values_list("content", flat=True)[:MOST_FILES])


def asked_by(files: Iterable[Mapping[str, Any]]) -> Asked:
    """What these persons ask for, counted."""
    contents = list(files)
    hours = Counter(_band(content["hours"][1]) for content in contents)
    slots = Counter(slot for content in contents for slot in content["slots"])
    towns = Counter(town for content in contents if (town := _towns().get((content["x"], content["y"]))))
    hard = Counter(
        area
        for content in contents
        for area in AREAS
        if (level := content["capacity"].get(area)) is not None and level <= HARD
    )
    return Asked(
        persons=len(contents),
        hours=tuple((band, hours[band]) for band in HOURS if hours[band]),
        slots=dict(slots),
        towns=_most(towns),
        hard=_most(hard),
    )


def _band(most: float) -> tuple[int, int]:
    return next(band for band in HOURS if most <= band[1])


def _most(counted: "Counter[str]") -> tuple[tuple[str, int], ...]:
    """The most frequent first, equal ones by name."""
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:COMMON])


@cache
def _towns() -> Mapping[tuple[float, float], str]:
    """Files tell a place by its kilometres alone; those of a postcode are its town."""
    return {(place.x, place.y): place.town for place in known_places()}
