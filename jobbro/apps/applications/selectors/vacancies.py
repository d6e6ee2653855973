"""Reads of posts applied for with fortrinsadgang."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for

from ..due import Due, due_of_vacancy, opinion_until
from ..facts import seen_vacancy
from ..models import Negotiation, Vacancy
from ..permissions import can_apply, can_move_vacancy
from ..states import LAW_REFUSES, ON_HOLD, OPEN_VACANCY, VACANCY_MOVES


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """A negotiation as it was written down."""

    held_on: date
    way: str
    participants: tuple[str, ...]
    employer_said: str
    municipality_said: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class VacancyShown:
    """A post with its days, what comes next, what may be done now, and what the law does not allow yet."""

    id: UUID
    title: str
    employer: str
    employer_kind: str
    route: str
    is_own_service: bool
    state: str
    days: tuple[tuple[str, date], ...]
    ended_on: date | None
    opinion_until: date | None
    opinion_asked_on: date | None
    may_ask_opinion: bool
    due: tuple[Due, ...]
    moves: tuple[str, ...]
    not_yet: tuple[tuple[str, str], ...]
    is_on_hold: bool
    is_open: bool
    seen: str


@dataclass(frozen=True, kw_only=True)
class VacancyPage:
    """The posts of a citizen, or one of them with its minutes."""

    citizen: Citizen
    vacancies: tuple[VacancyShown, ...]
    minutes: tuple[Minutes, ...]
    is_own: bool
    may_note: bool

    @property
    def vacancy(self) -> VacancyShown:
        """The one post of the page."""
        return self.vacancies[0]


def vacancies_of(*, actor: Actor, citizen_id: UUID, on: date) -> VacancyPage | None:
    """The posts of a citizen, open ones first, or None when there is no such citizen for the actor. Two queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    rows = Vacancy.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("-noted_on", "-id")
    shown = [_shown(row, actor=actor, on=on) for row in rows]
    return VacancyPage(
        citizen=citizen,
        vacancies=tuple(sorted(shown, key=lambda row: not row.is_open)),
        minutes=(),
        is_own=actor.citizen_id == citizen_id,
        may_note=can_apply(actor, citizen_id),
    )


def vacancy_for(*, actor: Actor, vacancy_id: UUID, on: date) -> VacancyPage | None:
    """One post with its minutes, or None when it is not there for the actor. Three queries."""
    found = Vacancy.objects.visible_to(actor).select_related("citizen").filter(pk=vacancy_id)
    row: Vacancy | None = found.first()
    if row is None:
        return None
    return VacancyPage(
        citizen=row.citizen,
        vacancies=(_shown(row, actor=actor, on=on),),
        minutes=_minutes(Negotiation.objects.filter(vacancy=row).order_by("held_on", "id")),
        is_own=actor.citizen_id == row.citizen_id,
        may_note=can_apply(actor, row.citizen_id),
    )


def _minutes(rows: Iterable[Negotiation]) -> tuple[Minutes, ...]:
    held = list(rows)
    writers = {row.recorded_by_id for row in held}
    names = dict(User.objects.filter(pk__in=writers).values_list("pk", "display_name")) if writers else {}
    return tuple(
        Minutes(
            held_on=row.held_on,
            way=row.way,
            participants=tuple(row.participants),
            employer_said=row.employer_said,
            municipality_said=row.municipality_said,
            recorded_by=names.get(row.recorded_by_id, ""),
            recorded_at=row.recorded_at,
        )
        for row in held
    )


def _shown(row: Vacancy, *, actor: Actor, on: date) -> VacancyShown:
    last = opinion_until(row)
    mine = [
        move for state, move in VACANCY_MOVES if state == row.state and can_move_vacancy(actor, row.citizen_id, move)
    ]
    refused = [(move, code) for move, (code, early) in LAW_REFUSES.items() if row.state in early]
    days = ("noted_on", "invited_on", "interviewed_on", "account_on", "negotiated_on", "refused_on")
    return VacancyShown(
        id=row.pk,
        title=row.title,
        employer=row.employer,
        employer_kind=row.employer_kind,
        route=row.route,
        is_own_service=row.is_own_service,
        state=row.state,
        days=tuple((name, day) for name in days if (day := getattr(row, name)) is not None),
        ended_on=row.ended_on,
        opinion_until=last,
        opinion_asked_on=row.opinion_asked_on,
        may_ask_opinion=last is not None and row.opinion_asked_on is None and can_apply(actor, row.citizen_id),
        due=due_of_vacancy(row=row, on=on),
        moves=tuple(mine),
        not_yet=tuple(refused) if actor.citizen_id is None else (),
        is_on_hold=row.state in ON_HOLD,
        is_open=row.state in OPEN_VACANCY,
        seen=seen_vacancy(row),
    )
