"""Many open jobs beside what is known: which workplace each is at, what it changes, and where it cannot be right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from uuid import UUID

from jobbro.apps.employers.models import Workplace
from jobbro.engines.occupations.occupations import occupations
from jobbro.kernel.vocabulary import AREAS, LANGUAGES, LEVEL_MAX, area_labels

from .opening_checking import OpeningDraft, checked_draft, place_on_map
from .refusals import Refused

# “Stå 2; Løfte og bære: 1”: between them a semicolon, a bar or a new line, or a comma behind the level.
_ASKED = re.compile(r"\s*([^;|\n]*?)\s*[:=]?\s*(\d)\s*(?:[;|\n,]|$)")


class Gap(StrEnum):
    """Why a row cannot be brought in, beside what `checked_draft` refuses."""

    COMPANY = "company_unknown"
    CLOSED = "closed"
    WORKPLACE = "workplace_unknown"
    WHICH = "workplace_needed"
    PLACE = "no_place"
    DEMAND = "demand_missing"
    PASSED = "closes_passed"


@dataclass(frozen=True, kw_only=True)
class OpeningRow:
    """A row of a file: which workplace, and the job as it is written there."""

    cvr: str
    p_number: str
    workplace: str
    draft: OpeningDraft
    demand: Mapping[str, int] = field(hash=False, default_factory=dict)
    is_open: bool = False


@dataclass(frozen=True)
class KnownOpening:
    """A job that is there: by its number where it came from, or by its name."""

    id: UUID
    workplace_id: UUID
    source_id: str
    title: str
    is_alive: bool


@dataclass
class KnownCompany:
    """A company with its workplaces and jobs."""

    is_closed: bool
    workplaces: list[Workplace] = field(default_factory=list)
    openings: list[KnownOpening] = field(default_factory=list)


Book = Mapping[str, KnownCompany]


@dataclass(frozen=True)
class PlacedOpening:
    """Where the row belongs: its workplace and what it changes (None: it is new), or the first thing wrong with it."""

    workplace: Workplace | None = None
    changes: UUID | None = None
    is_known: bool = False
    refusal: Refused | None = None


def place_openings(book: Book, rows: Iterable[OpeningRow], *, on: date) -> list[PlacedOpening]:
    """Each row by itself."""
    return [_place(book, row, on=on) for row in rows]


def _place(book: Book, row: OpeningRow, *, on: date) -> PlacedOpening:
    try:
        company = book.get(row.cvr)
        if company is None:
            raise Refused(Gap.COMPANY, fields=("cvr",))
        if company.is_closed:
            raise Refused(Gap.CLOSED, fields=("cvr",))
        workplace = _workplace(company, row, on=on)
        _check(row, workplace=workplace, on=on)
    except Refused as refusal:
        return PlacedOpening(refusal=refusal)
    known = _known(company, row, workplace=workplace)
    if known is None:
        return PlacedOpening(workplace=workplace)
    if not row.draft.source_id:
        # Without a number of its own nobody can say that the row is meant to change what is there.
        return PlacedOpening(workplace=workplace, is_known=True)
    return PlacedOpening(workplace=workplace, changes=known.id)


def _workplace(company: KnownCompany, row: OpeningRow, *, on: date) -> Workplace:
    standing = [place for place in company.workplaces if place.closed_on is None or place.closed_on > on]
    if row.p_number:
        found = [place for place in standing if place.p_number == row.p_number]
        column = "p_number"
    elif row.workplace:
        found = [place for place in standing if place.name.casefold() == row.workplace.casefold()]
        column = "workplace"
    else:
        found, column = standing, "workplace"
        if len(found) > 1:
            raise Refused(Gap.WHICH, fields=(column,))
    if not found:
        raise Refused(Gap.WORKPLACE, fields=(column,))
    return found[0]


def _check(row: OpeningRow, *, workplace: Workplace, on: date) -> None:
    checked_draft(row.draft, workplace=workplace)
    place_on_map(workplace)
    if row.draft.closes_on is not None and row.draft.closes_on < on:
        raise Refused(Gap.PASSED, fields=("closes_on",))
    if row.is_open and not row.demand and not _has_levels(row.draft.occupation):
        raise Refused(Gap.DEMAND, fields=("is_open",))


def _has_levels(code: str) -> bool:
    return code in occupations() and occupations().by_code(code).has_profile


def _known(company: KnownCompany, row: OpeningRow, *, workplace: Workplace) -> KnownOpening | None:
    source, title = row.draft.source_id, row.draft.title.casefold()
    for known in company.openings:
        if source and known.source_id == source:
            return known
        is_alike = known.workplace_id == workplace.pk and known.title.casefold() == title and known.is_alive
        if not source and is_alike:
            return known
    return None


def demand_read(text: str) -> dict[str, int] | None:
    """“Stå 2; Løfte og bære 1” by names or codes of areas; None when any part cannot be read, or stands twice."""
    names, found, at = _area_names(), {}, 0
    # Runs of blanks would be tried in every way they can be shared out: a long cell of them would take minutes.
    text = "\n".join(line for each in text.splitlines() if (line := " ".join(each.split())))
    while at < len(text):
        part = _ASKED.match(text, at)
        area = names.get(_plain(part.group(1))) if part and not part.group(1).endswith(("-", "−")) else None
        if part is None or area is None or area in found or int(part.group(2)) > LEVEL_MAX:
            return None
        found[area] = int(part.group(2))
        at = part.end()
    return {area: found[area] for area in AREAS if found.get(area)}


@cache
def _area_names() -> dict[str, str]:
    labels = {_plain(area_labels(spoken)[area].label): area for spoken in LANGUAGES for area in AREAS}
    return {**labels, **{_plain(area): area for area in AREAS}}


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def occupation_read(text: str) -> str | None:
    """The code of an occupation written as code or title; "" for none told, None when it is not known."""
    wanted = text.strip()
    if not wanted or wanted in occupations():
        return wanted
    return _by_title().get(wanted.casefold())


@cache
def _by_title() -> dict[str, str]:
    return {one.title.casefold(): one.code for one in occupations()}
