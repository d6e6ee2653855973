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
