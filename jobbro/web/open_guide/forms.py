"""The form of one question, by the type of its fact; forgiving in what it reads."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.facts import FactError, check_value
from jobbro.engines.schemes.rules import FactDefinition
from jobbro.webkit.fields import DayField, plain_number
from jobbro.webkit.schemes import amount_text, language, number_text, question_text

_UNIT = r"kr\.?|kroner|timer|time|dage|dag|uger|måneder|måned|procent|%|hours?|days?|weeks?|months?|per ?cent"
_WORDS = re.compile(rf"\s*(-?[\d.,\s]+?)\s*({_UNIT})?\s*(om ugen|om året|a week|a year)?\s*")
_CPR = re.compile(r"^\s*\d{6}[\s-]?\d{4}\s*$")


class NumberField(forms.CharField):
    """A number as people write it: “37”, “18,5”, “1.200,50 kr.”, “20 timer om ugen”."""

    def __init__(self, *, fact: FactDefinition, **kwargs: Any) -> None:
        mode = "numeric" if fact.type == "int" else "decimal"
        widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)
        self.fact = fact

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = _WORDS.fullmatch(text.lower())
        number = _number(found[1]) if found else None
        if number is None:
            raise forms.ValidationError(_("Write a number with digits, for example 20."), code="number")
        if self.fact.type == "int":
            if number != int(number):
                raise forms.ValidationError(_("Write a whole number without decimals."), code="whole")
            return int(number)
        return number


def _number(text: str) -> float | None:
    """12,5 and 12.5 are the same; 1.200 is twelve hundred."""
    try:
        return float(plain_number(text))
    except ValueError:
        return None


class PlainDayField(DayField):
    """A day; a CPR number typed here is refused and not kept on the page."""

    def clean(self, value: Any) -> date | None:
        if isinstance(value, str) and _CPR.match(value):
            raise forms.ValidationError(_("Write only the date. Never write a CPR number here."), code="cpr")
        day: date | None = super().clean(value)
        return day


class QuestionForm(forms.Form):
    """One question of the guide. `value` is what the rules take."""

    tells_optional = False

    def __init__(self, *args: Any, fact: FactDefinition, on: date, is_easy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact, self.on = fact, on
        self.fields["answer"] = _field(fact, is_easy=is_easy)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen or written."""
        return not str(self.data.get("answer", "")).strip()

    @property
    def value(self) -> Value:
        """The answer of a valid form."""
        return self.cleaned_data["answer"]

    def forget_cpr(self) -> None:
        """A CPR number that was typed does not come back on the page."""
        if _CPR.match(str(self.data.get("answer", ""))):
            self.data = {"answer": ""}

    def clean_answer(self) -> Value:
        """Within what the rules allow, or a sentence on what would be."""
        value = self.cleaned_data["answer"]
        if self.fact.type == "bool":
            value = value == "true"
        try:
            return check_value(self.fact, value, on=self.on)
        except FactError as refused:
            raise forms.ValidationError(_sentence(self.fact, refused), code=refused.reason) from None


def initial_of(value: Value) -> dict[str, Any]:
    """An earlier answer as the form shows it."""
    if isinstance(value, bool):
        return {"answer": "true" if value else "false"}
    if isinstance(value, (int, float)):
        return {"answer": number_text(value)}
    return {"answer": value} if value is not None else {}


def _field(fact: FactDefinition, *, is_easy: bool) -> forms.Field:
    about: dict[str, Any] = {
        "label": question_text(fact, is_easy=is_easy),
        "help_text": _hint(fact),
    }
    if fact.type == "bool":
        choices = [("true", _("Yes")), ("false", _("No"))]
        return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **about)
    if fact.type == "enum":
        named = [(choice.code, _capital(choice.text.in_language(language()))) for choice in fact.choices]
        return forms.ChoiceField(widget=forms.RadioSelect, choices=named, **about)
    if fact.type == "date":
        return PlainDayField(**about)
    return NumberField(fact=fact, **about)


def _hint(fact: FactDefinition) -> str:
    own = fact.hint.in_language(language()) if fact.hint else ""
    if fact.code != "birth_date":
        return own
    promise = _("Only the date, never your CPR number. It is used for the age limits and then forgotten.")
    return f"{own} {promise}".strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(fact: FactDefinition, refused: FactError) -> str:
    if refused.reason == "in_the_future":
        return _("The date lies ahead. Write a day that has been.")
    if refused.reason == "too_many_decimals":
        return _("Write at most two decimals.")
    if refused.reason == "out_of_range" and fact.range:
        low, high = fact.range
        return _("Write a number from %(low)s to %(high)s.") % {
            "low": number_text(low),
            "high": amount_text(high, unit=fact.unit),
        }
    return _("This answer cannot be used. Choose or write another.")
