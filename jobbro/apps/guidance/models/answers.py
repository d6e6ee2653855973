"""Guidance that somebody chose to keep: the whole answer with the rules and the facts it rested on."""

from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen, PersonRow


class GuidanceAnswer(PersonRow):
    """One answer, as it was given: it can be read for ever, and worked out again while its rules are at hand."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="guidance_answers")
    package_hash = models.CharField(max_length=64)
    decision_on = models.DateField()
    facts = models.JSONField()
    answers = models.JSONField()
    note = models.TextField(blank=True)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(package_hash__regex="^[0-9a-f]{64}$"), name="guidance_names_its_rules")
        ]
        indexes = [models.Index(fields=["citizen", "-kept_at"], name="guidance_newest")]
