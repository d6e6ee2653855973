"""A course ends with what was reached and who to call, and can begin again without starting over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import Case
from jobbro.apps.cases.permissions import can_work_on_case
from jobbro.apps.cases.services import CaseUnknown, MoveNotAllowed, NotAColleague, join_team, move_case, set_next_step
from jobbro.apps.cases.services.locking import steered_case

from ..checking import checked_line, checked_words
from ..enums import CloseReason, Handling
from ..facts import OpenThing, open_things
from ..models import Closing, LastWord, Move, Reopening
from ..refusals import NotNow, NotThere, Refused

LONGEST_PHONE, LONGEST_HANDLING, LONGEST_STEP = 20, 300, 200


@dataclass(frozen=True, kw_only=True)
class Handled:
    """What becomes of something that is still open: to whom, or why it is left."""

    how: Handling
    words: str


@dataclass(frozen=True, kw_only=True)
class ClosingDraft:
    """How a course ends, as those who carried it write it."""

    reason: CloseReason
    reached: str
    in_place: str
    contact_name: str
    contact_phone: str
    contact_from_on: date
    contact_role: str = ""
    reason_words: str = ""
    last_word: str = ""


def close_course(
    *,
    actor: Actor,
    citizen_id: UUID,
    draft: ClosingDraft,
    handled: Mapping[str, Handled],
    at: datetime,
    on: date,
) -> Closing:
    """The course is closed and it is written how. `handled`: what becomes of each open thing, by its key.

    Refused: `loose_ends` while something open has not been handled, `needed`, `too_long`, `cpr`, `reason_words`.
    Raises NotNow when it is closed already.
    """
    case = _steered(actor=actor, citizen_id=citizen_id)
    open_now = open_things(actor=actor, citizen_id=citizen_id, at=at, on=on)
    closing = Closing(
        citizen_id=citizen_id,
        municipality_id=_municipality(case),
        reason=draft.reason,
        loose_ends=[_told(thing, handled=handled) for thing in open_now],
        closed_by_id=actor.id,
        closed_at=at,
        closed_on=on,
    )
    _write(closing, draft=draft)
    if Move.objects.filter(citizen_id=citizen_id, state__in=("proposed", "answered")).exists():
        raise Refused("moving")
    last_word = checked_words(draft.last_word, field="last_word")
    try:
        move_case(actor=actor, citizen_id=citizen_id, move="close", on=on)
    except MoveNotAllowed as error:
        raise NotNow from error
    closing.save(force_insert=True)
    record_event(verb=Verb.CLOSING_WRITTEN, citizen_id=citizen_id, subject=closing, detail={"reason": draft.reason})
    if last_word:
        _last_word(closing, words=last_word, actor=actor, at=at)
    return closing


def _told(thing: OpenThing, *, handled: Mapping[str, Handled]) -> dict[str, Any]:
    """An open thing with what becomes of it, as it is kept."""
    answer = handled.get(thing.key)
    words = checked_line(answer.words, field=thing.key, most=LONGEST_HANDLING) if answer else ""
    if answer is None or not words:
        raise Refused("loose_ends", fields=(thing.key,))
    return {
        "kind": str(thing.kind),
        "id": str(thing.id),
        "title": thing.title,
        "on": thing.on.isoformat() if thing.on else None,
        "how": str(answer.how),
        "words": words,
    }


def _write(closing: Closing, *, draft: ClosingDraft) -> None:
    is_other = draft.reason == CloseReason.OTHER
    closing.reason_words = checked_words(draft.reason_words, field="reason_words", is_needed=is_other)
    closing.reached = checked_words(draft.reached, field="reached")
    closing.in_place = checked_words(draft.in_place, field="in_place")
    closing.contact_name = checked_line(draft.contact_name, field="contact_name", is_needed=True)
    closing.contact_phone = checked_line(draft.contact_phone, field="contact_phone", is_needed=True, most=LONGEST_PHONE)
    closing.contact_role = checked_line(draft.contact_role, field="contact_role")
    closing.contact_from_on = draft.contact_from_on


def say_last_word(*, actor: Actor, citizen_id: UUID, words: str, at: datetime) -> LastWord:
    """The citizen’s own last word about the course that ended last. Refused: `needed`, `too_long`, `cpr`."""
    if actor.citizen_id != citizen_id and not can_work_on_case(actor):
        raise PermissionDenied
    closing = newest_closing(actor=actor, citizen_id=citizen_id)
    if closing is None:
        raise NotThere
    return _last_word(closing, words=checked_words(words, field="words", is_needed=True), actor=actor, at=at)


def _last_word(closing: Closing, *, words: str, actor: Actor, at: datetime) -> LastWord:
    row = LastWord(
        citizen_id=closing.citizen_id,
        closing=closing,
        words=words,
        is_own=actor.citizen_id == closing.citizen_id,
        written_by_id=actor.id,
        written_at=at,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.LAST_WORD_SAID, citizen_id=closing.citizen_id, subject=row)
    return row


def reopen_course(
    *,
    actor: Actor,
    citizen_id: UUID,
    changed_words: str,
    next_step: str,
    next_step_on: date | None,
    lead_user_id: UUID,
    at: datetime,
    on: date,
) -> Reopening:
    """The course is open again with everything that was there, a next step and a contact person.

    Refused: `needed`, `too_long`, `cpr`, `person`. Raises NotNow when it is open already.
    """
    _steered(actor=actor, citizen_id=citizen_id)
    words = checked_words(changed_words, field="changed_words", is_needed=True)
    step = checked_line(next_step, field="next_step", is_needed=True, most=LONGEST_STEP)
    closing = newest_closing(actor=actor, citizen_id=citizen_id)
    try:
        move_case(actor=actor, citizen_id=citizen_id, move="reopen", on=on)
        join_team(actor=actor, citizen_id=citizen_id, user_id=lead_user_id, role=MemberRole.LEAD, on=on)
    except MoveNotAllowed as error:
        raise NotNow from error
    except NotAColleague as error:
        raise Refused("person", fields=("lead",)) from error
    set_next_step(actor=actor, citizen_id=citizen_id, text=step, due_on=next_step_on, on=on)
    row = Reopening(
        citizen_id=citizen_id,
        closing=closing,
        changed_words=words,
        next_step=step,
        reopened_by_id=actor.id,
        reopened_at=at,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.CASE_REOPENED, citizen_id=citizen_id, subject=row)
    return row


def newest_closing(*, actor: Actor, citizen_id: UUID) -> Closing | None:
    """How the course ended last."""
    rows = Closing.objects.visible_to(actor).filter(citizen_id=citizen_id)
    found: Closing | None = rows.select_related("municipality").order_by("-closed_at", "-pk").first()
    return found


def _steered(*, actor: Actor, citizen_id: UUID) -> Case:
    try:
        return steered_case(actor=actor, citizen_id=citizen_id)
    except CaseUnknown as error:
        raise NotThere from error


def _municipality(case: Case) -> str:
    """The code alone: it is no look at the person."""
    return Case.objects.values_list("citizen__municipality_id", flat=True).get(pk=case.pk)
