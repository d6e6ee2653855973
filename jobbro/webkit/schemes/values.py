"""Values of facts, numbers and units as people read them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition
from jobbro.webkit.dates import spoken_date


def language() -> str:
    """Danish for any other than English."""
    return "en" if (get_language() or "da").startswith("en") else "da"


def question_text(fact: FactDefinition, *, is_easy: bool = False) -> str:
    """The question in the language of the page, in easy wording where there is one."""
    text = (fact.easy if is_easy else None) or fact.question
    return text.in_language(language()) if text else fact.label.in_language(language())


def value_text(fact: FactDefinition, value: Value) -> str:
    """“ja”, “almindeligt job som lønmodtager”, “12,5 timer om ugen”, “tirsdag den 3. marts 2026”, or “ved ikke”."""
    if value is None:
        return _("don't know")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return spoken_date(day=value)
    if isinstance(value, str):
        found = next((choice for choice in fact.choices if choice.code == value), None)
        return found.text.in_language(language()) if found else value
    return amount_text(value, unit=fact.unit)


def number_text(number: float, *, is_money: bool = False) -> str:
    """5.678,50 in Danish and 5,678.50 in English; money has two decimals or none."""
    text = f"{number:,.2f}"
    if not is_money or text.endswith(".00"):
        text = text.rstrip("0").rstrip(".")
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))


def amount_text(number: float, *, unit: str) -> str:
    """A number with its unit: “1 time om ugen”, “171,36 kr. i timen”."""
    said = number_text(number, is_money=unit.startswith("kr"))
    words = UNITS.get(unit)
    return words(1 if number == 1 else 2) % {"number": said} if words else said


def hours_words(hours: Decimal | float) -> str:
    """“1 time”, “2,5 timer”."""
    return amount_text(float(hours), unit="hours")


def week_hours(hours: Decimal | float) -> str:
    """“1 time om ugen”, “2,5 timer om ugen”."""
    return amount_text(float(hours), unit="hours_per_week")


UNITS: dict[str, Callable[[int], str]] = {
    "hours": lambda many: ngettext("%(number)s hour", "%(number)s hours", many),
    "hours_per_week": lambda many: ngettext("%(number)s hour a week", "%(number)s hours a week", many),
    "days": lambda many: ngettext("%(number)s day", "%(number)s days", many),
    "weeks": lambda many: ngettext("%(number)s week", "%(number)s weeks", many),
    "months": lambda many: ngettext("%(number)s month", "%(number)s months", many),
    "years": lambda many: ngettext("%(number)s year", "%(number)s years", many),
    "persons": lambda many: ngettext("%(number)s person", "%(number)s persons", many),
    "percent": lambda many: _("%(number)s per cent"),
    "kr": lambda many: _("%(number)s kr."),
    "kr_per_hour": lambda many: _("%(number)s kr. an hour"),
    "kr_per_week": lambda many: _("%(number)s kr. a week"),
    "kr_per_month": lambda many: _("%(number)s kr. a month"),
    "kr_per_year": lambda many: _("%(number)s kr. a year"),
    "kr_per_km": lambda many: _("%(number)s kr. a kilometre"),
}
