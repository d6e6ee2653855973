"""Between jobs: a wish for something new, a notice, what is done until the last day, and what the job has taught.

None of it is the company's: no table here has a policy for companies, and none ever gets one.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import PersonRow
from jobbro.apps.placements.enums import EndedBy, EndReason
from jobbro.apps.placements.models import Placement
from jobbro.kernel.vocabulary import AREAS

from .enums import ChangeKind, ChangeWhen, NoticeBasis, ObservationState, Source, StepOwner, WishEnd


class ChangeWish(PersonRow):
    """Somebody wishes for something new. Confidential: the present workplace never reads it."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kinds = ArrayField(models.CharField(max_length=12, choices=ChangeKind.choices))
    words = models.TextField(blank=True)
    soon = models.CharField(max_length=10, choices=ChangeWhen.choices)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Why somebody of the municipality wrote it for the citizen; empty when they wrote it.
    on_behalf = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    # When somebody has talked with the citizen about it, and what was agreed.
    talked_on = models.DateField(null=True, blank=True)
    talked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_as = models.CharField(max_length=10, choices=WishEnd.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen"], condition=Q(ended_on__isnull=True), name="mobility_one_open_wish"
            ),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=ChangeKind.values, kinds__len__gte=1), name="mobility_wish_kinds_known"
            ),
            models.CheckConstraint(condition=Q(soon__in=ChangeWhen.values), name="mobility_wish_soon_known"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_as="")
                | Q(ended_on__isnull=False, ended_as__in=WishEnd.values),
                name="mobility_wish_end_known",
            ),
            models.CheckConstraint(
                condition=Q(talked_on__isnull=True, talked_by__isnull=True, answer="")
                | (Q(talked_on__isnull=False, talked_by__isnull=False) & ~Q(answer="")),
                name="mobility_wish_talk_whole",
            ),
        ]


class Notice(PersonRow):
    """A job has a last day that is known before it comes. The day is as people told it, and it says where from."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="notices")
    given_by = models.CharField(max_length=8, choices=EndedBy.choices)
    reason = models.CharField(max_length=12, choices=EndReason.choices)
    given_on = models.DateField()
    last_on = models.DateField()
    basis = models.CharField(max_length=8, choices=NoticeBasis.choices)
    period_text = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(withdrawn_on__isnull=True), name="mobility_one_notice"
            ),
            models.CheckConstraint(condition=Q(given_by__in=EndedBy.values), name="mobility_notice_by_known"),
            models.CheckConstraint(condition=Q(reason__in=EndReason.values), name="mobility_notice_reason_known"),
            models.CheckConstraint(condition=Q(basis__in=NoticeBasis.values), name="mobility_notice_basis_known"),
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("given_on")), name="mobility_notice_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_reason=""),
                name="mobility_notice_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reason=EndReason.OTHER) | ~Q(note=""), name="mobility_notice_other_is_told"
            ),
        ]
        indexes = [
            models.Index(fields=["last_on"], condition=Q(withdrawn_on__isnull=True), name="mobility_notice_last")
        ]


class LastStep(PersonRow):
    """Something that is done until the last day or just after it: nobody falls out of sight between jobs."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=40)
    title = models.JSONField()
    owner = models.CharField(max_length=12, choices=StepOwner.choices)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_name = models.CharField(max_length=120, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "code"], name="mobility_step_once"),
            models.CheckConstraint(condition=Q(owner__in=StepOwner.values), name="mobility_step_owner_known"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="mobility_step_done_or_dropped"
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | ~Q(dropped_reason=""), name="mobility_step_dropped_has_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(done_on__isnull=True, dropped_on__isnull=True),
                name="mobility_step_due",
            )
        ]


class Experience(PersonRow):
    """What somebody takes along from a job: chosen and agreed by them, and written into their work wish."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    skills = ArrayField(models.CharField(max_length=60))
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on_behalf = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(skills__len__gte=1), name="mobility_experience_not_empty"),
        ]


class Observation(PersonRow):
    """Something in an area has gone well at work. It changes no level: it is talked about in the dialogue."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=30)
    words = models.TextField()
    seen_by = models.CharField(max_length=12, choices=Source.choices)
    state = models.CharField(max_length=10, choices=ObservationState.choices, default=ObservationState.PROPOSED)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # Why somebody of the municipality answered for the citizen.
    on_behalf = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(area__in=AREAS), name="mobility_observation_area_known"),
            models.CheckConstraint(condition=Q(seen_by__in=Source.values), name="mobility_observation_source_known"),
            models.CheckConstraint(
                condition=Q(state__in=ObservationState.values), name="mobility_observation_state_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="mobility_observation_says_something"),
            models.CheckConstraint(
                condition=Q(state=ObservationState.PROPOSED, answered_at__isnull=True)
                | (~Q(state=ObservationState.PROPOSED) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="mobility_observation_answer_whole",
            ),
        ]
