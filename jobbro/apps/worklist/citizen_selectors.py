"""What one citizen waits for, read by themselves: needs, the next step, the next meeting, whom to ring."""

from dataclasses import dataclass
from datetime import date, datetime

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.placements.enums import IntroductionState
from jobbro.apps.placements.models import Introduction

from .selectors import WorkRow, needs_of

WHO_TO_RING = (MemberRole.COVER, MemberRole.LEAD, MemberRole.BUDDY)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody to ring."""

    name: str
    phone: str
    role: MemberRole


@dataclass(frozen=True, kw_only=True)
class Now:
    """What happens now. `meets_at` is None when no meeting is planned; `people`: contact person first."""

    row: WorkRow | None
    next_step: str
    next_step_on: date | None
    meets_at: datetime | None
    meeting: str
    people: tuple[Person, ...]


def what_waits(*, actor: Actor, on: date, at: datetime) -> Now:
    """Of the citizen that the actor is. Four queries."""
    assert actor.citizen_id is not None
    case = Case.objects.visible_to(actor).filter(citizen_id=actor.citizen_id).first()
    meeting = (
        Introduction.objects.visible_to(actor)
        .filter(citizen_id=actor.citizen_id, state=IntroductionState.PLANNED, meets_at__gte=at)
        .order_by("meets_at", "pk")
        .first()
    )
    return Now(
        row=needs_of(actor=actor, citizen_id=actor.citizen_id, on=on),
        next_step=case.next_step if case else "",
        next_step_on=case.next_step_on if case else None,
        meets_at=meeting.meets_at if meeting else None,
        meeting=meeting.title if meeting else "",
        people=_people(actor=actor, on=on),
    )


def _people(*, actor: Actor, on: date) -> tuple[Person, ...]:
    rows = (
        CaseMember.objects.visible_to(actor)
        .standing(on=on)
        .filter(citizen_id=actor.citizen_id, role__in=WHO_TO_RING)
        .select_related("user")
        .order_by("from_on", "pk")
    )
    order = [MemberRole.LEAD, MemberRole.COVER, MemberRole.BUDDY]
    people = [Person(name=row.user.display_name, phone=row.user.phone, role=MemberRole(row.role)) for row in rows]
    return tuple(sorted(people, key=lambda person: order.index(person.role)))
