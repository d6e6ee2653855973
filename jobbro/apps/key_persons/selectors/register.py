"""The register as its page shows it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.organisations.models import Team, Unit
from jobbro.apps.organisations.selectors import units_of
from jobbro.apps.organisations.stamps import stamp_of

from ..directing import USUAL_DAYS
from ..enums import AdviserKind, Model
from ..models import AdviceModel, Adviser, Away
from ..permissions import Reach, can_change_adviser, can_name_oneself, can_set_up, reach_of
from ..services.register import ADVISER_FIELDS


@dataclass(frozen=True, kw_only=True)
class AdviserRow:
    """Somebody whom colleagues can ask. Without `id` they are key person by their role and have not said about what."""

    id: UUID | None
    user_id: UUID
    name: str
    phone: str
    email: str
    kind: AdviserKind
    team: str = ""
    schemes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    own_words: str = ""
    hours_week: Decimal | None = None
    reach: str = ""
    away_id: UUID | None = None
    away_until: date | None = None
    cover: str = ""
    can_change: bool = False


@dataclass(frozen=True, kw_only=True)
class UnitRegister:
    """One unit: its model, how long an answer usually takes in working minutes, and its people."""

    id: UUID
    name: str
    model: Model | None
    model_from: date | None
    answer_days: int
    answer_minutes: float | None
    people: tuple[AdviserRow, ...]
    can_set_up: bool
    can_name_oneself: bool


@dataclass(frozen=True, kw_only=True)
class Register:
    """All units that serve the actor's municipalities."""

    units: tuple[UnitRegister, ...]
    can_answer: bool
    can_count: bool
    can_write: bool


@dataclass(frozen=True, kw_only=True)
class AdviserSheet:
    """One row of the register as its forms need it."""

    row: Adviser
    name: str
    unit: str
    seen: str
    covers: tuple[tuple[UUID, str], ...]
    away: tuple[Away, ...]
    can_end: bool


@dataclass(frozen=True, kw_only=True)
class Naming:
    """A unit in which somebody can be named, with its teams and the people who hold a position there."""

    unit: Unit
    model: Model | None
    answer_days: int
    teams: tuple[Team, ...]
    people: tuple[tuple[UUID, str], ...]
    key_persons: frozenset[UUID]
    is_own: bool


def register(*, actor: Actor, scheme: str, on: date) -> Register:
    """Who can be asked about what, unit by unit; narrowed to a scheme when one is given."""
    reach = reach_of(actor)
    units = units_of(actor=actor, on=on)
    ids = [unit.pk for unit in units]
    models = {row.unit_id: row for row in AdviceModel.objects.visible_to(actor).standing(on=on)}
    people = _people(actor=actor, reach=reach, units=ids, on=on)
    times = answer_times(on=on)
    return Register(
        units=tuple(
            UnitRegister(
                id=unit.pk,
                name=unit.name,
                model=Model(models[unit.pk].model) if unit.pk in models else None,
                model_from=models[unit.pk].from_on if unit.pk in models else None,
                answer_days=models[unit.pk].answer_days if unit.pk in models else USUAL_DAYS,
                answer_minutes=times.get(unit.pk),
                people=tuple(row for row in people[unit.pk] if not scheme or scheme in row.schemes),
                can_set_up=can_set_up(reach, unit_id=unit.pk),
                can_name_oneself=_lacks_own_row(actor, unit_id=unit.pk, people=people[unit.pk]),
            )
            for unit in units
        ),
        can_answer=bool(reach.served),
        can_count=bool(reach.counted),
        can_write=bool(reach.municipalities),
    )


def naming(*, actor: Actor, unit_id: UUID, on: date) -> Naming | None:
    """The unit for whoever sets up its register, or a key person who names themselves; None for others."""
    reach = reach_of(actor)
    is_own = can_name_oneself(actor, unit_id=unit_id)
    unit = Unit.objects.standing(on=on).filter(pk=unit_id).first()
    if unit is None or not (can_set_up(reach, unit_id=unit_id) or is_own):
        return None
    held = Position.objects.standing(on=on).filter(unit_id=unit_id, user__kind=Kind.STAFF, user__is_active=True)
    positions = list(held.select_related("user").order_by("user__display_name"))
    model = AdviceModel.objects.visible_to(actor).standing(on=on).filter(unit_id=unit_id).first()
    only_me = is_own and not can_set_up(reach, unit_id=unit_id)
    people = {p.user_id: p.user.display_name for p in positions if not only_me or p.user_id == actor.id}
    return Naming(
        unit=unit,
        model=Model(model.model) if model else None,
        answer_days=model.answer_days if model else USUAL_DAYS,
        teams=tuple(Team.objects.standing(on=on).filter(unit_id=unit_id).order_by("name")),
        people=tuple(people.items()),
        key_persons=frozenset(p.user_id for p in positions if p.role == Role.KEY_PERSON),
        is_own=only_me,
    )


def adviser_sheet(*, actor: Actor, adviser_id: UUID, on: date) -> AdviserSheet | None:
    """The row with who could cover and when they are away, for whoever may change it."""
    reach = reach_of(actor)
    found = Adviser.objects.visible_to(actor).standing(on=on).select_related("user", "unit", "team")
    row = found.filter(pk=adviser_id).first()
    if row is None or not can_change_adviser(actor, reach, row):
        return None
    others = found.filter(unit_id=row.unit_id).exclude(user_id=row.user_id).order_by("user__display_name")
    away = Away.objects.visible_to(actor).filter(adviser=row, until_on__gte=on).select_related("cover__user")
    return AdviserSheet(
        row=row,
        name=row.user.display_name,
        unit=row.unit.name,
        seen=stamp_of(row, *ADVISER_FIELDS),
        covers=tuple((other.pk, other.user.display_name) for other in others),
        away=tuple(away.order_by("from_on")),
        can_end=can_set_up(reach, unit_id=row.unit_id) or can_name_oneself(actor, unit_id=row.unit_id),
    )


def answer_times(*, on: date) -> dict[UUID, float]:
    """Working minutes from question to answer, the median of a year, for units with five answers or more."""
    with connection.cursor() as cursor:
        cursor.execute("select unit_id, minutes from key_persons_answer_times(%s::date)", [on])
        return dict(cursor.fetchall())


def _people(*, actor: Actor, reach: Reach, units: list[UUID], on: date) -> dict[UUID, list[AdviserRow]]:
    found: dict[UUID, list[AdviserRow]] = defaultdict(list)
    rows = Adviser.objects.visible_to(actor).standing(on=on).filter(unit_id__in=units, user__is_active=True)
    away = {one.adviser_id: one for one in Away.objects.visible_to(actor).standing(on=on).select_related("cover__user")}
    for row in rows.select_related("user", "team").order_by("kind", "user__display_name"):
        can_change = can_change_adviser(actor, reach, row)
        found[row.unit_id].append(_row(row, away=away.get(row.pk), can_change=can_change))
    named = {(unit_id, row.user_id) for unit_id, people in found.items() for row in people}
    by_role = Position.objects.standing(on=on).filter(unit_id__in=units, role=Role.KEY_PERSON, user__is_active=True)
    for position in by_role.select_related("user").order_by("user__display_name"):
        if (position.unit_id, position.user_id) not in named:
            found[position.unit_id].append(_by_role(position.user))
    return found


def _row(row: Adviser, *, away: Away | None, can_change: bool) -> AdviserRow:
    return AdviserRow(
        id=row.pk,
        user_id=row.user_id,
        name=row.user.display_name,
        phone=row.user.phone,
        email=row.user.email,
        kind=AdviserKind(row.kind),
        team=row.team.name if row.team else "",
        schemes=tuple(row.schemes),
        groups=tuple(row.groups),
        own_words=row.own_words,
        hours_week=row.hours_week,
        reach=row.reach,
        away_id=away.pk if away else None,
        away_until=away.until_on if away else None,
        cover=away.cover.user.display_name if away and away.cover else "",
        can_change=can_change,
    )


def _by_role(user: User) -> AdviserRow:
    return AdviserRow(
        id=None,
        user_id=user.pk,
        name=user.display_name,
        phone=user.phone,
        email=user.email,
        kind=AdviserKind.KEY_PERSON,
    )


def _lacks_own_row(actor: Actor, *, unit_id: UUID, people: list[AdviserRow]) -> bool:
    has_row = any(row.user_id == actor.id and row.id is not None for row in people)
    return can_name_oneself(actor, unit_id=unit_id) and not has_row
