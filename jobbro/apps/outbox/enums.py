"""Codes of the outbox: what a message is about, by which way it goes, and how far it is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageKind(TextChoices):
    """What a message tells. Each kind has one text, in plain words, without names, health or schemes."""

    MEETING_INVITED = "meeting_invited", _("Invitation to a meeting")
    MEETING_REMINDER = "meeting_reminder", _("Reminder of a meeting")
    MEETING_CHANGED = "meeting_changed", _("A meeting has been moved")
    MEETING_CANCELLED = "meeting_cancelled", _("A meeting has been called off")
    TALK_ASKED = "talk_asked", _("Question about how it goes")
    COURSE_SEAT = "course_seat", _("A seat at a course")
    QUESTION_ANSWERED = "question_answered", _("An answer to a question")
    HELP_ASKED = "help_asked", _("Somebody asks for help")
    TASK_DUE = "task_due", _("Something to do")
    HANDOVER = "handover", _("A handover")
    CASE_MOVED = "case_moved", _("New contact person")
    MESSAGE = "message", _("A message")


# A citizen can say no to these; everything else is told, because somebody counts on it.
REMINDERS = (MessageKind.MEETING_REMINDER, MessageKind.TASK_DUE)
# Their link lets somebody in without login: it is forgotten once it has been sent.
SECRET = (MessageKind.TALK_ASKED,)


class Way(TextChoices):
    """How a message goes; chosen when it is sent."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    DIGITAL_POST = "digital_post", _("Digital Post")
    LETTER = "letter", _("Letter")
    CALL = "call", _("Telephone")
    HERE = "here", _("Only here in Jobbro")


# Somebody of the municipality does it and says so.
BY_HAND = (Way.LETTER, Way.CALL)
# Files in a folder: the same message twice is one file, so that what was under way is simply done again.
BY_FILE = (Way.SMS, Way.DIGITAL_POST)


class State(TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", _("Waits to be sent")
    HANDING_OVER = "handing_over", _("Is being handed over")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Refused by the receiver’s server")
    UNSURE = "unsure", _("Perhaps sent: the connection was lost")
    CALLED_OFF = "called_off", _("No longer wanted")
    LAPSED = "lapsed", _("Could not be sent in time")


class MailProblem(TextChoices):
    """What went wrong with a letter the last time."""

    NO_CONNECTION = "no_connection", _("The mail server did not answer")
    LOGIN_REFUSED = "login_refused", _("The mail server refused our login")
    ADDRESS_REFUSED = "address_refused", _("The mail server refused the address")
    LETTER_REFUSED = "letter_refused", _("The mail server refused the letter")
    LOST = "lost", _("The connection was lost while the letter was handed over")


class Problem(TextChoices):
    """What went wrong with a message the last time."""

    NO_CONNECTION = "no_connection", _("The mail server did not answer")
    LOGIN_REFUSED = "login_refused", _("The mail server refused our login")
    ADDRESS_REFUSED = "address_refused", _("The mail server refused the address")
    LETTER_REFUSED = "letter_refused", _("The mail server refused the letter")
    LOST = "lost", _("The connection was lost while the letter was handed over")
    NO_FOLDER = "no_folder", _("The folder for outgoing messages could not be written")
    NOT_MADE = "not_made", _("The message could not be made; see the log")


# Nothing of that way can go now: the rest waits too, and nobody is asked fifty thousand times.
AWAY = (Problem.NO_CONNECTION, Problem.LOGIN_REFUSED, Problem.NO_FOLDER)
