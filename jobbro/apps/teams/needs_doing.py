"""What needs doing in mini-teams: nobody stands in, both buddies are away, a handover is under way."""

from datetime import date

from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import CaseMember

from .enums import CoverReason
from .models import Absence, Cover, Handover

US = "us"


def needs_doing(*, actor: Actor, on: date) -> tuple[QuerySet, ...]:
    """One row for each citizen and need, in the shape of the worklist."""
    return (_nobody_here(actor=actor, on=on), _both_away(actor=actor, on=on), _handovers(actor=actor))


def _absences(*, on: date) -> "QuerySet[Absence]":
    return Absence.objects.standing(on=on).filter(called_off_at__isnull=True)


def _leader(unit: str, *, on: date) -> Subquery:
    """The lead of the unit, who is told."""
    leads = Position.objects.standing(on=on).filter(unit=OuterRef(unit), role=Role.TEAM_LEAD, user__is_active=True)
    return Subquery(leads.order_by("from_on", "pk").values("user_id")[:1])


def _nobody_here(*, actor: Actor, on: date) -> QuerySet:
    """The contact person is away today and nobody who is here stands in."""
    here = Cover.objects.standing(on=on).filter(~Exists(_absences(on=on).filter(user=OuterRef("user"))))
    leads = CaseMember.objects.visible_to(actor).standing(on=on).filter(role=MemberRole.LEAD)
    return (
        leads.exclude(case__state=State.CLOSED)
        .filter(Exists(_absences(on=on).filter(user=OuterRef("user"))))
        .filter(~Exists(here.filter(case=OuterRef("case"))))
        .values(
            "citizen_id",
            need=Value("nobody_stands_in"),
            waits_on=Value(US),
            due_on=Value(on, output_field=DateField()),
            user_id=_leader("case__team__unit", on=on),
            subject_id=F("case_id"),
        )
    )


def _both_away(*, actor: Actor, on: date) -> QuerySet:
    """Both buddies are away, so that the mini-team stands in: the lead knows of it."""
    covers = Cover.objects.visible_to(actor).standing(on=on).filter(reason=CoverReason.MINI_TEAM)
    return covers.exclude(case__state=State.CLOSED).values(
        "citizen_id",
        need=Value("both_buddies_away"),
        waits_on=Value(US),
        due_on=F("from_on"),
        user_id=_leader("case__team__unit", on=on),
        subject_id=F("case_id"),
    )


def _handovers(*, actor: Actor) -> QuerySet:
    """A handover has begun: whoever takes over goes through the list."""
    rows = Handover.objects.visible_to(actor).filter(finished_at__isnull=True, called_off_at__isnull=True)
    return rows.values(
        "citizen_id",
        need=Value("handover_under_way"),
        waits_on=Value(US),
        due_on=Cast("started_at", DateField()),
        user_id=Cast("to_user_id", UUIDField()),
        subject_id=F("pk"),
    )
