"""What the pages of meetings say: why something was refused, and how it stands."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from jobbro.apps.meetings.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")

REFUSALS: dict[str, "StrPromise"] = {
    "place": gettext_lazy("Write where you meet."),
    "order": gettext_lazy("The meeting must end after it begins. Look at the times."),
    "long": gettext_lazy("That is more than 12 hours. Look at the times once more."),
    "past": gettext_lazy("The meeting would have begun already. Choose a later day or time."),
    "far": gettext_lazy("That is more than a year away. Look at the year once more."),
    "seats": gettext_lazy("Choose at least one from the municipality, and 12 people at most."),
    "staff": gettext_lazy("Choose colleagues from the list."),
    "contacts": gettext_lazy("Choose people from the list."),
    "companies": gettext_lazy("Choose people from one company only. Book a meeting for each company."),
    "company": gettext_lazy("This meeting is with another company. Book a new one instead."),
    "not_yet": gettext_lazy("The day of the meeting has not come yet. Change the day if you met before."),
    "answer": gettext_lazy("Choose an answer."),
    "needed": gettext_lazy("Write an answer here."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Others read this too: take the number out."),
    "guests": gettext_lazy("Write one person a line: the name, a comma and the e-mail address."),
}


def refusal_told(refusal: Refused) -> str:
    """Why it was refused."""
    return str(REFUSALS[refusal.code])
