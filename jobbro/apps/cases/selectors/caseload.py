"""The caseload: filters, order and pages; the number of queries is the same whatever the data."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.citizens.models import DanishOrder

from ..enums import State
from ..models import Case
from .around import Choice, colleagues_for, own_teams
from .rows import CaseRow, around, by_name, listed_cases, named, quiet_since, row_of

SIZES = (25, 100)
WEEK = timedelta(days=7)


class Which(StrEnum):
    """States to show."""

    CURRENT = "current"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ALL = "all"


class Due(StrEnum):
    """When the next step is."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    NONE = "none"


class Sort(StrEnum):
    """What stands first."""

    DUE = "due"
    NAME = "name"
    QUIET = "quiet"


MINE, ALL = "mine", "all"


@dataclass(frozen=True, kw_only=True)
class CaseloadFilters:
    """What to show. `who` is `mine`, `all` or the id of a colleague; "" means mine, for a team lead all."""

    who: str = ""
    team_id: UUID | None = None
    unit_id: UUID | None = None
    which: Which = Which.CURRENT
    text: str = ""
    is_quiet: bool = False
    due: Due | None = None
    sort: Sort = Sort.DUE
    size: int = SIZES[0]
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class CaseloadPage:
    """One page of lines with what the filters can be set to. `page` knows its number, its neighbours and the total."""

    page: "Page[Case]"
    rows: tuple[CaseRow, ...]
    who: str
    teams: tuple[Choice, ...]
    colleagues: tuple[Choice, ...]


def caseload(*, actor: Actor, filters: CaseloadFilters, on: date) -> CaseloadPage:
    """The citizens the actor may see, narrowed by the filters."""
    who = filters.who or (ALL if actor.has(Role.TEAM_LEAD) else MINE)
    cases = _narrowed(listed_cases(actor=actor, on=on), actor=actor, who=who, filters=filters, on=on)
    size = filters.size if filters.size in SIZES else SIZES[0]
    page = Paginator(cases.order_by(*_order(filters.sort)), size).get_page(filters.number)
    lines = [row_of(case=case, on=on) for case in page.object_list]
    return CaseloadPage(
        page=page,
        rows=tuple(lines),
        who=who,
        teams=own_teams(actor=actor, on=on),
        colleagues=colleagues_for(codes=actor.codes, on=on),
    )


def _narrowed(
    cases: "QuerySet[Case]", *, actor: Actor, who: str, filters: CaseloadFilters, on: date
) -> "QuerySet[Case]":
    conditions = [
        _who(who, actor=actor, on=on),
        Q(team_id=filters.team_id) if filters.team_id else Q(),
        Q(team__unit_id=filters.unit_id) if filters.unit_id else Q(),
        _WHICH[filters.which],
        _quiet(on=on) if filters.is_quiet else Q(),
        _due(filters.due, on=on),
    ]
    for condition in conditions:
        cases = cases.filter(condition)
    return named(cases, text=filters.text)


_WHICH = {
    Which.CURRENT: ~Q(state=State.CLOSED),
    Which.OPEN: Q(state=State.OPEN),
    Which.PAUSED: Q(state=State.PAUSED),
    Which.CLOSED: Q(state=State.CLOSED),
    Which.ALL: Q(),
}


def _who(who: str, *, actor: Actor, on: date) -> Q:
    if who == ALL:
        return Q()
    return around(user_id=actor.id if who == MINE else UUID(who), on=on)


def _quiet(*, on: date) -> Q:
    return Q(state=State.OPEN, last_step_on__lt=quiet_since(on=on))


def _due(due: Due | None, *, on: date) -> Q:
    conditions = {
        Due.OVERDUE: Q(next_step_on__lt=on),
        Due.TODAY: Q(next_step_on__lte=on),
        Due.WEEK: Q(next_step_on__lte=on + WEEK),
        Due.NONE: Q(next_step_on__isnull=True),
    }
    return conditions[due] if due else Q()


def _order(sort: Sort) -> "tuple[str | OrderBy | DanishOrder, ...]":
    name = (by_name(), "pk")
    if sort == Sort.NAME:
        return name
    if sort == Sort.QUIET:
        return ("last_step_on", *name)
    return (F("next_step_on").asc(nulls_last=True), "last_step_on", *name)
