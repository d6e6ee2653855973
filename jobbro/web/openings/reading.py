"""What is shown of open jobs: lines in words, and the way through a long list without counting it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from jobbro.apps.jobs.selectors.openings import CLOSING_SOON, OpeningLine
from jobbro.webkit.dates import spoken_date

from .words import DEMAND_TOLD, STATE_WORDS, hours_told

MOST_PAGES = 10_000


@dataclass(frozen=True, kw_only=True)
class LineShown:
    """An open job in words."""

    id: UUID
    title: str
    where: str
    city: str
    hours: str
    places: int
    state: str
    demand: str
    is_confirmed: bool
    is_open: bool
    closes: str
    is_closing_soon: bool
    is_public: bool
    is_reserved: bool


def opening_lines(rows: Iterable[OpeningLine], *, on: date) -> list[LineShown]:
    """The rows in words."""
    return [line_shown(row, on=on) for row in rows]


def line_shown(row: OpeningLine, *, on: date) -> LineShown:
    """One of them."""
    is_open = row.state == "open"
    return LineShown(
        id=row.id,
        title=row.title,
        where=place_told(row.employer, row.place),
        city=row.city,
        hours=hours_told(row.hours_min, row.hours_max),
        places=row.places,
        state=str(STATE_WORDS[row.state]),
        demand=str(DEMAND_TOLD[row.demand_source]),
        is_confirmed=row.is_confirmed,
        is_open=is_open,
        closes=spoken_date(day=row.closes_on) if row.closes_on else "",
        is_closing_soon=is_open and row.closes_on is not None and row.closes_on <= on + CLOSING_SOON,
        is_public=row.is_public,
        is_reserved=row.is_reserved,
    )


def place_told(employer: str, place: str) -> str:
    """“Kantinen, Havnen”; a place that is called as its employer is told once."""
    return employer if place.casefold() == employer.casefold() else f"{employer}, {place}"


def page_number(text: str | None) -> int:
    """The page in the address; the first when it says nothing."""
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < 6
    return min(max(1, int(text or 1)), MOST_PAGES) if is_number else 1


def pages_of(query: QueryDict, *, number: int, has_more: bool) -> list[tuple[str, str, str]]:
    """Relation, address and word of the page before and the page after."""
    found = []
    if number > 1:
        found.append(("prev", _address(query, number - 1), _("Previous")))
    if has_more:
        found.append(("next", _address(query, number + 1), _("Next")))
    return found


def _address(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"
