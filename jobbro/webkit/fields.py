"""Form fields that forgive: a CPR number and a day as people write them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.citizens.cpr import Cpr, InvalidCpr

_CPR_PROBLEMS = {
    "digits": _("A CPR number has ten digits, for example 010203-4567. Look whether one is too many or too few."),
    "date": _("The first six digits are not a date that exists. Look at them once more: day, month, year."),
}
_THOUSANDS = re.compile(r"^-?\d{1,3}([.,]\d{3})+$")
_DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%y", "%d.%m.%y", "%d/%m/%y"]


class CprField(forms.CharField):
    """Ten digits with or without hyphen; `cleaned_data` holds a Cpr."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Cpr.read(text)
        except InvalidCpr as refused:
            raise forms.ValidationError(_CPR_PROBLEMS[refused.code], code=refused.code) from None


DAY_PROBLEM = _("Write a date such as 31.12.2027, or choose it in the calendar.")


class DayField(forms.DateField):
    """A day, chosen or typed the Danish way; with sense enough to refuse the year 202."""

    default_error_messages = {"invalid": DAY_PROBLEM}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=_DAY_FORMATS, widget=widget, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not 1900 <= value.year <= 2100:
            raise forms.ValidationError(_("Look at the year once more: it has four digits."), code="year")


def offer(field: forms.Field, choices: Iterable[Any]) -> None:
    """The choice field lets one of these be chosen; they are known only when the form is made."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def plain_number(text: str) -> str:
    """Digits with a point: groups of three are thousands, and of points and commas the last one is the decimal."""
    digits = re.sub(r"\s|kr\.?$", "", text.strip())
    if _THOUSANDS.match(digits):
        return re.sub("[.,]", "", digits)
    whole, mark, decimals = re.fullmatch(r"(.*?)(?:([.,])([^.,]*))?", digits, re.DOTALL).groups()  # type: ignore[union-attr]
    return re.sub("[.,]", "", whole) + (f".{decimals}" if mark else "")
