"""Codes of the placements app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Party(TextChoices):
    """Who sits at the table; the first three sign."""

    CITIZEN = "citizen", _("The citizen")
    EMPLOYER = "employer", _("The employer")
    MUNICIPALITY = "municipality", _("The municipality")
    OTHER = "other", _("Somebody else at the table")


SIGNING = (Party.CITIZEN, Party.EMPLOYER, Party.MUNICIPALITY)


class MeetingKind(TextChoices):
    WORKPLACE = "workplace", _("At the workplace")
    MUNICIPALITY = "municipality", _("At the municipality")
    VIDEO = "video", _("Video with captions")
    PHONE = "phone", _("Telephone")


class IntroductionState(TextChoices):
    """Where a round-table stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")


class Outcome(TextChoices):
    """What the table came to."""

    NONE = "", _("Not decided yet")
    TRIAL = "trial", _("Try the work")
    START = "start", _("Start in the job")
    THINK = "think", _("Think it over")
    NOT_NOW = "not_now", _("Not now")


class Stance(TextChoices):
    """What a party wants, when it says so."""

    NONE = "", _("No answer yet")
    GO_ON = "go_on", _("Wants to go on")
    NOT_NOW = "not_now", _("Not now")


class AgreementKind(TextChoices):
    TRIAL = "trial", _("Trial")
    JOB = "job", _("Job")


class PlacementState(TextChoices):
    """Where a person’s time at a workplace stands."""

    AGREEING = "agreeing", _("Being agreed")
    AGREED = "agreed", _("Agreed")
    GIVEN_UP = "given_up", _("Came to nothing")
    ENDED = "ended", _("Ended")


class EndReason(TextChoices):
    """Why a job or a trial ended; read by the citizen and the municipality, never by the company."""

    NEW_JOB = "new_job", _("On to another job")
    EDUCATION = "education", _("On to an education")
    OTHER_WISH = "other_wish", _("A wish for something else")
    TERM = "term", _("The agreed time was over")
    NO_WORK = "no_work", _("There was no longer work enough")
    CLOSING = "closing", _("The workplace closed")
    NO_FIT = "no_fit", _("The tasks and the person did not fit together")
    TOO_HARD = "too_hard", _("The work took more strength than there was")
    SUPPORT = "support", _("The support did not come in time")
    NOT_BEGUN = "not_begun", _("The job never began")
    WORKING_LIFE = "working_life", _("The working life is over")
    OTHER = "other", _("Something else")


class EndedBy(TextChoices):
    """Whose decision the end was."""

    CITIZEN = "citizen", _("The citizen")
    EMPLOYER = "employer", _("The employer")
    TOGETHER = "together", _("Both together")
    AGREED = "agreed", _("It was agreed from the start")


# Whose decision it most often is; whoever ends the job can say something else.
OFTEN_BY: dict[EndReason, EndedBy] = {
    EndReason.NEW_JOB: EndedBy.CITIZEN,
    EndReason.EDUCATION: EndedBy.CITIZEN,
    EndReason.OTHER_WISH: EndedBy.CITIZEN,
    EndReason.TERM: EndedBy.AGREED,
    EndReason.NO_WORK: EndedBy.EMPLOYER,
    EndReason.CLOSING: EndedBy.EMPLOYER,
    EndReason.WORKING_LIFE: EndedBy.CITIZEN,
}


class OnboardingStep(TextChoices):
    """The way into a job, in the order of time."""

    BEFORE = "before", _("Before the first day")
    FIRST_DAY = "first_day", _("The first day")
    FIRST_WEEK = "first_week", _("The first week")
    FIRST_MONTH = "first_month", _("The first month")
    THIRD_MONTH = "third_month", _("The third month")


class TaskOwner(TextChoices):
    """Whose a task of the way into a job is."""

    CITIZEN = "citizen", _("The citizen")
    EMPLOYER = "employer", _("The employer")
    MENTOR = "mentor", _("The mentor at the workplace")
    MUNICIPALITY = "municipality", _("The municipality")


# Owners on the side of the company: they tick their own tasks.
AT_COMPANY = (TaskOwner.EMPLOYER, TaskOwner.MENTOR)
