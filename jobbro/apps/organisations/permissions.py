"""Who may change units and teams. The actor's own type stands a floor above, so its shape is told here."""

from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from .models import Unit

ADMINISTRATOR = "administrator"


class Who(Protocol):
    """What this app needs to know of an actor."""

    @property
    def id(self) -> UUID: ...

    @property
    def codes(self) -> tuple[str, ...]: ...

    def has(self, *roles: Any) -> bool: ...


class NotYours(PermissionError):
    """The actor does not administer this; the page answers as if it were not there."""


def can_change_unit(actor: Who, unit: Unit) -> bool:
    """Administrators of a municipality that the unit serves or has served."""
    return actor.has(ADMINISTRATOR) and unit.pk in _asked("select app_administered_units()")


def administered_codes(actor: Who) -> tuple[str, ...]:
    """The codes of the municipalities where the actor is administrator, not of all where they work."""
    return tuple(_asked("select app_administered_municipalities()")) if actor.has(ADMINISTRATOR) else ()


def _asked(sql: str) -> list[Any]:
    # The database's own word for it, so that the page and the wall can never disagree.
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchone()[0])
