"""What the pages of the dialogue show, fetched whole."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.screening.enums import Setting, Speaker, State, Status
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from jobbro.apps.screening.permissions import can_hold_dialogue, is_own
from jobbro.engines import needs

from .courses import Course, course_of, names_behind


class NoDialogue(RuntimeError):
    """No dialogue is under way: show how to begin one."""


@dataclass(frozen=True, kw_only=True)
class Talk:
    """The dialogue under way."""

    id: UUID
    setting: Setting
    state: State
    started_at: datetime

    @property
    def is_finished(self) -> bool:
        return self.state == State.FINISHED


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer as it was given."""

    id: UUID
    status: Status
    words: str
    level: int | None
    choices: tuple[str, ...]
    numbers: tuple[float | None, ...]
    slots: tuple[str, ...]
    helps: str
    said_by: Speaker
    answered_by: UUID
    answered_at: datetime


@dataclass(frozen=True, kw_only=True)
class Who:
    """Whose file it is, and what the actor may do with it."""

    citizen_id: UUID
    name: str
    is_own: bool
    can_hold: bool


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the conversation is; `may_grow` while areas may still be opened."""

    settled: int
    total: int
    may_grow: bool


@dataclass(frozen=True, kw_only=True)
class DialoguePage:
    """One topic with what was said to it, and the profile beside it."""

    who: Who
    talk: Talk
    guide: needs.Guide
    topic: needs.Topic
    opens_part: bool
    position: int | None
    progress: Progress
    previous: str | None
    is_again: bool
    is_known: bool
    given: Given | None
    given_by: str
    profile: needs.Profile
    saved_at: datetime | None

    @property
    def seen(self) -> UUID | None:
        """Id of the newest answer to the topic: the form carries it, so that two who answer at once are noticed."""
        return self.given.id if self.given else None


@dataclass(frozen=True, kw_only=True)
class AgreedBy:
    """Who agreed to what, and when; a citizen's agreement can be recorded by an employee in the meeting."""

    id: UUID
    citizen_at: datetime | None
    citizen_recorded_by: str
    was_recorded_by_staff: bool
    staff_at: datetime | None
    staff_by: str
    guide_version: str

    @property
    def is_complete(self) -> bool:
        return self.citizen_at is not None and self.staff_at is not None

    @property
    def at(self) -> datetime | None:
        """When the last of the two agreed."""
        return max(self.citizen_at, self.staff_at) if self.citizen_at and self.staff_at else None


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """Everything told, what is still to be talked about, what changed, and who agreed."""

    who: Who
    talk: Talk | None
    guide: needs.Guide
    progress: Progress
    next_topic: str | None
    to_come: tuple[str, ...]
    known: frozenset[str]
    profile: needs.Profile
    changes: tuple[needs.Change, ...]
    has_told: bool
    saved_at: datetime | None
    version: UUID | None
    names: dict[str, str]
    pending: AgreedBy | None
    agreements: tuple[AgreedBy, ...]


def dialogue_page(*, actor: Actor, citizen_id: UUID, topic: str) -> DialoguePage | None:
    """One topic of the dialogue under way; None when citizen or topic is not there for the actor.

    Raises NoDialogue when nothing is under way.
    """
    course = course_of(actor=actor, citizen_id=citizen_id)
    if course is None or topic not in course.guide.by_code:
        return None
    if course.dialogue is None:
        raise NoDialogue(f"No dialogue of citizen {citizen_id} is under way.")
    return topic_page(actor=actor, course=course, topic=topic)


def topic_page(*, actor: Actor, course: Course, topic: str) -> DialoguePage:
    """The page of a topic in a course whose dialogue is under way."""
    assert course.dialogue is not None
    newest = course.newest(topic)
    codes = [step.topic for step in course.steps]
    at = codes.index(topic) if topic in codes else None
    step = course.steps[at] if at is not None else None
    found = course.guide.topic(topic)
    return DialoguePage(
        who=_who(actor=actor, course=course),
        talk=_talk(course.dialogue),
        guide=course.guide,
        topic=found,
        opens_part=course.guide.part(found.part).topics[0].code == topic,
        position=at + 1 if at is not None else None,
        progress=_progress(course),
        previous=codes[at - 1] if at else None,
        is_again=step is not None and step.again,
        is_known=step is not None and step.state == "known",
        given=_given(newest) if newest else None,
        given_by=names_behind(course).get(newest.answered_by_id, "") if newest else "",
        profile=course.profile,
        saved_at=course.saved_at,
    )


def course_page(*, actor: Actor, citizen_id: UUID) -> CoursePage | None:
    """Everything about a citizen's dialogues; None when there is no such citizen for the actor."""
    course = course_of(actor=actor, citizen_id=citizen_id)
    if course is None:
        return None
    names = names_behind(course)
    return CoursePage(
        who=_who(actor=actor, course=course),
        talk=_talk(course.dialogue) if course.dialogue else None,
        guide=course.guide,
        progress=_progress(course),
        next_topic=course.next_topic,
        to_come=tuple(step.topic for step in course.steps if step.state in ("next", "coming", "left")),
        known=frozenset(answer.id for answer in course.known),
        profile=course.profile,
        changes=course.changes,
        has_told=bool(course.rows),
        saved_at=course.saved_at,
        version=course.version,
        names={str(row.pk): names.get(row.answered_by_id, "") for row in course.rows},
        pending=_agreed_by(course.pending, course=course, names=names) if course.pending else None,
        agreements=tuple(_agreed_by(agreed, course=course, names=names) for agreed in course.agreements),
    )


def _who(*, actor: Actor, course: Course) -> Who:
    citizen = course.citizen
    return Who(
        citizen_id=citizen.pk,
        name=citizen.name,
        is_own=is_own(actor, citizen.pk),
        can_hold=can_hold_dialogue(actor, citizen.pk),
    )


def _talk(dialogue: Dialogue) -> Talk:
    return Talk(
        id=dialogue.pk,
        setting=Setting(dialogue.setting),
        state=State(dialogue.state),
        started_at=dialogue.started_at,
    )


def _progress(course: Course) -> Progress:
    settled, total = needs.progress(course.guide, course.here, known=course.known)
    return Progress(
        settled=settled, total=total, may_grow=needs.may_grow(course.guide, course.here, known=course.known)
    )


def _given(row: Answer) -> Given:
    return Given(
        id=row.pk,
        status=Status(row.status),
        words=row.words,
        level=row.level,
        choices=tuple(row.choices),
        numbers=tuple(None if number is None else float(number) for number in row.numbers),
        slots=tuple(row.slots),
        helps=row.helps,
        said_by=Speaker(row.said_by),
        answered_by=row.answered_by_id,
        answered_at=row.answered_at,
    )


def _agreed_by(agreement: Agreement, *, course: Course, names: dict[UUID, str]) -> AgreedBy:
    recorder, staff = agreement.citizen_recorded_by_id, agreement.staff_agreed_by_id
    return AgreedBy(
        id=agreement.pk,
        citizen_at=agreement.citizen_agreed_at,
        citizen_recorded_by=names.get(recorder, "") if recorder else "",
        was_recorded_by_staff=recorder is not None and recorder != course.citizen.user_id,
        staff_at=agreement.staff_agreed_at,
        staff_by=names.get(staff, "") if staff else "",
        guide_version=agreement.guide_version,
    )
