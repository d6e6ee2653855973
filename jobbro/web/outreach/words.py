"""What the pages of outreach say: the two questions, answers in words, and why something was refused."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy

from jobbro.webkit.dates import spoken_date

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrPromise

HARDER = gettext_lazy(
    "Is there anything in your daily life or your health that makes work, or looking for work, harder?"
)
HARDER_EASY = gettext_lazy("Is something hard for you when you work or look for work?")
TALK = gettext_lazy("Would you like to talk with us about what could help you?")
TALK_EASY = gettext_lazy("Shall we talk about what can help you?")
NOT_NOW = gettext_lazy("They have said no, so nobody contacts them again about this effort.")
COUNTED: dict[str, "StrPromise"] = {
    "yes": gettext_lazy("Wants to talk"),
    "no": gettext_lazy("Says no"),
    "not_now": gettext_lazy("Not now"),
    "rather_not": gettext_lazy("Would rather not say"),
    "not_reached": gettext_lazy("Was not reached"),
    "dialogue": gettext_lazy("A dialogue began"),
    "plan": gettext_lazy("A plan began"),
    "job": gettext_lazy("A job began"),
}
REFUSALS: dict[str, "StrPromise"] = {
    "reply": gettext_lazy("Choose an answer. “I would rather not say” is an answer too."),
    "day_past": gettext_lazy("Choose a day to come."),
    "far": gettext_lazy("At most two years ahead."),
    "municipality": gettext_lazy("Choose one of your municipalities."),
    "facts": gettext_lazy("Choose by which facts people are found."),
    "since": gettext_lazy("Write the day."),
    "period": gettext_lazy("The last day is before the first. Look at the two days once more."),
    "long": gettext_lazy("An effort lasts two years at most."),
    "people": gettext_lazy("Choose at least one, and at most a hundred at a time."),
    "ahead": gettext_lazy("The day has not come yet. Write the day it happened."),
    "early": gettext_lazy("The day is before they came onto the list."),
    "words": gettext_lazy("Write a few words."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Take the number out."),
}


def not_yet(day: "date") -> str:
    """Why nobody asks now."""
    return gettext(
        "They have said that we must not ask now. Do not ask before %(day)s, unless they raise it themselves."
    ) % {"day": spoken_date(day=day)}
