"""Posts and tasks of a workplace; what an hour of a post costs stands in a table of its own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.employers.models import CompanyRow, Workplace

from ..enums import DemandSource


class Holder(CompanyRow):
    """A post at the workplace whose tasks may be given away in part. `max_release`: share of its hours, 0-1."""

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="holders")
    name = models.CharField(max_length=120)
    occupation = models.CharField(max_length=20, blank=True)
    max_release = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workplace", "name"], name="holder_name_once"),
            models.CheckConstraint(
                condition=Q(max_release__gte=0, max_release__lte=1), name="holder_release_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HolderWage(CompanyRow):
    """What an hour of the post costs; a table of its own, for those who may see wages."""

    holder = models.OneToOneField(Holder, on_delete=models.CASCADE, related_name="wage")
    hourly = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hourly__gt=0, hourly__lte=5000), name="holder_wage_possible")]


class Task(CompanyRow):
    """One task in a normal week of the workplace: what, how long, when, where, who, and its demands (area -> 0-4)."""

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="tasks")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    slots = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    place = models.CharField(max_length=60, blank=True)
    requires = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_core = models.BooleanField(default=False)
    demand = models.JSONField(default=dict)
    demand_source = models.CharField(max_length=10, choices=DemandSource.choices, default=DemandSource.NONE)
    origin = models.CharField(max_length=60, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=168), name="task_hours_possible"),
            models.CheckConstraint(condition=Q(demand_source__in=DemandSource.values), name="task_demand_source_known"),
            models.CheckConstraint(
                condition=~Q(demand_source=DemandSource.CONFIRMED)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="task_confirmed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["workplace", "removed_on", "position"], name="task_listed")]

    def __str__(self) -> str:
        return self.name
