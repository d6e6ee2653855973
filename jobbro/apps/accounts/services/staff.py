"""Colleagues: their accounts and the roles they hold."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.accounts.permissions import administered_units, can_change_account
from jobbro.apps.accounts.stamps import ACCOUNT_FIELDS
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.organisations import services as organisations
from jobbro.apps.organisations.models import DatedQuerySet, Team, UnitMunicipality
from jobbro.apps.organisations.permissions import NotYours
from jobbro.apps.organisations.stamps import refuse_stale

# No letters or digits that look alike when read aloud or from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class UsernameTaken(ValueError):
    """Somebody in the country has this username already."""


class RoleHeldAlready(ValueError):
    """The person holds this role in this unit in some of these days already."""


class TeamElsewhere(ValueError):
    """The team does not belong to the unit, or does not stand on that day."""


class OneselfRefused(ValueError):
    """Nobody gives, lengthens or ends their own role, or closes their own account."""


class LastAdministrator(ValueError):
    """Without this person nobody would administer a municipality."""


@dataclass(frozen=True)
class NewPosition:
    """A role to be given: where and when."""

    role: Role
    unit_id: UUID
    team_id: UUID | None
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class NewEmployee:
    """Somebody to be added, with the first role."""

    username: str
    display_name: str
    email: str
    phone: str
    position: NewPosition


def usernames_taken(*, usernames: Iterable[str]) -> set[str]:
    """Those of the names that are taken; until the end of the transaction nobody else can take one."""
    with connection.cursor() as cursor:
        cursor.execute("select usernames_taken(%s::text[])", [list(usernames)])
        return {name for (name,) in cursor.fetchall()}


def add_employee(*, actor: Actor, employee: NewEmployee) -> tuple[User, str]:
    """An account with its first role, and the one-time password to hand over."""
    if usernames_taken(usernames=[employee.username]):
        raise UsernameTaken
    _check_place(actor=actor, position=employee.position)
    password = one_time_password()
    user = User.objects.create(
        username=employee.username,
        kind=Kind.STAFF,
        display_name=employee.display_name,
        email=employee.email,
        phone=employee.phone,
        password=make_password(password),
        must_change_password=True,
    )
    record_event(verb=Verb.USER_ADDED, subject=user)
    _start(user_id=user.pk, position=employee.position)
    return user, password


def add_employees(*, actor: Actor, employees: list[NewEmployee]) -> int:
    """Many accounts at once, for an import: each gets a password when an administrator hands one out."""
    taken = usernames_taken(usernames=[employee.username for employee in employees])
    if taken:
        raise UsernameTaken
    places = {(employee.position.unit_id, employee.position.team_id): employee.position for employee in employees}
    for position in places.values():
        _check_place(actor=actor, position=position)
    closed = make_password(None)
    users = [
        User(
            username=employee.username,
            kind=Kind.STAFF,
            display_name=employee.display_name,
            email=employee.email,
            phone=employee.phone,
            password=closed,
            must_change_password=True,
        )
        for employee in employees
    ]
    User.objects.bulk_create(users, batch_size=500)
    Position.objects.bulk_create(
        [_row(user_id=user.pk, position=new.position) for user, new in zip(users, employees, strict=True)],
        batch_size=500,
    )
    record_event(verb=Verb.USER_ADDED, detail={"accounts": len(users)})
    return len(users)


def change_employee(*, actor: Actor, user_id: UUID, seen: str, display_name: str, email: str, phone: str) -> User:
    """The colleague's name and ways to reach them are as given."""
    user = colleague_to_change(actor=actor, user_id=user_id)
    refuse_stale(user, *ACCOUNT_FIELDS, seen=seen)
    user.display_name, user.email, user.phone = display_name, email, phone
    user.save(update_fields=["display_name", "email", "phone"])
    record_event(verb=Verb.USER_CHANGED, subject=user)
    return user


def give_role(*, actor: Actor, user_id: UUID, position: NewPosition) -> Position:
    """A colleague holds one more role."""
    if user_id == actor.id:
        raise OneselfRefused
    _check_place(actor=actor, position=position)
    user = User.objects.filter(pk=user_id, kind=Kind.STAFF).first()
    if user is None:
        raise NotYours
    if _overlapping(user_id=user_id, position=position):
        raise RoleHeldAlready
    return _start(user_id=user_id, position=position)


def end_role(*, actor: Actor, position_id: UUID, until_on: date | None, on: date) -> Position:
    """The role's last day is `until_on`; without a day it ends at once and is gone at the next request."""
    position = (
        Position.objects.select_for_update(of=("self",))
        .filter(pk=position_id, unit_id__in=administered_units(actor))
        .first()
    )
    if position is None:
        raise NotYours
    if position.user_id == actor.id:
        raise OneselfRefused
    last_day = until_on or on - timedelta(days=1)
    if until_on is not None and (until_on < on or until_on < position.from_on):
        raise organisations.EndBeforeStart
    if position.role == Role.ADMINISTRATOR:
        _refuse_last(position_ids=[position.pk], after=last_day)
    # A role that began today leaves one day in the past: the history tells the rest.
    position.from_on, position.until_on = min(position.from_on, last_day), last_day
    position.save(update_fields=["from_on", "until_on"])
    record_event(verb=Verb.POSITION_ENDED, subject=position, detail={"until_on": last_day.isoformat()})
    return position


def close_account(*, actor: Actor, user_id: UUID, on: date) -> User:
    """The account opens nothing from the next request on; roles and history stay."""
    user = colleague_to_change(actor=actor, user_id=user_id)
    held = Position.objects.filter(user=user, role=Role.ADMINISTRATOR).values_list("pk", flat=True)
    _refuse_last(position_ids=list(held), after=on - timedelta(days=1))
    return _set_active(user=user, is_active=False)


def open_account(*, actor: Actor, user_id: UUID) -> User:
    """A closed account can be used again, with the roles that still stand."""
    return _set_active(user=colleague_to_change(actor=actor, user_id=user_id), is_active=True)


def hand_out_password(*, actor: Actor, user_id: UUID) -> tuple[User, str]:
    """A new one-time password for a colleague; the old one no longer works."""
    user = colleague_to_change(actor=actor, user_id=user_id)
    password = one_time_password()
    user.password, user.must_change_password = make_password(password), True
    user.save(update_fields=["password", "must_change_password"])
    record_event(verb=Verb.PASSWORD_CHANGED, subject=user)
    return user, password


def end_service(*, actor: Actor, unit_id: UUID, served_id: UUID, until_on: date) -> None:
    """The unit's last day for a municipality, which keeps an administrator."""
    served = UnitMunicipality.objects.filter(pk=served_id, unit_id=unit_id).first()
    if served is None:
        raise NotYours
    _lock_administrators()
    if (
        not _administrators(code=served.municipality_id, on=until_on + timedelta(days=1))
        .exclude(unit_id=unit_id)
        .exists()
        and _administrators(code=served.municipality_id, on=until_on).exists()
    ):
        raise LastAdministrator
    organisations.end_municipality(actor=actor, unit_id=unit_id, served_id=served_id, until_on=until_on)


def one_time_password() -> str:
    """Four groups of four signs, about 79 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def colleague_to_change(*, actor: Actor, user_id: UUID) -> User:
    """The colleague, locked; raises OneselfRefused, or NotYours when the actor does not administer them."""
    if user_id == actor.id:
        raise OneselfRefused
    user = User.objects.filter(pk=user_id, kind=Kind.STAFF).first()
    if user is None or not can_change_account(actor, user):
        raise NotYours
    return User.objects.select_for_update(of=("self",)).get(pk=user_id)


def _set_active(*, user: User, is_active: bool) -> User:
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    record_event(verb=Verb.USER_CHANGED, subject=user, detail={"is_active": is_active})
    return user


def _check_place(*, actor: Actor, position: NewPosition) -> None:
    if position.unit_id not in administered_units(actor):
        raise NotYours
    if position.until_on is not None and position.until_on < position.from_on:
        raise organisations.EndBeforeStart
    if position.team_id is None:
        return
    standing = Team.objects.standing(on=position.from_on).filter(pk=position.team_id, unit_id=position.unit_id)
    if not standing.exists():
        raise TeamElsewhere


def _overlapping(*, user_id: UUID, position: NewPosition) -> bool:
    same = Position.objects.filter(user_id=user_id, role=position.role, unit_id=position.unit_id)
    goes_on = Q(until_on__isnull=True) | Q(until_on__gte=position.from_on)
    if position.until_on is not None:
        goes_on &= Q(from_on__lte=position.until_on)
    return same.filter(goes_on).exists()


def _start(*, user_id: UUID, position: NewPosition) -> Position:
    row = _row(user_id=user_id, position=position)
    row.save(force_insert=True)
    detail = {"role": position.role, "unit": str(position.unit_id), "user": str(user_id)}
    record_event(verb=Verb.POSITION_STARTED, subject=row, detail=detail)
    return row


def _row(*, user_id: UUID, position: NewPosition) -> Position:
    return Position(
        user_id=user_id,
        role=position.role,
        unit_id=position.unit_id,
        team_id=position.team_id,
        from_on=position.from_on,
        until_on=position.until_on,
    )


def _refuse_last(*, position_ids: list[UUID], after: date) -> None:
    """Every municipality of these administrators has another one on the day after."""
    _lock_administrators()
    day = after + timedelta(days=1)
    units = Position.objects.filter(pk__in=position_ids).values("unit_id")
    codes = (
        UnitMunicipality.objects.standing(on=day).filter(unit_id__in=units).values_list("municipality_id", flat=True)
    )
    for code in set(codes):
        if not _administrators(code=code, on=day).exclude(pk__in=position_ids).exists():
            raise LastAdministrator


def _administrators(*, code: str, on: date) -> "DatedQuerySet[Position]":
    serving = UnitMunicipality.objects.standing(on=on).filter(municipality_id=code).values("unit_id")
    return Position.objects.standing(on=on).filter(role=Role.ADMINISTRATOR, unit_id__in=serving, user__is_active=True)


def _lock_administrators() -> None:
    # Two administrators who end each other's role at once must not both succeed.
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('administrators', 0))")
