"""Codes of the reminders app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jobbro.apps.outbox.enums import MailProblem


class State(TextChoices):
    """Where the reminder of one day for one person is. One is made a day, also when there is nothing to tell."""

    NOTHING = "nothing", _("Nothing to remind of")
    WAITING = "waiting", _("Waits to be sent")
    HANDING_OVER = "handing_over", _("Is being handed to the mail server")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Refused by the mail server")
    UNSURE = "unsure", _("Perhaps sent: the connection was lost")
    CALLED_OFF = "called_off", _("No longer wanted")
    LAPSED = "lapsed", _("The day went by before it could be sent")


Problem = MailProblem
