"""When, how much and how far somebody wants to work: what a job search starts from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen, PersonRow


class WorkWish(PersonRow):
    """When, how much and how far somebody wants to work, and what they can do: what a job search starts from."""

    citizen = models.OneToOneField(Citizen, on_delete=models.PROTECT, related_name="work_wish")
    hours_min = models.DecimalField(max_digits=4, decimal_places=1)
    hours_max = models.DecimalField(max_digits=4, decimal_places=1)
    slots = ArrayField(models.CharField(max_length=6), default=list)
    max_hours_per_slot = models.DecimalField(max_digits=4, decimal_places=2)
    max_km = models.PositiveSmallIntegerField(null=True, blank=True)
    # Where the way to work begins, when it is not the address: also how somebody with a protected address is placed.
    travels_from = models.CharField(max_length=4, blank=True)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # Occupations in the table of titles: code -> 2 (wished much) or 1 (a little).
    occupations = models.JSONField(default=dict, blank=True)
    told_on = models.DateField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_min__gte=0, hours_max__gte=F("hours_min"), hours_max__lte=60),
                name="work_wish_hours_in_order",
            ),
            models.CheckConstraint(
                condition=Q(max_hours_per_slot__gt=0, max_hours_per_slot__lte=12), name="work_wish_slot_possible"
            ),
        ]
