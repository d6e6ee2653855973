"""A reminder as a letter: numbers and a link, never a name, a scheme or a citizen."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Digest


def letter_for(*, digest: Digest, to: str, language: str, at: datetime) -> EmailMessage:
    """The letter, in the person's language. Its id is the reminder's: a copy can be told from a new one."""
    letter = EmailMessage()
    letter["From"] = settings.MAIL_FROM
    letter["To"] = to
    letter["Date"] = format_datetime(timezone.localtime(at))
    letter["Message-ID"] = f"<{digest.pk}@{settings.MAIL_FROM.rpartition('@')[2]}>"
    # RFC 3834: nobody's out-of-office answers it.
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    with translation.override(language):
        letter["Subject"] = _("Deadlines in Jobbro")
        letter.set_content(text_of(digest), cte="quoted-printable")
        letter["Content-Language"] = language
    return letter


def text_of(digest: Digest) -> str:
    """What the letter says in the language that is active."""
    has_deadlines = digest.soon or digest.late or digest.undated or digest.team_late
    # Next steps stand on the page of today, deadlines on their own.
    pages = [*(["deadlines"] if has_deadlines else []), *(["home"] if digest.steps else [])]
    lines = [*_numbers(digest), "", _("Log in to see them:"), *map(_address, pages), ""]
    ending = _("Jobbro sends at most one reminder a day. You can turn them off here:")
    return "\n".join([*lines, ending, _address("reminders"), ""])


def _numbers(digest: Digest) -> list[str]:
    told = [
        (digest.late, ngettext("%(count)s deadline has passed.", "%(count)s deadlines have passed.", digest.late)),
        (
            digest.soon,
            ngettext(
                "You have %(count)s deadline in the next 7 days.",
                "You have %(count)s deadlines in the next 7 days.",
                digest.soon,
            ),
        ),
        (
            digest.steps,
            ngettext(
                "%(count)s next step is agreed for the next 7 days or before.",
                "%(count)s next steps are agreed for the next 7 days or before.",
                digest.steps,
            ),
        ),
        (
            digest.undated,
            ngettext(
                "%(count)s step waits for the municipality and has no day yet.",
                "%(count)s steps wait for the municipality and have no day yet.",
                digest.undated,
            ),
        ),
        (
            digest.team_late,
            ngettext(
                "In your unit %(count)s deadline has passed by more than a week.",
                "In your unit %(count)s deadlines have passed by more than a week.",
                digest.team_late,
            ),
        ),
    ]
    return [words % {"count": count} for count, words in told if count]


def _address(name: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name)}"
