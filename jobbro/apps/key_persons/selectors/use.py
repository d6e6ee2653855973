"""How much the key persons of a unit are used: numbers by quarter and subject, what is small or tells it kept back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.organisations.models import Unit

from ..hiding import UseLine, hide_more
from ..permissions import reach_of
from .register import answer_times

QUARTERS = 8
_COLUMNS = ("kind", "code", "asked", "answered", "minutes")
_USE = "select kind, code, asked, answered, minutes from key_persons_use(%s::uuid, %s::date)"


@dataclass(frozen=True, kw_only=True)
class Use:
    """One unit over the last two years."""

    unit_id: UUID
    unit: str
    units: tuple[tuple[UUID, str], ...]
    since: date
    quarters: tuple[UseLine, ...]
    schemes: tuple[UseLine, ...]
    groups: tuple[UseLine, ...]
    without_subject: UseLine | None
    answer_minutes: float | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody has asked."""
        return not self.quarters


def use(*, actor: Actor, unit_id: UUID | None, on: date) -> Use | None:
    """The unit's numbers, or the first unit's that the actor may count; None when there is none."""
    counted = reach_of(actor).counted
    units = tuple(Unit.objects.filter(pk__in=counted).order_by("name").values_list("pk", "name"))
    chosen = dict(units).get(unit_id) if unit_id else None
    if unit_id is None and units:
        unit_id, chosen = units[0]
    if unit_id is None or chosen is None:
        return None
    since = _first_day(on)
    with connection.cursor() as cursor:
        cursor.execute(_USE, [unit_id, since])
        rows = [dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    told = hide_more([UseLine(**row) for row in rows])

    def lines(wanted: str) -> tuple[UseLine, ...]:
        return tuple(line for line in told if line.kind == wanted)

    return Use(
        unit_id=unit_id,
        unit=chosen,
        units=units,
        since=since,
        quarters=lines("quarter"),
        schemes=_most_first(lines("scheme")),
        groups=_most_first(lines("group")),
        without_subject=next(iter(lines("none")), None),
        answer_minutes=answer_times(on=on).get(unit_id),
    )


def _first_day(on: date) -> date:
    """The first day of the quarter seven quarters ago."""
    quarter = on.year * 4 + (on.month - 1) // 3 - (QUARTERS - 1)
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)


def _most_first(lines: tuple[UseLine, ...]) -> tuple[UseLine, ...]:
    """Most asked first; those with few last, in the order of their codes, so that the order tells nothing of them."""
    return tuple(sorted(lines, key=lambda line: (line.asked is None, -(line.asked or 0), line.code)))
