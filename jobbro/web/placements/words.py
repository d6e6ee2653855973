"""What the pages of round-tables and agreements say: why something was refused, and sentences about who did what."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.placements.enums import Outcome, Party
from jobbro.apps.placements.refusals import Refused
from jobbro.apps.plans.enums import Payer
from jobbro.engines.support.catalogue import catalogue
from jobbro.webkit.schemes.values import language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")

REFUSALS: dict[str, "StrPromise"] = {
    "no_card": gettext_lazy(
        "The company cannot read a compensation card today. Make one with the citizen first; nothing is lost."
    ),
    "planned": gettext_lazy("There is a meeting already. Open it and change the day there."),
    "over": gettext_lazy("The proposal has been declined. Make a new one if the job is worth another try."),
    "place": gettext_lazy("Write where you meet."),
    "past": gettext_lazy("The meeting would have begun already. Choose a later day or time."),
    "far": gettext_lazy("That is more than a year away. Look at the year once more."),
    "seats": gettext_lazy("Write at least one name from the company and one from the municipality, 12 names at most."),
    "not_yet": gettext_lazy("The day of the meeting has not come yet. Change the day if you met before."),
    "came": gettext_lazy("Tick at least one who came. If nobody came, call the meeting off and plan another."),
    "outcome": gettext_lazy("Choose what you came to."),
    "agreed": gettext_lazy("All three have signed an agreement. It is changed by a new version, not here."),
    "proposal": gettext_lazy("The proposal has been moved on from another page. Look at the proposal first."),
    "measure": gettext_lazy("Choose a support from the list."),
    "scheme": gettext_lazy("Choose who can pay."),
    "due_past": gettext_lazy("The day has passed. Choose a day from today on."),
    "steps_none": gettext_lazy("Write from which day, and how many hours a week."),
    "steps_many": gettext_lazy("Write at most 12 steps of hours."),
    "steps_order": gettext_lazy("Each step begins later than the one before. Look at the days."),
    "steps_half": gettext_lazy("Write both the day and the hours of each step."),
    "hours": gettext_lazy("Write more than 0 and at most 48 hours a week."),
    "hours_fine": gettext_lazy("Write hours with at most two decimals, for example 12.5."),
    "trial_end": gettext_lazy("A trial ends on a day. Write which."),
    "ends_before": gettext_lazy("The last day lies before the last step of hours begins. Look at the days."),
    "wage": gettext_lazy("Write the wage, for example 145 kr. an hour."),
    "slots": gettext_lazy("Choose half-days from the list."),
    "measures": gettext_lazy("Only support that stands on the compensation card can be part of the agreement."),
    "needed": gettext_lazy("Write an answer here."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Everybody at the table reads this: take the number out."),
    "party": gettext_lazy("Choose whom you sign for."),
}

# A person of one's own side is “you”; to all others the party is told by name.
PARTY_WORDS: dict[str, "StrPromise"] = {
    Party.CITIZEN: gettext_lazy("the citizen"),
    Party.EMPLOYER: gettext_lazy("the company"),
    Party.MUNICIPALITY: gettext_lazy("the municipality"),
    Party.OTHER: gettext_lazy("somebody else"),
}

OUTCOME_TEXTS: dict[str, "StrPromise"] = {
    Outcome.TRIAL: gettext_lazy("Try the work first. You write an agreement with a last day."),
    Outcome.START: gettext_lazy("Start in the job. You write an agreement that all three sign."),
    Outcome.THINK: gettext_lazy("Think it over. You can write what you came to later."),
    Outcome.NOT_NOW: gettext_lazy("Not now. The company cannot read the card or this meeting any more."),
}


def refusal_told(refusal: Refused) -> str:
    """Why it was refused."""
    return str(REFUSALS[refusal.code])


def payer_choices() -> list[tuple[str, str]]:
    """Who can pay, in plain words."""
    return [(code, str(label)) for code, label in Payer.choices]


def payer_told(scheme: str) -> str:
    """Who can pay, in plain words; nothing when nobody has said."""
    return str(Payer(scheme).label) if scheme in Payer.values else ""


def measure_names(codes: Iterable[str]) -> list[str]:
    """Measures by name; one that has left the catalogue by its code."""
    names = {entry.code: entry.name.in_language(language()) for entry in catalogue().entries}
    return [names.get(code, code) for code in codes]


def party_told(party: str, *, own: str | None) -> str:
    """“you”, or which side of the table."""
    return _("you") if party == own else str(PARTY_WORDS[party])
