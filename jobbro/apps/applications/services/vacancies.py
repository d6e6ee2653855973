"""A public post applied for with fortrinsadgang: each step of the law, and what the law refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import EmployerKind, NegotiationWay, Route, VacancyState
from ..models import Negotiation, Vacancy
from ..permissions import can_apply, can_move_vacancy
from ..refusals import NotNow, Refused
from ..states import LAW_REFUSES, REFUSED_VACANCY
from .locking import locked_citizen, locked_vacancy, moved_vacancy

LONGEST_NAME, LONGEST_WORDS, MOST_PEOPLE = 120, 20_000, 20
# The letter was received: that is not talking with each other.
RECEIPT = "receipt"
# Which day a move sets.
_DAYS = {
    "invite": "invited_on",
    "interview": "interviewed_on",
    "account": "account_on",
    "refuse": "refused_on",
    "hire": "ended_on",
    "release": "ended_on",
    "breach": "ended_on",
    "withdraw": "ended_on",
}
_DAYS_IN_ORDER = ("noted_on", "invited_on", "interviewed_on", "account_on", "negotiated_on", "refused_on")


@dataclass(frozen=True, kw_only=True)
class VacancyDraft:
    """A post as somebody noted it."""

    title: str
    employer: str
    employer_kind: str
    route: str
    is_own_service: bool = False
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NegotiationDraft:
    """Minutes: when, how, who took part and what each side said."""

    held_on: date
    way: str
    participants: Sequence[str]
    employer_said: str
    municipality_said: str


def note_vacancy(*, actor: Actor, citizen_id: UUID, draft: VacancyDraft, at: datetime) -> Vacancy:
    """The post is followed from now on. Refused: `title`, `employer`, `employer_kind`, `route`, `day_ahead`."""
    if not can_apply(actor, citizen_id):
        raise PermissionDenied
    locked_citizen(actor=actor, citizen_id=citizen_id)
    today = timezone.localdate(at)
    _check_vacancy(draft, today=today)
    row = Vacancy(
        citizen_id=citizen_id,
        title=draft.title.strip(),
        employer=draft.employer.strip(),
        employer_kind=draft.employer_kind,
        route=draft.route,
        is_own_service=draft.is_own_service,
        noted_on=draft.on or today,
        noted_by_id=actor.id,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.VACANCY_NOTED, citizen_id=citizen_id, subject=row)
    return row


def _check_vacancy(draft: VacancyDraft, *, today: date) -> None:
    for name, text in (("title", draft.title.strip()), ("employer", draft.employer.strip())):
        if not text or len(text) > LONGEST_NAME:
            raise Refused(name, fields=(name,))
    if draft.employer_kind not in EmployerKind.values:
        raise Refused("employer_kind", fields=("employer_kind",))
    if draft.route not in Route.values:
        raise Refused("route", fields=("route",))
    if draft.on is not None and draft.on > today:
        raise Refused("day_ahead", fields=("on",))


def move_vacancy(*, actor: Actor, vacancy_id: UUID, move: str, on: date, seen: str, at: datetime) -> Vacancy:
    """The post has made the step.

    Refused with what the law asks for first: `interview_first`, `account_first`, `negotiate_first`, `on_hold`; and
    `day_ahead`, `day_before`.
    """
    row = locked_vacancy(actor=actor, vacancy_id=vacancy_id, seen=seen)
    if not can_move_vacancy(actor, row.citizen_id, move):
        raise PermissionDenied
    if move not in _DAYS:
        raise NotNow
    refuse_what_the_law_refuses(row.state, move)
    state = moved_vacancy(row.state, move)
    setattr(row, _DAYS[move], _possible_day(row, on=on, today=timezone.localdate(at)))
    return _keep(row, state=state, move=move)


def refuse_what_the_law_refuses(state: str, move: str) -> None:
    """Raises `Refused` when the law asks for another step first; every other wrong move is left to the table."""
    code, too_early = LAW_REFUSES.get(move, ("", ()))
    if state in too_early:
        raise Refused(code)


def negotiate_vacancy(
    *, actor: Actor, vacancy_id: UUID, draft: NegotiationDraft, seen: str, at: datetime
) -> Negotiation:
    """Municipality and employer have negotiated, and the minutes say so.

    Refused: `receipt` (a receipt is not a negotiation), `way`, `participants`, `words`, `too_long`, the days, and what
    the law asks for first.
    """
    row = locked_vacancy(actor=actor, vacancy_id=vacancy_id, seen=seen)
    if not can_move_vacancy(actor, row.citizen_id, "negotiate"):
        raise PermissionDenied
    refuse_what_the_law_refuses(row.state, "negotiate")
    state = moved_vacancy(row.state, "negotiate")
    people = _checked_minutes(draft)
    row.negotiated_on = _possible_day(row, on=draft.held_on, today=timezone.localdate(at))
    minutes = Negotiation(
        citizen_id=row.citizen_id,
        vacancy=row,
        held_on=draft.held_on,
        way=draft.way,
        participants=people,
        employer_said=draft.employer_said.strip(),
        municipality_said=draft.municipality_said.strip(),
        recorded_by_id=actor.id,
        recorded_at=at,
    )
    minutes.save(force_insert=True)
    _keep(row, state=state, move="negotiate")
    return minutes


def _checked_minutes(draft: NegotiationDraft) -> list[str]:
    if draft.way == RECEIPT:
        raise Refused("receipt", fields=("way",))
    if draft.way not in NegotiationWay.values:
        raise Refused("way", fields=("way",))
    for name in ("employer_said", "municipality_said"):
        text = str(getattr(draft, name)).strip()
        if not text:
            raise Refused("both_said", fields=(name,))
        if len(text) > LONGEST_WORDS:
            raise Refused("too_long", fields=(name,))
    people = [person.strip() for person in draft.participants if person.strip()]
    if not 2 <= len(people) <= MOST_PEOPLE or any(len(person) > LONGEST_NAME for person in people):
        raise Refused("participants", fields=("participants",))
    return people


def ask_opinion(*, actor: Actor, vacancy_id: UUID, on: date, seen: str, at: datetime) -> Vacancy:
    """The citizen has asked Ankestyrelsen whether the duties to invite and negotiate were kept.

    Refused: `day_ahead`.
    """
    row = locked_vacancy(actor=actor, vacancy_id=vacancy_id, seen=seen)
    if not can_apply(actor, row.citizen_id):
        raise PermissionDenied
    if row.state not in REFUSED_VACANCY or row.opinion_asked_on is not None:
        raise NotNow
    if on > timezone.localdate(at):
        raise Refused("day_ahead", fields=("on",))
    row.opinion_asked_on = on
    return _keep(row, state=VacancyState(row.state), move="opinion")


def _possible_day(row: Vacancy, *, on: date, today: date) -> date:
    if on > today:
        raise Refused("day_ahead", fields=("on",))
    earlier = [day for name in _DAYS_IN_ORDER if (day := getattr(row, name)) is not None]
    if on < max(earlier):
        raise Refused("day_before", fields=("on",))
    return on


def _keep(row: Vacancy, *, state: VacancyState, move: str) -> Vacancy:
    row.state = state
    row.save(update_fields=["state", "negotiated_on", "opinion_asked_on", *set(_DAYS.values())])
    record_event(verb=Verb.VACANCY_MOVED, citizen_id=row.citizen_id, subject=row, detail={"move": move, "state": state})
    return row
