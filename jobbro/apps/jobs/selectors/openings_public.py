"""Open jobs for everybody, without login: only what is public, open and not past its closing date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q

from jobbro.engines.occupations.occupations import occupations

from ..models import Opening
from ..states import open_on
from .holders import occupation_title
from .openings import rows_in_order

A_PAGE = 25
LONGEST = 60
MOST_PAGES = 400


@dataclass(frozen=True, kw_only=True)
class PublicFilter:
    """What somebody looks for: words, a town or the beginning of a postcode, and the most hours a week."""

    words: str = ""
    town: str = ""
    most_hours: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class PublicOpening:
    """A job as the world may see it."""

    id: UUID
    title: str
    employer: str
    place: str
    address: str
    postcode: str
    city: str
    occupation: str
    occupation_title: str
    description: str
    hours_min: Decimal
    hours_max: Decimal
    slots: tuple[str, ...]
    requires: tuple[str, ...]
    places: int
    wage_text: str
    starts_on: date | None
    closes_on: date | None
    posted_on: date


@dataclass(frozen=True, kw_only=True)
class PublicList:
    """One page of public jobs."""

    rows: tuple[PublicOpening, ...]
    number: int
    has_more: bool


def public_openings(*, wanted: PublicFilter, number: int, on: date) -> PublicList:
    """Public jobs, those that close first above. Two queries."""
    rows = Opening.objects.filter(open_on(on), is_public=True, is_reserved=False)
    words, town = wanted.words.strip()[:LONGEST], wanted.town.strip()[:LONGEST]
    if words:
        alike = [one.occupation.code for one in occupations().search(words, limit=5) if one.score > 0.6]
        rows = rows.filter(
            Q(title__icontains=words)
            | Q(description__icontains=words)
            | Q(employer_name__icontains=words)
            | Q(occupation__in=alike)
        )
    if town:
        rows = rows.filter(Q(city__icontains=town) | Q(postcode__startswith=town[:4]))
    if wanted.most_hours is not None:
        rows = rows.filter(hours_min__lte=wanted.most_hours)
    number = min(max(1, number), MOST_PAGES)
    start = (number - 1) * A_PAGE
    ordered = rows.order_by(F("closes_on").asc(nulls_last=True), "-made_at", "pk")
    ids = list(ordered.values_list("pk", flat=True)[start : start + A_PAGE + 1])
    return PublicList(
        rows=tuple(_public(row) for row in rows_in_order(ids[:A_PAGE])),
        number=number,
        has_more=len(ids) > A_PAGE,
    )


def public_opening(*, opening_id: UUID, on: date) -> PublicOpening | None:
    """The job, when it is public and open on the day. One query."""
    row = Opening.objects.filter(open_on(on), pk=opening_id, is_public=True, is_reserved=False).first()
    return _public(row) if row is not None else None


def _public(row: Opening) -> PublicOpening:
    return PublicOpening(
        id=row.pk,
        title=row.title,
        employer=row.employer_name,
        place=row.place_name,
        address=row.address,
        postcode=row.postcode,
        city=row.city,
        occupation=row.occupation,
        occupation_title=occupation_title(row.occupation),
        description=row.description,
        hours_min=row.hours_min,
        hours_max=row.hours_max,
        slots=tuple(row.slots),
        requires=tuple(row.requires),
        places=row.places,
        wage_text=row.wage_text,
        starts_on=row.starts_on,
        closes_on=row.closes_on,
        posted_on=row.state_on,
    )
