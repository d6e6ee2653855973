"""Forms of courses: the catalogue, a session, a seat, who was there, what it gave."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jobbro.apps.courses.enums import CHOSEN_REASONS, Access, LeftReason, Presence
from jobbro.apps.courses.services.catalogue import LONGEST_LINK, CourseDraft, MaterialDraft
from jobbro.apps.courses.services.running import LONGEST_OUTCOME, LONGEST_STEP
from jobbro.apps.courses.services.seats import LONGEST_NAME, LONGEST_NEEDS, SeatWish
from jobbro.apps.courses.services.sessions import LONGEST_NOTE, LONGEST_PLACE, LONGEST_WHY, LessonTime, SessionDraft
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer, plain_number
from jobbro.webkit.halfdays import ManyField
from jobbro.webkit.labels import AREA_LABELS

from .words import ACCESS_WANTS, REFUSALS

LONGEST_LINE, LONGEST_WORDS = 120, 10_000
DAY_ERRORS = {"invalid": DAY_PROBLEM, "required": DAY_PROBLEM}
_LESSON = re.compile(
    r"^(?P<day>\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}-\d{2}-\d{2})[\s,]+(?:kl\.?\s*)?"
    r"(?P<begins>\d{1,2}(?:[.:]\d{2})?)\s*(?:-|–|til|to)\s*(?:kl\.?\s*)?(?P<ends>\d{1,2}(?:[.:]\d{2})?)$",
    re.IGNORECASE,
)


class SeenForm(forms.Form):
    """A form that carries the mark of what was read."""

    tells_optional = False
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CourseForm(SeenForm):
    """A course, in plain and in easy words, Danish first."""

    title_da = forms.CharField(label=_("What is the course called?"), max_length=LONGEST_LINE)
    text_da = forms.CharField(
        label=_("What is it about?"), max_length=LONGEST_WORDS, widget=_area(4), help_text=_("In plain words.")
    )
    easy_da = forms.CharField(
        label=_("The same in easy words"),
        max_length=LONGEST_WORDS,
        widget=_area(4),
        help_text=_("One thought a line, short words, short sentences."),
    )
    aims_da = forms.CharField(
        label=_("What can people do afterwards?"),
        max_length=LONGEST_WORDS,
        widget=_area(3),
        help_text=_("One thing a line. It stands on the certificate too."),
    )
    length = forms.CharField(
        label=_("How long is it?"), max_length=LONGEST_LINE, help_text=_("For example: 6 mornings over 3 weeks")
    )
    run_by = forms.CharField(label=_("Who runs it?"), max_length=LONGEST_LINE)
    areas = ManyField(
        label=_("What does the course take special care of?"),
        help_text=_("Nobody has to have a need to come; this only says what the course has thought of."),
    )
    title_en = forms.CharField(label=_("The name in English"), max_length=LONGEST_LINE, required=False)
    text_en = forms.CharField(
        label=_("In English: what is it about?"), max_length=LONGEST_WORDS, widget=_area(3), required=False
    )
    easy_en = forms.CharField(
        label=_("In English: in easy words"), max_length=LONGEST_WORDS, widget=_area(3), required=False
    )
    aims_en = forms.CharField(
        label=_("In English: what can people do afterwards?"), max_length=LONGEST_WORDS, widget=_area(3), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["areas"], AREA_LABELS.items())

    @property
    def draft(self) -> CourseDraft:
        """The course as it was written."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "areas")}
        return CourseDraft(**data, areas=tuple(self.cleaned_data["areas"]))


class MaterialForm(SeenForm):
    """Something to read."""

    title_da = forms.CharField(label=_("What is it called?"), max_length=LONGEST_LINE)
    text_da = forms.CharField(
        label=_("The text, in easy words"),
        max_length=LONGEST_WORDS,
        widget=_area(8),
        required=False,
        help_text=_("One thought a line. Leave it empty when there is only a link."),
    )
    link = forms.CharField(
        label=_("Link"), max_length=LONGEST_LINK, required=False, help_text=_("Begins with https://")
    )
    title_en = forms.CharField(label=_("The name in English"), max_length=LONGEST_LINE, required=False)
    text_en = forms.CharField(label=_("The text in English"), max_length=LONGEST_WORDS, widget=_area(4), required=False)

    @property
    def draft(self) -> MaterialDraft:
        """The material as it was written."""
        data = {name: self.cleaned_data[name] for name in ("title_da", "title_en", "text_da", "text_en", "link")}
        return MaterialDraft(**data)


class MaterialChangeForm(MaterialForm):
    """The same, and whether it is taken away."""

    is_removed = forms.BooleanField(label=_("Take it away: it is not read any more"), required=False)


class SessionForm(SeenForm):
    """A session: when, where, how many, and what is arranged."""

    lessons = forms.CharField(
        label=_("When do you meet?"),
        help_text=_("One meeting a line, for example: 12.01.2027 9.30-12.00"),
        max_length=5000,
        widget=_area(6),
        error_messages={"required": REFUSALS["lessons_none"]},
    )
    place = forms.CharField(label=_("Where?"), max_length=LONGEST_PLACE, help_text=_("The address and the room."))
    seats = forms.CharField(
        label=_("How many seats?"), max_length=6, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    enrol_by = DayField(label=_("Last day to ask for a seat"), error_messages=DAY_ERRORS)
    confirm_days = forms.CharField(
        label=_("How many days has the next on the list to answer?"),
        max_length=4,
        initial="3",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    responsible = forms.ChoiceField(
        label=_("Who runs it?"),
        help_text=_("This person reads who comes and what they need to take part, and nothing else about them."),
    )
    access = ManyField(label=_("What is arranged?"), choices=Access.choices)
    access_note = forms.CharField(
        label=_("More about how one takes part"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_(
            "For example: the lift is at the back; the interpreter is booked from Monday. Everybody can read it: write"
            " nothing about one person."
        ),
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["responsible"], [("", _("Choose a person")), *people])

    def clean_lessons(self) -> tuple[LessonTime, ...]:
        lines = [line.strip() for line in self.cleaned_data["lessons"].splitlines() if line.strip()]
        return tuple(lesson_in(line, number=number) for number, line in enumerate(lines, start=1))

    def clean_seats(self) -> int:
        return _whole(self.cleaned_data["seats"], code="seats")

    def clean_confirm_days(self) -> int:
        return _whole(self.cleaned_data["confirm_days"], code="confirm_days")

    @property
    def draft(self) -> SessionDraft:
        """The session as it is meant."""
        data = self.cleaned_data
        return SessionDraft(
            place=data["place"],
            seats=data["seats"],
            lessons=data["lessons"],
            enrol_by=data["enrol_by"],
            responsible_id=UUID(data["responsible"]),
            access=tuple(data["access"]),
            access_note=data["access_note"],
            confirm_days=data["confirm_days"],
        )


def _whole(text: str, *, code: str) -> int:
    digits = plain_number(text)
    if not (digits.isascii() and digits.isdigit()):
        raise forms.ValidationError(str(REFUSALS[code]))
    return int(digits)


def lesson_in(line: str, *, number: int) -> LessonTime:
    """One meeting from a line such as “12.01.2027 9.30-12.00”, in Danish time."""
    found = _LESSON.match(line)
    day = _day(found["day"]) if found else None
    begins = _moment(day, found["begins"]) if found and day else None
    ends = _moment(day, found["ends"]) if found and day else None
    if begins is None or ends is None:
        words = _now("Line %(number)s: write it as 12.01.2027 9.30-12.00, with a day and times that exist.")
        raise forms.ValidationError(words % {"number": number})
    return LessonTime(begins_at=begins, ends_at=ends)


def _day(text: str) -> date | None:
    parts = re.split(r"[-./]", text)
    year, month, day = parts if len(parts[0]) == 4 else parts[::-1]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _moment(day: date | None, clock: str) -> datetime | None:
    """The moment; None for a time the clock never shows, as in the night when summer time begins."""
    hour, _mark, minute = clock.replace(":", ".").partition(".")
    if day is None or int(hour) > 23 or int(minute or 0) > 59:
        return None
    plain = datetime(day.year, day.month, day.day, int(hour), int(minute or 0))
    aware = timezone.make_aware(plain)
    is_shown = aware.astimezone(UTC).astimezone(aware.tzinfo).replace(tzinfo=None) == plain
    return aware if is_shown else None


class CancelForm(SeenForm):
    """Why a session is called off."""

    why = forms.CharField(
        label=_("Why is the course called off?"),
        help_text=_("Everybody who would have come reads it."),
        max_length=LONGEST_WHY,
    )


class WishForm(SeenForm):
    """What somebody needs to take part."""

    name = forms.CharField(
        label=_("What are you called on the course?"),
        max_length=LONGEST_NAME,
        help_text=_("It stands on the list of those who run the course. A first name is enough."),
    )
    wants = ManyField(label=_("What do you need to take part?"), choices=ACCESS_WANTS.items())
    needs_words = forms.CharField(
        label=_("Is there more we should know?"),
        help_text=_("In your own words. Only those around you, and whoever runs the course, read it."),
        max_length=LONGEST_NEEDS,
        widget=_area(3),
        required=False,
    )
    action = forms.ChoiceField(label=_("Which step of the plan is it?"), required=False)

    def __init__(self, *args: Any, steps: Iterable[tuple[UUID, str]], is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), title) for pk, title in steps]
        if choices and not is_own:
            offer(self.fields["action"], [("", _("None of them")), *choices])
        else:
            del self.fields["action"]
        if not is_own:
            self.fields["name"].label = _("What is the person called on the course?")
            self.fields["wants"].label = _("What does the person need to take part?")
            self.fields["needs_words"].help_text = _(
                "In the person’s own words. Only those around them, and whoever runs the course, read it."
            )

    @property
    def wish(self) -> SeatWish:
        """What was said."""
        data = self.cleaned_data
        return SeatWish(
            name=data["name"],
            needs_words=data["needs_words"],
            wants=tuple(data["wants"]),
            action_id=UUID(data["action"]) if data.get("action") else None,
        )


class EnrolForm(WishForm):
    """The same, with the session."""

    session = forms.ChoiceField(label=_("Which course?"), widget=forms.RadioSelect)
    field_order = ["session", "name", "wants", "needs_words", "action", "seen"]

    def __init__(self, *args: Any, sessions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["session"], sessions)


class LeaveForm(SeenForm):
    """Why somebody is not coming: one tap, no questions asked."""

    reason = forms.ChoiceField(
        label=_("Why are you not coming?"),
        choices=[(code.value, code.label) for code in CHOSEN_REASONS],
        widget=forms.RadioSelect,
    )

    @property
    def why(self) -> LeftReason:
        return LeftReason(self.cleaned_data["reason"])


class PresenceForm(forms.Form):
    """Who was at one meeting; nobody has to be noted."""

    tells_optional = False

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"seat_{pk.hex}": pk for pk, _name in people}
        for pk, name in people:
            self.fields[f"seat_{pk.hex}"] = forms.ChoiceField(
                label=name, choices=Presence.choices, required=False, widget=forms.RadioSelect
            )

    @property
    def presence(self) -> dict[UUID, Presence]:
        """Who was there, as far as it was noted."""
        found = ((pk, self.cleaned_data[name]) for name, pk in self.names.items())
        return {pk: Presence(value) for pk, value in found if value}


class OutcomeForm(forms.Form):
    """What it gave."""

    words = forms.CharField(
        label=_("What did the course give you?"),
        help_text=_("In your own words."),
        max_length=LONGEST_OUTCOME,
        widget=_area(4),
    )
    next_step = forms.CharField(label=_("What do you want to do next?"), max_length=LONGEST_STEP, required=False)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_own:
            self.fields["words"].label = _("What did the course give the person?")
            self.fields["words"].help_text = _("Write it as the person says it.")
            self.fields["next_step"].label = _("What comes next?")
