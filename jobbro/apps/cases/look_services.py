"""The citizen asks about a look, the team lead answers."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Look
from jobbro.apps.audit.services import record_event

from .models import LookQuestion


class LookUnknown(LookupError):
    """There is no such look at the actor's own file."""


def ask_about_look(*, actor: Actor, look_id: int, text: str, at: datetime) -> LookQuestion:
    """The team lead gets the citizen's question about one look."""
    if actor.citizen_id is None:
        raise PermissionDenied
    if not Look.objects.filter(id=look_id, citizen_ids__contains=[actor.citizen_id]).exists():
        raise LookUnknown(look_id)
    question = LookQuestion.objects.create(citizen_id=actor.citizen_id, look_id=look_id, text=text, asked_at=at)
    record_event(verb=Verb.LOOK_QUESTIONED, citizen_id=actor.citizen_id, subject=question)
    return question


def answer_look_question(*, actor: Actor, question_id: UUID, text: str, at: datetime) -> LookQuestion:
    """The citizen can read the answer on their own page."""
    if not actor.has(Role.TEAM_LEAD):
        raise PermissionDenied
    question = LookQuestion.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=question_id)
    question.answer, question.answered_at, question.answered_by_id = text, at, actor.id
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    record_event(verb=Verb.LOOK_ANSWERED, citizen_id=question.citizen_id, subject=question)
    return question
