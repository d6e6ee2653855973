"""The course of one citizen: team, members, log, next step; and urgent access from outside the team."""

from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen, DatedPersonRowQuerySet, PersonRow
from jobbro.apps.organisations.models import Dated, Team

from .enums import MemberRole, NoteKind, Review, State


class Case(PersonRow):
    """One course a citizen, in one team."""

    citizen = models.OneToOneField(Citizen, on_delete=models.PROTECT, related_name="case")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    last_step_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_on__isnull=True)),
                name="case_closed_has_date",
            ),
        ]
        indexes = [models.Index(fields=["team", "state", "next_step_on"], name="case_worklist")]


class CaseMember(PersonRow, Dated):
    """Somebody is in the team around the citizen for a period."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=MemberRole.choices)

    objects = DatedPersonRowQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="member_role_known"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(role=MemberRole.LEAD, until_on__isnull=True), name="case_one_open_lead"
            ),
        ]
        indexes = [models.Index(fields=["user", "until_on"], name="member_of_user")]


class Note(PersonRow):
    """One entry of the shared log. The citizen sees it unless it is marked as an internal working note."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    text = models.TextField()
    is_shared = models.BooleanField(default=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-written_at"], name="note_newest")]


class BreakGlass(PersonRow):
    """An employee opened a file outside their own team, said why, and the team lead answers it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    review = models.CharField(max_length=15, choices=Review.choices, blank=True)
    review_text = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "until_at"], name="break_glass_open")]


class LookQuestion(PersonRow):
    """The citizen asks about one look at their file."""

    look_id = models.BigIntegerField()
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
