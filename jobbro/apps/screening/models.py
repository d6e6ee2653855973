"""Dialogues and their answers, one row an answer and none ever overwritten; and what both agreed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen, PersonRow

from .enums import Setting, Speaker, State, Status


class Dialogue(PersonRow):
    """One conversation about hopes, work and needs; it can be paused and resumed from any device."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="dialogues")
    setting = models.CharField(max_length=10, choices=Setting.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    guide_version = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="dialogue_state_known"),
            models.CheckConstraint(condition=Q(setting__in=Setting.values), name="dialogue_setting_known"),
            models.UniqueConstraint(
                fields=["citizen"], condition=~Q(state=State.AGREED), name="dialogue_one_under_way"
            ),
        ]
        indexes = [models.Index(fields=["citizen", "-started_at"], name="dialogue_newest")]


class Answer(PersonRow):
    """What somebody said about one topic of the guide; a later answer to the same topic takes its place."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="answers")
    topic = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status.choices)
    words = models.TextField(blank=True)
    level = models.SmallIntegerField(null=True, blank=True)
    choices = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    numbers = ArrayField(models.DecimalField(max_digits=6, decimal_places=2, null=True), default=list, blank=True)
    slots = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    helps = models.TextField(blank=True)
    # The sentences that stood on the page: with it the sentence behind a level can be found again.
    guide_version = models.CharField(max_length=64)
    said_by = models.CharField(max_length=10, choices=Speaker.choices)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(level__range=(0, 4)), name="answer_level_range"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="answer_status_known"),
            models.CheckConstraint(condition=Q(said_by__in=Speaker.values), name="answer_speaker_known"),
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(status=Status.TOLD), name="answer_level_told"),
        ]
        indexes = [models.Index(fields=["citizen", "answered_at"], name="answer_of_citizen")]


class Agreement(PersonRow):
    """The need profile as both agreed it, kept whole with the guide version it rested on."""

    dialogue = models.OneToOneField(Dialogue, on_delete=models.PROTECT, related_name="agreement")
    profile = models.JSONField()
    guide_version = models.CharField(max_length=64)
    citizen_agreed_at = models.DateTimeField(null=True, blank=True)
    citizen_recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    staff_agreed_at = models.DateTimeField(null=True, blank=True)
    staff_agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["citizen", "-staff_agreed_at"], name="agreement_newest")]
