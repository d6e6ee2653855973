"""Municipalities, units, teams and their employees; and the places where citizens have their course."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.audit.context import SYSTEM_ACTOR
from jobbro.apps.organisations.models import Municipality, Team, Unit, UnitMunicipality

from .content import danish_municipalities, names, organisation
from .ids import Ids
from .numbers import phone_number
from .writing import Rows

FOUNDED_ON = date(2020, 1, 1)
CORE_BLOCK = 0
FIRST_LOAD_BLOCK = 1_000_000
CITIZENS_AN_EMPLOYEE = 21
FEWEST_STAFF = 8
TEAM_NAMES = ("Team Nord", "Team Midt", "Team Syd", "Team Øst", "Team Vest")
# The roles of a load municipality before its caseworkers and job brokers.
LEADING_ROLES = (Role.TEAM_LEAD, Role.ADMINISTRATOR, Role.KEY_PERSON, Role.ANALYST)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A team and a municipality in which citizens have their course, with the people who work there."""

    code: str
    town: str
    postcode: str
    mail: str
    unit_id: UUID
    team: Team
    lead: User
    caseworkers: tuple[User, ...]
    brokers: tuple[User, ...]
    key_persons: tuple[User, ...]
    analysts: tuple[User, ...]
    former: tuple[User, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Employee:
    """Somebody with the positions they hold or held."""

    user: User
    positions: tuple[Position, ...]

    def has(self, *, role: Role, unit: UUID | None = None, team: UUID | None = None, on: date) -> bool:
        """Whether the role is held on the day, in the unit or the team."""
        return any(
            position.role == role
            and (unit is None or position.unit_id == unit)
            and (team is None or position.team_id == team)
            and (position.until_on is None or position.until_on >= on)
            for position in self.positions
        )


def core_places(rows: Rows, *, password: str, today: date) -> tuple[Place, ...]:
    """The three municipalities with all their people; the places in the order of the teams."""
    ids, found = Ids(CORE_BLOCK), organisation()
    towns = {town["code"]: town for town in found["municipalities"]}
    for town in towns.values():
        _add_municipality(rows, code=town["code"], name=town["name"], region="Prøveland", phone=town["phone"])
    units = {unit["code"]: _core_unit(rows, unit, ids=ids) for unit in found["units"]}
    teams = {
        team["name"]: team["row"]
        for unit in found["units"]
        for team in _core_teams(rows, unit, unit_id=units[unit["code"]], ids=ids)
    }
    staff = [
        _core_employee(rows, person, units=units, teams=teams, ids=ids, password=password, today=today)
        for person in found["staff"]
    ]
    return tuple(
        _place(towns[code], unit_id=units[unit["code"]], team=teams[name], staff=staff, on=today)
        for unit in found["units"]
        for name in unit["teams"]
        for code in unit["serves"]
    )


def _add_municipality(rows: Rows, *, code: str, name: str, region: str, phone: str) -> None:
    rows.add(Municipality(code=code, name=name, region=region, phone=phone, from_on=date(2007, 1, 1)), by=SYSTEM_ACTOR)


def _core_unit(rows: Rows, unit: Mapping[str, Any], *, ids: Ids) -> UUID:
    mail = f"{unit['code']}@jobbro.example"
    return _add_unit(rows, name=unit["name"], serves=unit["serves"], phone="01 23 99 10", mail=mail, ids=ids)


def _add_unit(rows: Rows, *, name: str, serves: Iterable[str], phone: str, mail: str, ids: Ids) -> UUID:
    unit = Unit(id=ids(), name=name, phone=phone, email=mail, from_on=FOUNDED_ON)
    rows.add(unit, by=SYSTEM_ACTOR)
    for code in serves:
        rows.add(
            UnitMunicipality(id=ids(), unit=unit, municipality_id=code, from_on=FOUNDED_ON),
            by=SYSTEM_ACTOR,
        )
    return unit.pk


def _core_teams(rows: Rows, unit: Mapping[str, Any], *, unit_id: UUID, ids: Ids) -> list[dict[str, Any]]:
    return [{"name": name, "row": _add_team(rows, name=name, unit_id=unit_id, ids=ids)} for name in unit["teams"]]


def _add_team(rows: Rows, *, name: str, unit_id: UUID, ids: Ids) -> Team:
    team = Team(id=ids(), unit_id=unit_id, name=name, from_on=FOUNDED_ON)
    rows.add(team, by=SYSTEM_ACTOR)
    return team


def _core_employee(
    rows: Rows,
    person: Mapping[str, Any],
    *,
    units: Mapping[str, UUID],
    teams: Mapping[str, Team],
    ids: Ids,
    password: str,
    today: date,
) -> Employee:
    rng = Random(f"staff:{person['username']}")  # noqa: S311 - the demo is meant to be the same everywhere
    user = add_user(rows, username=person["username"], name=person["name"], password=password, ids=ids, rng=rng)
    positions = []
    for given in person["positions"]:
        team = teams[given["team"]] if "team" in given else None
        ended = today - timedelta(days=given["ended"]) if "ended" in given else None
        positions.append(
            _add_position(
                rows,
                user=user,
                role=Role(given["role"]),
                unit_id=team.unit_id if team else units[given["unit"]],
                team=team,
                until_on=ended,
                ids=ids,
            )
        )
    return Employee(user=user, positions=tuple(positions))


def add_user(
    rows: Rows,
    *,
    username: str,
    name: str,
    password: str,
    ids: Ids,
    rng: Random,
    kind: Kind = Kind.STAFF,
    language: str = "da",
    is_easy: bool = False,
) -> User:
    """Somebody who can log in."""
    user = User(
        id=ids(),
        username=username,
        kind=kind,
        display_name=name,
        email=f"{username}@jobbro.example" if kind == Kind.STAFF else "",
        phone=phone_number(rng=rng) if kind == Kind.STAFF else "",
        password=password,
        language=language,
        is_easy=is_easy,
    )
    rows.add(user, by=SYSTEM_ACTOR)
    return user


def _add_position(
    rows: Rows, *, user: User, role: Role, unit_id: UUID, team: Team | None, until_on: date | None, ids: Ids
) -> Position:
    position = Position(
        id=ids(), user=user, role=role, unit_id=unit_id, team=team, from_on=date(2022, 3, 1), until_on=until_on
    )
    rows.add(position, by=SYSTEM_ACTOR)
    return position


def _place(town: Mapping[str, str], *, unit_id: UUID, team: Team, staff: list[Employee], on: date) -> Place:
    def who(role: Role, *, in_team: bool = False) -> tuple[User, ...]:
        team_id = team.pk if in_team else None
        return tuple(one.user for one in staff if one.has(role=role, unit=unit_id, team=team_id, on=on))

    former = tuple(
        one.user
        for one in staff
        if any(position.team_id == team.pk and position.until_on is not None for position in one.positions)
    )
    return Place(
        code=town["code"],
        town=town["name"],
        postcode=town["postcode"],
        mail=town["mail"],
        unit_id=unit_id,
        team=team,
        lead=who(Role.TEAM_LEAD)[0],
        caseworkers=who(Role.CASEWORKER, in_team=True) or who(Role.CASEWORKER),
        brokers=who(Role.JOB_BROKER, in_team=True) or who(Role.JOB_BROKER),
        key_persons=who(Role.KEY_PERSON),
        analysts=who(Role.ANALYST),
        former=former,
    )


def load_places(rows: Rows, *, number: int, citizens: int, password: str, today: date) -> tuple[Place, ...]:
    """One of the 98 municipalities with a unit, teams and staff that fit the number of citizens."""
    code, name, region = danish_municipalities()[number]
    ids = Ids(FIRST_LOAD_BLOCK + number)
    rng = Random(f"municipality:{code}")  # noqa: S311 - the load set is meant to be the same everywhere
    _add_municipality(rows, code=code, name=name, region=region, phone="01 23 99 00")
    unit_id = _add_unit(
        rows,
        name=f"Job og Støtte {name}",
        serves=[code],
        phone="01 23 99 00",
        mail=f"job-{code}@jobbro.example",
        ids=ids,
    )
    size = max(FEWEST_STAFF, math.ceil(citizens / CITIZENS_AN_EMPLOYEE))
    teams = [_add_team(rows, name=name, unit_id=unit_id, ids=ids) for name in TEAM_NAMES[: max(2, min(5, size // 6))]]
    staff = [
        _load_employee(rows, code=code, role=role, team=team, unit_id=unit_id, ids=ids, password=password, rng=rng)
        for role, team in _load_roles(size=size, teams=teams)
    ]
    town = {"code": code, "name": name, "postcode": "9998", "mail": f"k{code}.example"}
    return tuple(_place(town, unit_id=unit_id, team=team, staff=staff, on=today) for team in teams)


def _load_roles(*, size: int, teams: list[Team]) -> list[tuple[Role, Team | None]]:
    """Two caseworkers for each job broker, team after team."""
    roles: list[tuple[Role, Team | None]] = [(role, None) for role in LEADING_ROLES]
    wanted = cycle(
        [
            *((Role.CASEWORKER, t) for t in teams),
            *((Role.JOB_BROKER, t) for t in teams),
            *((Role.CASEWORKER, t) for t in teams),
        ]
    )
    while len(roles) < max(size, len(LEADING_ROLES) + 2 * len(teams)):
        roles.append(next(wanted))
    return roles


def _load_employee(
    rows: Rows,
    *,
    code: str,
    role: Role,
    team: Team | None,
    unit_id: UUID,
    ids: Ids,
    password: str,
    rng: Random,
) -> Employee:
    given = rng.choice(names().women if rng.random() < 0.6 else names().men)
    user = add_user(
        rows,
        username=f"{role.value.replace('_', '-')}-{code}-{ids.drawn}",
        name=f"{given} {rng.choice(names().family)}",
        password=password,
        ids=ids,
        rng=rng,
    )
    position = _add_position(rows, user=user, role=role, unit_id=unit_id, team=team, until_on=None, ids=ids)
    return Employee(user=user, positions=(position,))
