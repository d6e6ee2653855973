"""What the employer's pages say: why something was refused, and who can pay."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from jobbro.apps.plans.enums import Payer
from jobbro.engines.occupations.task_library import skills
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.webkit.schemes.values import language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUSALS: dict[str, "StrPromise"] = {
    "agreed_with": gettext_lazy("Write the name of whoever says yes."),
    "words": gettext_lazy("Write a few words."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "closed": gettext_lazy("The company has closed, so nothing new can be begun. Ring your contact if that is wrong."),
    "cpr": gettext_lazy("That looks like a CPR number. Write nothing about citizens here: take the number out."),
    "workplace": gettext_lazy("Choose one of your workplaces."),
    "places": gettext_lazy("Write how many people, at least 1."),
    "hours": gettext_lazy("Write the hours a week, at most 60."),
    "hours_order": gettext_lazy("The most hours are fewer than the fewest. Look at the two numbers."),
    "day_ahead": gettext_lazy("The day has not come yet. Write the day it happened."),
}


def payer_told(scheme: str) -> str:
    """Who can pay, in plain words."""
    return str(Payer(scheme).label)


def measure_lines(entries: Iterable[CatalogueMeasure]) -> list[dict[str, str]]:
    """Support that belongs to a job, in the language of the page, with who can pay."""
    return [
        {
            "name": entry.name.in_language(language()),
            "text": entry.text.in_language(language()),
            "payer": payer_told(entry.measure.scheme),
        }
        for entry in entries
    ]


def skill_names(codes: Iterable[str]) -> list[str]:
    """Skills of the library by name, any other as it was written."""
    names = {skill.code: skill.name.in_language(language()) for skill in skills()}
    return [names.get(code, code) for code in codes]


def measure_lines_of(codes: Iterable[str]) -> list[dict[str, str]]:
    """The same by the codes of the catalogue."""
    return measure_lines(catalogue().entry(code) for code in codes)
