"""Questions: asked with no more of the person than needed, taken, answered, asked further and closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.services.locking import CaseUnknown
from jobbro.apps.cases.services.members import NotAColleague, join_team
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import queue_message
from jobbro.kernel.vocabulary import AREAS, GROUP_OF, GROUPS, LEVEL_MAX, LEVEL_MIN, SCHEMES

from ..directing import direction_for
from ..enums import ContextKind, QuestionState, TurnKind
from ..models import Invitation, Question, Turn
from ..permissions import can_answer, leads_unit, reach_of
from ..refusals import NotNow, NotThere, Refused
from ..states import MOVES
from ..wording import checked_text, name_marks
from ..working import working_day_after, working_minutes

MOST_ITEMS = 40
LONGEST_INVITATION = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class ContextItem:
    """One thing that goes along with a question. `level` with a demand, `on` with a day."""

    kind: ContextKind
    code: str
    level: int | None = None
    on: date | None = None

    @property
    def key(self) -> str:
        """A name for it in a form."""
        return f"{self.kind}:{self.code}"

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        found: dict[str, Any] = {"kind": str(self.kind), "code": self.code}
        if self.level is not None:
            found["level"] = self.level
        if self.on is not None:
            found["on"] = self.on.isoformat()
        return found


@dataclass(frozen=True, kw_only=True)
class Along:
    """What a page lends to a question, and the citizen whose case it is, if any: for the name check, and to invite."""

    items: tuple[ContextItem, ...] = ()
    citizen_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Whom the asker lets into the team around the citizen, and until when."""

    user_id: UUID
    until_on: date


@dataclass(frozen=True, kw_only=True)
class QuestionDraft:
    """What is asked, from where in the organisation, what goes along, and who is invited onto the case if anybody."""

    text: str
    unit_id: UUID
    team_id: UUID | None
    context: Sequence[ContextItem] = ()
    schemes: Sequence[str] = ()
    groups: Sequence[str] = ()
    invited: Invited | None = None


def ask_question(*, actor: Actor, draft: QuestionDraft, citizen_id: UUID | None, at: datetime, on: date) -> Question:
    """The question waits for those who answer in the unit or the team. `citizen_id`: the case of the page, if any.

    The citizen's name is looked for in the words and not kept. Refused: `place` (not where the asker
    works), `nobody` (nobody in the register), `context`, `invited`, `until`, and what the words hold: `words`,
    `too_long`, `cpr`, `born`, `name`.
    """
    marks = _marks_of(actor=actor, citizen_id=citizen_id)
    text = checked_text(draft.text, field="text", marks=marks)
    context = _checked_context(draft.context)
    if not any((p.unit_id, p.team_id) == (draft.unit_id, draft.team_id) for p in actor.positions):
        raise Refused("place", fields=("place",))
    direction = direction_for(actor=actor, unit_id=draft.unit_id, team_id=draft.team_id, on=on)
    if not direction.people:
        raise Refused("nobody", fields=("place",))
    schemes, groups = _subjects(draft, context=context)
    question = Question(
        asker_id=actor.id,
        unit_id=draft.unit_id,
        team_id=draft.team_id,
        text=text,
        context=[item.as_json() for item in context],
        schemes=schemes,
        groups=groups,
        name_marks=marks,
        directed_to_id=direction.directed_to,
        asked_at=at,
        due_on=working_day_after(day=on, days=direction.answer_days),
    )
    question.save(force_insert=True)
    record_event(verb=Verb.QUESTION_ASKED, subject=question, detail={"unit": draft.unit_id.hex, "schemes": schemes})
    if draft.invited is not None:
        _invite(actor=actor, question=question, citizen_id=citizen_id, invited=draft.invited, on=on)
    return question


def take_question(*, actor: Actor, question_id: UUID, at: datetime) -> Question:
    """The actor has it; the others need not. Raises NotThere, NotNow."""
    question = _locked_to_answer(actor=actor, question_id=question_id)
    if question.state == QuestionState.TAKEN and question.taken_by_id == actor.id:
        return question
    _move(question, "take")
    question.taken_by_id, question.taken_at = actor.id, at
    return _kept(question, actor=actor, kind=TurnKind.TAKEN, at=at, fields=["taken_by", "taken_at"])


def release_question(*, actor: Actor, question_id: UUID, at: datetime) -> Question:
    """It waits for everybody again. By whoever has it, or the unit's lead. Raises NotThere, NotNow."""
    question = _locked(actor=actor, question_id=question_id)
    if question.taken_by_id != actor.id and not leads_unit(actor, question.unit_id):
        raise PermissionDenied
    _move(question, "release")
    question.taken_by_id, question.taken_at = None, None
    return _kept(question, actor=actor, kind=TurnKind.RELEASED, at=at, fields=["taken_by", "taken_at"])


def answer_question(*, actor: Actor, question_id: UUID, text: str, at: datetime) -> Question:
    """The asker has an answer and is told. The first answer is the one whose time counts.

    Raises NotThere, NotNow. Refused: what the words hold.
    """
    question = _locked_to_answer(actor=actor, question_id=question_id)
    words = checked_text(text, field="text", marks=question.name_marks)
    _move(question, "answer")
    question.taken_by_id = actor.id
    if question.answered_at is None:
        question.answered_at = at
        question.answer_minutes = working_minutes(start=question.asked_at, end=at)
    fields = ["taken_by", "answered_at", "answer_minutes"]
    _kept(question, actor=actor, kind=TurnKind.ANSWER, at=at, fields=fields, text=words)
    _tell_asker(question, at=at)
    return question


def ask_further(*, actor: Actor, question_id: UUID, text: str, at: datetime, on: date) -> Question:
    """It waits for the one who answered. Raises NotThere, NotNow, PermissionDenied. Refused: what the words hold."""
    question = _locked(actor=actor, question_id=question_id)
    if question.asker_id != actor.id:
        raise PermissionDenied
    words = checked_text(text, field="text", marks=question.name_marks)
    _move(question, "follow_up")
    direction = direction_for(actor=actor, unit_id=question.unit_id, team_id=question.team_id, on=on)
    question.due_on = working_day_after(day=on, days=direction.answer_days)
    return _kept(question, actor=actor, kind=TurnKind.FOLLOW_UP, at=at, fields=["due_on"], text=words)


def close_question(*, actor: Actor, question_id: UUID, at: datetime) -> Question:
    """It is done. By the asker or the unit's lead. Raises NotThere, NotNow, PermissionDenied."""
    question = _locked(actor=actor, question_id=question_id)
    if question.asker_id != actor.id and not leads_unit(actor, question.unit_id):
        raise PermissionDenied
    _move(question, "close")
    question.closed_at = at
    return _kept(question, actor=actor, kind=TurnKind.CLOSED, at=at, fields=["closed_at"])


def _locked(*, actor: Actor, question_id: UUID) -> Question:
    question = Question.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=question_id).first()
    if question is None:
        raise NotThere(question_id)
    return question


def _locked_to_answer(*, actor: Actor, question_id: UUID) -> Question:
    question = _locked(actor=actor, question_id=question_id)
    if not can_answer(actor, reach_of(actor), question):
        raise PermissionDenied
    return question


def _move(question: Question, move: str) -> None:
    after = MOVES.get((QuestionState(question.state), move))
    if after is None:
        raise NotNow
    question.state = after


def _kept(
    question: Question, *, actor: Actor, kind: TurnKind, at: datetime, fields: list[str], text: str = ""
) -> Question:
    # Before the row moves on: who may take this step is asked of the question as it stood.
    Turn(question=question, kind=kind, text=text, by_id=actor.id, at=at).save(force_insert=True)
    question.save(update_fields=["state", *fields])
    record_event(verb=Verb.QUESTION_MOVED, subject=question, detail={"step": str(kind)})
    return question


def _tell_asker(question: Question, *, at: datetime) -> None:
    queue_message(
        to=Recipient(user_id=question.asker_id),
        kind=MessageKind.QUESTION_ANSWERED,
        link=reverse("question", args=[question.pk]),
        key=f"question_answered:{question.pk}:{at.isoformat()}",
        send_at=at,
        at=at,
    )


def _marks_of(*, actor: Actor, citizen_id: UUID | None) -> list[str]:
    """The keyed hashes of the name on the case of the page. Fetching the name is a look, and recorded as one."""
    citizen = Citizen.objects.visible_to(actor).filter(pk=citizen_id).first() if citizen_id else None
    return name_marks(citizen.given_name, citizen.family_name) if citizen else []


def _checked_context(items: Sequence[ContextItem]) -> list[ContextItem]:
    """Codes of closed lists and days, nothing that was typed."""
    once = list({item.key: item for item in items}.values())
    if len(once) > MOST_ITEMS or not all(_is_known(item) for item in once):
        raise Refused("context", fields=("context",))
    return once


def _is_known(item: ContextItem) -> bool:
    if item.kind == ContextKind.SCHEME:
        return item.code in SCHEMES
    if item.kind == ContextKind.AREA:
        return item.code in AREAS and item.level is None
    if item.kind == ContextKind.DEMAND:
        return item.code in AREAS and item.level is not None and LEVEL_MIN <= item.level <= LEVEL_MAX
    return item.on is not None and item.code.isidentifier() and len(item.code) <= 40


def _subjects(draft: QuestionDraft, *, context: Sequence[ContextItem]) -> tuple[list[str], list[str]]:
    if not set(draft.schemes) <= set(SCHEMES) or not set(draft.groups) <= set(GROUPS):
        raise Refused("subjects", fields=("scheme",))
    schemes = {*draft.schemes, *(item.code for item in context if item.kind == ContextKind.SCHEME)}
    areas = (item.code for item in context if item.kind in (ContextKind.AREA, ContextKind.DEMAND))
    groups = {*draft.groups, *(GROUP_OF[code] for code in areas)}
    return [code for code in SCHEMES if code in schemes], [code for code in GROUPS if code in groups]


def _invite(*, actor: Actor, question: Question, citizen_id: UUID | None, invited: Invited, on: date) -> None:
    """The colleague is adviser in the team around the citizen until the day; who may let them in is the case's rule."""
    if citizen_id is None or invited.user_id == actor.id:
        raise Refused("invited", fields=("invited",))
    if not on <= invited.until_on <= on + LONGEST_INVITATION:
        raise Refused("until", fields=("until_on",))
    try:
        join_team(
            actor=actor,
            citizen_id=citizen_id,
            user_id=invited.user_id,
            role=MemberRole.ADVISER,
            on=on,
            until_on=invited.until_on,
        )
    except (NotAColleague, CaseUnknown, PermissionDenied) as refused:
        raise Refused("invited", fields=("invited",)) from refused
    Invitation(
        citizen_id=citizen_id,
        question=question,
        user_id=invited.user_id,
        invited_by_id=actor.id,
        invited_on=on,
        until_on=invited.until_on,
    ).save(force_insert=True)
