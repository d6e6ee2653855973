"""Codes of the mobility app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChangeKind(TextChoices):
    """What somebody wishes to be new."""

    MORE_HOURS = "more_hours", _("More hours")
    FEWER_HOURS = "fewer_hours", _("Fewer hours")
    OTHER_TASKS = "other_tasks", _("Other tasks")
    OTHER_PLACE = "other_place", _("Another workplace")
    NEARER = "nearer", _("Nearer to home")
    MORE_PAY = "more_pay", _("Better pay")
    LEARN = "learn", _("To learn something new")
    OTHER = "other", _("Something else")


class ChangeWhen(TextChoices):
    """How soon."""

    SOON = "soon", _("As soon as possible")
    WHEN_RIGHT = "when_right", _("When the right thing comes")
    LATER = "later", _("Later - I am only thinking about it")


class WishEnd(TextChoices):
    """How a wish for something new came to rest."""

    WITHDRAWN = "withdrawn", _("Taken back")
    FULFILLED = "fulfilled", _("It came about")


class NoticeBasis(TextChoices):
    """Where the last day is known from; we work out no notice period ourselves."""

    CONTRACT = "contract", _("It says so in the contract or the agreement")
    LETTER = "letter", _("It says so in the letter of notice")
    TOLD = "told", _("We have been told so")


class StepOwner(TextChoices):
    """Whose a step until the last day is."""

    CITIZEN = "citizen", _("The citizen")
    MUNICIPALITY = "municipality", _("The municipality")


class Source(TextChoices):
    """Who has seen that something goes well."""

    CITIZEN = "citizen", _("The citizen")
    WORKPLACE = "workplace", _("The workplace")
    MUNICIPALITY = "municipality", _("The municipality")


class ObservationState(TextChoices):
    """What the citizen says to it."""

    PROPOSED = "proposed", _("Waits for the citizen’s answer")
    AGREED = "agreed", _("The citizen agrees")
    DECLINED = "declined", _("The citizen does not agree")
