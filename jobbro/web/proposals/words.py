"""What the pages of jobs and proposals say: verdicts, conditions, moves, refusals, and what is still to be told."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobbro.apps.matching.enums import ProposalState, Side
from jobbro.apps.matching.refusals import Refused
from jobbro.engines.matching.model import Reason
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.occupations.task_library import skills
from jobbro.kernel.fit import Verdict
from jobbro.webkit.schemes.values import language, number_text, week_hours

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FITS: dict[Verdict, "StrPromise"] = {
    Verdict.AS_IS: gettext_lazy("Fits as it is"),
    Verdict.WITH_SUPPORT: gettext_lazy("Fits with support"),
    Verdict.ASK: gettext_lazy("Something has not been talked about yet"),
    Verdict.NO: gettext_lazy("Does not fit now"),
}
REASONS: dict[Reason, "StrPromise"] = {
    Reason.DISTANCE: gettext_lazy("Too far away"),
    Reason.HOURS: gettext_lazy("The hours do not fit"),
    Reason.SLOTS: gettext_lazy("The times do not fit"),
    Reason.SKILLS: gettext_lazy("Asks for something that has not been told"),
    Reason.GAP: gettext_lazy("Asks for more than support can carry"),
}
STATES: dict[ProposalState, "StrPromise"] = {
    ProposalState.IDEA: gettext_lazy("Picked"),
    ProposalState.INTRODUCED: gettext_lazy("Introduced to the employer"),
    ProposalState.TRIED: gettext_lazy("Being tried"),
    ProposalState.AGREED: gettext_lazy("Agreed"),
    ProposalState.DECLINED: gettext_lazy("Not now"),
}
MOVE_WORDS: dict[ProposalState, "StrPromise"] = {
    ProposalState.IDEA: gettext_lazy("Picked"),
    ProposalState.INTRODUCED: gettext_lazy("The citizen and the workplace have been introduced"),
    ProposalState.TRIED: gettext_lazy("The job is being tried"),
    ProposalState.AGREED: gettext_lazy("All three have agreed"),
    ProposalState.DECLINED: gettext_lazy("Not now"),
}
SAID_BY: dict[Side, "StrPromise"] = {
    Side.CITIZEN: gettext_lazy("The citizen"),
    Side.EMPLOYER: gettext_lazy("The workplace"),
    Side.MUNICIPALITY: gettext_lazy("The municipality"),
}
REFUSALS: dict[str, "StrPromise"] = {
    "why": gettext_lazy("Write a sentence about why."),
    "reason": gettext_lazy("Write a sentence about why not. Both sides read it, and it helps the next time."),
    "too_long": gettext_lazy("Use at most 2,000 characters."),
    "cpr": gettext_lazy("That looks like a CPR number. Take the number out; nothing else is lost."),
    "closed": gettext_lazy("The job is no longer open. Nothing was changed."),
    "twice": gettext_lazy("The job has been picked already. You can follow it on the page of the job."),
    "unready": gettext_lazy("Needs, work wish or place have to be told first. Then a job can be picked."),
    "move": gettext_lazy("The proposal has moved on in the meantime. Choose again."),
}

# What comes next, to the citizen and to staff.
NEXT: dict[ProposalState, tuple["StrPromise", "StrPromise"]] = {
    ProposalState.IDEA: (
        gettext_lazy("First you choose what the workplace may see about you. Then we plan a meeting with them."),
        gettext_lazy("First the citizen chooses what the workplace may see. Then plan a meeting of all three."),
    ),
    ProposalState.INTRODUCED: (
        gettext_lazy("You and the workplace get to know each other. Afterwards you say whether you want to go on."),
        gettext_lazy("The citizen and the workplace get to know each other. Write down what all three say."),
    ),
    ProposalState.TRIED: (
        gettext_lazy("You try the work. Say it early if something has to be different."),
        gettext_lazy("The work is being tried. Follow the support, and write down what all three say."),
    ),
    ProposalState.AGREED: (
        gettext_lazy("You, the workplace and the municipality have agreed."),
        gettext_lazy("The citizen, the workplace and the municipality have agreed."),
    ),
}


WITH_CARD = (
    gettext_lazy("The workplace can read your card. Now your contact person plans a meeting of all three."),
    gettext_lazy("The workplace can read the card. Plan a meeting of all three."),
)


def next_told(state: ProposalState, *, is_own: bool, has_card: bool) -> str:
    """What comes next; nothing when the proposal has ended."""
    own, other = WITH_CARD if state == ProposalState.IDEA and has_card else NEXT.get(state, ("", ""))
    return str(own if is_own else other)


def refusal_told(refusal: Refused) -> str:
    """Why it was refused."""
    return str(REFUSALS[refusal.code])


def km_told(km: float) -> str:
    """“3,2 km”."""
    return f"{number_text(km)} km"


def hours_range(least: Decimal | float, most: Decimal | float) -> str:
    """“10–15 timer om ugen”, “12 timer om ugen”."""
    if least == most:
        return week_hours(most)
    return _("%(least)s–%(most)s hours a week") % {"least": number_text(float(least)), "most": number_text(float(most))}


def listed_told(persons: int | None, *, places: int) -> str:
    """“12 borgere har jobbet på deres liste. Der er 2 pladser.” A fact that nothing hangs on."""
    if not persons:
        return ""
    lists = ngettext(
        "%(count)s citizen has the job on their list.", "%(count)s citizens have the job on their list.", persons
    )
    free = ngettext("There is %(count)s place.", "There are %(count)s places.", places)
    return f"{lists % {'count': number_text(persons)}} {free % {'count': number_text(places)}}"


def listed(names: Iterable[str]) -> str:
    """“A, B og C”."""
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return _("%(many)s and %(last)s") % {"many": ", ".join(found[:-1]), "last": found[-1]}


def skills_told(codes: Iterable[str]) -> str:
    """Skills of the library by name, any other as it was written."""
    names = {skill.code: skill.name.in_language(language()) for skill in skills()}
    return listed(names.get(code, code) for code in codes)


def occupation_told(code: str) -> str:
    """The kind of work as people call it; empty when it is not in the table."""
    return occupations().by_code(code).title if code in occupations() else ""
