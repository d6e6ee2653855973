"""Forms of guidance: one fact, what is supposed, and what is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.guidance.enums import FactSource
from jobbro.apps.guidance.services import LONGEST_NOTE, FactDraft
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition, Package
from jobbro.engines.support.occupations import occupation_table
from jobbro.webkit.fields import DayField, offer, plain_number
from jobbro.webkit.schemes import language, question_text

from .words import REFUSALS, capitalised, said

# So many choices are buttons; more are a list to choose from.
MANY = 9
YES, NO, NOBODY = "yes", "no", "dont_know"


class NumberField(forms.FloatField):
    """A number written with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class WholeField(forms.IntegerField):
    """A whole number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput, **kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class NoteField(forms.CharField):
    """A few sentences."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > LONGEST_NOTE:
            raise forms.ValidationError(REFUSALS["too_long"], code="too_long")


def value_field(fact: FactDefinition, *, label: str, hint: str = "", required: bool = True) -> forms.Field:
    """The field that a fact of this type is answered in."""
    words: dict[str, Any] = {"label": label, "help_text": hint, "required": required}
    if fact.type == "date":
        return DayField(**words, error_messages={"required": _("Write a day, or choose that nobody knows it.")})
    if fact.type in ("int", "decimal"):
        low, high = fact.range or (0, 0)
        told = _("Write a number from %(low)s to %(high)s.") % {
            "low": f"{low:g}",
            "high": f"{high:,.0f}".replace(",", "."),
        }
        errors = {"required": told, "min_value": told, "max_value": told, "invalid": REFUSALS["not_finite"]}
        kind = WholeField if fact.type == "int" else NumberField
        return kind(**words, min_value=low, max_value=high, error_messages=errors)
    widget = forms.Select if is_long(fact) else forms.RadioSelect
    return forms.ChoiceField(**words, choices=value_choices(fact), widget=widget)


def is_long(fact: FactDefinition) -> bool:
    """Whether there are more choices than one takes in at a glance."""
    return len(fact.choices) > MANY


def value_choices(fact: FactDefinition) -> list[tuple[str, str]]:
    """What can be chosen."""
    if fact.type == "bool":
        return [(YES, _("Yes")), (NO, _("No"))]
    return [(choice.code, capitalised(said(choice.text))) for choice in fact.choices]


def value_of(fact: FactDefinition, found: Any) -> Value:
    """The field's value as the rules take it."""
    if found in (None, "", NOBODY):
        return None
    if fact.type == "bool":
        return bool(found == YES)
    value: Value = float(found) if fact.type == "decimal" else found
    return value


def field_value(value: Value) -> Any:
    """The value as the field shows it."""
    return (YES if value else NO) if isinstance(value, bool) else value


class FactForm(forms.Form):
    """One fact: its value or that nobody knows it; employees also say where they know it from."""

    tells_optional = False
    fact_code = forms.SlugField(widget=forms.HiddenInput, required=False)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, fact: FactDefinition, is_own: bool, is_easy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.fields["value"] = value_field(
            fact, label=question_text(fact, is_easy=is_easy), hint=said(fact.hint) if fact.hint else "", required=False
        )
        if fact.type in ("bool", "enum"):
            empty = [("", _("Choose"))] if is_long(fact) else []
            offer(self.fields["value"], [*empty, *value_choices(fact), (NOBODY, _("I do not know"))])
        if fact.is_assessed:
            self.fields["note"] = NoteField(
                label=_("What does the assessment rest on?"), error_messages={"required": REFUSALS["note"]}
            )
        elif not is_own:
            self.fields["source"] = forms.ChoiceField(
                label=_("Where do you know it from?"),
                widget=forms.RadioSelect,
                initial=FactSource.DECLARED,
                required=False,
                choices=[
                    (FactSource.DECLARED, _("Somebody told it")),
                    (FactSource.DOCUMENTED, _("I have seen it on paper")),
                ],
            )
            self.fields["observed_on"] = DayField(label=_("From which day is it, if not today?"), required=False)
            self.fields["note"] = NoteField(label=_("Note"), required=False)

    @property
    def is_unanswered(self) -> bool:
        """Whether the form came without any answer."""
        return self.cleaned_data.get("value") in (None, "")

    def draft(self, *, nobody_knows: bool) -> FactDraft:
        """What was told."""
        found = self.cleaned_data
        source = (
            FactSource.ASSESSED if self.fact.is_assessed else FactSource(found.get("source") or FactSource.DECLARED)
        )
        return FactDraft(
            code=self.fact.code,
            value=None if nobody_knows else value_of(self.fact, found.get("value")),
            source=source,
            observed_on=found.get("observed_on"),
            note=found.get("note", ""),
        )


class WithdrawForm(forms.Form):
    """A fact that no longer counts."""

    tells_optional = False
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    note = NoteField(label=gettext_lazy("Why is it taken back?"), required=False)


class KeepForm(forms.Form):
    """Words that are kept with the guidance."""

    tells_optional = False
    note = NoteField(label=gettext_lazy("Words to keep with it, if you wish"), required=False)


# What can be supposed, in the order shown.
SUPPOSED = ("work_form", "hours_per_week", "start_on", "employer_sector", "benefit", "assistance_hours_per_week")


class WhatIfForm(forms.Form):
    """Another day, another job, other hours; nothing of it is stored."""

    tells_optional = False
    decision_on = DayField(label=gettext_lazy("Day of decision"), required=False)
    work = forms.ChoiceField(label=gettext_lazy("Work to look at"), required=False)

    def __init__(self, *args: Any, package: Package, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = {code: package.facts[code] for code in SUPPOSED if code in package.facts}
        occupations = [(one.code, one.name.in_language(language())) for one in occupation_table().occupations]
        offer(self.fields["work"], [("", _("As it is")), *sorted(occupations, key=lambda row: row[1])])
        for code, fact in self.facts.items():
            field = value_field(fact, label=capitalised(said(fact.label)), required=False)
            if isinstance(field, forms.ChoiceField):
                field.widget = forms.Select()
                offer(field, [("", _("As it is")), *value_choices(fact)])
            self.fields[code] = field

    def values(self) -> Mapping[str, Value]:
        """What is supposed, by code."""
        given = {code: value_of(fact, self.cleaned_data.get(code)) for code, fact in self.facts.items()}
        return {code: value for code, value in given.items() if value is not None}

    def day(self, today: date) -> date:
        """The day of decision that is supposed."""
        return self.cleaned_data.get("decision_on") or today


# Where a refused fact can be put right; all else is put right in the value.
REFUSED_FIELD = {"note": "note", "too_long": "note", "source": "source", "observed_in_future": "observed_on"}


def add_refusal(form: forms.Form, *, reason: str, sentence: str = "") -> None:
    """Why the fact was refused, told at the field where it can be put right."""
    field = REFUSED_FIELD.get(reason, "value")
    form.add_error(
        field if field in form.fields else None, sentence or str(REFUSALS.get(reason, REFUSALS["wrong_type"]))
    )
