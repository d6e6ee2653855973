"""Codes of the closing app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CloseReason(TextChoices):
    """Why a course ends, in kind words; never a judgement of the person."""

    JOB = "job", _("In a job that lasts")
    EDUCATION = "education", _("In education")
    OWN_WISH = "own_wish", _("The citizen wishes to go on alone")
    OTHER_HELP = "other_help", _("Other help fits better now")
    MOVED = "moved", _("Has moved to another municipality")
    PENSION = "pension", _("Has left working life")
    DIED = "died", _("Has died")
    OTHER = "other", _("Something else")


class LooseEnd(TextChoices):
    """What is still open when a course is to be closed."""

    PLACEMENT = "placement", _("A job or a trial")
    AGREEING = "agreeing", _("An agreement that waits for signatures")
    PROPOSAL = "proposal", _("A job that was picked")
    APPLICATION = "application", _("An application")
    ARRANGEMENT = "arrangement", _("Support that is being arranged")
    COURSE = "course", _("A seat at a course")
    HELP = "help", _("Somebody asked for help")
    ENGAGEMENT = "engagement", _("Help from a partner")
    MEETING = "meeting", _("A meeting to come")
    CARD = "card", _("A compensation card that a company can read")


class Handling(TextChoices):
    """What becomes of something that is still open."""

    HANDED = "handed", _("Somebody takes it over")
    LEFT = "left", _("It is left as it is, and we know why")


class MoveState(TextChoices):
    """Where a move to another municipality stands."""

    PROPOSED = "proposed", _("Told to the citizen")
    ANSWERED = "answered", _("The citizen has answered")
    TAKEN = "taken", _("Received")
    DECLINED = "declined", _("Sent back")
    CALLED_OFF = "called_off", _("Called off")


ALIVE = (MoveState.PROPOSED, MoveState.ANSWERED)
