"""Codes of the screening app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Setting(TextChoices):
    """Where the dialogue is held."""

    HOME = "home", _("At home, alone")
    TOGETHER = "together", _("Together at one screen")


class State(TextChoices):
    OPEN = "open", _("Under way")
    FINISHED = "finished", _("Ready to be agreed")
    AGREED = "agreed", _("Agreed by both")


class Speaker(TextChoices):
    """Whose words an answer holds."""

    CITIZEN = "citizen", _("The citizen")
    CASEWORKER = "caseworker", _("The caseworker")


class Status(TextChoices):
    TOLD = "told", _("Told")
    DONT_KNOW = "dont_know", _("Do not know")
    WONT_SAY = "wont_say", _("Do not want to answer")
    SKIPPED = "skipped", _("Skipped for now")
