"""Reads of the worklist: whose citizens need something done, most urgent first; and what one citizen waits for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.looks import note_person
from jobbro.apps.cases.enums import State
from jobbro.apps.cases.selectors import Choice, colleagues_for
from jobbro.apps.cases.selectors.around import own_teams

from .enums import Due, Sort, WaitsOn
from .gathering import own_things
from .models import SavedFilter

SIZES = (25, 100)
ALL_ROWS = 1_000_000
WEEK = timedelta(days=7)
MINE, ALL = "mine", "all"
# What breaks the promise that every course has a person and a next step.
UNPROMISED = ("no_person", "person_left", "no_next_step")


@dataclass(frozen=True, kw_only=True)
class WorklistFilters:
    """What to show. `who` is `mine`, `all` or the id of a colleague; "" means mine."""

    who: str = ""
    team_id: UUID | None = None
    unit_id: UUID | None = None
    needs: tuple[str, ...] = ()
    waits_on: WaitsOn | None = None
    due: Due | None = None
    sort: Sort = Sort.DUE
    size: int = SIZES[0]
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that needs doing. `user`: whose turn it is when that is not the contact person."""

    code: str
    waits_on: WaitsOn
    due_on: date | None
    user: str
    subject_id: UUID | None

    def order(self) -> tuple[date, int, str]:
        """By day, then what waits for us."""
        return (self.due_on or date.max, list(WaitsOn).index(self.waits_on), self.code)


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """A citizen with what needs doing, the most urgent first."""

    citizen_id: UUID
    name: str
    is_protected: bool
    team: str
    lead: str
    state: State
    next_step: str
    next_step_on: date | None
    needs: tuple[Need, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """The rows of one page with the numbers over all: open courses, those with the wanted needs, and by need."""

    rows: tuple[WorkRow, ...]
    open: int
    total: int
    waits: dict[WaitsOn, int]
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class SavedRow:
    """A filter with a name; `query` stands in the address."""

    id: UUID
    name: str
    query: str
    is_default: bool


@dataclass(frozen=True, kw_only=True)
class WorklistPage:
    """One page of the worklist with what the filters can be set to."""

    found: Found
    page: "Page[None]"
    who: str
    teams: tuple[Choice, ...]
    colleagues: tuple[Choice, ...]
    saved: tuple[SavedRow, ...]
    own: tuple[Need, ...]


def worklist_page(*, actor: Actor, filters: WorklistFilters, on: date) -> WorklistPage:
    """The citizens who need something, and what waits for the actor. Six queries, whatever the data."""
    size = filters.size if filters.size in SIZES else SIZES[0]
    found = _found(actor=actor, filters=filters, skip=(filters.number - 1) * size, size=size, on=on)
    page: Page[None] = Paginator(_Counted(found.total), size).get_page(filters.number)
    if found.total and page.number != filters.number:
        # An address of a page that is no more: the last one is shown.
        found = _found(actor=actor, filters=filters, skip=(page.number - 1) * size, size=size, on=on)
    return WorklistPage(
        found=found,
        page=page,
        who=filters.who or MINE,
        teams=own_teams(actor=actor, on=on),
        colleagues=colleagues_for(codes=actor.codes, on=on),
        saved=saved_filters(actor=actor),
        own=_own_things(actor=actor, on=on),
    )


def all_rows(*, actor: Actor, filters: WorklistFilters, on: date) -> Found:
    """Every row of the filters, for a file. One query."""
    return _found(actor=actor, filters=filters, skip=0, size=ALL_ROWS, on=on)


def first_rows(*, actor: Actor, most: int, on: date) -> Found:
    """The most urgent of the actor's own citizens, or for a team lead of the led units. One query."""
    led = [position.unit_id for position in actor.positions if position.role == Role.TEAM_LEAD]
    filters = WorklistFilters(who=ALL if led else MINE)
    return _found(actor=actor, filters=filters, skip=0, size=most, on=on)


def needs_of(*, actor: Actor, citizen_id: UUID, on: date) -> WorkRow | None:
    """What one citizen waits for; None when there is nothing, or nobody whom the actor may see. One query."""
    wanted = {"citizen": str(citizen_id), "sort": Sort.DUE, "skip": 0, "size": 1}
    found = _asked(wanted=wanted, on=on)
    return found.rows[0] if found.rows else None


def _own_things(*, actor: Actor, on: date) -> tuple[Need, ...]:
    """Questions and answers that wait for the actor; they are about no citizen."""
    found = [
        Need(code=code, waits_on=WaitsOn(waits_on), due_on=day, user="", subject_id=subject_id)
        for rows in own_things(actor=actor, on=on)
        for _citizen, code, waits_on, day, _user, subject_id in rows
    ]
    return tuple(sorted(found, key=Need.order))


def saved_filters(*, actor: Actor) -> tuple[SavedRow, ...]:
    """The actor's own, by name. One query."""
    rows = SavedFilter.objects.filter(user_id=actor.id).order_by("name", "pk")
    return tuple(SavedRow(id=row.pk, name=row.name, query=row.query, is_default=row.is_default) for row in rows)


def default_query(*, actor: Actor) -> str:
    """The filter the actor begins with, as it stands in the address; empty without one. One query."""
    found = SavedFilter.objects.filter(user_id=actor.id, is_default=True).values_list("query", flat=True).first()
    return found or ""


def _found(*, actor: Actor, filters: WorklistFilters, skip: int, size: int, on: date) -> Found:
    who = filters.who or MINE
    wanted: dict[str, Any] = {
        "around": None if who == ALL else str(actor.id) if who == MINE else who,
        "team": str(filters.team_id) if filters.team_id else None,
        "unit": str(filters.unit_id) if filters.unit_id else None,
        "waits_on": filters.waits_on,
        "until": _until(filters.due, on=on),
        "sort": filters.sort,
        "skip": skip,
        "size": size,
    }
    if filters.needs:
        wanted["needs"] = list(filters.needs)
    return _asked(wanted=wanted, on=on)


def _until(due: Due | None, *, on: date) -> str | None:
    days = {Due.LATE: on - timedelta(days=1), Due.TODAY: on, Due.WEEK: on + WEEK}
    return days[due].isoformat() if due else None


def _asked(*, wanted: dict[str, Any], on: date) -> Found:
    """The database's answer. The citizens of the rows are now seen by name."""
    with connection.cursor() as cursor:
        cursor.execute("select worklist_page(%s::date, %s::jsonb)", [on, json.dumps(wanted)])
        answer = json.loads(cursor.fetchone()[0])
    rows = tuple(_row(told) for told in answer["rows"] or ())
    for row in rows:
        note_person(row.citizen_id)
    return Found(
        rows=rows,
        open=answer["open"],
        total=answer["total"],
        waits={WaitsOn(code): number for code, number in answer["waits"].items()},
        counts=answer["counts"] or {},
    )


def _row(told: dict[str, Any]) -> WorkRow:
    return WorkRow(
        citizen_id=UUID(told["citizen_id"]),
        name=f"{told['given_name']} {told['family_name']}",
        is_protected=told["is_protected"],
        team=told["team"],
        lead=told["lead"] or "",
        state=State(told["state"]),
        next_step=told["next_step"],
        next_step_on=_day(told["next_step_on"]),
        needs=tuple(sorted((_need(one) for one in told["needs"]), key=Need.order)),
    )


def _need(told: dict[str, Any]) -> Need:
    return Need(
        code=told["need"],
        waits_on=WaitsOn(told["waits_on"]),
        due_on=_day(told["due_on"]),
        user=told["user"] or "",
        subject_id=UUID(told["subject_id"]) if told["subject_id"] else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class _Counted(Sequence[None]):
    """So many rows that are not here: what a paginator needs to know."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: Any) -> Any:
        return [None] * len(range(*part.indices(self.total)))
