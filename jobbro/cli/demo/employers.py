"""Companies as partners: workplaces, contacts, what was said, promised and agreed, and the hands they need."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.employers.enums import NeedState, PartnerState, PromiseState, Sector
from jobbro.apps.employers.models import (
    Company,
    ContactPerson,
    PartnerAgreement,
    Promise,
    RecruitmentNeed,
    Talk,
    Workplace,
    YearlyTalk,
)
from jobbro.apps.organisations.models import Team
from jobbro.kernel.postcodes import place_of
from jobbro.kernel.strict_yaml import read_yaml
from jobbro.kernel.vocabulary import SLOTS

from .calendar import moment, weekday
from .content import CONTENT
from .ids import Ids
from .organisations import Place, add_user
from .writing import EventRow, Rows

EMPLOYERS_BLOCK = 900_000


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A company of the demo with its workplaces by name, for what else is told about it."""

    company: Company
    workplaces: Mapping[str, Workplace]


@dataclass(frozen=True, kw_only=True)
class _Desk:
    """What every row of one company is made with."""

    rows: Rows
    ids: Ids
    rng: Random
    today: date
    company: Company

    @property
    def broker(self) -> UUID:
        return self.company.broker_id

    def day(self, ago: int) -> date:
        return weekday(self.today - timedelta(days=ago))

    def add(self, row: Any, *, verb: Verb, on: date) -> None:
        """The row is written as the broker's act of that day."""
        self.rows.add(row, by=self.broker)
        at = moment(on, rng=self.rng)
        self.rows.events.append(
            EventRow(
                at=at,
                actor_id=self.broker,
                verb=verb,
                citizen_id=None,
                subject=f"{row._meta.model_name}:{row.pk}",
            )
        )


@cache
def companies() -> tuple[dict[str, Any], ...]:
    """The companies as the content tells them."""
    return tuple(read_yaml(CONTENT / "companies.yaml").value["companies"])


def employer_logins() -> list[tuple[str, str, str]]:
    """Username, name and company of those at a company who can log in."""
    return [
        (person["username"], person["name"], told["name"])
        for told in companies()
        for person in told.get("contacts", ())
        if "username" in person
    ]


def add_companies(rows: Rows, *, places: tuple[Place, ...], password: str, today: date) -> tuple[Partner, ...]:
    """The partners of the three municipalities."""
    return tuple(
        _add_company(rows, told, number=number, places=places, password=password, today=today)
        for number, told in enumerate(companies())
    )


def _add_company(
    rows: Rows, told: Mapping[str, Any], *, number: int, places: tuple[Place, ...], password: str, today: date
) -> Partner:
    ids = Ids(EMPLOYERS_BLOCK + number)
    rng = Random(f"company:{told['cvr']}")  # noqa: S311 - the demo is meant to be the same everywhere
    broker = next(user for user in rows.of(User) if user.username == told["broker"])
    team = next(team for team in rows.of(Team) if team.name == told["team"])
    place = next(p for p in places if p.team.pk == team.pk and p.code == told.get("code", p.code))
    state = PartnerState(told.get("state", PartnerState.PARTNER))
    began = weekday(today - timedelta(days=told["ago"]))
    company = Company(
        id=ids(),
        municipality_id=place.code,
        cvr=told["cvr"],
        name=told["name"],
        sector=told.get("sector", Sector.PRIVATE),
        trade=told["trade"],
        phone=told.get("phone", ""),
        email=told.get("mail", ""),
        website=told.get("website", ""),
        state=state,
        state_on=_state_on(told, state=state, began=began, today=today),
        state_note=told.get("note", ""),
        team=team,
        broker=broker,
        created_by=broker,
        created_at=moment(began, rng=rng),
    )
    desk = _Desk(rows=rows, ids=ids, rng=rng, today=today, company=company)
    desk.add(company, verb=Verb.COMPANY_ADDED, on=began)
    workplaces = {one["name"]: _add_workplace(desk, one, place=place, on=began) for one in told.get("workplaces", ())}
    for nth, person in enumerate(told.get("contacts", ())):
        _add_contact(desk, person, is_first=nth == 0, password=password, on=began)
    _add_words(desk, told)
    for one in told.get("promises", ()):
        _add_promise(desk, one)
    for one in told.get("needs", ()):
        _add_need(desk, one, workplaces=workplaces)
    return Partner(company=company, workplaces=workplaces)


def _state_on(told: Mapping[str, Any], *, state: PartnerState, began: date, today: date) -> date:
    """A partnership that rests or has ended did so after the last talk."""
    if state in (PartnerState.NEW, PartnerState.PARTNER):
        return began
    return weekday(today - timedelta(days=min(talk["ago"] for talk in told["talks"]) - 1))


def _add_workplace(desk: _Desk, told: Mapping[str, Any], *, place: Place, on: date) -> Workplace:
    workplace_id = desk.ids()
    x, y = _spot(place, workplace_id)
    workplace = Workplace(
        id=workplace_id,
        company=desk.company,
        p_number=told.get("p_number", ""),
        name=told["name"],
        address=told["address"],
        postcode=place.postcode,
        city=place.town,
        x=x,
        y=y,
        directions=told.get("directions", ""),
        measures=sorted(told.get("measures", ())),
        features=list(told.get("features", ())),
        offers_note=told.get("note", ""),
        slots=[slot for slot in SLOTS if slot in told["slots"]],
        slot_hours=Decimal(told["slot_hours"]),
        closed_on=desk.day(told["closed"]) if "closed" in told else None,
    )
    desk.add(workplace, verb=Verb.WORKPLACE_ADDED, on=on)
    return workplace


def _spot(place: Place, workplace_id: UUID) -> tuple[float | None, float | None]:
    """Somewhere around the town, so that the demo's companies lie apart on the map."""
    town = place_of(place.postcode)
    if town is None:
        return None, None
    number = workplace_id.int % 997
    way, far = math.radians(number * 137), 1 + number % 13
    return round(town.x + far * math.cos(way), 2), round(town.y + far * math.sin(way), 2)


def _add_contact(desk: _Desk, told: Mapping[str, Any], *, is_first: bool, password: str, on: date) -> None:
    user = None
    if "username" in told:
        user = add_user(
            desk.rows,
            username=told["username"],
            name=told["name"],
            password=password,
            ids=desk.ids,
            rng=desk.rng,
            kind=Kind.EMPLOYER,
        )
    contact = ContactPerson(
        id=desk.ids(),
        company=desk.company,
        user=user,
        name=told["name"],
        title=told["title"],
        phone=told["phone"],
        email=told.get("mail", ""),
        is_first=is_first,
        sees_wages=told.get("wages", False),
        from_on=on,
    )
    desk.add(contact, verb=Verb.CONTACT_ADDED, on=on)


def _add_words(desk: _Desk, told: Mapping[str, Any]) -> None:
    """What was said and agreed."""
    for one in told.get("talks", ()):
        held_on = desk.day(one["ago"])
        talk = Talk(
            id=desk.ids(),
            company=desk.company,
            kind=one["kind"],
            held_on=held_on,
            text=one["text"],
            is_shared=one.get("shared", True),
            written_by_id=desk.broker,
            written_at=moment(held_on, rng=desk.rng),
        )
        desk.add(talk, verb=Verb.TALK_WRITTEN, on=held_on)
    if "yearly" in told:
        said = told["yearly"]
        held_on = desk.day(said["ago"])
        yearly = YearlyTalk(
            id=desk.ids(),
            company=desk.company,
            held_on=held_on,
            they_said=said["they"],
            we_said=said["we"],
            agreed=said["agreed"],
            written_by_id=desk.broker,
            written_at=moment(held_on, rng=desk.rng),
        )
        desk.add(yearly, verb=Verb.YEARLY_TALK_HELD, on=held_on)
    for one in told.get("agreements", ()):
        _add_agreement(desk, one)


def _add_agreement(desk: _Desk, told: Mapping[str, Any]) -> None:
    agreed_on = desk.day(told["ago"])
    agreement = PartnerAgreement(
        id=desk.ids(),
        company=desk.company,
        title=told["title"],
        text=told["text"],
        agreed_on=agreed_on,
        agreed_with=told["with"],
        from_on=agreed_on,
        until_on=desk.day(told["ended"]) if "ended" in told else None,
        written_by_id=desk.broker,
        written_at=moment(agreed_on, rng=desk.rng),
    )
    desk.add(agreement, verb=Verb.AGREEMENT_MADE, on=agreed_on)


def _add_promise(desk: _Desk, told: Mapping[str, Any]) -> None:
    promised_on, due_on = desk.day(told["ago"]), desk.today + timedelta(days=told["in"])
    state = PromiseState(told.get("state", PromiseState.OPEN))
    promise = Promise(
        id=desk.ids(),
        company=desk.company,
        by=told["by"],
        text=told["text"],
        promised_on=promised_on,
        due_on=due_on,
        state=state,
        state_on=None if state == PromiseState.OPEN else weekday(due_on),
        state_note=told.get("note", ""),
        written_by_id=desk.broker,
    )
    desk.add(promise, verb=Verb.PROMISE_MADE, on=promised_on)


def _add_need(desk: _Desk, told: Mapping[str, Any], *, workplaces: Mapping[str, Workplace]) -> None:
    told_on = desk.day(told["ago"])
    need = RecruitmentNeed(
        id=desk.ids(),
        company=desk.company,
        workplace=workplaces.get(told.get("workplace", "")),
        title=told["title"],
        occupation=told.get("occupation", ""),
        places=told["places"],
        hours_min=Decimal(told["min"]) if "min" in told else None,
        hours_max=Decimal(told["max"]) if "max" in told else None,
        wanted_from=desk.today + timedelta(days=told["in"]) if "in" in told else None,
        state=NeedState(told.get("state", NeedState.OPEN)),
        told_on=told_on,
        ended_on=desk.day(told["ended"]) if "ended" in told else None,
    )
    desk.add(need, verb=Verb.NEED_TOLD, on=told_on)
