"""Codes of the key persons app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Model(TextChoices):
    """How a unit has organised its knowledge of the schemes; the two models of the national survey."""

    FEW = "few", _("A few key persons for the whole unit")
    SPREAD = "spread", _("Spread, with a resource person in each team")


class AdviserKind(TextChoices):
    """What a colleague is named as in the register."""

    KEY_PERSON = "key_person", _("Key person")
    RESOURCE_PERSON = "resource_person", _("Resource person")


class QuestionState(TextChoices):
    """Where a question to the key persons is."""

    ASKED = "asked", _("Asked")
    TAKEN = "taken", _("Somebody has it")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class TurnKind(TextChoices):
    """One step of a question; the question itself stands on its own."""

    TAKEN = "taken", _("Took the question")
    RELEASED = "released", _("Gave the question back")
    ANSWER = "answer", _("Answered")
    FOLLOW_UP = "follow_up", _("Asked further")
    CLOSED = "closed", _("Closed the question")


class ContextKind(TextChoices):
    """What can go along with a question from the page it was asked on: never who the citizen is."""

    SCHEME = "scheme", _("Scheme")
    AREA = "area", _("Function area")
    DEMAND = "demand", _("What the work asks")
    DAY = "day", _("Day")
