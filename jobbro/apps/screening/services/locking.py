"""The dialogue under way, locked, with everything told: every act on a dialogue begins here."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.screening.models import Dialogue
from jobbro.apps.screening.permissions import can_hold_dialogue
from jobbro.apps.screening.selectors.courses import Course, course_of, dialogues_under_way


class CitizenMissing(LookupError):
    """There is no such citizen, or none that the actor may see: the two are not told apart."""


class NothingUnderWay(RuntimeError):
    """No dialogue of the citizen is under way: it was agreed in the meantime, or never begun."""


def locked_course(*, actor: Actor, citizen_id: UUID) -> tuple[Course, Dialogue]:
    """The course read after the lock, so that two who answer at once come one after the other.

    Raises CitizenMissing, PermissionDenied, NothingUnderWay.
    """
    dialogue = dialogues_under_way(actor=actor, citizen_id=citizen_id).select_for_update(of=("self",)).first()
    course = course_of(actor=actor, citizen_id=citizen_id, dialogue=dialogue)
    if course is None:
        raise CitizenMissing(f"There is no citizen {citizen_id} that {actor.id} may see.")
    if not can_hold_dialogue(actor, citizen_id):
        raise PermissionDenied
    if dialogue is None:
        raise NothingUnderWay(f"No dialogue of citizen {citizen_id} is under way. Start one first.")
    return course, dialogue
