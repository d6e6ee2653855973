"""What the pages between jobs say: why something was refused, and calm sentences about the days that are left."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.apps.mobility.enums import ObservationState
from jobbro.apps.mobility.refusals import Refused
from jobbro.webkit.dates import spoken_date

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")

REFUSALS: dict[str, "StrPromise"] = {
    "kinds": gettext_lazy("Choose at least one thing that you would like to be new."),
    "given_ahead": gettext_lazy("That day has not come yet. Write the day on which notice was given."),
    "last_before": gettext_lazy("The last day lies before the day of the notice. Look at the days."),
    "last_past": gettext_lazy("The last day has passed. Then the job has ended: write it there instead."),
    "last_far": gettext_lazy("That is more than two years away. Look at the year once more."),
    "skills_none": gettext_lazy("Choose or write at least one thing."),
    "skills_many": gettext_lazy("That is many at once. Choose the 20 most important ones."),
    "no_wish": gettext_lazy("First tell when and how much work fits. Then what you have learnt can stand beside it."),
    "area": gettext_lazy("Choose what it is about."),
    "needed": gettext_lazy("Write an answer here."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Take the number out."),
}

# What the citizen reads of their own answer.
OWN_STATES: dict[str, "StrPromise"] = {
    ObservationState.PROPOSED: gettext_lazy("Waits for your answer"),
    ObservationState.AGREED: gettext_lazy("You agree"),
    ObservationState.DECLINED: gettext_lazy("You do not agree"),
}

SOON, LONG = 14, 60


def refusal_told(refusal: Refused) -> str:
    """Why it was refused."""
    return str(REFUSALS[refusal.code])


def countdown(*, last_on: date, on: date, is_own: bool) -> str:
    """How long there is until a last day, in a calm sentence."""
    days = (last_on - on).days
    told = {"day": spoken_date(day=last_on), "weeks": days // 7}
    if days < 0:
        return _("The last day was %(day)s.") % told
    if days == 0:
        return _("The last day is today.")
    if days <= SOON:
        text = ngettext("The last day is %(day)s, in %(days)s day.", "The last day is %(day)s, in %(days)s days.", days)
        return text % {**told, "days": days}
    text = _("The last day is %(day)s, in about %(weeks)s weeks.") % told
    if days < LONG:
        return text
    return text + " " + (_("You have good time.") if is_own else _("There is good time."))
