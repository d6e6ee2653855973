"""How lists and proposals fall between groups: shares of each, and nothing where a person could be pointed at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

# Fewer than this are told as few, and so is a share that leaves fewer than this out.
FEWEST = 5


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a group in per cent; None when it would point at a few."""

    percent: int | None


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of one kind. `persons` is None for a few, and then nothing else is told."""

    dimension: str
    band: str
    persons: int | None
    listed: Share
    proposed: Share
    as_is: Share
    with_support: Share


def parity(*, on: date) -> tuple[Group, ...]:
    """Every group with its shares, counted now and kept nowhere."""
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute(
            "select dimension, band, persons, listed, proposed, as_is, with_support from matching_parity(%s::date)",
            [on],
        )
        rows = cursor.fetchall()
    return tuple(_group(dimension=row[0], band=row[1], counts=row[2:]) for row in rows)


def _group(*, dimension: str, band: str, counts: Iterable[int]) -> Group:
    persons, *parts = counts
    is_few = persons < FEWEST
    listed, proposed, as_is, with_support = (_share(part, of=persons) for part in parts)
    return Group(
        dimension=dimension,
        band=band,
        persons=None if is_few else persons,
        listed=listed,
        proposed=proposed,
        as_is=as_is,
        with_support=with_support,
    )


def _share(part: int, *, of: int) -> Share:
    """Kept back when the part, or what is left, is a few; none and all are no few."""
    is_few = of < FEWEST or 0 < part < FEWEST or 0 < of - part < FEWEST
    return Share(percent=None if is_few else round(100 * part / of))
