"""The words of the reckoning: parties, kinds of amounts, grades, marks and units."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from jobbro.engines.economics.courses import NO_SHARE, UNKNOWN_SHARE, WHOLE_VALUE, Party, Start
from jobbro.engines.economics.estimates import Grade
from jobbro.engines.economics.transfers import Kind
from jobbro.webkit.schemes import number_text

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PARTIES: dict[Party, "StrPromise"] = {
    Party.MUNICIPALITY: gettext_lazy("The municipality"),
    Party.STATE: gettext_lazy("The state"),
    Party.EMPLOYER: gettext_lazy("The employer"),
    Party.CITIZEN: gettext_lazy("The citizen"),
}
KINDS: dict[Kind, "StrPromise"] = {
    Kind.BENEFIT: gettext_lazy("Benefit"),
    Kind.BENEFIT_REFUND: gettext_lazy("The state's refund of the benefit"),
    Kind.WAGE: gettext_lazy("Wage"),
    Kind.WORK: gettext_lazy("The work that is done"),
    Kind.TAX: gettext_lazy("Tax"),
    Kind.SUPPORT: gettext_lazy("%(scheme)s"),
    Kind.SUPPORT_REFUND: gettext_lazy("The state's refund: %(scheme)s"),
}
GRADES: dict[Grade, "StrPromise"] = {
    Grade.ASSUMPTION: gettext_lazy("An assumption"),
    Grade.SURVEY_OPINION: gettext_lazy("An opinion from a survey"),
    Grade.MEASURED: gettext_lazy("Read or measured"),
}
MARKS: dict[str, "StrPromise"] = {
    "V": gettext_lazy("read in the source"),
    "D": gettext_lazy("worked out from what was read"),
    "U": gettext_lazy("not confirmed yet"),
    "C": gettext_lazy("the sources disagree"),
}
STARTS: dict[Start, "StrPromise"] = {
    Start.OUT_OF_WORK: gettext_lazy("Out of work, on the way to a job"),
    Start.IN_WORK: gettext_lazy("In a job that may be lost"),
}
HORIZONS: dict[int, "StrPromise"] = {
    52: gettext_lazy("one year"),
    104: gettext_lazy("two years"),
    156: gettext_lazy("three years"),
    260: gettext_lazy("five years"),
}
UNIT_WORDS: dict[str, "StrPromise"] = {
    "kr": gettext_lazy("in all"),
    "kr_per_hour": gettext_lazy("an hour"),
    "kr_per_week": gettext_lazy("a week"),
    "kr_per_week_of_absence": gettext_lazy("a week of absence"),
}
# How much of a scheme must be told, and the most that can be.
AMOUNTS: dict[str, tuple["StrPromise", float]] = {
    "kr_per_hour": (gettext_lazy("Hours a week"), 168),
    "kr_per_week_of_absence": (gettext_lazy("Weeks of absence a year"), 52),
}
OUTCOMES: dict[str, "StrPromise"] = {
    "yes": gettext_lazy("Looks possible"),
    "unknown": gettext_lazy("We need to know more"),
    "no": gettext_lazy("Does not fit as it is now"),
}
OUTCOME_TONES = {"yes": "is-blue", "unknown": "is-amber", "no": ""}
INPUTS: dict[str, "StrPromise"] = {
    "benefit_week": gettext_lazy("Benefit, kr. a week"),
    "wage_week": gettext_lazy("Wage, kr. a week"),
    "yearly_chance": gettext_lazy("Of 100 within a year without the support"),
    "effect": gettext_lazy("Change for 100 because of the support"),
    "work_value": gettext_lazy("What the work is worth, per cent of the wage"),
    "municipal_tax": gettext_lazy("Municipal tax of one more krone, per cent"),
    "state_tax": gettext_lazy("State tax of one more krone, per cent"),
    "price": gettext_lazy("Price, %(scheme)s, kr. %(unit)s"),
    "state_share": gettext_lazy("The state's share, %(scheme)s, per cent"),
}
# What the engine takes for granted by itself, in words for people.
OWN_SOURCES: dict[str, "StrPromise"] = {
    NO_SHARE.source: gettext_lazy("Nothing is refunded."),
    UNKNOWN_SHARE.source: gettext_lazy("No source was found, so anything from nothing to all is reckoned with."),
    WHOLE_VALUE.source: gettext_lazy("The work is reckoned to be worth its wage to the employer."),
}


def range_text(low: float, high: float) -> str:
    """“4.000”, or “0 – 15”: no decimals from a thousand on."""
    told = [number_text(round(value, 0 if abs(value) >= 1_000 else 2) + 0.0).replace("-", "−") for value in (low, high)]
    return " – ".join(dict.fromkeys(told))
