"""A wish for something new: told by the citizen, talked about, taken back or come about. No company reads it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement
from jobbro.apps.placements.wording import LONGEST_REASON, checked_line, checked_words

from ..enums import ChangeKind, ChangeWhen, WishEnd
from ..facts import is_known
from ..models import ChangeWish
from ..permissions import can_help, can_speak_for
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_change_wish


@dataclass(frozen=True, kw_only=True)
class ChangeDraft:
    """What somebody wishes; `on_behalf`: why staff write it for the citizen."""

    kinds: tuple[ChangeKind, ...]
    soon: ChangeWhen
    words: str = ""
    on_behalf: str = ""


def tell_change_wish(
    *, actor: Actor, citizen_id: UUID, draft: ChangeDraft, seen: str, at: datetime, on: date
) -> ChangeWish:
    """The wish stands; the one that stood before it is taken back by it.

    Raises NotThere, PermissionDenied, Changed. Refused: `kinds` (none), `needed` (in words for "something else", or why
    staff write it), `too_long`, `cpr`.
    """
    _check_may(actor, citizen_id=citizen_id)
    standing = _standing(actor=actor, citizen_id=citizen_id)
    if seen_change_wish(standing) != seen:
        raise Changed
    if not draft.kinds:
        raise Refused("kinds", fields=("kinds",))
    is_own = actor.citizen_id == citizen_id
    row = ChangeWish(
        citizen_id=citizen_id,
        placement=_present_job(actor=actor, citizen_id=citizen_id),
        kinds=[kind for kind in ChangeKind if kind in draft.kinds],
        words=checked_words(
            draft.words, field="words", most=LONGEST_REASON, is_needed=draft.kinds == (ChangeKind.OTHER,)
        ),
        soon=draft.soon,
        told_by_id=actor.id,
        on_behalf="" if is_own else checked_line(draft.on_behalf, field="on_behalf", is_needed=True),
        told_at=at,
    )
    if standing is not None:
        _end(standing, ended_as=WishEnd.WITHDRAWN, on=on)
    row.save(force_insert=True)
    record_event(verb=Verb.CHANGE_WISH_TOLD, citizen_id=citizen_id, subject=row)
    return row


def talk_about_wish(*, actor: Actor, citizen_id: UUID, answer: str, seen: str, on: date) -> ChangeWish:
    """Somebody has talked with the citizen about the wish, and this was agreed.

    Raises NotThere, PermissionDenied, Changed, NotNow (no wish). Refused: `needed`, `too_long`, `cpr`.
    """
    if not can_help(actor):
        raise PermissionDenied
    row = _open_wish(actor=actor, citizen_id=citizen_id, seen=seen)
    row.answer = checked_words(answer, field="answer", most=LONGEST_REASON, is_needed=True)
    row.talked_on, row.talked_by_id = on, actor.id
    row.save(update_fields=["answer", "talked_on", "talked_by"])
    record_event(verb=Verb.CHANGE_WISH_CHANGED, citizen_id=citizen_id, subject=row, detail={"what": "talked"})
    return row


def end_change_wish(*, actor: Actor, citizen_id: UUID, ended_as: WishEnd, seen: str, on: date) -> ChangeWish:
    """The wish is taken back, or has come about. Raises NotThere, PermissionDenied, Changed, NotNow."""
    if not can_speak_for(actor, citizen_id=citizen_id):
        raise PermissionDenied
    row = _open_wish(actor=actor, citizen_id=citizen_id, seen=seen)
    _end(row, ended_as=ended_as, on=on)
    return row


def _end(row: ChangeWish, *, ended_as: WishEnd, on: date) -> None:
    row.ended_on, row.ended_as = on, ended_as
    row.save(update_fields=["ended_on", "ended_as"])
    record_event(verb=Verb.CHANGE_WISH_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": str(ended_as)})


def _check_may(actor: Actor, *, citizen_id: UUID) -> None:
    if not can_speak_for(actor, citizen_id=citizen_id):
        raise PermissionDenied
    if not is_known(actor=actor, citizen_id=citizen_id):
        raise NotThere


def _standing(*, actor: Actor, citizen_id: UUID) -> ChangeWish | None:
    rows = ChangeWish.objects.visible_to(actor).select_for_update(of=("self",))
    found: ChangeWish | None = rows.filter(citizen_id=citizen_id, ended_on__isnull=True).first()
    return found


def _open_wish(*, actor: Actor, citizen_id: UUID, seen: str) -> ChangeWish:
    _check_may(actor, citizen_id=citizen_id)
    row = _standing(actor=actor, citizen_id=citizen_id)
    if row is None:
        raise NotNow
    if seen_change_wish(row) != seen:
        raise Changed
    return row


def _present_job(*, actor: Actor, citizen_id: UUID) -> Placement | None:
    rows = Placement.objects.visible_to(actor).filter(citizen_id=citizen_id, state=PlacementState.AGREED)
    found: Placement | None = rows.order_by("-starts_on", "-pk").first()
    return found
