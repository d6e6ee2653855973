"""Messages on their way, and how a citizen wants to get them."""

from typing import Self

from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import Citizen, PersonRow

from .enums import MessageKind, Problem, State, Way


class MessageQuerySet(models.QuerySet):
    """Messages; the wall in the database narrows this to one's own and those of one's citizens."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own; for staff also those to citizens of their municipalities."""
        if actor.citizen_id is not None:
            return self.filter(Q(citizen_id=actor.citizen_id) | Q(user_id=actor.id))
        if actor.is_employer:
            return self.filter(user_id=actor.id)
        return self.filter(Q(user_id=actor.id) | Q(citizen__municipality_id__in=actor.codes))


class Message(Row):
    """One message to one receiver. The same key is the same message: it is sent once.

    `values`: what the text of the kind fills in, days and moments only; `event`: the calendar entry that goes along.
    """

    key = models.CharField(max_length=200, unique=True)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="da")
    kind = models.CharField(max_length=20, choices=MessageKind.choices)
    link = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict, blank=True)
    event = models.JSONField(null=True, blank=True)
    send_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=Way.choices, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, choices=Problem.choices, blank=True)
    reply_code = models.PositiveSmallIntegerField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.CheckConstraint(condition=Q(way__in=["", *Way.values]), name="message_way_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(problem__in=["", *Problem.values]), name="message_problem_known"),
            models.CheckConstraint(
                condition=Q(citizen__isnull=False, user__isnull=True, email="")
                | Q(citizen__isnull=True, user__isnull=False, email="")
                | (Q(citizen__isnull=True, user__isnull=True) & ~Q(email="")),
                name="message_one_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="message_sent_has_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state=State.WAITING), name="message_waiting"),
            models.Index(
                fields=["until_at"], condition=Q(state=State.WAITING, until_at__isnull=False), name="message_until"
            ),
            models.Index(fields=["begun_at"], condition=Q(state=State.HANDING_OVER), name="message_begun"),
            models.Index(fields=["citizen", "-send_at"], name="message_of_citizen"),
            models.Index(fields=["user", "-send_at"], name="message_of_user"),
            models.Index(fields=["made_at"], name="message_made"),
        ]


class MessageChoice(PersonRow):
    """How a citizen wants messages, and what to be reminded of; without a row as the file says, the day before."""

    citizen = models.OneToOneField(Citizen, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=Way.choices, blank=True)
    wants_day_before = models.BooleanField(default=True)
    wants_hour_before = models.BooleanField(default=False)
    wants_tasks = models.BooleanField(default=True)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(way__in=["", *Way.values]), name="choice_way_known")]
