"""Forms of follow-up: sick leave, what was done, calls for help, the rhythm."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.follow_up.answers import LONGEST_WORDS
from jobbro.apps.follow_up.enums import SignalDeed, TalkParty
from jobbro.apps.follow_up.services.rhythms import RhythmDraft
from jobbro.apps.follow_up.services.sick_leave import SickDraft
from jobbro.webkit.fields import DayField, plain_number


class HoursField(forms.DecimalField):
    """Hours a week as people write them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "is-short"})
        errors = {"invalid": _("Write hours a week as a number, for example 12,5.")}
        super().__init__(localize=True, widget=widget, error_messages=errors, **kwargs)

    def to_python(self, value: Any) -> Any:
        if not value or not str(value).strip():
            return None
        try:
            return Decimal(plain_number(str(value)))
        except (InvalidOperation, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class WholeField(forms.IntegerField):
    """A small whole number as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "is-short"})
        super().__init__(widget=widget, error_messages={"invalid": _("Write a whole number.")}, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(str(value)) if value else value)


class SickForm(forms.Form):
    """Days, hours on the way back, and the plan. Never why."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    from_on = DayField(label=_("First day of the sick leave"))
    until_on = DayField(
        label=_("Last day"),
        help_text=_("Leave it empty as long as nobody knows."),
        required=False,
    )
    partial_from = DayField(
        label=_("Back for some hours from"),
        help_text=_("Only when the return begins with fewer hours than usual."),
        required=False,
    )
    partial_hours = HoursField(label=_("Hours a week on the way back"), required=False)
    plan = forms.CharField(
        label=_("Plan for the return"),
        help_text=_("What is agreed about days, hours, tasks and support. Write nothing about the illness."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def draft(self) -> SickDraft:
        data = self.cleaned_data
        return SickDraft(
            from_on=data["from_on"],
            until_on=data["until_on"],
            partial_from=data["partial_from"],
            partial_hours=data["partial_hours"],
            plan=data["plan"],
        )


class HelpForm(forms.Form):
    """What it is about, if one likes."""

    words = forms.CharField(
        label=_("What is it about?"),
        help_text=_("You need not write anything. Then we ring and ask."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DoneForm(forms.Form):
    """What was done."""

    text = forms.CharField(
        label=_("What was done?"),
        help_text=_("Whoever asked can read it."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SignalForm(forms.Form):
    """Which signal, and what somebody did about it."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    key = forms.CharField(max_length=120, widget=forms.HiddenInput)
    deed = forms.ChoiceField(label=_("What do you do?"), choices=SignalDeed.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What was done?"),
        help_text=_("Needed when you have done something. The citizen can read it."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PartyForm(forms.Form):
    """With whom."""

    party = forms.ChoiceField(choices=TalkParty.choices)

    @property
    def told(self) -> TalkParty:
        return TalkParty(self.cleaned_data["party"])


class RhythmForm(forms.Form):
    """When short talks are due, how long a link holds, how soon help answers."""

    from_on = DayField(label=_("From which day?"))
    steps = forms.CharField(
        label=_("When are the talks due?"),
        help_text=_("Days (d) and months (m) after the first day of work, for example: 7d 1m 3m 6m 12m"),
        max_length=80,
    )
    then_months = WholeField(
        label=_("And then again every so many months"), help_text=_("0 when there are no more talks after that.")
    )
    answer_days = WholeField(label=_("Within how many working days is a call for help answered?"))
    link_days = WholeField(label=_("For how many days does a link hold?"))

    @property
    def draft(self) -> RhythmDraft:
        data = self.cleaned_data
        return RhythmDraft(
            from_on=data["from_on"],
            steps=tuple(data["steps"].replace(",", " ").split()),
            then_months=data["then_months"],
            answer_days=data["answer_days"],
            link_days=data["link_days"],
        )
