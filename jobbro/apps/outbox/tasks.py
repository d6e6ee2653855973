"""What the worker does for messages: every two minutes those that are due."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .sending import send_messages as send_due_messages


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="send_messages", lock="send_messages", pass_context=False)
def send_messages(timestamp: int) -> None:
    """Messages that are due have been sent; what was sent before is not sent again."""
    send_due_messages(clock=timezone.now)
