"""What the pages of cards say: why something was refused, and where a card stands."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from jobbro.apps.matching.card_checking import LONGEST_NOTE, LONGEST_REASON, LONGEST_SENTENCE
from jobbro.apps.matching.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_AGAIN = gettext_lazy("What can be shown has changed meanwhile. Look at the page as it is now and choose again.")
REFUSALS: dict[str, "StrPromise"] = {
    "area": _AGAIN,
    "measure": _AGAIN,
    "protected": gettext_lazy("The name is protected, so only the first name can stand on the card."),
    "words": gettext_lazy("Write a sentence, or take the tick away."),
    "empty": gettext_lazy("Choose at least one thing to show, or write a few words yourself."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. The company must not get it: take the number out."),
    "past": gettext_lazy("The first day has passed. Choose today or a later day."),
    "order": gettext_lazy("The last day comes before the first one. Look at the two days."),
    "long": gettext_lazy("A card holds a year at most. Choose an earlier last day."),
    "on_behalf": gettext_lazy("Write why you give the card for the citizen."),
    "declined": gettext_lazy("The proposal has been declined, so there is nobody to show a card to."),
}
LONGEST = {"words": LONGEST_SENTENCE, "note": LONGEST_NOTE, "on_behalf": LONGEST_REASON}


def refusal_told(refusal: Refused) -> str:
    """Why not, in words."""
    return str(REFUSALS[refusal.code])
