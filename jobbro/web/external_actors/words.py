"""What the pages say when something was refused."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It stands differently by now, so nothing was changed. Look at it as it is.")
REFUSALS: dict[str, "StrPromise"] = {
    "cvr_digits": gettext_lazy(
        "A CVR number has eight digits, for example 12 34 56 74. Look whether one is too many or too few."
    ),
    "cvr_check": gettext_lazy(
        "The last digit does not fit the others, so one of them is wrong. Look at the number once more."
    ),
    "phone": gettext_lazy(
        "A Danish telephone number has eight digits, for example 12 34 56 78. Begin with + when it is of another"
        " country."
    ),
    "email": gettext_lazy("An e-mail address looks like name@example.dk. Look at it once more."),
    "municipality": gettext_lazy("Choose one of your municipalities."),
    "kind": gettext_lazy("Choose what kind of partner it is."),
    "themes": gettext_lazy("Choose at least one theme."),
    "theme": gettext_lazy("Choose what it is about."),
    "period": gettext_lazy("The last day is before the first. Look at the two days once more."),
    "long": gettext_lazy(
        "The period is too long. An agreement lasts five years at most, work with a citizen one year."
    ),
    "far": gettext_lazy("Access is given for one year at most. It can be given again."),
    "day_past": gettext_lazy("The day has passed. Choose today or a later day."),
    "data_ahead": gettext_lazy("Write the day it was signed. The day has not come yet."),
    "over": gettext_lazy("The cooperation has ended, so nothing new can be begun here."),
    "partner": gettext_lazy(
        "No agreement with a data processing agreement covers this theme for all of these days. Choose other days, or"
        " note the agreement first."
    ),
    "people": gettext_lazy("Choose who of them works with the citizen. They must have a login that is open today."),
    "result": gettext_lazy("Choose how far the goal was reached."),
    "reason": gettext_lazy("Write how and when the citizen said yes."),
    "ahead": gettext_lazy("The day has not come yet. Write the day it happened."),
    "early": gettext_lazy("The day is before the work together began."),
    "words": gettext_lazy("Write a few words."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Take the number out."),
}
