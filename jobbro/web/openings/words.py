"""What the pages of open jobs say: why something was refused, states, where levels come from, who pays, hours."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.jobs.enums import OpeningDemand, OpeningState
from jobbro.apps.jobs.postings import Posting, Salary
from jobbro.apps.jobs.refusals import Refused
from jobbro.apps.plans.enums import Payer
from jobbro.engines.occupations.task_library import skills
from jobbro.engines.support.catalogue import CatalogueMeasure
from jobbro.webkit.schemes.values import hours_words, language, number_text, week_hours

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

REFUSALS: dict[str, "StrPromise"] = {
    "closed": gettext_lazy("The workplace has closed, so nothing new can be opened there."),
    "no_place": gettext_lazy(
        "The workplace has no postcode yet, so nobody can know how far it is. Write it on the workplace first."
    ),
    "source_twice": gettext_lazy("This posting has been read already. Change the job that is there instead."),
    "name_none": gettext_lazy("Write what the job is called, for example “Help in the bakery”."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Nothing about citizens is written here: take the number out."),
    "opening_hours": gettext_lazy("Write the fewest hours first, then the most: at most 60 hours a week."),
    "opening_fine": gettext_lazy("Write the hours with at most one decimal, for example 12.5."),
    "opening_room": gettext_lazy(
        "The half-days you chose hold at most %(most)s. Choose more half-days or fewer hours."
    ),
    "slots_unknown": gettext_lazy("One of the half-days could not be read. Choose them again."),
    "places_number": gettext_lazy("Write how many people, from 1 to 10,000."),
    "places_many": gettext_lazy(
        "That is many people for one job. Tick that the number is right, or write another one."
    ),
    "occupation_unknown": gettext_lazy("Choose an occupation from the list."),
    "measures": gettext_lazy("One of the kinds of support is no longer in the catalogue. Look at the ticks again."),
    "skills_many": gettext_lazy("Choose at most %(most)s. Keep those that are really needed."),
    "closes_early": gettext_lazy("The job begins before the last day to answer. Look at the two days."),
    "closes_passed": gettext_lazy("The last day to answer has passed. Write a later day first."),
    "demand_none": gettext_lazy("Every job asks for something. Choose at least one level above nothing."),
    "demand_unknown": gettext_lazy("One of the levels could not be read. Choose it again."),
    "demand_missing": gettext_lazy("Nobody has said yet what the job asks. Say it first: then it can be opened."),
    "opening_confirmed": gettext_lazy("Somebody has confirmed what the job asks. Change the levels by hand instead."),
    "carved_demand": gettext_lazy("What this job asks comes from its tasks. Change the levels by hand instead."),
    "prefill_unknown": gettext_lazy("There are no levels to take from there. Choose another one."),
    "unseen_person": gettext_lazy("The job is made for somebody whom you do not see. Those who do open it."),
}
STATE_WORDS: dict[str, "StrPromise"] = {
    OpeningState.DRAFT: gettext_lazy("draft"),
    OpeningState.OPEN: gettext_lazy("open"),
    OpeningState.FILLED: gettext_lazy("filled"),
    OpeningState.CLOSED: gettext_lazy("closed"),
}
DEMAND_TOLD: dict[str, "StrPromise"] = {
    OpeningDemand.NONE: gettext_lazy("not filled in yet"),
    OpeningDemand.OCCUPATION: gettext_lazy("prefilled"),
    OpeningDemand.TASKS: gettext_lazy("from the tasks"),
    OpeningDemand.FILE: gettext_lazy("from a file"),
    OpeningDemand.CONFIRMED: gettext_lazy("confirmed"),
}
HAPPENED: dict[str, "StrPromise"] = {
    "made": gettext_lazy("Written down"),
    "changed": gettext_lazy("Changed last"),
    "confirmed": gettext_lazy("What the job asks was confirmed"),
    "state_draft": gettext_lazy("A draft since"),
    "state_open": gettext_lazy("Open since"),
    "state_filled": gettext_lazy("Filled"),
    "state_closed": gettext_lazy("Closed"),
}
MOVE_WORDS: dict[str, "StrPromise"] = {
    "open": gettext_lazy("Open the job"),
    "fill": gettext_lazy("The job is filled"),
    "close": gettext_lazy("Close the job"),
    "withdraw": gettext_lazy("Make it a draft again"),
    "reopen": gettext_lazy("Open the job again"),
}
MOVE_TEXTS: dict[str, "StrPromise"] = {
    "open": gettext_lazy("People who seek a job can get it as a proposal from now on."),
    "fill": gettext_lazy("It is proposed to nobody any more. What has been agreed stands."),
    "close": gettext_lazy("It is proposed to nobody any more. It can be opened again."),
    "withdraw": gettext_lazy("It is proposed to nobody while you work on it. Open it again when it is ready."),
    "reopen": gettext_lazy("People who seek a job can get it as a proposal again."),
}
MOVE_DONE: dict[str, "StrPromise"] = {
    "open": gettext_lazy("The job is open."),
    "fill": gettext_lazy("The job is filled."),
    "close": gettext_lazy("The job is closed."),
    "withdraw": gettext_lazy("The job is a draft again."),
    "reopen": gettext_lazy("The job is open again."),
}
SHOWS: dict[str, "StrPromise"] = {
    "": gettext_lazy("All that are alive"),
    "open": gettext_lazy("Open ones"),
    "closing": gettext_lazy("Closing within 14 days"),
    "unconfirmed": gettext_lazy("Not confirmed yet"),
    "draft": gettext_lazy("Drafts"),
    "filled": gettext_lazy("Filled ones"),
    "closed": gettext_lazy("Closed ones"),
}
UNREAD: dict[str, "StrPromise"] = {
    "too_large": gettext_lazy("The file is larger than 1 MB. Save only the page with the posting."),
    "empty": gettext_lazy("There is nothing in the file. Choose another one."),
    "broken": gettext_lazy(
        "The file breaks off or has a mistake in line %(line)s. Fetch it again and choose it again."
    ),
    "none": gettext_lazy("There is no job posting in the file. It must hold a JobPosting of schema.org (JSON-LD)."),
    "many": gettext_lazy("There are more than 50 postings in the file. Divide it into several files."),
}
POSTING_FIELDS: dict[str, "StrPromise"] = {
    "title": gettext_lazy("The title"),
    "name": gettext_lazy("The title"),
    "hours": gettext_lazy("Hours a week"),
    "place": gettext_lazy("Where it is"),
    "description": gettext_lazy("The description"),
    "hiringOrganization": gettext_lazy("The employer"),
    "jobLocation": gettext_lazy("Where it is"),
    "employmentType": gettext_lazy("Kind of employment"),
    "workHours": gettext_lazy("Hours a week"),
    "validThrough": gettext_lazy("The last day to answer"),
    "jobStartDate": gettext_lazy("The first day"),
    "baseSalary": gettext_lazy("Pay"),
    "occupationalCategory": gettext_lazy("The occupation"),
    "identifier": gettext_lazy("The number of the posting"),
    "totalJobOpenings": gettext_lazy("How many people"),
}
# Who can pay, in the order they are offered; all other payers follow in the words of the plan.
_FIRST_PAYERS = ("employer", "none")


def refusal_told(refusal: Refused) -> str:
    """Why it was refused, with its numbers."""
    return str(REFUSALS[refusal.code]) % _told_values(refusal.values)


def _told_values(values: Mapping[str, object]) -> dict[str, object]:
    return {name: hours_words(one) if isinstance(one, Decimal) else one for name, one in values.items()}


def hours_told(low: Decimal, high: Decimal) -> str:
    """“10–15 timer om ugen”; one number when they are the same."""
    if low == high:
        return week_hours(high)
    return _("%(low)s–%(high)s hours a week") % {"low": number_text(float(low)), "high": number_text(float(high))}


def skill_names(codes: Iterable[str]) -> list[str]:
    """Skills of the library by name, any other as it was written."""
    names = {skill.code: skill.name.in_language(language()) for skill in skills()}
    return [names.get(code, code) for code in codes]


def by_payer(entries: Iterable[CatalogueMeasure]) -> list[tuple[str, list[CatalogueMeasure]]]:
    """Support by who can pay, what the employer does itself first."""
    groups: dict[str, list[CatalogueMeasure]] = {}
    for entry in entries:
        groups.setdefault(entry.measure.scheme, []).append(entry)
    first = [payer for payer in _FIRST_PAYERS if payer in groups]
    rest = sorted((payer for payer in groups if payer not in first), key=lambda payer: str(Payer(payer).label))
    spoken = language()
    return [
        (str(Payer(payer).label), sorted(groups[payer], key=lambda entry: entry.name.in_language(spoken)))
        for payer in (*first, *rest)
    ]


def salary_told(salary: Salary | None) -> str:
    """“140–160 kr. i timen”; another currency by its letters."""
    if salary is None:
        return ""
    low, high = number_text(float(salary.low)), number_text(float(salary.high))
    amount = low if low == high else f"{low}–{high}"
    money = _("%(number)s kr.") % {"number": amount} if salary.currency == "DKK" else f"{amount} {salary.currency}"
    units = {"HOUR": _("an hour"), "DAY": _("a day"), "WEEK": _("a week"), "MONTH": _("a month"), "YEAR": _("a year")}
    return f"{money} {units[salary.unit]}" if salary.unit in units else money


def posting_gaps(posting: Posting) -> tuple[list[str], list[str]]:
    """What the posting does not say and what it says in a way that could not be read, in words."""
    unread = dict.fromkeys(str(POSTING_FIELDS[name]) for name in posting.unread)
    missing = dict.fromkeys(str(POSTING_FIELDS[name]) for name in posting.missing)
    return [name for name in missing if name not in unread], list(unread)
