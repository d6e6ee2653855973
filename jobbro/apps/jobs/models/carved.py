"""Searches for carved jobs, and the jobs; whom a job is for stands behind the person's wall."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import PersonRow
from jobbro.apps.employers.models import CompanyRow, Workplace

from ..enums import CarvedState, CarvingState
from .tasks import Task


class Carving(CompanyRow):
    """One search for carved jobs at a workplace. `workplace_input` is the workplace's half of the engine's file."""

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="carvings")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    seconds = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=CarvingState.choices, default=CarvingState.WAITING)
    is_for_profile = models.BooleanField(default=False)
    workplace_input = models.JSONField()
    input_digest = models.CharField(max_length=64)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    bound = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    progress_at = models.DateTimeField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CarvingState.values), name="carving_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[CarvingState.WAITING, CarvingState.RUNNING]) | Q(ended_at__isnull=False),
                name="carving_ended_has_time",
            ),
            models.CheckConstraint(condition=Q(seconds__gte=1, seconds__lte=3600), name="carving_seconds_possible"),
        ]
        indexes = [models.Index(fields=["workplace", "-started_at"], name="carving_newest")]


class CarvingPerson(PersonRow):
    """Somebody a search is for: their half of the engine's file, under a key (`p1`) that says nothing."""

    carving = models.ForeignKey(Carving, on_delete=models.CASCADE, related_name="persons")
    key = models.CharField(max_length=6)
    person_input = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carving", "key"], name="carving_key_once"),
            models.UniqueConstraint(fields=["carving", "citizen"], name="carving_person_once"),
        ]


class CarvedJob(CompanyRow):
    """A job made of tasks: draft, proposed, agreed. `demand` is the greatest of its tasks in each area."""

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="carved_jobs")
    carving = models.ForeignKey(Carving, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    wage = models.DecimalField(max_digits=7, decimal_places=2)
    demand = models.JSONField(default=dict)
    requires = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    places = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=CarvedState.choices, default=CarvedState.DRAFT)
    state_on = models.DateField()
    state_note = models.TextField(blank=True)
    agreed_with = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CarvedState.values), name="carved_state_known"),
            models.CheckConstraint(
                condition=~Q(state=CarvedState.AGREED) | ~Q(agreed_with=""), name="carved_agreed_with_somebody"
            ),
            models.CheckConstraint(condition=Q(wage__gt=0, wage__lte=5000), name="carved_wage_possible"),
            models.CheckConstraint(condition=Q(hours__gte=0, hours__lte=168), name="carved_hours_possible"),
        ]
        indexes = [models.Index(fields=["workplace", "state"], name="carved_listed")]

    def __str__(self) -> str:
        return self.title


class CarvedTask(CompanyRow):
    """A task in a carved job with its hours by slot; `is_live` follows the job, so that no task is given twice."""

    job = models.ForeignKey(CarvedJob, on_delete=models.CASCADE, related_name="tasks")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="carved")
    slots = models.JSONField(default=dict)
    is_live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "task"], name="carved_task_once_in_job"),
            models.UniqueConstraint(fields=["task"], condition=Q(is_live=True), name="carved_task_given_once"),
        ]


class CarvedSupport(CompanyRow):
    """A measure that belongs to the job; the employer sees it when the broker chose to show it."""

    job = models.ForeignKey(CarvedJob, on_delete=models.CASCADE, related_name="supports")
    measure = models.CharField(max_length=60)
    is_shown = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "measure"], name="carved_support_once")]


class CarvedFor(PersonRow):
    """Whom a job is carved for. The employer never sees this row."""

    job = models.OneToOneField(CarvedJob, on_delete=models.CASCADE, related_name="carved_for")
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
