"""Citizen and caseworker agree the need profile: both must agree to the same answers."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.screening.enums import Speaker, State
from jobbro.apps.screening.facts import agreed_form, profile_json
from jobbro.apps.screening.models import Agreement, Dialogue
from jobbro.apps.screening.permissions import can_agree_as
from jobbro.apps.screening.selectors.courses import Course, is_complete

from .locking import locked_course
from .moving import move

Outcome = Literal["complete", "waiting"]


class NotReady(ValueError):
    """The dialogue is not finished, so there is nothing to agree yet: finish it first."""


class AgreedToOther(RuntimeError):
    """An answer came after the page was read: read it again before agreeing. Nothing was written."""


def agree_profile(
    *, actor: Actor, citizen_id: UUID, parties: Collection[Speaker], seen: UUID | None, at: datetime, on: date
) -> Outcome:
    """The named parties agree to the answers up to `seen`; when both have, the profile is kept whole and all is agreed.

    A caseworker who names the citizen records what the citizen said in the meeting. Agreeing twice changes nothing.
    Raises as `locked_course`, and NotReady, AgreedToOther.
    """
    course, dialogue = locked_course(actor=actor, citizen_id=citizen_id)
    if not parties or not all(can_agree_as(actor, citizen_id, party) for party in parties):
        raise PermissionDenied
    if dialogue.state != State.FINISHED:
        raise NotReady("The dialogue is still open. Finish it before agreeing.")
    if course.version != seen:
        raise AgreedToOther("An answer has come since the page was read. Read it again before agreeing.")
    agreement = course.pending or _new_agreement(course=course, dialogue=dialogue)
    _sign(agreement=agreement, actor=actor, parties=parties, at=at)
    agreement.save(force_insert=course.pending is None)
    if is_complete(agreement):
        move(dialogue=dialogue, name="agree", at=at)
        touch_case(citizen_id=citizen_id, on=on)
    record_event(
        verb=Verb.PROFILE_AGREED, citizen_id=citizen_id, subject=agreement, detail={"for": sorted(map(str, parties))}
    )
    return "complete" if is_complete(agreement) else "waiting"


def _new_agreement(*, course: Course, dialogue: Dialogue) -> Agreement:
    profile, _answers = agreed_form(answers=course.facts)
    version = course.guide.version
    return Agreement(
        citizen_id=course.citizen.pk,
        dialogue=dialogue,
        profile=profile_json(profile, guide_version=version),
        guide_version=version,
    )


def _sign(*, agreement: Agreement, actor: Actor, parties: Collection[Speaker], at: datetime) -> None:
    if Speaker.CITIZEN in parties and agreement.citizen_agreed_at is None:
        agreement.citizen_agreed_at = at
        agreement.citizen_recorded_by_id = actor.id
    if Speaker.CASEWORKER in parties and agreement.staff_agreed_at is None:
        agreement.staff_agreed_at = at
        agreement.staff_agreed_by_id = actor.id
