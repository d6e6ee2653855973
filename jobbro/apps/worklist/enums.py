"""Codes of the worklist: whose turn it is, what stands first, and what an address takes."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WaitsOn(TextChoices):
    """Whose turn it is; the order is that of the worklist."""

    US = "us", _("Waits for us")
    CITIZEN = "citizen", _("Waits for the citizen")
    EMPLOYER = "employer", _("Waits for the employer")
    OTHER = "other", _("Waits for others")


class By(Enum):
    """What an address takes: the id of what it is about, the citizen's id, or nothing."""

    SUBJECT = "subject"
    CITIZEN = "citizen"
    NOTHING = "nothing"


class Sort(TextChoices):
    """What stands first."""

    DUE = "due", _("Nearest day first")
    WHO = "who", _("By who it waits for")
    NAME = "name", _("Name")


class Due(TextChoices):
    """When the day is."""

    LATE = "late", _("The day has passed")
    TODAY = "today", _("Today or before")
    WEEK = "week", _("Within a week")
