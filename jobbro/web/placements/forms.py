"""Forms of the table: the meeting, who came, what was said, what it came to, support, the agreement, signatures."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobbro.apps.placements.enums import AgreementKind, MeetingKind, Outcome, Party, Stance
from jobbro.apps.placements.services.agreements import MOST_STEPS, AgreementDraft, Step
from jobbro.apps.placements.services.arrangements import ArrangementDraft
from jobbro.apps.placements.services.introductions import MeetingDraft, Seat, Words
from jobbro.engines.support.catalogue import CatalogueMeasure
from jobbro.kernel.vocabulary import SLOTS
from jobbro.webkit.bridges import measure_name
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer, plain_number
from jobbro.webkit.halfdays import ManyField, slot_choices

from .words import OUTCOME_TEXTS, REFUSALS, payer_choices

DAY_ERRORS = {"invalid": DAY_PROBLEM, "required": DAY_PROBLEM}
TIME_PROBLEM = _("Write a time such as 10.30.")
LONGEST_LINE, LONGEST_WORDS = 200, 5000
SIDES = {"their_seats": Party.EMPLOYER, "our_seats": Party.MUNICIPALITY, "other_seats": Party.OTHER}
# Rows of hours shown at first, and how many are empty when there are more.
FIRST_ROWS, SPARE_ROWS = 4, 2


class SeenForm(forms.Form):
    """A form that carries the mark of what was read."""

    tells_optional = False
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class MeetingForm(SeenForm):
    """When, where and who."""

    kind = forms.ChoiceField(label=_("How do you meet?"), choices=MeetingKind.choices, widget=forms.RadioSelect)
    meets_on = DayField(label=_("Which day?"), error_messages=DAY_ERRORS)
    meets_at = forms.TimeField(
        label=_("At what time?"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(attrs={"type": "time", "class": "is-short"}, format="%H:%M"),
        error_messages={"invalid": TIME_PROBLEM, "required": TIME_PROBLEM},
    )
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("The address and the door. For video and telephone: the link or the number."),
        required=False,
        max_length=LONGEST_LINE,
    )
    their_seats = forms.CharField(
        label=_("Who comes from the company?"),
        help_text=_("One a line: the name, a comma, and what they do."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": REFUSALS["seats"]},
    )
    our_seats = forms.CharField(
        label=_("Who comes from the municipality?"),
        help_text=_("One a line, the same way."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": REFUSALS["seats"]},
    )
    other_seats = forms.CharField(
        label=_("Who else?"),
        help_text=_("For example a companion or an interpreter. You can leave it empty."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def draft(self) -> MeetingDraft:
        """The meeting as it is meant."""
        data = self.cleaned_data
        return MeetingDraft(
            kind=MeetingKind(data["kind"]),
            meets_at=timezone.make_aware(datetime.combine(data["meets_on"], data["meets_at"])),
            place=data["place"],
            seats=tuple(seat for name, party in SIDES.items() for seat in seats_in(data[name], party=party)),
        )


def seats_in(text: str, *, party: Party) -> list[Seat]:
    """“Name, role” on each line."""
    lines = [line.partition(",") for line in text.splitlines() if line.strip()]
    return [Seat(party=party, name=name.strip(), role=role.strip()) for name, _comma, role in lines]


class CancelForm(SeenForm):
    """Why the meeting is called off."""

    reason = forms.CharField(
        label=_("Why is the meeting called off?"),
        help_text=_("Everybody at the table reads it."),
        max_length=LONGEST_LINE,
    )


class HoldForm(SeenForm):
    """Who came."""

    came = ManyField(label=_("Who came?"))

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["came"], people)

    @property
    def ids(self) -> tuple[UUID, ...]:
        return tuple(UUID(one) for one in self.cleaned_data["came"])


class SaidForm(forms.Form):
    """What somebody says. Staff can write down what somebody else said."""

    tells_optional = False

    party = forms.ChoiceField(label=_("Whose words are they?"), choices=Party.choices, required=False)
    name = forms.CharField(
        label=_("Who said it?"),
        help_text=_("Only when it was somebody from the company, or somebody else at the table."),
        required=False,
        max_length=120,
    )
    stance = forms.ChoiceField(
        label=_("What do you think now?"), choices=Stance.choices, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In your words"),
        help_text=_("Everybody at the table reads it, and it cannot be changed afterwards."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": REFUSALS["too_long"]},
    )

    def __init__(self, *args: Any, is_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_staff:
            del self.fields["party"], self.fields["name"]
            return
        self.fields["stance"].label = _("What do they think now?")
        self.fields["text"].label = _("In their words")
        self.initial.setdefault("party", Party.MUNICIPALITY)

    @property
    def words(self) -> Words:
        data = self.cleaned_data
        return Words(
            text=data["text"],
            stance=Stance(data["stance"]),
            party=Party(data["party"]) if data.get("party") else None,
            name=data.get("name", ""),
        )


class OutcomeForm(SeenForm):
    """What the table came to, and why."""

    outcome = forms.ChoiceField(
        label=_("What did you come to?"),
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["outcome"], "invalid_choice": REFUSALS["outcome"]},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The citizen reads it, and the company too. At a “not now” you ring the company and say it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": REFUSALS["too_long"]},
    )

    def __init__(self, *args: Any, decisions: Iterable[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["outcome"], [(code, OUTCOME_TEXTS[code]) for code in decisions])


class ArrangementForm(SeenForm):
    """Which support, who pays, who arranges it, and by when."""

    measure = forms.ChoiceField(label=_("Which support?"), error_messages={"invalid_choice": REFUSALS["measure"]})
    scheme = forms.ChoiceField(label=_("Who can pay?"), error_messages={"invalid_choice": REFUSALS["scheme"]})
    party = forms.ChoiceField(label=_("Who arranges it?"), choices=Party.choices, widget=forms.RadioSelect)
    who = forms.CharField(label=_("The name of who arranges it"), max_length=120)
    due_on = DayField(label=_("By when?"), error_messages=DAY_ERRORS)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("The citizen and those around them read it. Write nothing about health."),
        required=False,
        max_length=LONGEST_LINE,
    )

    def __init__(self, *args: Any, may_be: Iterable[CatalogueMeasure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = sorted(((entry.code, measure_name(entry)) for entry in may_be), key=lambda pair: pair[1])
        offer(self.fields["measure"], found)
        offer(self.fields["scheme"], payer_choices())

    @property
    def draft(self) -> ArrangementDraft:
        data = self.cleaned_data
        return ArrangementDraft(
            measure=data["measure"],
            scheme=data["scheme"],
            party=Party(data["party"]),
            who=data["who"],
            due_on=data["due_on"],
            note=data["note"],
        )


class HoursField(forms.DecimalField):
    """Hours a week as people write them; empty is no step."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "is-short"})
        super().__init__(
            required=False, localize=True, widget=widget, error_messages={"invalid": REFUSALS["hours"]}, **kwargs
        )

    def to_python(self, value: Any) -> Any:
        if not value or not str(value).strip():
            return None
        try:
            return Decimal(plain_number(str(value)))
        except (InvalidOperation, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class AgreementForm(SeenForm):
    """The next wording. Hours stand in rows: from a day, so many hours a week."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=AgreementKind.choices, widget=forms.RadioSelect)
    ends_on = DayField(
        label=_("Last day"),
        help_text=_("A trial has a last day. A job may have one."),
        required=False,
        error_messages=DAY_ERRORS,
    )
    slots = ManyField(label=_("When in the week?"))
    place = forms.CharField(label=_("Where is the work?"), max_length=LONGEST_LINE)
    tasks = forms.CharField(
        label=_("What is the work?"),
        help_text=_("The tasks in plain words."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": REFUSALS["too_long"]},
    )
    wage_text = forms.CharField(
        label=_("Wage"),
        help_text=_("For example 145 kr. an hour. A trial can be without wage."),
        required=False,
        max_length=LONGEST_LINE,
    )
    contact_text = forms.CharField(
        label=_("Who helps at the workplace and in the municipality?"),
        help_text=_("Names and telephone numbers, one a line."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": REFUSALS["too_long"]},
    )
    measures = ManyField(
        label=_("Support that is part of the agreement"),
        help_text=_("Only what stands on the compensation card."),
    )
    change_note = forms.CharField(
        label=_("What has changed, and why?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": REFUSALS["too_long"]},
    )

    def __init__(
        self, *args: Any, measures: Iterable[tuple[str, str]], is_change: bool, rows: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["measures"], measures)
        offer(self.fields["slots"], slot_choices(SLOTS))
        if not is_change:
            del self.fields["change_note"]
        self.rows = range(1, max(FIRST_ROWS, min(MOST_STEPS, rows + SPARE_ROWS)) + 1)
        for row in self.rows:
            told = {"row": row}
            self.fields[f"from_{row}"] = DayField(
                label=_("From day (row %(row)s)") % told, required=False, error_messages=DAY_ERRORS
            )
            self.fields[f"hours_{row}"] = HoursField(label=_("Hours a week (row %(row)s)") % told)

    @property
    def step_fields(self) -> list[tuple[int, Any, Any]]:
        """The rows of hours, each with its two fields."""
        return [(row, self[f"from_{row}"], self[f"hours_{row}"]) for row in self.rows]

    @property
    def rest(self) -> list[Any]:
        """The fields after the hours, in the order they are read."""
        first = ("seen", "kind", "ends_on", "slots")
        return [self[name] for name in self.fields if name not in first and not name.startswith(("from_", "hours_"))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for row in self.rows:
            halves = [data.get(f"from_{row}"), data.get(f"hours_{row}")]
            if any(half is None for half in halves) and any(half is not None for half in halves):
                missing = f"from_{row}" if halves[0] is None else f"hours_{row}"
                if missing not in self.errors:
                    self.add_error(missing, REFUSALS["steps_half"])
        return data

    @property
    def steps(self) -> tuple[Step, ...]:
        data = self.cleaned_data
        told: list[tuple[date | None, Decimal | None]] = [
            (data.get(f"from_{row}"), data.get(f"hours_{row}")) for row in self.rows
        ]
        return tuple(
            Step(from_on=from_on, hours=hours) for from_on, hours in told if from_on is not None and hours is not None
        )

    @property
    def draft(self) -> AgreementDraft:
        data = self.cleaned_data
        return AgreementDraft(
            kind=AgreementKind(data["kind"]),
            steps=self.steps,
            place=data["place"],
            tasks=data["tasks"],
            contact_text=data["contact_text"],
            ends_on=data["ends_on"],
            slots=tuple(data["slots"]),
            wage_text=data["wage_text"],
            measures=tuple(data["measures"]),
            change_note=data.get("change_note", ""),
        )


class SignForm(forms.Form):
    """The mark of the words that are signed."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SignForForm(SignForm):
    """For whom staff sign, who said yes, and why they do it."""

    tells_optional = False

    party = forms.ChoiceField(
        label=_("Whom do you sign for?"),
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["party"], "invalid_choice": REFUSALS["party"]},
    )
    name = forms.CharField(
        label=_("Who said yes at the company?"),
        help_text=_("Leave it empty when you sign for the citizen."),
        required=False,
        max_length=120,
    )
    reason = forms.CharField(
        label=_("Why do you sign for them?"),
        help_text=_("All three read it. For example: Anna signed on paper when we met on Tuesday."),
        max_length=LONGEST_LINE,
    )

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["party"], [(party, Party(party).label) for party in parties])
