"""All that one citizen has told, fetched whole: the dialogue under way, every answer, and what was agreed."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.screening.facts import agreed_ids, answer_fact, profile_from_json
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from jobbro.apps.screening.states import UNDER_WAY
from jobbro.engines import needs


@dataclass(frozen=True, kw_only=True)
class Course:
    """Everything told so far, oldest first; `agreements` are the complete ones, newest first."""

    citizen: Citizen
    dialogue: Dialogue | None
    rows: tuple[Answer, ...]
    agreements: tuple[Agreement, ...]
    pending: Agreement | None

    @cached_property
    def facts(self) -> tuple[needs.Answer, ...]:
        return tuple(answer_fact(row) for row in self.rows)

    @property
    def here(self) -> tuple[needs.Answer, ...]:
        """Answers of the dialogue under way."""
        return tuple(fact for row, fact in zip(self.rows, self.facts, strict=True) if self._is_here(row))

    @property
    def known(self) -> tuple[needs.Answer, ...]:
        """Answers of earlier dialogues."""
        return tuple(fact for row, fact in zip(self.rows, self.facts, strict=True) if not self._is_here(row))

    @property
    def guide(self) -> needs.Guide:
        return needs.load_guide()

    @property
    def saved_at(self) -> datetime | None:
        """When the newest answer was kept."""
        return self.rows[-1].answered_at if self.rows else None

    @cached_property
    def steps(self) -> tuple[needs.Step, ...]:
        """The way through the topics."""
        return needs.path(self.guide, self.here, known=self.known)

    @property
    def next_topic(self) -> str | None:
        return next((step.topic for step in self.steps if step.state == "next"), None)

    @cached_property
    def profile(self) -> needs.Profile:
        """The needs as they are told now."""
        ids = agreed_ids(self.agreements[0].profile) if self.agreements else frozenset()
        return needs.profile(self.facts, agreed=ids)

    @cached_property
    def before(self) -> needs.Profile | None:
        """The profile to compare with: the last agreed one, or the one before it when nothing is under way."""
        older = self.agreements if self.dialogue else self.agreements[1:]
        return profile_from_json(older[0].profile) if older else None

    @property
    def changes(self) -> tuple[needs.Change, ...]:
        """What changed since last time; nothing when there was no last time."""
        return needs.changes(self.before, self.profile) if self.before else ()

    @property
    def version(self) -> UUID | None:
        """Id of the newest answer: whoever agrees, agrees to what stood when this was the newest."""
        return self.rows[-1].pk if self.rows else None

    def newest(self, topic: str) -> Answer | None:
        """The newest answer to a topic, by anybody."""
        return next((row for row in reversed(self.rows) if row.topic == topic), None)

    def with_answer(self, row: Answer) -> "Course":
        """The course after one more answer; an agreement on its way falls away."""
        return replace(self, rows=(*self.rows, row), pending=None)

    def _is_here(self, row: Answer) -> bool:
        return self.dialogue is not None and row.dialogue_id == self.dialogue.pk


def course_of(*, actor: Actor, citizen_id: UUID, dialogue: Dialogue | None = None) -> Course | None:
    """What a citizen has told, or None when there is no such citizen for the actor. Four queries.

    `dialogue` is the one under way when the caller has already locked it.
    """
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    agreements = tuple(_agreements(actor=actor, citizen_id=citizen_id))
    complete = [agreement for agreement in agreements if is_complete(agreement)]
    under_way = dialogue or dialogues_under_way(actor=actor, citizen_id=citizen_id).first()
    return Course(
        citizen=citizen,
        dialogue=under_way,
        rows=tuple(Answer.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("answered_at", "id")),
        agreements=tuple(complete),
        pending=next((agreement for agreement in agreements if not is_complete(agreement)), None),
    )


def is_complete(agreement: Agreement) -> bool:
    """Whether both have agreed."""
    return agreement.citizen_agreed_at is not None and agreement.staff_agreed_at is not None


def _agreements(*, actor: Actor, citizen_id: UUID) -> list[Agreement]:
    """Newest first; the dialogues come in order, and each has one."""
    rows = Agreement.objects.visible_to(actor).filter(citizen_id=citizen_id)
    return list(rows.order_by("-dialogue__started_at", "-id"))


def dialogues_under_way(*, actor: Actor, citizen_id: UUID) -> QuerySet[Dialogue]:
    """The one dialogue under way, or none."""
    return Dialogue.objects.visible_to(actor).filter(citizen_id=citizen_id, state__in=UNDER_WAY)


def names_behind(course: Course) -> dict[UUID, str]:
    """The name behind each account that answered or agreed; accounts that cannot be seen any more are left out.

    The citizen's own account is behind the wall for employees, so it is named from the citizen.
    """
    agreements = [*course.agreements, *([course.pending] if course.pending else [])]
    accounts: set[UUID | None] = {row.answered_by_id for row in course.rows}
    accounts |= {agreed.citizen_recorded_by_id for agreed in agreements}
    accounts |= {agreed.staff_agreed_by_id for agreed in agreements}
    own = {course.citizen.user_id: course.citizen.name} if course.citizen.user_id else {}
    staff = [account for account in accounts if account is not None and account not in own]
    others = User.objects.filter(pk__in=staff).values_list("pk", "display_name")
    return {**own, **dict(others)}
