"""Codes of the meetings app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    """What the meeting is, for those who can read it; calendars and messages say “meeting” and no more."""

    TALK = "talk", _("Talk")
    ROUND_TABLE = "round_table", _("Round-table")
    WORKPLACE_VISIT = "workplace_visit", _("Visit to a workplace")
    FIRST_DAY = "first_day", _("First day at work")
    FOLLOW_UP = "follow_up", _("Follow-up talk")
    NETWORK = "network", _("Meeting with those around the person")


class Form(TextChoices):
    """How people meet."""

    PLACE = "place", _("We meet at a place")
    PHONE = "phone", _("Telephone")
    VIDEO = "video", _("Video with captions")


class State(TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")


class Party(TextChoices):
    """On whose side somebody comes."""

    CITIZEN = "citizen", _("The citizen")
    STAFF = "staff", _("The municipality")
    COMPANY = "company", _("The company")
    EXTERNAL = "external", _("A partner outside the municipality")
    COMPANION = "companion", _("A companion of the citizen")


class Answer(TextChoices):
    """What somebody says to the invitation."""

    NONE = "", _("No answer yet")
    YES = "yes", _("Comes")
    NO = "no", _("Cannot come")
    OTHER_TIME = "other_time", _("Would like another time")


class HelpKind(TextChoices):
    """Who is booked so that everybody can take part."""

    LANGUAGE = "language", _("Language interpreter")
    SIGN = "sign", _("Sign language interpreter")
    WRITING = "writing", _("Writing interpreter")
    COMPANION = "companion", _("Companion")


class HelpState(TextChoices):
    """How far the booking is."""

    ASKED = "asked", _("Asked")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_FOUND = "not_found", _("Nobody found yet")
