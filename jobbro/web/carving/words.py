"""What the workshop says: refusals, reasons, broken rules, moves, hours and kroner in words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.jobs.refusals import Refused
from jobbro.engines.carving.model import Break, Rule
from jobbro.engines.occupations.task_library import skills
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.schemes.values import hours_words, language, number_text, week_hours

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")

REFUSALS: dict[str, "StrPromise"] = {
    "nobody": gettext_lazy("Choose whom the search is for: named citizens, or the profile of those who wait."),
    "too_many_persons": gettext_lazy("Choose at most ten citizens at a time."),
    "seconds": gettext_lazy("Choose how long the search may think."),
    "limits": gettext_lazy("Look at the limits of a job: at most 20 tasks, 10 places and 6 kinds of support."),
    "wage": gettext_lazy("Write what an hour of the new job costs, from 1 to 5,000 kroner."),
    "hours": gettext_lazy("Write the fewest hours first, and at most 60 hours a week."),
    "share": gettext_lazy("Choose a share from the list."),
    "jobs": gettext_lazy("Choose from 1 to 10 jobs."),
    "few_wait": gettext_lazy(
        "Fewer than five of the citizens you can see have agreed needs. What so few have in common could say what one"
        " of them manages. Search for named citizens instead."
    ),
    "too_many_searches": gettext_lazy(
        "Several searches are at work already. Wait until one of them has ended, or stop one. Nothing is lost."
    ),
    "no_needs": gettext_lazy("One of the citizens has no agreed needs yet. Agree them in the dialogue first."),
    "no_wish": gettext_lazy("One of the citizens has not said when and how much to work. Write it down first."),
    "unreadable": gettext_lazy(
        "The tasks could not be read together. Look at hours and half-days in the list of tasks; nothing is lost."
    ),
    "closed": gettext_lazy("The workplace has closed. New jobs cannot be carved here."),
    "no_slots": gettext_lazy("Say first when there is work at the workplace: its working week has no half-days yet."),
    "no_tasks": gettext_lazy(
        "No task is ready to be part of a job yet. Each needs a post, and levels of what it asks. "
        "See the list of tasks."
    ),
    "too_many": gettext_lazy("A search takes at most 500 tasks. Take some off the list, or make two workplaces."),
    "no_wages": gettext_lazy(
        "Say what an hour costs in these posts first: %(posts)s. The wage is seen only by those who may see wages."
    ),
    "nothing": gettext_lazy("The suggestion is no longer there. Choose another one."),
    "taken": gettext_lazy(
        "Somebody made a job of the same tasks in the meantime: %(tasks)s. Nothing was changed. "
        "Search again to get a suggestion of the tasks that are free."
    ),
    "changed_since": gettext_lazy(
        "These tasks have changed since the search: %(tasks)s. The suggestion may not fit any more. Search again."
    ),
    "gone_since": gettext_lazy(
        "Some of the tasks have been taken off the list since the search. Search again to get a suggestion that fits."
    ),
    "cpr": gettext_lazy("That looks like a CPR number. Nothing about citizens is written here: take the number out."),
    "title": gettext_lazy("Write a title of at most 120 characters."),
    "too_long": gettext_lazy("The text is longer than 5,000 characters. Make it shorter; nothing is lost."),
    "citizen_gone": gettext_lazy("The citizen is no longer in the list. Look at your choice again."),
    "no_tasks_chosen": gettext_lazy("Put at least one task in the job."),
    "unknown_tasks": gettext_lazy("One of the tasks is no longer on the list. Take it out of the job."),
    "measures": gettext_lazy("One of the kinds of support is no longer in the list. Look at your choice again."),
    "breaks": gettext_lazy(
        "The job does not hold together yet. Look at what breaks, change the job, and propose it then."
    ),
    "unseen_person": gettext_lazy(
        "The job is made for somebody whom you do not see. Those who do change it and propose it."
    ),
    "agreed_with": gettext_lazy("Write the name of whoever said yes."),
    "words": gettext_lazy("Write the reason in a sentence, so that we know what to do another time."),
    "day_ahead": gettext_lazy("The day is in the future. Write the day on which it was said."),
}

REASONS: dict[str, "StrPromise"] = {
    "core": gettext_lazy("Core of the post: stays there."),
    "skills": gettext_lazy("Asks for a skill that nobody in the search has."),
    "slots": gettext_lazy("Lies at times when nobody in the search can work long enough."),
    "open": gettext_lazy("We have to know more: nobody has talked about what is asked here."),
    "gap": gettext_lazy("Asks for more than goes, also with the support that may be used."),
    "release": gettext_lazy("Longer than all that the post may give away."),
    "not_chosen": gettext_lazy("Could be part of a job, but the suggestion is better without."),
    "taken": gettext_lazy("Part of another job of selected tasks already."),
    "no_demands": gettext_lazy("Nobody has said yet what is asked."),
    "no_holder": gettext_lazy("Nobody has said yet which post does it today."),
}

# Why somebody in the search got no job, by the engine's one reason.
NO_JOB: dict[str, "StrPromise"] = {
    "core": gettext_lazy("No job for %(name)s: all the tasks stay with their posts."),
    "skills": gettext_lazy("No job for %(name)s: most often the tasks ask for skills that are not in the work wishes."),
    "slots": gettext_lazy(
        "No job for %(name)s: most often the work lies in half-days when %(name)s cannot work enough."
    ),
    "open": gettext_lazy("No job for %(name)s: most often nobody has talked about what the tasks ask. Ask first."),
    "gap": gettext_lazy("No job for %(name)s: most often the tasks ask for more than goes, also with support."),
    "release": gettext_lazy("No job for %(name)s: most often the tasks are longer than the post may give away."),
    "few_hours": gettext_lazy("No job for %(name)s: the tasks that could fit give too few hours together."),
    "not_chosen": gettext_lazy("No job for %(name)s: some tasks could fit, but the suggestion is better without."),
}

STATES: dict[str, "StrPromise"] = {
    "draft": gettext_lazy("Draft"),
    "proposed": gettext_lazy("Proposed to the employer"),
    "agreed": gettext_lazy("Agreed with the employer"),
    "declined": gettext_lazy("Not now"),
    "withdrawn": gettext_lazy("Taken back"),
}
MOVE_WORDS: dict[str, "StrPromise"] = {
    "propose": gettext_lazy("Propose it to the employer"),
    "agree": gettext_lazy("The employer has said yes"),
    "decline": gettext_lazy("The employer has said not now"),
    "withdraw": gettext_lazy("Take the job back"),
    "rework": gettext_lazy("Work on it again"),
}
MOVE_TEXTS: dict[str, "StrPromise"] = {
    "agree": gettext_lazy("The job is agreed, and its tasks are held for it. Write who said yes and when."),
    "decline": gettext_lazy("The tasks are free again. The job stays here and can be worked on again."),
    "withdraw": gettext_lazy(
        "The tasks are free again, and the employer no longer has a proposal to answer. The job can be worked on again."
    ),
    "rework": gettext_lazy("The job becomes a draft again and can be changed. Its tasks are held for it."),
}
MOVE_DONE: dict[str, "StrPromise"] = {
    "propose": gettext_lazy("The job has been proposed. The employer can see it and answer it."),
    "agree": gettext_lazy("The job is agreed with the employer."),
    "decline": gettext_lazy("Noted: not now. The tasks are free again."),
    "withdraw": gettext_lazy("The job has been taken back. The tasks are free again."),
    "rework": gettext_lazy("The job is a draft again."),
}


def refusal_told(refusal: Refused) -> str:
    """Why it was refused, with its names."""
    tasks = refusal.values.get("tasks", ())
    code = "gone_since" if refusal.code == "changed_since" and not tasks else refusal.code
    code = "no_tasks_chosen" if code == "no_tasks" and refusal.fields else code
    names = {
        "tasks": listed(str(task) for task in tasks) if isinstance(tasks, list | tuple) else "",
        "posts": listed(refusal.fields),
    }
    return str(REFUSALS[code]) % names


def listed(names: Iterable[str]) -> str:
    """“A, B og C”."""
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return _("%(many)s and %(last)s") % {"many": ", ".join(found[:-1]), "last": found[-1]}


def either_of(names: Iterable[str]) -> str:
    """“A, B eller C”."""
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return _("%(many)s or %(last)s") % {"many": ", ".join(found[:-1]), "last": found[-1]}


def hours_told(hours: Decimal) -> str:
    """“2,5”."""
    return number_text(float(hours))


def kroner_told(amount: Decimal) -> str:
    """“1.250 kr.”, with a real minus; weekly amounts are rounded to whole kroner."""
    return _("%(number)s kr.") % {"number": number_text(float(round(amount))).replace("-", "−")}


def wage_told(wage: Decimal) -> str:
    """“140 kr. i timen”."""
    return _("%(number)s kr. an hour") % {"number": number_text(float(wage), is_money=True)}


def skills_told(codes: Iterable[str]) -> str:
    """Skills of the library by name, any other as it was written."""
    names = {skill.code: skill.name.in_language(language()) for skill in skills()}
    return listed(names.get(code, code) for code in codes)


def break_told(broken: Break, *, names: Mapping[str, str]) -> str:
    """The broken rule as a sentence with its numbers; `names` are those of tasks and posts."""
    return str(BREAKS[broken.rule]) % {
        "task": names.get(broken.task, _("A task that is no longer on the list")),
        "post": names.get(broken.staff, ""),
        "area": str(AREA_LABELS[broken.area]) if broken.area else "",
        "amount": hours_told(broken.amount) if broken.amount is not None else "",
        "allowed": hours_told(broken.allowed) if broken.allowed is not None else "",
        "hours": hours_words(broken.amount) if broken.amount is not None else "",
        "weekly": week_hours(broken.amount) if broken.amount is not None else "",
        "room": hours_words(broken.allowed) if broken.allowed is not None else "",
        "codes": skills_told(broken.codes) if broken.rule == Rule.SKILLS else listed(broken.codes),
    }


BREAKS: dict[Rule, "StrPromise"] = {
    Rule.UNKNOWN_PERSON: gettext_lazy("Whom the job is for could not be found."),
    Rule.UNKNOWN_TASK: gettext_lazy("One of the tasks is no longer on the list. Take it out of the job."),
    Rule.UNKNOWN_MEASURE: gettext_lazy("One of the kinds of support is no longer in the list."),
    Rule.TWICE: gettext_lazy("“%(task)s” is given twice."),
    Rule.CORE: gettext_lazy("“%(task)s” belongs to the core of the post and stays there."),
    Rule.SKILLS: gettext_lazy("“%(task)s” asks for this, which is not among the skills: %(codes)s."),
    Rule.SLOTS: gettext_lazy(
        "“%(task)s” takes %(hours)s. In the half-days when both the task and the person can, there is room for "
        "%(room)s."
    ),
    Rule.OPEN: gettext_lazy("“%(task)s” asks for “%(area)s”, and nobody has talked about that yet. Ask first."),
    Rule.GAP: gettext_lazy(
        "“%(task)s” asks %(amount)s levels more of “%(area)s” than goes without support. The chosen support lifts "
        "%(allowed)s."
    ),
    Rule.HOURS_MIN: gettext_lazy("The job has %(weekly)s. It should have at least %(allowed)s."),
    Rule.HOURS_MAX: gettext_lazy("The job has %(weekly)s. It can have at most %(allowed)s."),
    Rule.SPREAD: gettext_lazy("%(hours)s find no place in the half-days when the person can work."),
    Rule.MAX_TASKS: gettext_lazy("The job has %(amount)s tasks. It can have at most %(allowed)s."),
    Rule.MAX_PLACES: gettext_lazy("The job is done in %(amount)s places. It can have at most %(allowed)s."),
    Rule.MAX_MEASURES: gettext_lazy("The job has %(amount)s kinds of support. It can have at most %(allowed)s."),
    Rule.RELEASE: gettext_lazy("“%(post)s” would give away %(hours)s. It may give away at most %(allowed)s."),
}
