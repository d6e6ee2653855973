"""Codes of the plans app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("Being written")
    PROPOSED = "proposed", _("Ready to be agreed")
    AGREED = "agreed", _("Agreed by both")
    CLOSED = "closed", _("Closed")


class ActionState(TextChoices):
    AGREED = "agreed", _("Agreed")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not going to happen")


class Who(TextChoices):
    """Who does a step of the plan."""

    CITIZEN = "citizen", _("The citizen")
    STAFF = "staff", _("An employee")
    OTHER = "other", _("Somebody else")
