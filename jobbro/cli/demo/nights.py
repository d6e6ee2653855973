"""The first night of the demo: files, lists and proposals of everybody, made by the product itself."""

from django.utils import timezone

from jobbro.apps.matching.following import follow_people
from jobbro.apps.matching.running import nightly_run, run_everybody


def first_night() -> None:
    """Everybody who has told enough has a list, as after a night with the worker."""
    now = timezone.now()
    follow_people(since=None, at=now)
    run_everybody(run_id=nightly_run(at=now))
