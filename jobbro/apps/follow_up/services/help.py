"""Help: somebody presses the button, whoever stands next is told, and says what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import queue_message
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement
from jobbro.engines.follow_up import after_workdays

from ..answers import checked_words
from ..enums import TalkParty
from ..models import HelpRequest, Talk
from ..permissions import can_follow_up, party_of
from ..reading import placement_for, rhythm_of
from ..refusals import Changed, NotThere
from ..rhythms import rhythm_on

TEAM = "team"
_ANSWERERS = "select user_id, name, phone, part, is_away from follow_up_answerers(%s::uuid)"


@dataclass(frozen=True, kw_only=True)
class Answerer:
    """Somebody who answers: `part` is lead, buddy, cover or team."""

    user_id: UUID
    name: str
    phone: str
    part: str
    is_away: bool


def answerers_of(*, citizen_id: UUID) -> tuple[Answerer, ...]:
    """Who answers, in their order; those who are away stand last. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERERS, [citizen_id])
        rows = cursor.fetchall()
    return tuple(
        Answerer(user_id=user_id, name=name, phone=phone, part=part, is_away=is_away)
        for user_id, name, phone, part, is_away in rows
    )


def whom_to_tell(answerers: Iterable[Answerer]) -> tuple[Answerer, ...]:
    """The first who is there; when it comes to the team, everybody of the team who is there, else everybody."""
    everybody = tuple(answerers)
    there = tuple(one for one in everybody if not one.is_away) or everybody
    return there[:1] if there and there[0].part != TEAM else there


def ask_help(*, actor: Actor, placement_id: UUID | None, words: str, at: datetime, on: date) -> HelpRequest:
    """The question waits, and whoever stands next is told. Raises NotThere; Refused: `too_long`, `cpr`.

    A citizen can ask without a job; a company asks about a placement.
    """
    placement = placement_for(actor=actor, placement_id=placement_id) if placement_id else None
    party = _party(actor, placement=placement, is_named=placement_id is not None)
    days = _answer_days(actor=actor, placement=placement, on=on)
    citizen_id = placement.citizen_id if placement else actor.citizen_id
    assert citizen_id is not None
    row = HelpRequest(
        citizen_id=citizen_id,
        company_id=placement.company_id if placement else None,
        placement=placement,
        party=party,
        words=checked_words(words, field="words"),
        asked_by_id=actor.id,
        asked_at=at,
        asked_on=on,
        answer_by=after_workdays(on, count=days),
    )
    return _asked(row, at=at, on=on)


def call_for_help(*, actor: Actor, talk: Talk, answer_days: int, at: datetime, on: date) -> HelpRequest:
    """In a talk somebody said that they want to talk with somebody."""
    row = HelpRequest(
        citizen_id=talk.citizen_id,
        company_id=talk.company_id,
        placement_id=talk.placement_id,
        talk=talk,
        party=talk.party,
        asked_by_id=actor.id,
        asked_at=at,
        asked_on=on,
        answer_by=after_workdays(on, count=answer_days),
    )
    return _asked(row, at=at, on=on)


def answer_help(*, actor: Actor, help_id: UUID, text: str, at: datetime, on: date) -> HelpRequest:
    """It is answered with what was done. Raises NotThere, PermissionDenied, Changed (answered meanwhile).

    Refused: `needed`, `too_long`, `cpr`.
    """
    if not can_follow_up(actor):
        raise PermissionDenied
    rows = HelpRequest.objects.visible_to(actor).select_for_update(of=("self",))
    row: HelpRequest | None = rows.filter(pk=help_id).first()
    if row is None:
        raise NotThere
    if row.done_at is not None:
        raise Changed
    row.done_text = checked_words(text, field="text", is_needed=True)
    row.done_by_id, row.done_at = actor.id, at
    row.save(update_fields=["done_text", "done_by", "done_at"])
    touch_case(citizen_id=row.citizen_id, on=on)
    record_event(verb=Verb.HELP_ANSWERED, citizen_id=row.citizen_id, subject=row)
    return row


def tell_answerers(*, help_id: UUID, answerers: Iterable[Answerer], at: datetime) -> None:
    """Those who answer get a message that somebody asks for help; it says neither who nor why."""
    for one in whom_to_tell(answerers):
        queue_message(
            to=Recipient(user_id=one.user_id),
            kind=MessageKind.HELP_ASKED,
            link=f"/help-requests/{help_id}/",
            key=f"help:{help_id}:{one.user_id}",
            send_at=at,
            at=at,
        )


def _asked(row: HelpRequest, *, at: datetime, on: date) -> HelpRequest:
    row.save(force_insert=True)
    record_event(verb=Verb.HELP_ASKED, citizen_id=row.citizen_id, subject=row, detail={"party": str(row.party)})
    if row.party == TalkParty.CITIZEN:
        touch_case(citizen_id=row.citizen_id, on=on)
    tell_answerers(help_id=row.pk, answerers=answerers_of(citizen_id=row.citizen_id), at=at)
    return row


def _party(actor: Actor, *, placement: Placement | None, is_named: bool) -> TalkParty:
    """For whom the actor asks. Raises NotThere, PermissionDenied (staff ask a colleague)."""
    if placement is None:
        if is_named:
            raise NotThere
        if actor.citizen_id is None:
            raise PermissionDenied
        return TalkParty.CITIZEN
    party = party_of(actor, citizen_id=placement.citizen_id, company_id=placement.company_id)
    if party is None:
        raise PermissionDenied
    if placement.state != PlacementState.AGREED and party == TalkParty.EMPLOYER:
        raise NotThere
    return party


def _answer_days(*, actor: Actor, placement: Placement | None, on: date) -> int:
    if placement is not None:
        return rhythm_of(actor=actor, placement=placement, on=on).answer_days
    return rhythm_on(municipality=actor.codes[0], on=on).answer_days
