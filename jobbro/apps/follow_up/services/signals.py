"""Early signals are answered by people: seen, or acted on with what was done."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.engines.follow_up import rules

from ..answers import checked_words
from ..enums import SignalDeed
from ..models import SignalAnswer
from ..permissions import can_follow_up
from ..refusals import Changed, NotThere
from ..selectors.signals import standing_signals


def answer_signal(
    *,
    actor: Actor,
    placement_id: UUID,
    code: str,
    key: str,
    deed: SignalDeed,
    text: str,
    sentence: str,
    at: datetime,
    on: date,
) -> SignalAnswer:
    """What somebody did stands beside the signal as it read (`sentence`); it is quiet until there are new facts.

    Raises NotThere, PermissionDenied, Changed (answered meanwhile, or the facts are others now). Refused: `needed`,
    `too_long`, `cpr`.
    """
    if not can_follow_up(actor):
        raise PermissionDenied
    standing = standing_signals(actor=actor, placement_id=placement_id, on=on)
    if standing is None:
        raise NotThere
    placement, signals = standing
    if not any((one.code, one.key) == (code, key) for one in signals):
        raise Changed
    row = SignalAnswer(
        citizen_id=placement.citizen_id,
        placement=placement,
        code=code,
        key=key,
        rule_version=rules().version,
        sentence=sentence,
        deed=deed,
        text=checked_words(text, field="text", is_needed=deed == SignalDeed.ACTED),
        made_by_id=actor.id,
        made_at=at,
    )
    row.save(force_insert=True)
    touch_case(citizen_id=row.citizen_id, on=on)
    detail = {"signal": code, "deed": str(deed), "rules": row.rule_version}
    record_event(verb=Verb.SIGNAL_ANSWERED, citizen_id=row.citizen_id, subject=row, detail=detail)
    return row
