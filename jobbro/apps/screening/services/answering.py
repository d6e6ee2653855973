"""An answer is kept: none is ever overwritten, and none is lost when two answer at once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.screening.enums import Speaker, Status
from jobbro.apps.screening.facts import answer_fact
from jobbro.apps.screening.models import Answer, Dialogue
from jobbro.apps.screening.permissions import can_speak_as
from jobbro.apps.screening.selectors.courses import Course
from jobbro.apps.screening.selectors.pages import DialoguePage, topic_page
from jobbro.engines import needs

from .locking import locked_course


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to say to a topic."""

    status: Status
    said_by: Speaker
    words: str = ""
    level: int | None = None
    choices: tuple[str, ...] = ()
    numbers: tuple[Decimal | None, ...] = ()
    slots: tuple[str, ...] = ()
    helps: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said at all."""
        has_number = any(number is not None for number in self.numbers)
        has_words = bool(self.words.strip() or self.helps.strip())
        return not (has_words or has_number or self.choices or self.slots or self.level is not None)


class AnswerRefused(ValueError):
    """The answer cannot be kept; `problems` are codes of the needs engine that say what to put right."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(f"The answer cannot be kept: {', '.join(problems)}.")
        self.problems = problems


class TopicMissing(LookupError):
    """The conversation guide has no such topic."""


class StaleAnswer(RuntimeError):
    """Somebody answered the same topic in the meantime; `page` shows what they said. Nothing was written."""

    def __init__(self, page: DialoguePage) -> None:
        super().__init__("The topic has a newer answer than the one that was seen. Show both and let people choose.")
        self.page = page


def record_answer(
    *, actor: Actor, citizen_id: UUID, topic: str, draft: Draft, seen: UUID | None, at: datetime, on: date
) -> DialoguePage | None:
    """The answer is kept; comes back with the page of the next topic, or None when everything is said.

    `seen` is the newest answer to the topic that the person had in front of them. Saying nothing, or skipping, keeps an
    answer that is there. Saying the same once more in one dialogue is one act. Raises CitizenMissing, NothingUnderWay,
    TopicMissing, PermissionDenied, AnswerRefused, StaleAnswer.
    """
    course, dialogue = locked_course(actor=actor, citizen_id=citizen_id)
    after = keep_answer(
        actor=actor, course=course, dialogue=dialogue, topic=topic, draft=draft, seen=seen, at=at, on=on
    )
    return topic_page(actor=actor, course=after, topic=after.next_topic) if after.next_topic else None


def keep_both(
    *, actor: Actor, citizen_id: UUID, topic: str, draft: Draft, seen: UUID | None, at: datetime, on: date
) -> DialoguePage | None:
    """The newest answer and the draft both stand: as one when one person said both, else each with its own speaker.

    Where both cannot stand in one answer, the draft's choice counts. Raises as `record_answer`.
    """
    course, dialogue = locked_course(actor=actor, citizen_id=citizen_id)
    newest = course.newest(topic)
    both = _joined(draft, newest) if newest and newest.said_by == draft.said_by else draft
    after = keep_answer(actor=actor, course=course, dialogue=dialogue, topic=topic, draft=both, seen=seen, at=at, on=on)
    return topic_page(actor=actor, course=after, topic=after.next_topic) if after.next_topic else None


def keep_answer(
    *,
    actor: Actor,
    course: Course,
    dialogue: Dialogue,
    topic: str,
    draft: Draft,
    seen: UUID | None,
    at: datetime,
    on: date,
) -> Course:
    """The course with the answer in it; the dialogue is locked by the caller. Raises as `record_answer`."""
    if topic not in course.guide.by_code:
        raise TopicMissing(f"The conversation guide has no topic {topic!r}.")
    if not can_speak_as(actor, draft.said_by):
        raise PermissionDenied
    newest = course.newest(topic)
    draft = _skipped_if_empty(draft, newest)
    row = _row(actor=actor, course=course, dialogue=dialogue, topic=topic, draft=draft, at=at)
    if newest and _is_settled_by(newest, row):
        return course
    if (newest.pk if newest else None) != seen:
        raise StaleAnswer(topic_page(actor=actor, course=course, topic=topic))
    _check(row, topic=course.guide.topic(topic))
    _keep(row, actor=actor, course=course, on=on)
    return course.with_answer(row)


def _skipped_if_empty(draft: Draft, newest: Answer | None) -> Draft:
    """Nothing said is skipping, but it does not take an answer back: that would be lost without anybody wanting it."""
    is_answered = newest is not None and newest.status != Status.SKIPPED
    if draft.status == Status.TOLD and draft.is_empty and not is_answered:
        return replace(draft, status=Status.SKIPPED)
    return draft


def _is_settled_by(newest: Answer, row: Answer) -> bool:
    """Whether the newest answer already says what the row says, or the row says nothing that is to be kept."""
    if row.status == Status.SKIPPED and newest.status != Status.SKIPPED:
        return not row.words.strip()
    same = ("dialogue_id", "status", "words", "level", "choices", "numbers", "slots", "helps", "said_by")
    is_same = all(getattr(newest, name) == getattr(row, name) for name in same)
    return is_same and row.status != Status.SKIPPED


def _check(row: Answer, *, topic: needs.Topic) -> None:
    problems = needs.check_answer(topic, answer_fact(row))
    if problems:
        raise AnswerRefused(problems)


def _keep(row: Answer, *, actor: Actor, course: Course, on: date) -> None:
    row.save(force_insert=True)
    if course.pending is not None:
        # Whoever has agreed, agreed to other words than those that stand now.
        course.pending.delete()
    touch_case(citizen_id=row.citizen_id, on=on)
    record_event(
        verb=Verb.ANSWER_RECORDED,
        citizen_id=row.citizen_id,
        subject=row,
        detail={"topic": row.topic, "status": str(row.status)},
    )


def _row(*, actor: Actor, course: Course, dialogue: Dialogue, topic: str, draft: Draft, at: datetime) -> Answer:
    return Answer(
        citizen_id=course.citizen.pk,
        dialogue=dialogue,
        topic=topic,
        status=draft.status,
        words=draft.words,
        level=draft.level,
        choices=list(draft.choices),
        numbers=list(draft.numbers),
        slots=list(draft.slots),
        helps=draft.helps,
        guide_version=course.guide.version,
        said_by=draft.said_by,
        answered_by_id=actor.id,
        answered_at=_after(course, at),
    )


def _after(course: Course, at: datetime) -> datetime:
    """Always after the newest answer: clocks of two servers differ, the order of answers must not."""
    return max(at, course.rows[-1].answered_at + timedelta(microseconds=1)) if course.rows else at


def _joined(draft: Draft, newest: Answer) -> Draft:
    told = draft.status == Status.TOLD
    return replace(
        draft,
        status=draft.status if told else Status(newest.status),
        words=_both_texts(newest.words, draft.words),
        helps=_both_texts(newest.helps, draft.helps),
        level=draft.level if draft.level is not None else newest.level,
        choices=draft.choices or tuple(newest.choices),
        numbers=draft.numbers if any(number is not None for number in draft.numbers) else tuple(newest.numbers),
        slots=tuple(dict.fromkeys((*newest.slots, *draft.slots))),
    )


def _both_texts(first: str, second: str) -> str:
    return "\n\n".join(text for text in (first, second) if text.strip()) if first != second else first
