"""Many open jobs for the benches of pages: fictive companies and workplaces all over the country, copied in fast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

import numpy as np
import psycopg

from jobbro.apps.audit.ids import uuid7
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.employers.models import Company, Workplace
from jobbro.apps.jobs.enums import OpeningDemand, OpeningOrigin, OpeningState
from jobbro.apps.jobs.models import Opening
from jobbro.apps.jobs.opening_checking import default_measures
from jobbro.cli.demo.writing import Rows, write_rows
from jobbro.engines.occupations.occupations import occupations
from jobbro.kernel.postcodes import TABLE, Place, read_postcodes
from jobbro.kernel.vocabulary import AREAS, SLOTS

OPENINGS_A_COMPANY, PLACES_A_COMPANY = 100, 2
AT_ONCE = 5_000
SEED = 5
_HOLDERS = """
select distinct on (municipality_id) municipality_id, team_id, broker_id from employers_company
order by municipality_id, id
"""
_LAST_CVR = "select coalesce(max(cvr), '10000000') from employers_company where cvr like '1%'"


def load_openings(connection: psycopg.Connection[Any], *, count: int, at: datetime) -> int:
    """`count` open jobs are there, in one transaction of the owner; returns how many there are now in all.

    Needs a company in each municipality that is to have some: its team and broker hold the new ones. The history of
    changes is left out: these rows are nobody's doing.
    """
    with connection.cursor() as cursor:
        cursor.execute("alter table jobs_opening disable trigger history")
        holders = cursor.execute(_HOLDERS).fetchall()
        (last,) = cursor.execute(_LAST_CVR).fetchone() or ("10000000",)
    if not holders:
        raise ValueError("there is no company to begin with; load the demo first")
    dice = np.random.default_rng(SEED)
    places = _companies(connection, holders, count=count, first_cvr=int(last) + 1, at=at, dice=dice)
    made = _openings(places, count=count, at=at, dice=dice)
    while chunk := list(islice(made, AT_ONCE)):
        _write(connection, Opening, chunk)
    with connection.cursor() as cursor:
        # Foreign keys are looked at now: a table with rows to be looked at cannot be altered.
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table jobs_opening enable trigger history")
        (total,) = cursor.execute("select count(*) from jobs_opening where state = 'open'").fetchone() or (0,)
    connection.commit()
    connection.autocommit = True
    connection.execute("vacuum analyze jobs_opening")
    connection.execute("analyze employers_company, employers_workplace")
    connection.autocommit = False
    return int(total)


def _companies(
    connection: psycopg.Connection[Any],
    holders: list[Any],
    *,
    count: int,
    first_cvr: int,
    at: datetime,
    dice: np.random.Generator,
) -> list[Workplace]:
    spots = list(read_postcodes(TABLE)[1].values())
    companies, places = [], []
    for number in range(max(1, count // OPENINGS_A_COMPANY)):
        code, team, broker = holders[number % len(holders)]
        company = Company(
            municipality_id=code,
            cvr=str(first_cvr + number),
            name=f"Virksomhed {number}",
            state=PartnerState.PARTNER,
            state_on=at.date(),
            team_id=team,
            broker_id=broker,
            created_by_id=broker,
            created_at=at,
        )
        companies.append(company)
        for order, spot in enumerate(dice.integers(0, len(spots), PLACES_A_COMPANY)):
            places.append(_workplace(company, spots[spot], order=order))
    _write(connection, Company, companies)
    _write(connection, Workplace, places)
    return places


def _workplace(company: Company, spot: Place, *, order: int) -> Workplace:
    name = f"Afdeling {order + 1}"
    where = {"postcode": spot.postcode, "city": spot.town, "x": spot.x, "y": spot.y}
    return Workplace(company=company, name=name, slots=list(SLOTS[:10]), **where)


def _openings(places: list[Workplace], *, count: int, at: datetime, dice: np.random.Generator) -> Iterator[Opening]:
    """Jobs of every occupation with levels, most of them confirmed, a tenth on the open job page."""
    known = [one for one in occupations() if one.has_profile]
    kinds, low = dice.integers(0, len(known), count), dice.integers(2, 33, count)
    wide, closes = dice.integers(0, 15, count), dice.integers(0, 120, count)
    for number in range(count):
        place, one = places[number % len(places)], known[kinds[number]]
        broker: UUID = place.company.broker_id
        is_confirmed = bool(closes[number] % 3)
        eased = {area: min(level, 3) for area, level in one.levels.items()} if is_confirmed else dict(one.levels)
        yield Opening(
            company_id=place.company_id,
            workplace_id=place.pk,
            origin=OpeningOrigin.BROKER,
            title=f"{one.title} {number}",
            occupation=one.code,
            employer_name=place.company.name,
            place_name=place.name,
            postcode=place.postcode,
            city=place.city,
            x=place.x or 0.0,
            y=place.y or 0.0,
            hours_min=Decimal(int(low[number])),
            hours_max=Decimal(int(min(37, low[number] + wide[number]))),
            slots=list(SLOTS[: 2 * int(closes[number] % 4) : 2]),
            measures=list(_usual(place)),
            demand={area: eased[area] for area in AREAS if eased.get(area)},
            demand_source=OpeningDemand.CONFIRMED if is_confirmed else OpeningDemand.OCCUPATION,
            confirmed_by_id=broker if is_confirmed else None,
            confirmed_at=at if is_confirmed else None,
            is_public=closes[number] % 10 == 0,
            closes_on=_day(at, int(closes[number])),
            state=OpeningState.OPEN,
            state_on=at.date(),
            made_by_id=broker,
            made_at=at,
            changed_by_id=broker,
            changed_at=at,
        )


def _day(at: datetime, days: int) -> date | None:
    """A third has no closing date."""
    return at.date() + timedelta(days=days) if days < 80 else None


_USUAL: dict[UUID, tuple[str, ...]] = {}


def _usual(place: Workplace) -> tuple[str, ...]:
    if place.pk not in _USUAL:
        _USUAL[place.pk] = default_measures(place)
    return _USUAL[place.pk]


def _write(connection: psycopg.Connection[Any], table: type[Any], made: list[Any]) -> None:
    rows, by = Rows(), uuid7()
    rows.by_table[table] = [(by, row) for row in made]
    write_rows(connection, rows)
