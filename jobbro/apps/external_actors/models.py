"""Cooperation outside the municipality: who, agreed how, and their part of a plan while the citizen agrees."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import Consent, DatedPersonRowQuerySet, PersonRow, PersonRowQuerySet
from jobbro.apps.organisations.models import Dated, DatedQuerySet, Municipality

from .enums import ActorKind, EntryKind, Party, Result, State, Theme


class ExternalActorQuerySet(DatedQuerySet):
    """Organisations outside the municipality; the wall narrows them to own partners, own work, own plan."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_external:
            return self.filter(pk__in=actor.external_actors)
        return self.filter(municipality_id__in=actor.codes)


class ExternalRowQuerySet(DatedQuerySet):
    """Rows about organisations outside the municipality."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_external:
            return self.filter(external_actor_id__in=actor.external_actors)
        return self.filter(external_actor__municipality_id__in=actor.codes)


class ExternalActor(Row, Dated):
    """An organisation that one municipality works with; with its last day everything of theirs ends here."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    cvr = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, choices=ActorKind.choices)
    contact_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    note = models.TextField(blank=True)
    keeper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = ExternalActorQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["municipality", "cvr"], name="external_actor_once_in_municipality"),
            models.CheckConstraint(condition=Q(kind__in=ActorKind.values), name="external_actor_kind_known"),
            models.CheckConstraint(condition=Q(cvr__regex=r"^[0-9]{8}$"), name="external_actor_cvr_shape"),
        ]

    def __str__(self) -> str:
        return self.name


class ExternalAgreement(Row, Dated):
    """What was agreed for a period. Persons can be named only when a data agreement has been signed."""

    external_actor = models.ForeignKey(ExternalActor, on_delete=models.PROTECT, related_name="agreements")
    themes = ArrayField(models.CharField(max_length=20, choices=Theme.choices))
    purpose = models.TextField()
    data_agreement_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = ExternalRowQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(themes__contained_by=Theme.values, themes__len__gt=0),
                name="external_agreement_themes_known",
            ),
            models.CheckConstraint(condition=Q(until_on__isnull=False), name="external_agreement_ends"),
        ]

    @property
    def theme_labels(self) -> tuple[str, ...]:
        """The themes in words."""
        return tuple(str(Theme(theme).label) for theme in self.themes)


class ExternalPerson(Row, Dated):
    """Somebody at the organisation with a login; it opens nothing after the last day."""

    external_actor = models.ForeignKey(ExternalActor, on_delete=models.PROTECT, related_name="people")
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    email = models.EmailField()
    phone = models.CharField(max_length=20, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ExternalRowQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(until_on__isnull=False), name="external_person_ends"),
        ]

    def __str__(self) -> str:
        return self.name


class EngagementQuerySet(PersonRowQuerySet):
    """Engagements; the wall shows somebody outside only those they are named on, while these hold."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_external:
            return self.filter(external_actor_id__in=actor.external_actors)
        return super().visible_to(actor)

    def in_its_days(self, *, on: date) -> Self:
        """Approved, and begun and not over; whether it was taken back the wall knows, nobody outside reads that."""
        return self.filter(state=State.APPROVED, from_on__lte=on, until_on__gte=on)


class Engagement(PersonRow):
    """One citizen, one organisation, one goal: what the organisation is told is what the citizen has read."""

    external_actor = models.ForeignKey(ExternalActor, on_delete=models.PROTECT, related_name="engagements")
    agreement = models.ForeignKey(ExternalAgreement, on_delete=models.PROTECT, related_name="engagements")
    theme = models.CharField(max_length=20, choices=Theme.choices)
    goal = models.TextField()
    told = models.TextField()
    shown_name = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    end_words = models.TextField(blank=True)

    objects = EngagementQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="engagement_state_known"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="engagement_theme_known"),
            models.CheckConstraint(condition=Q(result__in=["", *Result.values]), name="engagement_result_known"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="engagement_period_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DROPPED, State.ENDED], ended_on__isnull=False)
                | Q(state__in=[State.PROPOSED, State.APPROVED], ended_on__isnull=True),
                name="engagement_ended_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "until_on"], name="engagement_due")]


class EngagementPerson(PersonRow, Dated):
    """One of the organisation's people may read and write about this engagement, for a period."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="people")
    external_person = models.ForeignKey(ExternalPerson, on_delete=models.PROTECT, related_name="named_on")

    objects = DatedPersonRowQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["engagement", "external_person"],
                condition=Q(until_on__isnull=True),
                name="engagement_person_once",
            ),
        ]


class EngagementApproval(PersonRow):
    """The citizen's yes to what the organisation is told, resting on one consent; nobody outside reads this row."""

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, related_name="approval")
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="+")
    on_behalf = models.TextField(blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()


class EngagementEntry(PersonRow):
    """What was done, or how it went. It stands as written; `written_name` is whoever wrote it down."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices, default=EntryKind.DONE)
    party = models.CharField(max_length=15, choices=Party.choices)
    done_on = models.DateField()
    text = models.TextField()
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="engagement_entry_kind_known"),
            models.CheckConstraint(condition=Q(party__in=Party.values), name="engagement_entry_party_known"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.OUTCOME, result__in=Result.values) | Q(kind=EntryKind.DONE, result=""),
                name="engagement_entry_result",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "-done_on"], name="engagement_entry_newest")]
