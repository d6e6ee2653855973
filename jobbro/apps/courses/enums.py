"""Codes of the courses app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Access(TextChoices):
    """What a session offers so that people can take part, and what a person may need for it."""

    STEP_FREE = "step_free", _("Step-free access")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    QUIET_ROOM = "quiet_room", _("A quiet room for breaks")
    INTERPRETER = "interpreter", _("An interpreter can be booked")
    CAPTIONS = "captions", _("Online, with captions")
    BREAKS = "breaks", _("Many short breaks")
    COMPANION = "companion", _("You can bring somebody")


class SessionState(TextChoices):
    OPEN = "open", _("Planned")
    CANCELLED = "cancelled", _("Called off")


class SeatState(TextChoices):
    """Where a person stands with a session."""

    APPLIED = "applied", _("Has asked for a seat")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Is offered a seat")
    SEAT = "seat", _("Has a seat")
    LEFT = "left", _("Is not coming")
    COMPLETED = "completed", _("Has completed the course")
    NOT_COMPLETED = "not_completed", _("Stopped on the way")


# States that take up a seat; what is over keeps it, because the seat was used.
HOLDING = (SeatState.OFFERED, SeatState.SEAT, SeatState.COMPLETED, SeatState.NOT_COMPLETED)
LIVING = (SeatState.APPLIED, SeatState.WAITING, SeatState.OFFERED, SeatState.SEAT)


class LeftReason(TextChoices):
    """Why a person is not coming; only the first four are chosen by people."""

    WISH = "wish", _("I do not want to after all")
    TIME = "time", _("The times do not fit")
    JOB = "job", _("I have got a job")
    OTHER = "other", _("Something else")
    NOT_NOW = "not_now", _("The course is not what helps most now")
    NO_ANSWER = "no_answer", _("The seat was not answered in time and went to the next person")
    FULL = "full", _("No seat became free before the course began")
    CANCELLED = "cancelled", _("The course was called off")


CHOSEN_REASONS = (LeftReason.WISH, LeftReason.TIME, LeftReason.JOB, LeftReason.OTHER)


class Presence(TextChoices):
    """Whether a person was there; never why not."""

    CAME = "came", _("Was there")
    AWAY_TOLD = "away_told", _("Was not there and had told us")
    AWAY = "away", _("Was not there")
