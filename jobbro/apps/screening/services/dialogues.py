"""A dialogue begins, rests, ends and is opened again."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.screening.enums import Setting, Status
from jobbro.apps.screening.models import Dialogue
from jobbro.apps.screening.permissions import can_hold_dialogue
from jobbro.apps.screening.selectors.courses import course_of
from jobbro.engines import needs

from .answering import Draft, keep_answer
from .locking import CitizenMissing, NothingUnderWay, locked_course
from .moving import move


class NothingTold(ValueError):
    """A dialogue without one answer cannot be finished: there is nothing to agree about."""


def start_dialogue(*, actor: Actor, citizen_id: UUID, setting: Setting, at: datetime, on: date) -> str | None:
    """One dialogue is under way; comes back with the code of the topic to begin with, None when all is known.

    When two start at once, or one is under way already, both go on in the same dialogue.
    Raises CitizenMissing, PermissionDenied, NothingUnderWay when the other one was agreed in the same moment.
    """
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        raise CitizenMissing(f"There is no citizen {citizen_id} that {actor.id} may see.")
    if not can_hold_dialogue(actor, citizen_id):
        raise PermissionDenied
    started = Dialogue(
        citizen=citizen,
        setting=setting,
        guide_version=needs.guide_version(),
        started_at=at,
        started_by_id=actor.id,
    )
    # The unique constraint decides who was first; the other one finds that dialogue.
    Dialogue.objects.bulk_create([started], ignore_conflicts=True)
    course = course_of(actor=actor, citizen_id=citizen_id)
    if course is None or course.dialogue is None:
        raise NothingUnderWay(f"The dialogue of citizen {citizen_id} was agreed while another one was starting.")
    if course.dialogue.pk == started.pk:
        record_event(
            verb=Verb.DIALOGUE_STARTED, citizen_id=citizen_id, subject=started, detail={"setting": str(setting)}
        )
    return course.next_topic


def pause_dialogue(
    *, actor: Actor, citizen_id: UUID, topic: str, draft: Draft, seen: UUID | None, at: datetime, on: date
) -> None:
    """What has been said so far to the open topic is kept, and the dialogue rests until somebody goes on.

    Raises as `record_answer`.
    """
    course, dialogue = locked_course(actor=actor, citizen_id=citizen_id)
    if not (draft.is_empty and draft.status in (Status.TOLD, Status.SKIPPED)):
        keep_answer(actor=actor, course=course, dialogue=dialogue, topic=topic, draft=draft, seen=seen, at=at, on=on)
    record_event(verb=Verb.DIALOGUE_PAUSED, citizen_id=citizen_id, subject=dialogue)


def finish_dialogue(*, actor: Actor, citizen_id: UUID, at: datetime, on: date) -> None:
    """The dialogue is ready to be agreed. Raises as `locked_course`, and NothingTold, MoveRefused."""
    course, dialogue = locked_course(actor=actor, citizen_id=citizen_id)
    if not any(row.status != Status.SKIPPED for row in course.rows):
        raise NothingTold("There is nothing to agree about yet. Answer at least one question.")
    move(dialogue=dialogue, name="finish", at=at)
    touch_case(citizen_id=citizen_id, on=on)
    record_event(verb=Verb.DIALOGUE_FINISHED, citizen_id=citizen_id, subject=dialogue)


def reopen_dialogue(*, actor: Actor, citizen_id: UUID, at: datetime, on: date) -> str | None:
    """The conversation goes on; comes back with the next topic. Raises as `locked_course`, and MoveRefused."""
    course, dialogue = locked_course(actor=actor, citizen_id=citizen_id)
    move(dialogue=dialogue, name="reopen", at=at)
    record_event(verb=Verb.DIALOGUE_REOPENED, citizen_id=citizen_id, subject=dialogue)
    return course.next_topic
