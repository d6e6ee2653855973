"""What the worker does for imports: files that nobody finished are forgotten."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as

from .services import forget_old_imports

IMPORT_LIFE = timedelta(days=30)


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="forget_imports", pass_context=False)
def forget_imports(timestamp: int) -> None:
    """What was uploaded more than 30 days ago and never imported is gone."""
    with acting_as(SYSTEM_ACTOR):
        forget_old_imports(before=timezone.now() - IMPORT_LIFE)
