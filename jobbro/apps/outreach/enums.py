"""Codes of finding those who need support."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reply(TextChoices):
    """What somebody says to an opening question. Every one of them is a whole answer."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_NOW = "not_now", _("Not now")
    RATHER_NOT = "rather_not", _("I would rather not say")


class Found(TextChoices):
    """What an answer to both questions comes to; it decides nothing by itself."""

    YES = "yes", _("Wants to talk about support")
    NO = "no", _("Says no")
    NOT_NOW = "not_now", _("Not now")
    RATHER_NOT = "rather_not", _("Would rather not say")


class Why(TextChoices):
    """By which fact people come onto the list of an effort. No benefit, no health, no guess."""

    NOT_ASKED = "not_asked", _("Nobody has asked them the opening questions")
    NEW_SINCE = "new_since", _("Their course began on or after a day")
    YOUNG = "young", _("They are 18 to 29 years old, as the effort is for the young")
    ASK_AGAIN = "ask_again", _("They said we may ask again, and the day has come")


class Contacted(TextChoices):
    """How somebody was reached."""

    PHONE = "phone", _("Telephone")
    MESSAGE = "message", _("Message")
    LETTER = "letter", _("Letter")
    MEETING = "meeting", _("Meeting")


class Response(TextChoices):
    """What came of one contact."""

    YES = "yes", _("Yes, wants to take part")
    NO = "no", _("No")
    NOT_NOW = "not_now", _("Not now")
    NOT_REACHED = "not_reached", _("Was not reached")
