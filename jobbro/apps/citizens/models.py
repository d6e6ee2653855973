"""Citizens: who they are and how they want to be met. What they need is told in the dialogue, not here."""

from typing import Any, Self

from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Concat

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.looks import note_person
from jobbro.apps.audit.rows import Row
from jobbro.apps.organisations.models import Dated, DatedQuerySet, Municipality

from .enums import Channel, ConsentPurpose


class DanishOrder(Func):
    """Text in Danish order (æ, ø, å last) on every build of PostgreSQL."""

    function = "danish_order"
    output_field = models.TextField()


class CitizenQuerySet(models.QuerySet):
    """Citizens; the wall in the database narrows this to those the actor has a relation to."""

    def visible_to(self, actor: Actor) -> Self:
        """Oneself, or the citizens of the actor's municipalities."""
        if actor.citizen_id is not None:
            return self.filter(pk=actor.citizen_id)
        return self.filter(municipality_id__in=actor.codes)


class PersonRowQuerySet(models.QuerySet):
    """Rows about citizens; the wall in the database narrows this to those the actor has a relation to."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows about oneself, or about citizens of the actor's municipalities."""
        if actor.citizen_id is not None:
            return self.filter(citizen_id=actor.citizen_id)
        return self.filter(citizen__municipality_id__in=actor.codes)


class Citizen(Row):
    """A person in one municipality. The CPR number is encrypted; its keyed hash finds it again."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="citizens")
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="citizen")
    cpr_cipher = models.BinaryField()
    cpr_key = models.BinaryField(max_length=32)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    is_protected = models.BooleanField(default=False)
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.PHONE)
    interpreter = models.CharField(max_length=60, blank=True)
    companion = models.CharField(max_length=120, blank=True)
    is_easy = models.BooleanField(default=False)
    created_by = models.UUIDField()
    created_at = models.DateTimeField()

    objects = CitizenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cpr_key"], name="citizen_once_in_municipality"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="citizen_channel_known"),
        ]
        indexes = [
            models.Index(fields=["created_by", "created_at"], name="citizen_registered_by"),
            models.Index(DanishOrder(Concat("family_name", Value(" "), "given_name")), name="citizen_name_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Citizen":
        """A person who is fetched has been looked at; the answer that shows them is recorded by page()."""
        citizen = super().from_db(*args, **kwargs)
        note_person(citizen.pk)
        return citizen


class PersonRow(Row):
    """A row about one citizen; the wall goes by this column."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")

    objects = PersonRowQuerySet.as_manager()

    class Meta:
        abstract = True


class Contact(PersonRow):
    """Address, telephone and e-mail: a table of their own, so that a list of names never carries them."""

    citizen = models.OneToOneField(Citizen, on_delete=models.PROTECT, related_name="contact")
    address = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    city = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)


class Consent(PersonRow):
    """The citizen lets us share something with somebody, until they take it back."""

    purpose = models.CharField(max_length=20, choices=ConsentPurpose.choices)
    recipient = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=ConsentPurpose.values), name="consent_purpose_known")
        ]


class DatedPersonRowQuerySet(DatedQuerySet, PersonRowQuerySet):  # type: ignore[override]
    """Rows about citizens that hold for a period."""


class BenefitPeriod(PersonRow, Dated):
    """Which benefit the citizen receives, as dated data on the side; no page is chosen by it."""

    benefit = models.CharField(max_length=60)

    objects = DatedPersonRowQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(Dated.Meta):
        pass
