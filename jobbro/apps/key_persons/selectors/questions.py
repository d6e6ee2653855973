"""Questions as the pages show them: where one can ask, one question with its thread, and the lists."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User

from ..directing import Direction, directions_for
from ..enums import ContextKind, QuestionState, TurnKind
from ..models import Invitation, Question, Turn
from ..permissions import Reach, can_answer, leads_unit, reach_of
from ..services.questions import ContextItem
from ..states import OF_THE_ASKER, WAITING, moves_from
from .register import answer_times

PAGE_SIZE = 25
MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class AskingPlace:
    """Where the asker works, whom a question from there goes to, and how long an answer usually takes there."""

    unit_id: UUID
    team_id: UUID | None
    name: str
    direction: Direction
    answer_minutes: float | None

    @property
    def key(self) -> str:
        """A name for it in a form."""
        return f"{self.unit_id}:{self.team_id or ''}"


@dataclass(frozen=True, kw_only=True)
class AskPage:
    """Everything that the form needs to know of the asker."""

    places: tuple[AskingPlace, ...]
    open_questions: int


@dataclass(frozen=True, kw_only=True)
class TurnRow:
    """One step with who took it."""

    kind: TurnKind
    text: str
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class QuestionRow:
    """One line of a list."""

    id: UUID
    text: str
    asker: str
    unit: str
    team: str
    state: QuestionState
    schemes: tuple[str, ...]
    groups: tuple[str, ...]
    asked_at: datetime
    due_on: date
    taken_by: str
    is_late: bool
    is_for_me: bool


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """One question with its thread and what the actor can do."""

    row: QuestionRow
    context: tuple[ContextItem, ...]
    turns: tuple[TurnRow, ...]
    directed_to: str
    moves: tuple[str, ...]
    is_mine: bool
    entry_id: UUID | None
    can_keep: bool
    invitations: tuple[Invitation, ...]


@dataclass(frozen=True, kw_only=True)
class Questions:
    """What waits for the actor, what they asked, and - for who answers or leads - a page of all."""

    waiting: tuple[QuestionRow, ...]
    mine: tuple[QuestionRow, ...]
    page: "Page[Question] | None"
    all: tuple[QuestionRow, ...]
    state: str


def ask_page(*, actor: Actor, on: date) -> AskPage:
    """Where the actor can ask today. Most people work in one place."""
    standings = {(p.unit_id, p.team_id): p for p in actor.positions}
    # A team says more than its unit: who has both asks from the team.
    with_team = {unit_id for unit_id, team_id in standings if team_id is not None}
    keys = [key for key in standings if key[1] is not None or key[0] not in with_team]
    directions = directions_for(actor=actor, places=keys, on=on)
    times = answer_times(on=on)
    places = tuple(
        AskingPlace(
            unit_id=direction.unit_id,
            team_id=direction.team_id,
            name=standings[key].team or standings[key].unit,
            direction=direction,
            answer_minutes=times.get(direction.unit_id),
        )
        for key, direction in zip(keys, directions, strict=True)
    )
    mine = Question.objects.visible_to(actor).filter(asker_id=actor.id).exclude(state=QuestionState.CLOSED)
    return AskPage(places=places, open_questions=mine.count())


def question_page(*, actor: Actor, question_id: UUID, on: date) -> QuestionPage | None:
    """The question, or None when there is none or it is nobody's here."""
    reach = reach_of(actor)
    question = _listed(actor).select_related("directed_to").filter(pk=question_id).first()
    if question is None:
        return None
    turns = Turn.objects.filter(question=question).select_related("by").order_by("at", "pk")
    answers = can_answer(actor, reach, question)
    return QuestionPage(
        row=_row(question, actor=actor, reach=reach, on=on),
        context=tuple(_item(found) for found in question.context),
        turns=tuple(TurnRow(kind=TurnKind(t.kind), text=t.text, name=t.by.display_name, at=t.at) for t in turns),
        directed_to=question.directed_to.display_name if question.directed_to else "",
        moves=_moves(actor, question=question, answers=answers),
        is_mine=question.asker_id == actor.id,
        entry_id=question.entry_id,
        can_keep=answers
        and question.answered_at is not None
        and question.entry_id is None
        and bool(reach.municipalities),
        invitations=tuple(Invitation.objects.visible_to(actor).filter(question=question).select_related("user")),
    )


def questions(*, actor: Actor, state: str, number: int, on: date) -> Questions:
    """The lists of one person."""
    reach = reach_of(actor)
    found = _listed(actor)
    mine = found.filter(asker_id=actor.id).exclude(state=QuestionState.CLOSED).order_by("-asked_at")[:MOST_SHOWN]
    waiting = waiting_for(actor=actor, reach=reach) if reach.served or reach.units else None
    sees_more = bool(reach.served or any(leads_unit(actor, p.unit_id) for p in actor.positions))
    page, rows = None, []
    if sees_more:
        wanted = found.filter(state=state) if state in QuestionState.values else found
        page = Paginator(wanted.order_by("-asked_at", "pk"), PAGE_SIZE).get_page(number)
        rows = list(page.object_list)

    def told(these: list[Question]) -> tuple[QuestionRow, ...]:
        return tuple(_row(question, actor=actor, reach=reach, on=on) for question in these)

    waits = list(_with_names(waiting).order_by("due_on", "pk")[:MOST_SHOWN]) if waiting is not None else []
    return Questions(waiting=told(waits), mine=told(list(mine)), page=page, all=told(rows), state=state)


def waiting_for(*, actor: Actor, reach: Reach) -> "QuerySet[Question]":
    """Questions that the actor can answer and that nobody else has: not taken, or taken by the actor."""
    answered_by_me = (
        Q(unit_id__in=reach.units) | Q(team_id__in=reach.teams) | Q(directed_to_id=actor.id, unit_id__in=reach.served)
    )
    # Also what was directed to somebody else and not taken yet: they may be ill today.
    is_free = Q(state=QuestionState.ASKED) | Q(state=QuestionState.TAKEN, taken_by_id=actor.id)
    return Question.objects.visible_to(actor).filter(answered_by_me, is_free).exclude(asker_id=actor.id)


def _with_names(found: "QuerySet[Question]") -> "QuerySet[Question]":
    return found.select_related("asker", "unit", "team", "taken_by")


def _listed(actor: Actor) -> "QuerySet[Question]":
    return _with_names(Question.objects.visible_to(actor))


def _moves(actor: Actor, *, question: Question, answers: bool) -> tuple[str, ...]:
    leads = leads_unit(actor, question.unit_id)
    return tuple(
        move for move in moves_from(question.state) if _may(move, actor, question, answers=answers, leads=leads)
    )


def _may(move: str, actor: Actor, question: Question, *, answers: bool, leads: bool) -> bool:
    if move in OF_THE_ASKER:
        return question.asker_id == actor.id or (move == "close" and leads)
    if move == "release":
        return question.taken_by_id == actor.id or leads
    return answers


def _row(question: Question, *, actor: Actor, reach: Reach, on: date) -> QuestionRow:
    state = QuestionState(question.state)
    return QuestionRow(
        id=question.pk,
        text=question.text,
        asker=_name(question.asker),
        unit=question.unit.name,
        team=question.team.name if question.team else "",
        state=state,
        schemes=tuple(question.schemes),
        groups=tuple(question.groups),
        asked_at=question.asked_at,
        due_on=question.due_on,
        taken_by=_name(question.taken_by) if question.taken_by else "",
        is_late=state in WAITING and question.due_on < on,
        is_for_me=can_answer(actor, reach, question),
    )


def _name(user: User) -> str:
    return user.display_name


def _item(found: dict[str, str | int]) -> ContextItem:
    level, day = found.get("level"), found.get("on")
    return ContextItem(
        kind=ContextKind(str(found["kind"])),
        code=str(found["code"]),
        level=int(level) if level is not None else None,
        on=date.fromisoformat(str(day)) if day else None,
    )
