"""Reads of accounts."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import F, Func, Prefetch, Q, QuerySet, TextField

from jobbro.apps.organisations.models import Team, Unit
from jobbro.apps.organisations.stamps import stamp_of

from .actor import Actor
from .enums import Kind
from .models import Position, User
from .permissions import administered_units, can_administer_staff, can_change_account, readable_units
from .stamps import ACCOUNT_FIELDS

PEOPLE_A_PAGE = 50

DEMO_FILE = "demo-users.json"


@dataclass(frozen=True)
class DemoAccount:
    """A fictive person that a visitor of the demo may log in as."""

    username: str
    password: str
    name: str
    who: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The people of the demo, as the seed wrote them beside the data; none when there is no demo."""
    file = settings.DATA / DEMO_FILE
    if not file.is_file():
        return ()
    return tuple(DemoAccount(**entry) for entry in json.loads(file.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class StaffFilters:
    """What a list of people is narrowed by."""

    search: str = ""
    role: str = ""
    unit_id: UUID | None = None
    team_id: UUID | None = None
    is_closed: bool = False


@dataclass(frozen=True)
class StaffRow:
    """One person of the list with the roles of today."""

    user: User
    positions: tuple[Position, ...]


@dataclass(frozen=True)
class StaffPage:
    """The list of people and what its filters can be set to."""

    page: "Page[StaffRow]"
    rows: tuple[StaffRow, ...]
    units: tuple[Unit, ...]
    teams: tuple[Team, ...]
    can_add: bool


@dataclass(frozen=True)
class MemberPage:
    """A person with all that their page shows."""

    user: User
    seen: str
    positions: tuple[tuple[Position, bool], ...]
    can_change: bool
    can_give: bool
    is_oneself: bool


@dataclass(frozen=True)
class Places:
    """Where a role can be given: units, and teams by unit."""

    units: tuple[Unit, ...]
    teams: tuple[Team, ...]


def staff_page(*, actor: Actor, filters: StaffFilters, number: int, on: date) -> StaffPage:
    """People of the units that the actor administers or leads, in Danish order."""
    units = readable_units(actor)
    held = Position.objects.standing(on=on).select_related("unit", "team").order_by("from_on")
    people = _people(units=units, filters=filters, on=on).prefetch_related(
        Prefetch("positions", queryset=held, to_attr="held_now")
    )
    page: Any = Paginator(people, PEOPLE_A_PAGE).get_page(number)
    rows = tuple(StaffRow(user=user, positions=tuple(user.held_now)) for user in page.object_list)
    places = _places(units=units, on=on)
    return StaffPage(page=page, rows=rows, units=places.units, teams=places.teams, can_add=can_administer_staff(actor))


def member_page(*, actor: Actor, user_id: UUID, on: date) -> MemberPage | None:
    """The colleague, or None when there is none or the actor neither administers nor leads a unit of theirs."""
    user = User.objects.filter(pk=user_id, kind=Kind.STAFF).first()
    if user is None:
        return None
    positions = list(user.positions.select_related("unit", "team").order_by("-from_on"))
    readable = set(readable_units(actor))
    if not any(position.unit_id in readable for position in positions):
        return None
    administered = set(administered_units(actor))
    is_oneself = user.pk == actor.id
    return MemberPage(
        user=user,
        seen=stamp_of(user, *ACCOUNT_FIELDS),
        positions=tuple((p, not is_oneself and _goes_on(p, on) and p.unit_id in administered) for p in positions),
        can_change=can_change_account(actor, user),
        can_give=bool(administered) and not is_oneself,
        is_oneself=is_oneself,
    )


def places_to_give(*, actor: Actor, on: date) -> Places:
    """Units and teams in which the actor can give a role."""
    return _places(units=administered_units(actor), on=on)


def _people(*, units: list[UUID], filters: StaffFilters, on: date) -> QuerySet[User]:
    here = Position.objects.filter(unit_id__in=units)
    if filters.role or filters.unit_id or filters.team_id:
        here = here.filter(pk__in=Position.objects.standing(on=on).values("pk"))
    if filters.role:
        here = here.filter(role=filters.role)
    if filters.unit_id:
        here = here.filter(unit_id=filters.unit_id)
    if filters.team_id:
        here = here.filter(team_id=filters.team_id)
    people = User.objects.filter(pk__in=here.values("user_id"), kind=Kind.STAFF, is_active=not filters.is_closed)
    for word in filters.search.split():
        people = people.filter(Q(display_name__icontains=word) | Q(username__icontains=word))
    return people.order_by(Func(F("display_name"), function="danish_order", output_field=TextField()), "pk")


def _places(*, units: list[UUID], on: date) -> Places:
    return Places(
        units=tuple(Unit.objects.standing(on=on).filter(pk__in=units).order_by("name")),
        teams=tuple(
            Team.objects.standing(on=on).filter(unit_id__in=units).select_related("unit").order_by("unit__name", "name")
        ),
    )


def _goes_on(position: Position, on: date) -> bool:
    return position.until_on is None or position.until_on >= on
