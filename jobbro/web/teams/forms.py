"""Forms of mini-teams: absences, pairs, a choice of person, the list of a handover, knowledge, learning notes."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.teams.enums import AbsenceKind, CompetenceKind, HandoverReason, Sureness
from jobbro.apps.teams.subjects import POSTCODE
from jobbro.webkit.fields import DayField, offer, plain_number

from .words import REFUSALS, subject_choices

People = Iterable[tuple[str, str]]
NOBODY = ("", _("Nobody in particular"))
CHOOSE = ("", _("Choose"))
LONGEST_NOTE = 2000


class AbsenceForm(forms.Form):
    """Who is away, and from when to when. Nothing asks why."""

    user = forms.ChoiceField(label=_("Who is away?"))
    kind = forms.ChoiceField(
        label=_("For how long?"),
        choices=[(AbsenceKind.AWAY, _("Away and back again")), (AbsenceKind.LEAVING, _("Leaves for good"))],
        initial=AbsenceKind.AWAY,
        widget=forms.RadioSelect,
    )
    from_on = DayField(label=_("First day away"))
    until_on = DayField(label=_("Last day away"), required=False, help_text=_("Leave it empty when nobody knows yet."))
    cover = forms.ChoiceField(
        label=_("Who stands in?"),
        required=False,
        help_text=_("Leave it to us: the other of the buddy pair stands in, and otherwise the mini-team by turns."),
    )

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(people)
        offer(self.fields["user"], [CHOOSE, *offered])
        offer(self.fields["cover"], [NOBODY, *offered])


class BackForm(forms.Form):
    """The first day back."""

    back_on = DayField(label=_("First day back"))


class PairForm(forms.Form):
    """The two of a buddy pair."""

    first = forms.ChoiceField(label=_("One of the pair"))
    second = forms.ChoiceField(label=_("The other of the pair"))

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(people)
        for name in ("first", "second"):
            offer(self.fields[name], [CHOOSE, *offered])


class RoutingForm(forms.Form):
    """Who helps, and why when it is somebody else than proposed."""

    user = forms.ChoiceField(label=_("Who shall help?"))
    why = forms.CharField(
        label=_("Why somebody else?"),
        required=False,
        max_length=500,
        help_text=_("It is kept with the choice. Write nothing about benefits or illness."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["user"], [CHOOSE, *people])


class StartHandoverForm(forms.Form):
    """Who takes over, and why."""

    to_user = forms.ChoiceField(label=_("Who takes over?"))
    reason = forms.ChoiceField(label=_("Why?"), choices=HandoverReason.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["to_user"], [CHOOSE, *people])


class EntryForm(forms.Form):
    """What is told to one point of the list."""

    text = forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint


class FinishForm(forms.Form):
    """Nothing to fill in; it carries what stands in the way."""


class CompetenceForm(forms.Form):
    """What somebody knows, and how well."""

    subject = forms.ChoiceField(label=_("What do you know?"), required=False)
    postcode = forms.CharField(
        label=_("Or a place, by its postcode"),
        required=False,
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sureness = forms.ChoiceField(
        label=_("How well?"), choices=Sureness.choices, initial=Sureness.KNOWS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, municipalities: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["subject"], [CHOOSE, *subject_choices(municipalities=municipalities)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        subject, postcode = cleaned.get("subject", ""), cleaned.get("postcode", "").strip()
        if not subject and not postcode and not self.errors:
            self.add_error("subject", REFUSALS["unknown_subject"])
        kind, _mark, code = subject.partition("|")
        cleaned["kind"] = CompetenceKind.PLACE if postcode else kind
        cleaned["code"] = f"{POSTCODE}{postcode}" if postcode else code
        return cleaned


class HoursForm(forms.Form):
    """Hours a week with citizens."""

    hours = forms.CharField(
        label=_("Hours a week with citizens"),
        max_length=10,
        help_text=_("Whoever works fewer hours is proposed fewer citizens."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def clean_hours(self) -> Decimal:
        try:
            hours = Decimal(plain_number(self.cleaned_data["hours"]))
        except InvalidOperation:
            raise forms.ValidationError(REFUSALS["hours"]) from None
        if not hours.is_finite() or not Decimal("0.1") <= hours <= 37:
            raise forms.ValidationError(REFUSALS["hours"])
        return hours.quantize(Decimal("0.1"))


class LearningSearch(forms.Form):
    """Words and a subject to look for."""

    tells_optional = False
    words = forms.CharField(
        label=_("Words"), required=False, max_length=80, widget=forms.TextInput(attrs={"type": "search"})
    )
    subject = forms.ChoiceField(label=_("Subject"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["subject"], [("", _("All subjects")), *subject_choices()])


class LearningForm(forms.Form):
    """What was learnt."""

    subject = forms.ChoiceField(label=_("What is it about?"))
    text = forms.CharField(
        label=_("What have you learnt?"),
        max_length=LONGEST_NOTE,
        help_text=_("A few lines that help a colleague. No names, no numbers, nothing that points to a person."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    unit = forms.ChoiceField(label=_("For which unit?"))

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["subject"], [CHOOSE, *subject_choices()])
        found = list(dict(units).items())
        offer(self.fields["unit"], found)
        if len(found) == 1:
            self.fields["unit"].widget, self.fields["unit"].initial = forms.HiddenInput(), found[0][0]
