"""Who may administer colleagues."""

from uuid import UUID

from django.db import connection

from .actor import Actor
from .enums import Role
from .models import User


def can_administer_staff(actor: Actor) -> bool:
    """Administrators; the wall narrows it to their municipalities."""
    return actor.has(Role.ADMINISTRATOR)


def can_read_staff(actor: Actor) -> bool:
    """Administrators, and team leads for the people of their units."""
    return actor.has(Role.ADMINISTRATOR, Role.TEAM_LEAD)


def can_change_account(actor: Actor, user: User) -> bool:
    """A colleague's whole account, when the actor administers every unit where they hold a role; never one's own."""
    return can_administer_staff(actor) and user.pk != actor.id and _is_ours(user.pk)


def administered_units(actor: Actor) -> list[UUID]:
    """Units in municipalities where the actor is administrator, by the database's own word."""
    if not can_administer_staff(actor):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select app_administered_units()")
        return list(cursor.fetchone()[0])


def readable_units(actor: Actor) -> list[UUID]:
    """Units whose people the actor may list: administered ones and those they lead."""
    led = {position.unit_id for position in actor.positions if position.role == Role.TEAM_LEAD}
    return [*administered_units(actor), *led]


def _is_ours(user_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select app_account_is_ours(%s)", [user_id])
        return bool(cursor.fetchone()[0])
