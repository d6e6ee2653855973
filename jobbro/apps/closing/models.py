"""A course ends, begins again, or goes to another municipality. What was written down about it stands."""

from typing import Self

from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import Citizen, PersonRow
from jobbro.apps.organisations.models import Municipality, Team, Unit

from .enums import ALIVE, CloseReason, MoveState


class Closing(PersonRow):
    """How a course ended: what was reached, what is still in place, who to call. `loose_ends`: what was left open."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=CloseReason.choices)
    reason_words = models.TextField(blank=True)
    reached = models.TextField(blank=True)
    in_place = models.TextField(blank=True)
    contact_name = models.CharField(max_length=120)
    contact_phone = models.CharField(max_length=20)
    contact_role = models.CharField(max_length=120, blank=True)
    contact_from_on = models.DateField()
    loose_ends = models.JSONField(default=list, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    closed_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__in=CloseReason.values), name="closing_reason_known")]
        indexes = [models.Index(fields=["citizen", "-closed_at"], name="closing_newest")]


class LastWord(PersonRow):
    """The citizen’s own last word about the course; it can be said later too."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="last_words")
    words = models.TextField()
    is_own = models.BooleanField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()


class Reopening(PersonRow):
    """The citizen comes back: what has changed since, and what comes now. Everything that was there is there."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, null=True, blank=True, related_name="reopenings")
    changed_words = models.TextField()
    next_step = models.CharField(max_length=200)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()


class MoveQuerySet(models.QuerySet):
    """Handovers; the wall lets the circle of the person in, and the team leads of where they move to."""

    def visible_to(self, actor: Actor) -> Self:
        """About oneself; from or to the actor’s municipalities."""
        if actor.citizen_id is not None:
            return self.filter(citizen_id=actor.citizen_id)
        return self.filter(Q(from_municipality_id__in=actor.codes) | Q(to_municipality_id__in=actor.codes))


class Move(Row):
    """A citizen moves to another municipality of this installation: what goes along, and what they say to it.

    `name` is what the receiving team lead reads, nothing when it is protected; `cut` is the id that parts the rows of
    before from those of after.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    from_municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    to_municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=170, blank=True)
    moves_on = models.DateField()
    legal_basis = models.TextField()
    handed_over = models.TextField(blank=True)
    contact = models.CharField(max_length=160)
    state = models.CharField(max_length=12, choices=MoveState.choices, default=MoveState.PROPOSED)
    profile_goes = models.BooleanField(null=True, blank=True)
    plan_goes = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_noted = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_words = models.CharField(max_length=300, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cut = models.UUIDField(null=True, blank=True)

    objects = MoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MoveState.values), name="move_state_known"),
            models.CheckConstraint(condition=~Q(from_municipality=models.F("to_municipality")), name="move_to_another"),
            models.CheckConstraint(
                condition=~Q(state=MoveState.TAKEN) | Q(cut__isnull=False, to_team__isnull=False),
                name="move_taken_has_team",
            ),
            models.UniqueConstraint(fields=["citizen"], condition=Q(state__in=ALIVE), name="move_one_alive"),
        ]
        indexes = [models.Index(fields=["to_municipality", "state"], name="move_waiting")]


class MovedAwayQuerySet(models.QuerySet):
    """What an old unit keeps; the wall lets its team leads in."""

    def visible_to(self, actor: Actor) -> Self:
        """About oneself; of the actor’s municipalities."""
        if actor.citizen_id is not None:
            return self.filter(citizen_id=actor.citizen_id)
        return self.filter(municipality_id__in=actor.codes)


class MovedAway(Row):
    """What the old municipality keeps: that the person was there, and what it decided. No needs, no plan, no log."""

    move = models.OneToOneField(Move, on_delete=models.PROTECT, related_name="kept")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=170, blank=True)
    opened_on = models.DateField()
    moved_on = models.DateField()
    decisions = models.JSONField(default=list)

    objects = MovedAwayQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "-moved_on"], name="moved_away_of_unit")]
