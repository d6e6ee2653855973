"""Courses and the people around a citizen, as the page "what happens now" reads them."""

from dataclasses import dataclass
from datetime import date

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import Case, CaseMember

# Whom to ring, in this order.
TO_RING = (MemberRole.LEAD, MemberRole.COVER, MemberRole.BUDDY)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody to ring."""

    name: str
    phone: str
    role: MemberRole


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The next step of the course; empty when none is set."""

    text: str = ""
    on: date | None = None


def own_step(*, actor: Actor) -> NextStep:
    """Of the course of the citizen that the actor is. One query."""
    assert actor.citizen_id is not None
    case = Case.objects.visible_to(actor).filter(citizen_id=actor.citizen_id).first()
    return NextStep(text=case.next_step, on=case.next_step_on) if case else NextStep()


def people_to_ring(*, actor: Actor, on: date) -> tuple[Person, ...]:
    """Those around the citizen that the actor is, the contact person first. One query."""
    assert actor.citizen_id is not None
    rows = (
        CaseMember.objects.visible_to(actor)
        .standing(on=on)
        .filter(citizen_id=actor.citizen_id, role__in=TO_RING)
        .select_related("user")
        .order_by("from_on", "pk")
    )
    people = [Person(name=row.user.display_name, phone=row.user.phone, role=MemberRole(row.role)) for row in rows]
    return tuple(sorted(people, key=lambda person: TO_RING.index(person.role)))
