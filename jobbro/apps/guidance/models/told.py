"""Facts as they were told: one row each time, none ever changed, the newest of a code counts."""

from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen, PersonRow

from ..enums import ASSESSED, FactSource, Standing


class ToldFact(PersonRow):
    """Somebody told one fact, said that nobody knows it, or took it back."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="told_facts")
    code = models.CharField(max_length=60)
    standing = models.CharField(max_length=12, choices=Standing.choices)
    # A day is kept as text.
    value = models.JSONField(null=True, blank=True)
    source = models.CharField(max_length=10, choices=FactSource.choices)
    observed_on = models.DateField()
    good_until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="told_fact_standing_known"),
            models.CheckConstraint(condition=Q(source__in=FactSource.values), name="told_fact_source_known"),
            models.CheckConstraint(
                condition=Q(standing=Standing.TOLD, value__isnull=False)
                | (~Q(standing=Standing.TOLD) & Q(value__isnull=True)),
                name="told_fact_value_when_told",
            ),
            models.CheckConstraint(
                condition=(Q(code__startswith=ASSESSED) & Q(source=FactSource.ASSESSED))
                | (~Q(code__startswith=ASSESSED) & ~Q(source=FactSource.ASSESSED)),
                name="told_fact_assessed_by_source",
            ),
            models.CheckConstraint(
                condition=~Q(code__startswith=ASSESSED) | Q(note__regex=r"\S"), name="told_fact_judgement_has_note"
            ),
            models.CheckConstraint(
                condition=Q(good_until__isnull=True) | Q(good_until__gte=F("observed_on")),
                name="told_fact_period_in_order",
            ),
        ]
        indexes = [models.Index(fields=["citizen", "code", "-told_at"], name="told_fact_newest")]
