"""Courses: no contact person or one who has left, no next step or one whose day has come, quiet for too long."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import Position
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import Case, CaseMember

from ..enums import WaitsOn
from .shape import days_after, need

QUIET_DAYS = 21


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """What every course needs: a person, a next step with a day, and that something happens."""
    current = Case.objects.visible_to(actor).exclude(state=State.CLOSED)
    leads = CaseMember.objects.standing(on=on).filter(role=MemberRole.LEAD)
    working = Position.objects.standing(on=on).filter(user_id=OuterRef("user_id"), user__is_active=True)
    us = WaitsOn.US
    return (
        need(
            current.exclude(Exists(leads.filter(case_id=OuterRef("pk")))),
            code="no_person",
            waits_on=us,
            due_on=F("last_step_on"),
        ),
        need(
            leads.visible_to(actor).exclude(Exists(working)),
            code="person_left",
            waits_on=us,
            due_on=F("case__last_step_on"),
        ),
        need(
            current.filter(next_step_on__isnull=True) | current.filter(next_step=""),
            code="no_next_step",
            waits_on=us,
            due_on=F("last_step_on"),
        ),
        need(
            current.filter(next_step_on__lte=on).exclude(next_step=""),
            code="next_step_due",
            waits_on=us,
            due_on=F("next_step_on"),
        ),
        need(
            current.filter(state=State.OPEN, last_step_on__lt=on - timedelta(days=QUIET_DAYS)),
            code="quiet",
            waits_on=us,
            due_on=days_after("last_step_on", QUIET_DAYS),
        ),
    )
