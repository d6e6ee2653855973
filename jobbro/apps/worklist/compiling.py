"""The sources as one statement for a function of the database's owner, which asks the wall once instead of per table.

Behind row-level security every table of every source works out anew which citizens the actor may see: with 50,000 of
them that is about a second a page. The function asks the wall once. So that the two cannot drift apart, its text is
made from the very queries the apps deliver, for a stand-in day and a stand-in citizen, which are then replaced by what
the function knows; tests compare both, row by row.
"""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from psycopg import sql

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Kind

from .gathering import all_needs
from .sources.shape import COLUMNS

TEXT = Path(__file__).parent / "sql"
KEPT = TEXT / "needs.sql"
# A day, a person and an employee whom nothing in the rows can be: whatever a query says of them stands for the real.
STAND_IN_DAY = date(4000, 1, 1)
STAND_IN_CITIZEN = UUID("00000000-0000-7000-8000-00000000c171")
STAND_IN_ACTOR = UUID("00000000-0000-7000-8000-00000000ac70")
NEAR = timedelta(days=4000)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_PLACE = re.compile(r"%s|%%")
_CITIZEN = re.compile(rf"""(?P<table>"\w+")\."citizen_id" = '{STAND_IN_CITIZEN.hex}'::uuid""")
# The function looks past the walls, also past the one at a move: it leaves out what is hidden of those who have moved.
_SEEN = '({table}."citizen_id" {seen} and ({table}."citizen_id" <> all(wl_parted) or {table}."id" <> all(wl_hidden)))'


class NotCompiled(ValueError):
    """A source says something that the function cannot say."""


def function_text() -> str:
    """The functions as they follow from the sources today."""
    parts = {
        "some": union_text(seen="= any(wl_ids)"),
        "every": union_text(seen="is not null"),
        "order": (TEXT / "order.sql.template").read_text(encoding="utf-8").rstrip(),
        "rest": (TEXT / "rest.sql.template").read_text(encoding="utf-8").rstrip(),
    }
    text = (TEXT / "page.sql.template").read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace(f"{{{{{name}}}}}", part)
    return text


def union_text(*, seen: str) -> str:
    """All sources under each other. `seen` is what is said of the column of citizens in place of "is the actor"."""
    actor = _stand_in()
    return "\nunion all\n".join(_one(rows, seen=seen) for rows in all_needs(actor=actor, on=STAND_IN_DAY))


def _stand_in() -> Actor:
    """Somebody who sees one citizen: the filter is then on the rows' own column, without a look at the citizens."""
    return Actor(
        id=STAND_IN_ACTOR,
        name="",
        kind=Kind.STAFF,
        positions=(),
        citizen_id=STAND_IN_CITIZEN,
        companies=(),
        municipalities=(),
        phone="",
    )


def _one(rows: "QuerySet[Any, Any]", *, seen: str) -> str:
    text, params = rows.order_by().query.get_compiler(using=connection.alias).as_sql()
    values = iter(params)
    filled = _PLACE.sub(lambda hit: "%" if hit.group() == "%%" else _literal(next(values)), text)
    if not _CITIZEN.search(filled):
        raise NotCompiled(f"A source does not say visible_to(actor) of its rows: {filled[:400]}")
    # Only the columns of citizens are compared with the stand-in, so nothing else is replaced.
    told = _CITIZEN.sub(lambda hit: _SEEN.format(table=hit["table"], seen=seen), filled)
    casts = ", ".join(f"{name}::{kind}" for name, kind in zip(COLUMNS, _KINDS, strict=True))
    return f"select {casts} from ({told}) s ({', '.join(COLUMNS)})"  # noqa: S608 - made of our own queries


_KINDS = ("uuid", "text", "text", "date", "uuid", "uuid")


def _literal(value: Any) -> str:
    """A parameter as text; days and moments near the stand-in day by their distance from it."""
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date) and abs(value - STAND_IN_DAY) < NEAR:
        return _day(value)
    if value == STAND_IN_ACTOR:
        return "app_actor()"
    if isinstance(value, list | tuple) and any(isinstance(item, date) for item in value):
        raise NotCompiled("a list of days")
    quoted: str = sql.Literal(value).as_string(None)
    return quoted


def _day(value: date) -> str:
    return f"(wl_day + {(value - STAND_IN_DAY).days})" if value != STAND_IN_DAY else "wl_day"


def _moment(value: datetime) -> str:
    zone = "UTC" if str(value.tzinfo) == "UTC" else "Europe/Copenhagen"
    local = value.astimezone(ZoneInfo(zone))
    if abs(local.date() - STAND_IN_DAY) > NEAR:
        return str(sql.Literal(value).as_string(None))
    return f"(({_day(local.date())} + time '{local.time().isoformat()}') at time zone '{zone}')"


def install(owner: BaseDatabaseWrapper) -> None:
    """Puts the kept functions in place; the connection must be the owner's."""
    with owner.cursor() as cursor:
        cursor.execute(KEPT.read_text(encoding="utf-8"))
