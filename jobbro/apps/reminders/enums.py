"""Codes of the reminders app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class Problem(TextChoices):
    """What went wrong the last time."""

    NO_CONNECTION = "no_connection", _("The mail server did not answer")
    LOGIN_REFUSED = "login_refused", _("The mail server refused our login")
    ADDRESS_REFUSED = "address_refused", _("The mail server refused the address")
    LETTER_REFUSED = "letter_refused", _("The mail server refused the letter")
    LOST = "lost", _("The connection was lost while the letter was handed over")
