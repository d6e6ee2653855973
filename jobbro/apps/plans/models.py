"""One plan a citizen: goals in their own words, steps with who and when, and the support chosen with its reasons."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen, PersonRow
from jobbro.apps.screening.models import Agreement

from .enums import ActionState, State, Who


class SupportDecision(PersonRow):
    """The support citizen and caseworker chose, with the gaps, the occupations and the catalogue it rested on."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="support_decisions")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="support_decisions")
    occupations = ArrayField(models.CharField(max_length=20), default=list)
    measures = ArrayField(models.CharField(max_length=60), default=list)
    declined = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    explanation = models.JSONField()
    catalogue_version = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["citizen", "-decided_at"], name="support_newest")]


class Plan(PersonRow):
    """The one plan both can read, whatever the benefit."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="plans")
    decision = models.ForeignKey(SupportDecision, on_delete=models.PROTECT, null=True, related_name="plans")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    started_on = models.DateField()
    citizen_agreed_at = models.DateTimeField(null=True, blank=True)
    citizen_recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    staff_agreed_at = models.DateTimeField(null=True, blank=True)
    staff_agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closing_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="plan_state_known"),
            models.CheckConstraint(
                condition=~Q(state=State.AGREED) | Q(citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False),
                name="plan_agreed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_on__isnull=True)),
                name="plan_closed_has_date",
            ),
            models.UniqueConstraint(fields=["citizen"], condition=~Q(state=State.CLOSED), name="plan_one_open"),
        ]


class Goal(PersonRow):
    """What the citizen wants, in their own words."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    words = models.TextField()
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["place", "id"]


class Action(PersonRow):
    """A step towards a goal: what, by whom, by when, and how it went."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="actions")
    place = models.PositiveSmallIntegerField(default=1)
    measure = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    who = models.CharField(max_length=10, choices=Who.choices)
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    responsible_name = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.AGREED)
    outcome = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="action_state_known"),
            models.CheckConstraint(condition=Q(who__in=Who.values), name="action_who_known"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="action_due"),
            models.Index(fields=["responsible", "due_on"], name="action_due_for"),
        ]
