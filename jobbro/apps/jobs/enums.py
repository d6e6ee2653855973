"""Codes of the jobs app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DemandSource(TextChoices):
    """Where the demands of a task come from; only a person at the workplace makes them `confirmed`."""

    NONE = "none", _("Not filled in yet")
    LIBRARY = "library", _("Prefilled from the task library")
    OCCUPATION = "occupation", _("Prefilled from the occupation")
    COPIED = "copied", _("Copied from another workplace")
    CONFIRMED = "confirmed", _("Confirmed at the workplace")


class CarvingState(TextChoices):
    """Where a search for carved jobs stands."""

    WAITING = "waiting", _("Waits for its turn")
    RUNNING = "running", _("Searching")
    DONE = "done", _("Finished")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Went wrong")


class CarvedState(TextChoices):
    """Where a carved job stands, from draft to agreed with the employer."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed to the employer")
    AGREED = "agreed", _("Agreed with the employer")
    DECLINED = "declined", _("Not now")
    WITHDRAWN = "withdrawn", _("Taken back")


# While a job is in one of these states, nobody else's carved job can hold its tasks.
LIVE = (CarvedState.DRAFT, CarvedState.PROPOSED, CarvedState.AGREED)


class OpeningOrigin(TextChoices):
    """Where an open job comes from."""

    CARVED = "carved", _("Carved from the workplace’s tasks")
    BROKER = "broker", _("Entered by the municipality")
    EMPLOYER = "employer", _("Entered by the company")
    FILE = "file", _("Read from a file")
    POSTING = "posting", _("Read from a job posting")


class OpeningDemand(TextChoices):
    """Where the demands of an open job come from; only a person makes them `confirmed`."""

    NONE = "none", _("Not filled in yet")
    OCCUPATION = "occupation", _("Prefilled from the occupation")
    TASKS = "tasks", _("From the tasks of the job")
    FILE = "file", _("Read from a file")
    CONFIRMED = "confirmed", _("Confirmed by somebody who knows the work")


class OpeningState(TextChoices):
    """Where an open job stands."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for proposals")
    FILLED = "filled", _("Filled")
    CLOSED = "closed", _("Closed")
