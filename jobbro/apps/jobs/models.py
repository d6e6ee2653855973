"""Tasks of a workplace, searches for carved jobs, and the jobs; whom a job is for stands behind the person's wall."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen, PersonRow
from jobbro.apps.employers.models import CompanyRow, Workplace

from .enums import CarvedState, CarvingState, DemandSource


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


class WorkWish(PersonRow):
    """When, how much and how far somebody wants to work, and what they can do: what a job search starts from."""

    citizen = models.OneToOneField(Citizen, on_delete=models.PROTECT, related_name="work_wish")
    hours_min = models.DecimalField(max_digits=4, decimal_places=1)
    hours_max = models.DecimalField(max_digits=4, decimal_places=1)
    slots = ArrayField(models.CharField(max_length=6), default=list)
    max_hours_per_slot = models.DecimalField(max_digits=4, decimal_places=2)
    max_km = models.PositiveSmallIntegerField(null=True, blank=True)
    skills = ArrayField(models.CharField(max_length=60), default=list, blank=True)
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
