"""Mini-teams: what colleagues know, hours, absences, pairs, cover, handovers, routing decisions, learning notes."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import DateRange, User
from jobbro.apps.audit.rows import Row
from jobbro.apps.cases.models import Case
from jobbro.apps.citizens.models import DatedPersonRowQuerySet, PersonRow
from jobbro.apps.organisations.models import Dated, DatedQuerySet, Team, Unit

from .enums import (
    AbsenceKind,
    Choice,
    CompetenceKind,
    CoverReason,
    HandoverItem,
    HandoverReason,
    Sureness,
)

FULL_TIME = 37


class StaffQuerySet(models.QuerySet):
    """Rows about employees; the wall narrows them to colleagues in the actor's municipalities."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those who hold a position see colleagues' rows."""
        return self if actor.positions else self.none()


class DatedStaffQuerySet(DatedQuerySet, StaffQuerySet):  # type: ignore[override]
    """Rows about employees that hold for a period."""


class Competence(Row):
    """Somebody knows something that helps: told by whom and when, never measured."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="competences")
    kind = models.CharField(max_length=10, choices=CompetenceKind.choices)
    code = models.CharField(max_length=60)
    sureness = models.CharField(max_length=10, choices=Sureness.choices)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CompetenceKind.values), name="competence_kind_known"),
            models.CheckConstraint(condition=Q(sureness__in=Sureness.values), name="competence_sureness_known"),
            models.CheckConstraint(condition=~Q(code=""), name="competence_has_code"),
            models.UniqueConstraint(
                fields=["user", "kind", "code"], condition=Q(ended_at__isnull=True), name="competence_once"
            ),
        ]


class WorkingHours(Row, Dated):
    """How many hours a week somebody works with citizens; without a row it is full time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="working_hours")
    hours = models.DecimalField(max_digits=3, decimal_places=1)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedStaffQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=FULL_TIME), name="working_hours_possible"),
            ExclusionConstraint(
                name="working_hours_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Absence(Row, Dated):
    """Somebody is away, or leaves; nobody writes why. Without a last day nobody knows yet when they are back."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=10, choices=AbsenceKind.choices, default=AbsenceKind.AWAY)
    cover = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects = DatedStaffQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=AbsenceKind.values), name="absence_kind_known"),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("user")), name="absence_covered_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(kind=AbsenceKind.LEAVING) | Q(until_on__isnull=True), name="absence_leaving_has_no_end"
            ),
            ExclusionConstraint(
                name="absence_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(called_off_at__isnull=True),
            ),
        ]


class BuddyPair(Row, Dated):
    """Two of a mini-team know each other's citizens and stand in for each other; each is in one pair at a time."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="pairs")
    first = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedStaffQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(first=F("second")), name="buddypair_of_two"),
        ]


class Cover(PersonRow, Dated):
    """A colleague stands in for the contact person of one citizen in a period."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="covers")
    absence = models.ForeignKey(Absence, on_delete=models.PROTECT, related_name="covers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=CoverReason.choices)
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()

    objects = DatedPersonRowQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(reason__in=CoverReason.values), name="cover_reason_known"),
        ]
        indexes = [
            models.Index(fields=["user", "until_on"], name="cover_by_user"),
            models.Index(fields=["absence"], name="cover_of_absence"),
        ]


class Handover(PersonRow):
    """One contact person gives a citizen over to another; it holds when the list has been gone through."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    reason = models.CharField(max_length=10, choices=HandoverReason.choices)
    from_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=HandoverReason.values), name="handover_reason_known"),
            models.CheckConstraint(
                condition=Q(from_user__isnull=True) | ~Q(from_user=F("to_user")), name="handover_to_another"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="handover_finished_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | Q(finished_at__isnull=True), name="handover_one_end"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(finished_at__isnull=True, called_off_at__isnull=True),
                name="handover_one_under_way",
            ),
        ]


class HandoverEntry(PersonRow):
    """One point of the list, written once; a later entry on the same point takes its place."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="entries")
    item = models.CharField(max_length=10, choices=HandoverItem.choices)
    text = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(item__in=HandoverItem.values), name="handover_item_known"),
            models.CheckConstraint(condition=~Q(text=""), name="handover_entry_says_something"),
        ]
        indexes = [models.Index(fields=["handover", "written_at"], name="handover_entry_newest")]


class RoutingDecision(PersonRow):
    """A person chose who helps the citizen: what was proposed and why, what was chosen, by which rules and facts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="routing_decisions")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    proposed = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    chosen = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    reasons = models.JSONField()
    facts = models.JSONField()
    rule_version = models.CharField(max_length=64)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="routing_choice_known"),
            models.CheckConstraint(
                condition=~Q(choice=Choice.TAKEN) | Q(proposed=F("chosen")), name="routing_taken_as_proposed"
            ),
            models.CheckConstraint(condition=~Q(choice=Choice.OTHER) | ~Q(why=""), name="routing_other_says_why"),
        ]
        indexes = [models.Index(fields=["citizen", "-decided_at"], name="routing_newest")]


class LearningNote(Row):
    """What somebody learnt, without a word about a person; colleagues find it by subject and by words."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="learning_notes")
    kind = models.CharField(max_length=10, choices=CompetenceKind.choices)
    code = models.CharField(max_length=60)
    text = models.TextField(max_length=2000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CompetenceKind.values), name="learning_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="learning_says_something"),
        ]
        indexes = [
            models.Index(fields=["unit", "-written_at"], name="learning_newest"),
            GinIndex(SearchVector("text", config="danish"), name="learning_words"),
        ]
