"""Forms of meetings and messages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobbro.apps.meetings.enums import Answer, Form, HelpKind, HelpState, MeetingKind
from jobbro.apps.meetings.selectors.pages import BookingStart, MeetingPage
from jobbro.apps.meetings.services.seating import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT, Guest, MeetingDraft
from jobbro.apps.outbox.enums import Way
from jobbro.apps.outbox.moments import moment_of
from jobbro.apps.outbox.services import TO_CHOOSE, Wishes
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer
from jobbro.webkit.halfdays import ManyField

from .words import REFUSALS

TIME_PROBLEM = _("Write a time such as 10.30.")
LONGEST_DETAIL = 60


class ClockField(forms.TimeField):
    """A time as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%H"],
            widget=forms.TimeInput(attrs={"type": "time", "class": "is-short"}, format="%H:%M"),
            error_messages={"invalid": TIME_PROBLEM, "required": TIME_PROBLEM},
            **kwargs,
        )


class SeenForm(forms.Form):
    """A form that carries the mark of what was read."""

    tells_optional = False
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class MeetingForm(SeenForm):
    """When, where, who, and who helps."""

    kind = forms.ChoiceField(
        label=_("What is the meeting?"),
        help_text=_("Calendars and messages only say “meeting”."),
        choices=MeetingKind.choices,
        widget=forms.RadioSelect,
    )
    form = forms.ChoiceField(label=_("How do you meet?"), choices=Form.choices, widget=forms.RadioSelect)
    meets_on = DayField(label=_("Which day?"), error_messages={"invalid": DAY_PROBLEM, "required": DAY_PROBLEM})
    starts_at = ClockField(label=_("From what time?"))
    ends_at = ClockField(label=_("To what time?"))
    place = forms.CharField(
        label=_("Where?"),
        help_text=_(
            "The address and the door. For video and telephone: the link or the number. It stands in calendars."
        ),
        required=False,
        max_length=LONGEST_LINE,
    )
    directions = forms.CharField(
        label=_("How do they get there?"),
        help_text=_("Bus, parking, level entrance, who meets them at the door. A company that comes reads it too."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    about = forms.CharField(
        label=_("What do you talk about?"),
        help_text=_(
            "The citizen and those around them read it after login; a company never does. It stands in no message"
            " and no calendar."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    staff = ManyField(label=_("Who comes from the municipality?"))
    contacts = ManyField(label=_("Who comes from the company?"))
    guests = forms.CharField(
        label=_("Who else?"),
        help_text=_("One a line: the name, a comma and the e-mail address. They get the invitation by e-mail."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    language = forms.CharField(
        label=_("Language interpreter"),
        help_text=_("Which language? Leave it empty when none is needed."),
        required=False,
        max_length=LONGEST_DETAIL,
    )
    others = ManyField(
        label=_("Other interpreters"),
        choices=[(kind.value, kind.label) for kind in (HelpKind.SIGN, HelpKind.WRITING)],
    )
    companion = forms.CharField(
        label=_("Companion"),
        help_text=_("Who comes along with the citizen? Leave it empty when nobody does."),
        required=False,
        max_length=LONGEST_DETAIL,
    )
    reason = forms.CharField(
        label=_("Why is the meeting moved?"),
        help_text=_(
            "The citizen and those around them can read it; a company only sees that the meeting was changed."
            " Needed when the day or the time is another."
        ),
        required=False,
        max_length=LONGEST_LINE,
    )

    def __init__(
        self,
        *args: Any,
        staff: Iterable[tuple[UUID, str]],
        contacts: Sequence[tuple[UUID, str]],
        is_new: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["staff"], [(str(key), name) for key, name in staff])
        offer(self.fields["contacts"], [(str(key), name) for key, name in contacts])
        if not contacts:
            del self.fields["contacts"]
        if is_new:
            del self.fields["reason"]

    def clean_guests(self) -> tuple[Guest, ...]:
        return tuple(_guest(line) for line in self.cleaned_data["guests"].splitlines() if line.strip())

    def draft(self) -> MeetingDraft:
        """The meeting as it is meant."""
        data = self.cleaned_data
        return MeetingDraft(
            kind=MeetingKind(data["kind"]),
            form=Form(data["form"]),
            starts_at=moment_of(day=data["meets_on"], clock=data["starts_at"]),
            ends_at=moment_of(day=data["meets_on"], clock=data["ends_at"]),
            place=data["place"],
            directions=data["directions"],
            about=data["about"],
            staff=tuple(UUID(key) for key in data["staff"]),
            contacts=tuple(UUID(key) for key in data.get("contacts", ())),
            guests=data["guests"],
            helps=self._helps(),
        )

    def _helps(self) -> tuple[tuple[HelpKind, str], ...]:
        data = self.cleaned_data
        told = {HelpKind.LANGUAGE: data["language"], HelpKind.COMPANION: data["companion"]}
        named = [(kind, text) for kind, text in told.items() if text.strip()]
        return (*named, *((HelpKind(kind), "") for kind in data["others"]))


def _guest(line: str) -> Guest:
    name, _comma, email = (part.strip() for part in line.partition(","))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise ValidationError(REFUSALS["guests"], code="guests") from None
    return Guest(name=name[:LONGEST_NAME], email=email)


def first_values(start: BookingStart, *, actor_id: UUID) -> dict[str, Any]:
    """The form as it is first shown: a talk with whoever books, and the help that the file tells of."""
    wanted = start.citizen.interpreter
    sort = wanted.casefold()
    others = [kind for kind, word in ((HelpKind.SIGN, "tegn"), (HelpKind.WRITING, "skrive")) if word in sort]
    return {
        "kind": MeetingKind.TALK,
        "form": Form.PLACE,
        "staff": [str(actor_id)],
        "others": others,
        "language": "" if others else wanted,
        "companion": start.citizen.companion[:LONGEST_DETAIL],
    }


def values_now(page: MeetingPage) -> dict[str, Any]:
    """The form as the meeting stands."""
    row = page.meeting
    starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    helps = {one.kind: one.detail or "–" for one in page.helps}
    seats = [shown.seat for shown in page.seats]
    return {
        "kind": row.kind,
        "form": row.form,
        "meets_on": starts.date(),
        "starts_at": _clock(starts),
        "ends_at": _clock(ends),
        "place": row.place,
        "directions": row.directions,
        "about": row.about,
        "staff": [str(seat.user_id) for seat in seats if seat.party == "staff"],
        "contacts": [str(seat.contact_id) for seat in seats if seat.contact_id],
        "guests": "\n".join(
            ", ".join(part for part in (seat.name, seat.email) if part) for seat in seats if seat.party == "external"
        ),
        "language": helps.get(HelpKind.LANGUAGE, ""),
        "companion": helps.get(HelpKind.COMPANION, ""),
        "others": [kind for kind in (HelpKind.SIGN, HelpKind.WRITING) if kind in helps],
        "seen": page.seen,
    }


def _clock(moment: datetime) -> Any:
    return moment.time().replace(tzinfo=None)


class CancelForm(SeenForm):
    """Why the meeting is called off."""

    reason = forms.CharField(
        label=_("Why is the meeting called off?"),
        help_text=_(
            "The citizen and those around them can read it; a company only sees that the meeting is called off."
        ),
        max_length=LONGEST_LINE,
    )


class AnswerForm(forms.Form):
    """Whether somebody comes."""

    tells_optional = False

    answer = forms.ChoiceField(
        label=_("Can you come?"),
        choices=[
            (Answer.YES, _("Yes, I come")),
            (Answer.NO, _("No")),
            (Answer.OTHER_TIME, _("I would like another time")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["answer"], "invalid_choice": REFUSALS["answer"]},
    )
    note = forms.CharField(
        label=_("Is there something we should know?"),
        help_text=_("For example when you can instead."),
        required=False,
        max_length=LONGEST_LINE,
    )


class NotedAnswerForm(AnswerForm):
    """What somebody answered, noted by staff."""

    answer = forms.ChoiceField(
        label=_("What did they answer?"),
        choices=[
            (Answer.YES, Answer.YES.label),
            (Answer.NO, Answer.NO.label),
            (Answer.OTHER_TIME, Answer.OTHER_TIME.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["answer"], "invalid_choice": REFUSALS["answer"]},
    )
    note = forms.CharField(
        label=_("What did they say?"),
        help_text=_("Whoever said it can read it, the citizen and the circle around them too."),
        required=False,
        max_length=LONGEST_LINE,
    )


class HelpForm(forms.Form):
    """How far a booking is, and who it is."""

    tells_optional = False

    state = forms.ChoiceField(label=_("How far is it?"), choices=HelpState.choices, widget=forms.RadioSelect)
    who = forms.CharField(
        label=_("Who is it?"),
        help_text=_("The agency or the person. The citizen can read it."),
        required=False,
        max_length=LONGEST_NAME,
    )


class ChoiceForm(forms.Form):
    """How the messages are to come, and what to be reminded of."""

    tells_optional = False

    way = forms.ChoiceField(label=_("How do you want messages?"), widget=forms.RadioSelect, required=False)
    reminders = ManyField(
        label=_("What do you want to be reminded of?"),
        help_text=_("Invitations and changes are always told. Take all the ticks away if you want no reminders."),
        choices=[
            ("day", _("A meeting, the day before")),
            ("hour", _("A meeting, an hour before")),
            ("tasks", _("Something I have to do")),
        ],
    )

    def __init__(self, *args: Any, open_ways: Iterable[Way], is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ready = set(open_ways)
        ways = [(way.value, way.label) for way in TO_CHOOSE if way in ready]
        first = _("As it stands in my file") if is_own else _("As it stands in the file")
        offer(self.fields["way"], [("", first), *ways])
        if not is_own:
            self._speak_of_the_citizen()

    def _speak_of_the_citizen(self) -> None:
        """Somebody else writes down what the citizen wants."""
        way, reminders = self.fields["way"], self.fields["reminders"]
        way.label = _("How does the citizen want messages?")
        reminders.label = _("What does the citizen want to be reminded of?")
        reminders.help_text = _("Invitations and changes are always told. Without a tick there are no reminders.")
        days = [("day", _("A meeting, the day before")), ("hour", _("A meeting, an hour before"))]
        offer(reminders, [*days, ("tasks", _("Something the citizen has to do"))])

    @property
    def wishes(self) -> Wishes:
        data = self.cleaned_data
        return Wishes(
            way=Way(data["way"]) if data["way"] else None,
            wants_day_before="day" in data["reminders"],
            wants_hour_before="hour" in data["reminders"],
            wants_tasks="tasks" in data["reminders"],
        )


def choice_values(wishes: Wishes) -> dict[str, Any]:
    """The form as it was chosen last."""
    ticked = {"day": wishes.wants_day_before, "hour": wishes.wants_hour_before, "tasks": wishes.wants_tasks}
    return {"way": wishes.way or "", "reminders": [name for name, is_ticked in ticked.items() if is_ticked]}
