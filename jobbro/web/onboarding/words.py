"""What the pages of the way into a job say: why something was refused, and how steps and owners are called."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.placements.enums import EndReason, OnboardingStep, TaskOwner
from jobbro.apps.placements.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

NOT_NOW = gettext_lazy("It has moved on in the meantime. Nothing was changed. Look at it here.")

REFUSALS: dict[str, "StrPromise"] = {
    "chosen": gettext_lazy("Choose at least one task. What is proposed may have changed: look at the list once more."),
    "due_past": gettext_lazy("The day has passed. Choose a day from today on."),
    "not_shown": gettext_lazy(
        "The citizen has not shown the company this support. So the task is not the company’s: choose another owner."
    ),
    "same_day": gettext_lazy("That is the day that stands already. Choose another one."),
    "needed": gettext_lazy("Write an answer here."),
    "too_long": gettext_lazy("The text is too long. Make it shorter; nothing is lost."),
    "cpr": gettext_lazy("That looks like a CPR number. Others read this: take the number out."),
    "ahead": gettext_lazy(
        "That day has not come yet. Note a notice instead: then everybody can plan until the last day."
    ),
    "before_start": gettext_lazy("That day lies before the first day at work. Look at the day once more."),
}

END_TEXTS: dict[str, "StrPromise"] = {
    EndReason.NEW_JOB: gettext_lazy("There is a new job. What was learnt here goes along."),
    EndReason.TERM: gettext_lazy("The time that was agreed has passed."),
    EndReason.NO_WORK: gettext_lazy("It says nothing about the work that was done."),
    EndReason.NO_FIT: gettext_lazy("The next job can be another one."),
    EndReason.TOO_HARD: gettext_lazy("That can be looked at: fewer hours, other tasks, other support."),
    EndReason.SUPPORT: gettext_lazy("We want to know, so that it does not happen again."),
}


def refusal_told(refusal: Refused) -> str:
    """Why it was refused."""
    return str(REFUSALS[refusal.code])


def step_told(step: OnboardingStep, *, is_own: bool) -> str:
    """The heading of a step."""
    if is_own and step == OnboardingStep.FIRST_DAY:
        return _("Your first day")
    return str(step.label)


def owner_told(owner: TaskOwner, *, own: tuple[TaskOwner, ...]) -> str:
    """Whose a task is."""
    return _("your task") if owner in own else str(OWNER_WORDS[owner])


OWNER_WORDS: dict[str, "StrPromise"] = {
    TaskOwner.CITIZEN: gettext_lazy("the citizen"),
    TaskOwner.EMPLOYER: gettext_lazy("the company"),
    TaskOwner.MENTOR: gettext_lazy("the mentor"),
    TaskOwner.MUNICIPALITY: gettext_lazy("the municipality"),
}
