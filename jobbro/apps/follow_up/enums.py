"""Codes of the follow_up app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TalkParty(TextChoices):
    """With whom a short talk is held; each alone."""

    CITIZEN = "citizen", _("The citizen")
    EMPLOYER = "employer", _("The employer")


class TalkState(TextChoices):
    """Where a short talk stands."""

    ASKED = "asked", _("Asked for")
    BEGUN = "begun", _("Begun")
    ANSWERED = "answered", _("Answered")


class TalkChannel(TextChoices):
    """How a short talk is held."""

    LINK = "link", _("By a link")
    HERE = "here", _("Logged in")
    HELD = "held", _("By telephone or face to face")


class LinkState(TextChoices):
    """What a link is good for. A link whose days have passed is open and of no use."""

    OPEN = "open", _("Open")
    USED = "used", _("Used")
    STOPPED = "stopped", _("Stopped: it reached somebody else")
    REPLACED = "replaced", _("Replaced by a newer one")


class SupportState(TextChoices):
    """Whether a support does its work."""

    IN_PLACE = "in_place", _("It is in place and helps")
    NOT_YET = "not_yet", _("It is not in place yet")
    NOT_NEEDED = "not_needed", _("It is not needed any more")
    NO_HELP = "no_help", _("It is in place but does not help")


class HoursFit(TextChoices):
    """Whether the hours a week are right."""

    FEWER = "fewer", _("Fewer hours would be better")
    RIGHT = "right", _("The hours are right")
    MORE = "more", _("More hours would be fine")


class SignalDeed(TextChoices):
    """What somebody did about an early signal."""

    SEEN = "seen", _("I have seen it")
    ACTED = "acted", _("I have done something about it")
