"""Who was asked the opening questions and what they said; efforts a municipality starts, and whom they reached."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import PersonRow
from jobbro.apps.organisations.models import Dated, DatedQuerySet, Municipality

from .enums import Contacted, Reply, Response, Why


class OpeningAnswer(PersonRow):
    """What somebody said to the two opening questions on one day. The newest one holds; those before it stand.

    `ask_again_on`: not before this day unless the person raises it themselves; empty after a yes.
    """

    harder = models.CharField(max_length=10, choices=Reply.choices)
    talk = models.CharField(max_length=10, choices=Reply.choices)
    asked_on = models.DateField()
    ask_again_on = models.DateField(null=True, blank=True)
    is_own = models.BooleanField()
    is_raised = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(harder__in=Reply.values), name="opening_harder_known"),
            models.CheckConstraint(condition=Q(talk__in=Reply.values), name="opening_talk_known"),
            models.CheckConstraint(
                condition=Q(talk=Reply.YES, ask_again_on__isnull=True)
                | (~Q(talk=Reply.YES) & Q(ask_again_on__gt=F("asked_on"))),
                name="opening_no_is_respected",
            ),
        ]
        indexes = [models.Index(fields=["citizen", "-recorded_at"], name="opening_newest")]


class EffortQuerySet(DatedQuerySet):
    """Efforts of the actor's municipalities."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(municipality_id__in=actor.codes)


class OutreachEffort(Row, Dated):
    """A special effort: what for, whom it is for and by which facts they are found, and who answers for it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    purpose = models.TextField()
    why = models.TextField()
    facts = ArrayField(models.CharField(max_length=12, choices=Why.choices))
    since = models.DateField(null=True, blank=True)
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    objects = EffortQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(facts__contained_by=Why.values, facts__len__gt=0), name="outreach_facts_known"
            ),
            models.CheckConstraint(
                condition=~Q(facts__contains=[Why.NEW_SINCE]) | Q(since__isnull=False), name="outreach_since_known"
            ),
            models.CheckConstraint(condition=Q(until_on__isnull=False), name="outreach_ends"),
        ]

    def __str__(self) -> str:
        return self.name


class OutreachPerson(PersonRow):
    """Somebody on the list of an effort."""

    effort = models.ForeignKey(OutreachEffort, on_delete=models.PROTECT, related_name="people")
    added_on = models.DateField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["effort", "citizen"], name="outreach_person_once")]


class OutreachContact(PersonRow):
    """One contact with somebody on the list and what they said. It stands as written."""

    person = models.ForeignKey(OutreachPerson, on_delete=models.PROTECT, related_name="contacts")
    contacted_on = models.DateField()
    channel = models.CharField(max_length=10, choices=Contacted.choices)
    response = models.CharField(max_length=12, choices=Response.choices)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Contacted.values), name="outreach_channel_known"),
            models.CheckConstraint(condition=Q(response__in=Response.values), name="outreach_response_known"),
        ]
        indexes = [models.Index(fields=["person", "-noted_at"], name="outreach_contact_newest")]
