"""Job-search courses: the catalogue, its sessions with seats, who comes, who was there, and what it gave."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import Citizen, PersonRow
from jobbro.apps.organisations.models import Municipality
from jobbro.apps.plans.models import Action

from .enums import LeftReason, Presence, SeatState, SessionState


class Course(Row):
    """A course that a municipality holds again and again: what it is about, in plain and in easy words."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    title_da = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    text_da = models.TextField()
    text_en = models.TextField(blank=True)
    easy_da = models.TextField()
    easy_en = models.TextField(blank=True)
    aims_da = models.TextField()
    aims_en = models.TextField(blank=True)
    areas = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    length = models.CharField(max_length=120)
    run_by = models.CharField(max_length=120)
    closed_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["municipality", "closed_on"], name="course_catalogue")]

    def __str__(self) -> str:
        return self.title_da


class Material(Row):
    """Something to read for a course, in easy words; or a link to it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="materials")
    place = models.PositiveSmallIntegerField()
    title_da = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    text_da = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    removed_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text_da="", link=""), name="material_has_something")]


class Session(Row):
    """A course as it is held once: place, seats, and what is arranged so that people can take part."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)
    seats = models.PositiveSmallIntegerField()
    access = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    access_note = models.CharField(max_length=500, blank=True)
    enrol_by = models.DateField()
    confirm_days = models.PositiveSmallIntegerField(default=3)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.OPEN)
    cancelled_why = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=200), name="session_seats_sensible"),
            models.CheckConstraint(
                condition=Q(confirm_days__gte=1, confirm_days__lte=30), name="session_confirm_sensible"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="session_in_order"),
        ]
        indexes = [models.Index(fields=["municipality", "begins_at"], name="session_coming")]


class Lesson(Row):
    """One meeting of a session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="lessons")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["begins_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="lesson_in_order"),
            models.UniqueConstraint(fields=["session", "begins_at"], name="lesson_once"),
        ]


class SeatQuerySet(models.QuerySet):
    """Rows about people at sessions; the wall lets the circle of the person in, and whoever runs the session."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own; the citizens of the actor's municipalities; and those at the sessions the actor runs."""
        if actor.citizen_id is not None:
            return self.filter(citizen_id=actor.citizen_id)
        ours = Citizen.objects.filter(municipality_id__in=actor.codes).values("pk")
        return self.filter(Q(citizen_id__in=ours) | Q(**{f"{self._session_path()}__responsible_id": actor.id}))

    def _session_path(self) -> str:
        return "session" if self.model is Enrolment else "enrolment__session"


class SeatRow(PersonRow):
    """A row about one person at one session."""

    objects = SeatQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        abstract = True


class Enrolment(SeatRow):
    """A person and a session: where they stand, and what they need to take part, in their own words."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="enrolments")
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    needs_words = models.TextField(blank=True)
    wants = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    state = models.CharField(max_length=15, choices=SeatState.choices)
    state_on = models.DateField()
    joined_at = models.DateTimeField()
    confirm_by = models.DateField(null=True, blank=True)
    left_from = models.CharField(max_length=15, blank=True)
    left_reason = models.CharField(max_length=15, choices=LeftReason.choices, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["citizen", "session"], name="enrolment_once"),
            models.CheckConstraint(condition=Q(state__in=SeatState.values), name="enrolment_state_known"),
            models.CheckConstraint(
                condition=Q(left_reason="") | Q(left_reason__in=LeftReason.values), name="enrolment_reason_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=SeatState.OFFERED) | Q(confirm_by__isnull=False), name="enrolment_offer_has_day"
            ),
        ]
        indexes = [
            models.Index(fields=["session", "state", "joined_at"], name="enrolment_in_order"),
            models.Index(fields=["citizen", "state"], name="enrolment_of_citizen"),
        ]


class Attendance(SeatRow):
    """Whether a person was at one meeting of the course; never why not."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendance")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="attendance")
    presence = models.CharField(max_length=10, choices=Presence.choices)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="attendance_once"),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="attendance_presence_known"),
        ]


class CourseOutcome(SeatRow):
    """What the course gave, in the person's own words, and what comes next. A later row takes its place."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="outcomes")
    words = models.TextField()
    next_step = models.CharField(max_length=200, blank=True)
    is_own = models.BooleanField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "-written_at"], name="course_outcome_newest")]
