"""What the worker does for reminders: on working days each person's one of the day, and again what did not go."""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from .services import make_digests, send_digests

BEGINS, ENDS = time(6, 30), time(18)
SATURDAY = 5


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="send_reminders", lock="send_reminders", pass_context=False)
def send_reminders(timestamp: int) -> None:
    """The day's reminders are made and sent; what is done already is not done again."""
    send_due(at=timezone.now())


def send_due(*, at: datetime) -> bool:
    """Whether it was a time for letters; without a mail server it never is."""
    now = timezone.localtime(at)
    if not settings.MAIL_ENABLED or now.weekday() >= SATURDAY or not BEGINS <= now.time() < ENDS:
        return False
    make_digests(on=now.date(), at=at)
    send_digests(on=now.date(), clock=timezone.now)
    return True
