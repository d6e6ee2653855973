"""What the pages of tasks say: why something was refused, where levels come from, hours in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from jobbro.apps.jobs.enums import DemandSource
from jobbro.apps.jobs.refusals import Refused
from jobbro.apps.jobs.sheets import RowState
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.schemes.values import hours_words, number_text

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUSALS: dict[str, "StrPromise"] = {
    "closed": gettext_lazy("The workplace has closed. The list can be read, but not changed."),
    "name_none": gettext_lazy("Write what is done, for example “Wash baking trays”."),
    "too_long": gettext_lazy("Use at most %(most)s characters."),
    "hours_number": gettext_lazy("Write the hours in a normal week, for example 2.5."),
    "hours_fine": gettext_lazy("Use at most two decimals, for example 1.25."),
    "hours_week": gettext_lazy("That is more than the week holds here: at most %(most)s. Look at the number again."),
    "hours_slots": gettext_lazy("The half-days you chose hold at most %(most)s. Choose more half-days or fewer hours."),
    "slots_none": gettext_lazy("Choose when it is done."),
    "slots_outside": gettext_lazy(
        "The workplace does not work at this time: %(slots)s. Choose other half-days, or change the working week first."
    ),
    "skills_many": gettext_lazy("Choose at most %(most)s. Keep those that are really needed."),
    "holder_gone": gettext_lazy("This post is no longer there. Choose another one."),
    "holder_left": gettext_lazy("%(name)s has left the post. Choose another one, or open the post again."),
    "in_job": gettext_lazy(
        "The task is part of the carved job “%(job)s”. Take it out of the job first. "
        "Until then its hours and half-days stay as they are, and it stays on the list."
    ),
    "in_draft": gettext_lazy(
        "The municipality is working on a proposal with this task. Ring your contact first. "
        "Until then its hours and half-days stay as they are, and it stays on the list."
    ),
    "demand_none": gettext_lazy("Every task asks for something. Choose at least one level above nothing."),
    "demand_unknown": gettext_lazy("One of the levels could not be read. Choose it again."),
    "demand_confirmed": gettext_lazy("Somebody has confirmed what this task asks. Change the levels by hand instead."),
    "prefill_unknown": gettext_lazy("There are no levels to take from there. Choose another one."),
    "name_taken": gettext_lazy("There is a post with this name already. Choose a name that tells them apart."),
    "occupation_unknown": gettext_lazy("Choose an occupation from the list."),
    "release_share": gettext_lazy("Write a share from 0 to 100 percent."),
    "wage_number": gettext_lazy("Write what an hour costs, from 1 to 5,000 kroner."),
    "nothing_chosen": gettext_lazy("Choose at least one."),
    "template_unknown": gettext_lazy("This starting set is no longer there. Choose another one."),
    "formula": gettext_lazy("%(column)s is a formula. Write what it shows instead."),
    "slots_unread": gettext_lazy("When it is done could not be read. Write for example “man-fre formiddag”."),
    "yes_no": gettext_lazy("Write yes or no in the column “Bliver i stillingen”."),
    "list_full": gettext_lazy(
        "The list holds at most %(most)s tasks. Take off what is not done any more, or make two workplaces."
    ),
    "cpr": gettext_lazy("That looks like a CPR number. Nothing about citizens is written here: take the number out."),
    "rows_many": gettext_lazy("Read at most %(most)s tasks at a time. Put the rest in another file."),
    "rows_unread": gettext_lazy("The rows could not be read any more. Choose the file again; nothing was added."),
}
SOURCE_WORDS: dict[str, "StrPromise"] = {
    DemandSource.NONE: gettext_lazy("Not filled in yet"),
    DemandSource.LIBRARY: gettext_lazy("Prefilled – not confirmed"),
    DemandSource.OCCUPATION: gettext_lazy("Prefilled – not confirmed"),
    DemandSource.COPIED: gettext_lazy("Copied – not confirmed here"),
    DemandSource.CONFIRMED: gettext_lazy("Confirmed"),
}


def refusal_told(refusal: Refused) -> str:
    """Why it was refused, with its numbers and names."""
    return str(REFUSALS[refusal.code]) % _told_values(refusal.values)


def _told_values(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _told_value(name, value) for name, value in values.items()}


def _told_value(name: str, value: object) -> object:
    if name == "slots" and isinstance(value, tuple):
        return slots_told(value)
    return hours_words(value) if isinstance(value, Decimal) else value


def hours_told(hours: Decimal) -> str:
    """“2,5”: no more decimals than are there."""
    return number_text(float(hours))


ROW_WORDS: dict[str, "StrPromise"] = {
    RowState.NEW: gettext_lazy("Will be added."),
    RowState.KNOWN: gettext_lazy("Is on the list already. It stays as it is."),
    RowState.DIFFERS: gettext_lazy("Is on the list already with other hours. The list stays as it is."),
    RowState.TWICE: gettext_lazy("Stands twice in the file. It is added once."),
    RowState.POST: gettext_lazy("The post is not there. The row is added when you let it be made."),
}
