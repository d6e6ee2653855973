"""What needs doing in mini-teams: nobody stands in, both buddies are away, a handover is under way."""

from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import CaseMember

from .enums import CoverReason
from .models import Absence, BuddyPair, Cover, Handover

US = Value("us", output_field=CharField())


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """One row a citizen and need: citizen, code, whose turn, day, who (the unit's lead or whoever takes over), what."""
    return (_nobody_here(actor=actor, on=on), _both_away(actor=actor, on=on), _handovers(actor=actor))


def _nobody_here(*, actor: Actor, on: date) -> "QuerySet[Any]":
    """The contact person is away today and nobody who is here stands in."""
    here = Cover.objects.standing(on=on).filter(~Exists(_absences(on=on).filter(user_id=OuterRef("user_id"))))
    leads = CaseMember.objects.visible_to(actor).standing(on=on).filter(role=MemberRole.LEAD)
    uncovered = (
        leads.exclude(case__state=State.CLOSED)
        .filter(Exists(_absences(on=on).filter(user_id=OuterRef("user_id"))))
        .filter(~Exists(here.filter(case_id=OuterRef("case_id"))))
    )
    today = Value(on, output_field=DateField())
    return _rows(uncovered, need="nobody_stands_in", due_on=today, user_id=_leader(on=on), subject_id=F("case_id"))


def _both_away(*, actor: Actor, on: date) -> "QuerySet[Any]":
    """Both buddies are away, so that the mini-team stands in: the lead knows of it."""
    covers = Cover.objects.visible_to(actor).standing(on=on).filter(reason=CoverReason.MINI_TEAM)
    current = covers.filter(Exists(_pairs(on=on))).exclude(case__state=State.CLOSED)
    return _rows(
        current, need="both_buddies_away", due_on=F("from_on"), user_id=_leader(on=on), subject_id=F("case_id")
    )


def _handovers(*, actor: Actor) -> "QuerySet[Any]":
    """A handover has begun: whoever takes over goes through the list."""
    rows = Handover.objects.visible_to(actor).filter(finished_at__isnull=True, called_off_at__isnull=True)
    began_on = Cast("started_at", DateField())
    return _rows(rows, need="handover_under_way", due_on=began_on, user_id=F("to_user_id"), subject_id=F("pk"))


def _absences(*, on: date) -> "QuerySet[Absence]":
    return Absence.objects.standing(on=on).filter(called_off_at__isnull=True)


def _pairs(*, on: date) -> "QuerySet[BuddyPair]":
    """Pairs of the one who is away in a cover."""
    absent = OuterRef("absence__user_id")
    return BuddyPair.objects.standing(on=on).filter(Q(first_id=absent) | Q(second_id=absent))


def _leader(*, on: date) -> Subquery:
    """The lead of the unit, who is told."""
    leads = Position.objects.standing(on=on).filter(
        unit_id=OuterRef("case__team__unit_id"), role=Role.TEAM_LEAD, user__is_active=True
    )
    return Subquery(leads.order_by("from_on", "pk").values("user_id")[:1])


def _rows(
    rows: "QuerySet[Any]", *, need: str, due_on: Combinable, user_id: Combinable, subject_id: Combinable
) -> "QuerySet[Any]":
    said = Value(need, output_field=CharField())
    shaped: QuerySet[Any] = rows.order_by().values_list("citizen_id", said, US, due_on, user_id, subject_id)
    return shaped
