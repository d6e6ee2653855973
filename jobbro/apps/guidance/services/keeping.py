"""Guidance is kept as it was given, whole, so that it can be read and worked out again."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.guidance.kept import kept_answers, kept_facts
from jobbro.apps.guidance.models import GuidanceAnswer
from jobbro.apps.guidance.permissions import can_keep_guidance
from jobbro.apps.guidance.refusals import NotThere, Refused
from jobbro.apps.guidance.selectors.guidance import guidance_for

from .telling import LONGEST_NOTE


def keep_guidance(*, actor: Actor, citizen_id: UUID, note: str, at: datetime, on: date) -> GuidanceAnswer:
    """Today's guidance is kept with the rules and facts it rests on. Raises NotThere, PermissionDenied, Refused."""
    if not can_keep_guidance(actor):
        raise PermissionDenied
    page = guidance_for(actor=actor, citizen_id=citizen_id, on=on)
    if page is None:
        raise NotThere
    if len(note) > LONGEST_NOTE:
        raise Refused(code="note", reason="too_long")
    kept = GuidanceAnswer(
        citizen_id=citizen_id,
        package_hash=page.package.hash,
        decision_on=page.decision_on,
        facts=kept_facts(page.reading.used),
        answers=kept_answers(page.answers),
        note=note.strip(),
        kept_by_id=actor.id,
        kept_at=at,
    )
    kept.save(force_insert=True)
    touch_case(citizen_id=citizen_id, on=on)
    record_event(
        verb=Verb.GUIDANCE_KEPT,
        citizen_id=citizen_id,
        subject=kept,
        detail={"rules": kept.package_hash[:12], "possible": sum(a.outcome == "yes" for a in page.answers)},
    )
    return kept
