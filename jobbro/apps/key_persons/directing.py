"""Whom a question goes to: by the model that the unit has chosen, with cover for those who are away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position

from .enums import AdviserKind, Model
from .models import AdviceModel, Adviser, Away

USUAL_DAYS = 2


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who can be asked; `for_name` is whom they cover for today."""

    user_id: UUID
    name: str
    phone: str
    kind: AdviserKind
    team_id: UUID | None = None
    schemes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    for_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Direction:
    """Who gets a question from this unit and team. `directed_to` when it is one person; otherwise whoever takes it."""

    unit_id: UUID
    team_id: UUID | None
    model: Model | None
    answer_days: int
    people: tuple[Person, ...]
    directed_to: UUID | None = None


def direction_for(*, actor: Actor, unit_id: UUID, team_id: UUID | None, on: date) -> Direction:
    """Whom the actor's question goes to today."""
    return directions_for(actor=actor, places=[(unit_id, team_id)], on=on)[0]


def directions_for(*, actor: Actor, places: Sequence[tuple[UUID, UUID | None]], on: date) -> tuple[Direction, ...]:
    """The same for each of the places where somebody works."""
    units = {unit_id for unit_id, _ in places}
    models = {
        row.unit_id: row for row in AdviceModel.objects.visible_to(actor).standing(on=on).filter(unit_id__in=units)
    }
    present = people_present(actor=actor, units=units, on=on)
    return tuple(
        _direction(actor, unit_id=unit_id, team_id=team_id, model=models.get(unit_id), people=present[unit_id])
        for unit_id, team_id in places
    )


def people_present(*, actor: Actor, units: Iterable[UUID], on: date) -> dict[UUID, list[Person]]:
    """Who can be asked in each unit today: those in the register, key persons by their role, and cover for the away."""
    wanted = list(units)
    rows = list(
        Adviser.objects.visible_to(actor)
        .standing(on=on)
        .filter(unit_id__in=wanted, user__is_active=True)
        .select_related("user")
        .order_by("kind", "user__display_name")
    )
    away = {
        one.adviser_id: one
        for one in Away.objects.visible_to(actor)
        .standing(on=on)
        .filter(adviser__unit_id__in=wanted)
        .select_related("cover__user")
    }
    found: dict[UUID, list[Person]] = {unit_id: [] for unit_id in wanted}
    for row in rows:
        if row.pk not in away:
            found[row.unit_id].append(_person(row))
        elif (cover := away[row.pk].cover) is not None and cover.pk not in away:
            found[row.unit_id].append(_person(row, cover=cover))
    named = {(row.unit_id, row.user_id) for row in rows}
    for position in _by_role(units=wanted, on=on):
        if (position.unit_id, position.user_id) not in named:
            user = position.user
            person = Person(user_id=user.pk, name=user.display_name, phone=user.phone, kind=AdviserKind.KEY_PERSON)
            found[position.unit_id].append(person)
    return found


def _by_role(*, units: list[UUID], on: date) -> list[Position]:
    held = Position.objects.standing(on=on).filter(unit_id__in=units, role=Role.KEY_PERSON, user__is_active=True)
    return list(held.select_related("user").order_by("user__display_name"))


def _person(row: Adviser, *, cover: Adviser | None = None) -> Person:
    stands = cover or row
    return Person(
        user_id=stands.user_id,
        name=stands.user.display_name,
        phone=stands.user.phone,
        kind=AdviserKind(row.kind),
        team_id=row.team_id,
        schemes=tuple(stands.schemes),
        groups=tuple(stands.groups),
        for_name=row.user.display_name if cover else "",
    )


def _direction(
    actor: Actor, *, unit_id: UUID, team_id: UUID | None, model: AdviceModel | None, people: list[Person]
) -> Direction:
    others = [person for person in people if person.user_id != actor.id]
    key_persons = [person for person in others if person.kind == AdviserKind.KEY_PERSON]
    own = [person for person in others if person.team_id is not None and person.team_id == team_id]
    is_spread = model is not None and model.model == Model.SPREAD
    # The team's own resource person first where knowledge is spread; where nobody else is named, one of another team.
    chosen = (own or key_persons or others[:1]) if is_spread else (key_persons or own or others[:1])
    once = tuple({person.user_id: person for person in chosen}.values())
    return Direction(
        unit_id=unit_id,
        team_id=team_id,
        model=Model(model.model) if model else None,
        answer_days=model.answer_days if model else USUAL_DAYS,
        people=once,
        directed_to=once[0].user_id if len(once) == 1 else None,
    )
