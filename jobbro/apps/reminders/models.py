"""Who wants reminders by mail, and the one reminder a day of each person: numbers only, nothing about citizens."""

from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row

from .enums import Problem, State


class MailChoice(Row):
    """Whether somebody wants reminders by mail; without a row they do."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    wants_mail = models.BooleanField()
    chosen_at = models.DateTimeField()


class Digest(Row):
    """The reminder of one day for one person: what it counts, and how far it is on its way."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    soon = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    undated = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    team_late = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, choices=Problem.choices, blank=True)
    reply_code = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="digest_one_a_day"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="digest_state_known"),
            models.CheckConstraint(condition=Q(problem__in=["", *Problem.values]), name="digest_problem_known"),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="digest_sent_has_moment"
            ),
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="digest_waiting")]
