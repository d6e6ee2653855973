"""Forms of the employer's pages: short, with the least that has to be written."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobbro.apps.employers.services import NeedDraft
from jobbro.apps.employers.wording import has_cpr
from jobbro.webkit.fields import DayField, offer, plain_number

from .words import REFUSALS

LONGEST = 120


class NumberField(forms.DecimalField):
    """A number with comma or point, as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=5,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"invalid": REFUSALS["hours"], "max_digits": REFUSALS["hours"]},
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if not value or not str(value).strip():
            return None
        try:
            number = Decimal(plain_number(str(value)))
        except (InvalidOperation, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not number.is_finite():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number.quantize(Decimal("0.1")) if abs(number) < 1000 else number


class YesForm(forms.Form):
    """Whoever says yes, and the mark of what they have seen."""

    name = forms.CharField(
        label=_("Who says yes?"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": REFUSALS["agreed_with"], "max_length": REFUSALS["too_long"]},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class NotNowForm(forms.Form):
    """Why not now, so that the next proposal fits better."""

    words = forms.CharField(
        label=_("Why does it not fit now?"),
        help_text=_("A sentence is enough. Your contact reads it, so that the next proposal fits better."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": REFUSALS["words"], "max_length": REFUSALS["too_long"]},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if has_cpr(words):
            raise forms.ValidationError(REFUSALS["cpr"], code="cpr")
        return words


class OurNeedForm(forms.Form):
    """Hands that the company needs."""

    title = forms.CharField(
        label=_("What do you need hands for?"),
        help_text=_("In your own words, for example “help with the washing-up”."),
        max_length=LONGEST,
        error_messages={"max_length": REFUSALS["too_long"]},
    )
    workplace = forms.ChoiceField(
        label=_("Where?"), required=False, error_messages={"invalid_choice": REFUSALS["workplace"]}
    )
    places = forms.IntegerField(
        label=_("How many people?"),
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": REFUSALS["places"], "required": REFUSALS["places"]},
    )
    hours_min = NumberField(label=_("Fewest hours a week"), required=False)
    hours_max = NumberField(label=_("Most hours a week"), required=False)
    wanted_from = DayField(label=_("Wanted from"), required=False)
    note = forms.CharField(
        label=_("More about it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": REFUSALS["too_long"]},
    )

    def __init__(self, *args: Any, workplaces: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(workplaces)
        if places:
            everywhere = ("", gettext("No particular place"))
            offer(self.fields["workplace"], [everywhere, *((str(place.pk), place.name) for place in places)])
        else:
            del self.fields["workplace"]

    @property
    def draft(self) -> NeedDraft:
        """The need as written."""
        data = self.cleaned_data
        return NeedDraft(
            title=data["title"],
            places=data["places"],
            hours_min=data["hours_min"],
            hours_max=data["hours_max"],
            wanted_from=data["wanted_from"],
            note=data["note"],
            workplace_id=UUID(data["workplace"]) if data.get("workplace") else None,
        )


class EndNeedForm(forms.Form):
    """How a need ended."""

    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[("met", _("We have found somebody")), ("withdrawn", _("We no longer need it"))],
        widget=forms.RadioSelect,
    )
