"""Meetings about a citizen: when, who comes and what they answered, interpreters and companions; secret calendars."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import PersonRow, PersonRowQuerySet
from jobbro.apps.employers.models import Company, ContactPerson

from .enums import Answer, Form, HelpKind, HelpState, MeetingKind, Party, State


class MeetingQuerySet(PersonRowQuerySet):
    """Rows of meetings; the wall narrows this to the circle of the person, and to companies that are invited."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows with the own companies for somebody there; for everybody else rows about persons."""
        if actor.is_employer:
            return self.filter(company_id__in=actor.companies)
        return super().visible_to(actor)


class MeetingRow(PersonRow):
    """A row about one citizen; with a company its people may read it while a card or an agreement holds."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MeetingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True


class Meeting(MeetingRow):
    """A meeting. `directions` are read after login only; `sequence` rises with each change.

    What no company reads of it stands in `words`.
    """

    kind = models.CharField(max_length=16, choices=MeetingKind.choices)
    form = models.CharField(max_length=8, choices=Form.choices)
    place = models.CharField(max_length=200, blank=True)
    directions = models.CharField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="meeting_form_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["citizen", "-starts_at"], name="meeting_of_citizen"),
            models.Index(fields=["starts_at"], condition=Q(state=State.PLANNED), name="meeting_planned"),
            models.Index(fields=["company", "-starts_at"], name="meeting_of_company"),
        ]

    @property
    def about(self) -> str:
        """What is talked about; empty for a company. Fetched along by `select_related("words")`."""
        words: MeetingWords | None = getattr(self, "words", None)
        return words.about if words else ""

    @property
    def reason(self) -> str:
        """Why it was moved or called off; empty for a company. Fetched along by `select_related("words")`."""
        words: MeetingWords | None = getattr(self, "words", None)
        return words.reason if words else ""


class MeetingWords(PersonRow):
    """What is written about a meeting for the citizen and the circle around them: no company reads this row."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="words")
    about = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=200, blank=True)


class MeetingParticipant(MeetingRow):
    """Somebody who is asked to come, and what they answered; `noted_by` when staff wrote it down for them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="participants")
    party = models.CharField(max_length=10, choices=Party.choices)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(ContactPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE)
    answer_note = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.CharField(max_length=120, blank=True)
    # Taken off the list: what they answered stays.
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(party__in=Party.values), name="meeting_party_known"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="meeting_answer_known"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(party=Party.CITIZEN), name="meeting_one_citizen"),
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(left_at__isnull=True), name="meeting_user_once"
            ),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(left_at__isnull=True), name="meeting_of_user")]


class MeetingHelp(MeetingRow):
    """An interpreter or a companion for a meeting, and how far the booking is. `who`: the agency or the person."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="helps")
    kind = models.CharField(max_length=10, choices=HelpKind.choices)
    detail = models.CharField(max_length=60, blank=True)
    who = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=HelpState.choices, default=HelpState.ASKED)
    is_wanted = models.BooleanField(default=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=HelpKind.values), name="meeting_help_kind_known"),
            models.CheckConstraint(condition=Q(state__in=HelpState.values), name="meeting_help_state_known"),
            models.UniqueConstraint(fields=["meeting", "kind"], name="meeting_help_once"),
        ]
        indexes = [
            models.Index(
                fields=["citizen"],
                condition=Q(is_wanted=True, state__in=["asked", "not_found"]),
                name="meeting_help_open",
            )
        ]


class CalendarFeed(Row):
    """The secret address of somebody's calendar; only the hash of the secret is kept, and it can be dropped."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(dropped_at__isnull=True), name="calendar_one_feed")
        ]
