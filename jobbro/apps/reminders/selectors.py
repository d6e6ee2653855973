"""Reads of reminders: what one has chosen and got."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User

from .enums import State
from .models import Digest, MailChoice


@dataclass(frozen=True, kw_only=True)
class MyReminders:
    """Whether reminders come, where to, and how the newest one fared; `is_set_up`: there is a mail server."""

    wants_mail: bool
    email: str
    is_set_up: bool
    newest_state: str
    newest_day: date | None
    sent_at: datetime | None


def my_reminders(*, actor: Actor) -> MyReminders:
    """The actor's own. Three queries."""
    choice = MailChoice.objects.filter(user_id=actor.id).first()
    newest = Digest.objects.filter(user_id=actor.id).exclude(state=State.NOTHING).order_by("-day").first()
    return MyReminders(
        wants_mail=choice.wants_mail if choice else True,
        email=User.objects.values_list("email", flat=True).get(pk=actor.id),
        is_set_up=settings.MAIL_ENABLED,
        newest_state=newest.state if newest else "",
        newest_day=newest.day if newest else None,
        sent_at=newest.sent_at if newest else None,
    )
