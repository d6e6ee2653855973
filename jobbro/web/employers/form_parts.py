"""Fields that the forms about companies share: lines, words, days, choices, workplaces and marks."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobbro.apps.employers.numbers import InvalidNumber, read_cvr, read_phone
from jobbro.webkit.fields import DayField, offer, plain_number

from .words import REFUSALS

NO_CITIZENS = _("Write nothing about citizens here.")


class NumberField(forms.DecimalField):
    """A number as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Write a number, for example 7.5.")})
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_digits=6, decimal_places=2, localize=True, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) and value.strip() else value)


def line(label: Any, *, longest: int = 120, attrs: dict[str, str] | None = None, **kwargs: Any) -> forms.CharField:
    """A line of text."""
    messages = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    widget = forms.TextInput(attrs=attrs or {})
    return forms.CharField(label=label, max_length=longest, error_messages=messages, widget=widget, **kwargs)


def words(label: Any, *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Room for words."""
    messages = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=10_000, error_messages=messages, widget=widget, **kwargs)


def day(label: Any, **kwargs: Any) -> DayField:
    """A day."""
    return DayField(label=label, **kwargs)


def one_of(label: Any, choices: Iterable[Any] = (), *, refusal: str, **kwargs: Any) -> forms.ChoiceField:
    """One of a few, as radio buttons."""
    messages = {"required": REFUSALS[refusal], "invalid_choice": REFUSALS[refusal]}
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages=messages, **kwargs
    )


class PhoneField(forms.CharField):
    """A telephone number in Denmark or abroad, or nothing."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_phone(text) if text else ""
        except InvalidNumber:
            raise forms.ValidationError(str(REFUSALS["phone"]), code="phone") from None


def phone(label: Any) -> PhoneField:
    """A telephone number, or nothing."""
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    return PhoneField(
        label=label, max_length=40, required=False, widget=widget, error_messages={"max_length": REFUSALS["phone"]}
    )


def email(label: Any) -> forms.EmailField:
    """An e-mail address, or nothing."""
    messages = dict.fromkeys(("invalid", "max_length"), REFUSALS["email"])
    return forms.EmailField(label=label, required=False, max_length=254, error_messages=messages)


def website(label: Any) -> forms.URLField:
    """The address of a website, with or without https:// before it, or nothing."""
    messages = dict.fromkeys(("invalid", "max_length"), REFUSALS["website"])
    # A text field: the browser's own check of addresses would ask for the https:// that nobody writes.
    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"})
    return forms.URLField(
        label=label, required=False, max_length=200, assume_scheme="https", widget=widget, error_messages=messages
    )


class CvrField(forms.CharField):
    """The number of a company, checked digit by digit."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_cvr(text)
        except InvalidNumber as invalid:
            raise forms.ValidationError(str(REFUSALS[f"cvr_{invalid.code}"]), code=invalid.code) from None


def seen_mark() -> forms.CharField:
    """The mark of what stood there when the form was made."""
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def workplace_choice(label: Any) -> forms.ChoiceField:
    """One of the company's workplaces, or the company as a whole."""
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": REFUSALS["workplace"]})


def offer_workplaces(form: forms.Form, workplaces: Iterable[Any]) -> None:
    """The company's own workplaces; a company without any is not asked."""
    places = [(str(place.pk), place.name) for place in workplaces]
    if places:
        offer(form.fields["workplace"], [("", gettext("The company as a whole")), *places])
    else:
        del form.fields["workplace"]


def id_of(text: str | None) -> UUID | None:
    return UUID(text) if text else None
