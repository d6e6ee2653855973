"""Codes of the cases app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where the citizen's course is. One course a citizen."""

    OPEN = "open", _("Open")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


class MemberRole(TextChoices):
    """A person's part in the team around the citizen."""

    LEAD = "lead", _("Contact person")
    BUDDY = "buddy", _("Buddy")
    COVER = "cover", _("Cover")
    ADVISER = "adviser", _("Adviser")


class NoteKind(TextChoices):
    NOTE = "note", _("Note")
    MEETING = "meeting", _("Meeting")
    CALL = "call", _("Telephone call")
    MESSAGE = "message", _("Message")


class Review(TextChoices):
    """The team lead's answer to an urgent access."""

    IN_ORDER = "in_order", _("In order")
    ASKED = "asked", _("Has been asked about")
    NOT_IN_ORDER = "not_in_order", _("Not in order")
