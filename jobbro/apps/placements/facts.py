"""Whom somebody helps today, from the courses; and who is the contact at a company."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import CaseMember
from jobbro.apps.employers.models import ContactPerson


def around_me(*, actor: Actor, on: date) -> QuerySet[Any, Any]:
    """The citizens around whom the actor stands today, as a subquery."""
    return CaseMember.objects.standing(on=on).filter(user_id=actor.id).values("citizen_id")


def first_contact(*, company_id: UUID, on: date) -> str:
    """The name of the company's first contact today, and what they do; empty without one."""
    rows = ContactPerson.objects.standing(on=on).filter(company_id=company_id).order_by("-is_first", "name", "pk")
    row = rows.first()
    return ", ".join(part for part in (row.name, row.title) if part) if row else ""


def contact_person(*, citizen_id: UUID, on: date) -> str:
    """The name of the person's contact at the municipality today; empty without one."""
    rows = CaseMember.objects.standing(on=on).filter(citizen_id=citizen_id, role=MemberRole.LEAD)
    return str(rows.order_by("from_on", "pk").values_list("user__display_name", flat=True).first() or "")
