"""Municipalities, units and teams; each with the dates in which it stands, units and municipalities many-to-many."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from jobbro.apps.audit.rows import Row


class DatedQuerySet(models.QuerySet):
    """Rows with `from_on` and `until_on` (last day included, empty = open)."""

    def standing(self, *, on: date) -> Self:
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)


class Dated(models.Model):
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="%(class)s_period_in_order"
            )
        ]


class Municipality(Dated):
    """A Danish municipality by its four-digit code."""

    code = models.CharField(primary_key=True, max_length=4)
    name = models.CharField(max_length=60)
    region = models.CharField(max_length=30)
    phone = models.CharField(max_length=20, blank=True)

    class Meta(Dated.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class Unit(Row, Dated):
    """An organisational unit with a name of its own; no name is built into the program."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    municipalities = models.ManyToManyField(Municipality, through="UnitMunicipality", related_name="units")

    class Meta(Dated.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class UnitMunicipality(Row, Dated):
    """The unit serves the municipality in this period."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="served")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="served_by")

    class Meta(Dated.Meta):
        pass


class Team(Row, Dated):
    """A mini-team or buddy pair inside a unit; carries a caseload."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta(Dated.Meta):
        pass

    def __str__(self) -> str:
        return self.name
