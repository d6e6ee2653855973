"""Who has looked: for the citizen without names of employees, for the team lead with what waits for an answer."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Outcome, Purpose
from jobbro.apps.audit.models import Look
from jobbro.apps.organisations.models import Unit

from .models import BreakGlass, LookQuestion

PAGE = 25
OWN_ROLE = "citizen"
# Looks of somebody at a company: the text names the company.
COMPANY_PURPOSES = (Purpose.CARD, Purpose.TABLE, Purpose.ENGAGEMENT)


@dataclass(frozen=True)
class LookDay:
    """The looks of one day from one unit in one role for one purpose; `company` when it was somebody there."""

    look_id: int
    day: date
    first_at: datetime
    last_at: datetime
    times: int
    role: str
    unit: str
    purpose: str
    reason: str
    company: str
    question: LookQuestion | None


@dataclass(frozen=True)
class LooksPage:
    """One page of looks at the citizen, newest day first."""

    days: tuple[LookDay, ...]
    number: int
    has_more: bool

    @property
    def previous_number(self) -> int:
        return self.number - 1

    @property
    def next_number(self) -> int:
        return self.number + 1


def is_look_at_me(*, actor: Actor, look_id: int) -> bool:
    """Whether somebody's look at the actor's own file has this number; others' looks are not told from none."""
    return (
        actor.citizen_id is not None
        and Look.objects.filter(id=look_id, citizen_ids__contains=[actor.citizen_id]).exists()
    )


def looks_at_me(*, actor: Actor, number: int = 1, limit: int = PAGE) -> LooksPage:
    """Other people's looks at the actor's own file; whoever it was is told by role and unit, or by company."""
    first = (max(number, 1) - 1) * limit
    groups = (
        Look.objects.filter(citizen_ids__contains=[actor.citizen_id], outcome=Outcome.SHOWN)
        .exclude(role=OWN_ROLE)
        .annotate(day=TruncDate("at"))
        .values("day", "role", "unit_id", "purpose", "purpose_text")
        .annotate(look_id=Max("id"), first_at=Min("at"), last_at=Max("at"), times=Count("id"))
        .order_by("-last_at")
    )
    found = list(groups[first : first + limit + 1])
    shown = found[:limit]
    units = dict(Unit.objects.filter(pk__in={g["unit_id"] for g in shown if g["unit_id"]}).values_list("pk", "name"))
    asked = LookQuestion.objects.visible_to(actor).filter(look_id__in=[g["look_id"] for g in shown])
    questions = {question.look_id: question for question in asked}
    return LooksPage(
        days=tuple(
            LookDay(
                look_id=group["look_id"],
                day=group["day"],
                first_at=group["first_at"],
                last_at=group["last_at"],
                times=group["times"],
                role=group["role"],
                unit=units.get(group["unit_id"], "") if group["unit_id"] else "",
                purpose=group["purpose"],
                reason=group["purpose_text"] if group["purpose"] == Purpose.BREAK_GLASS else "",
                company=group["purpose_text"] if group["purpose"] in COMPANY_PURPOSES else "",
                question=questions.get(group["look_id"]),
            )
            for group in shown
        ),
        number=max(number, 1),
        has_more=len(found) > limit,
    )


@dataclass(frozen=True)
class LookReview:
    """What waits for the team lead: urgent accesses and citizens' questions."""

    urgent: tuple[BreakGlass, ...]
    questions: tuple[LookQuestion, ...]

    def urgent_by(self, access_id: UUID) -> BreakGlass | None:
        """The urgent access with this id, if it waits for an answer."""
        return next((access for access in self.urgent if access.pk == access_id), None)

    def question_by(self, question_id: UUID) -> LookQuestion | None:
        """The question with this id, if it waits for an answer."""
        return next((question for question in self.questions if question.pk == question_id), None)


def looks_to_review(*, actor: Actor, limit: int = 50) -> LookReview:
    """Urgent accesses and questions without an answer, oldest first; the wall keeps them to the actor's own unit."""
    urgent = BreakGlass.objects.visible_to(actor).filter(review="").exclude(user_id=actor.id)
    questions = LookQuestion.objects.visible_to(actor).filter(answered_at__isnull=True)
    return LookReview(
        urgent=tuple(urgent.select_related("citizen", "user").order_by("opened_at")[:limit]),
        questions=tuple(questions.select_related("citizen").order_by("asked_at")[:limit]),
    )
