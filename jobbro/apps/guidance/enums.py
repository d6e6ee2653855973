"""Codes of the guidance app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Facts whose code begins so are judgements: only a caseworker sets them, with a note.
ASSESSED = "assessed_"


class Standing(TextChoices):
    """What a row says about its fact."""

    TOLD = "told", _("Told")
    UNANSWERABLE = "unanswerable", _("Nobody knows")
    WITHDRAWN = "withdrawn", _("Taken back")


class FactSource(TextChoices):
    """Where a fact comes from; the same words on the fact and in a kept answer."""

    REGISTER = "register", _("From the file or a register")
    DECLARED = "declared", _("Told")
    DOCUMENTED = "documented", _("Seen on paper")
    ASSESSED = "assessed", _("Assessed by a caseworker")
