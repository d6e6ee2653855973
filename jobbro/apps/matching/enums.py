"""Codes of the matching app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    """Where a run over everybody stands."""

    WAITING = "waiting", _("Waits for its turn")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Finished")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Went wrong")


class Side(TextChoices):
    """Who says or chooses something."""

    CITIZEN = "citizen", _("The citizen")
    EMPLOYER = "employer", _("The employer")
    MUNICIPALITY = "municipality", _("The municipality")


class ProposalState(TextChoices):
    """Where a proposal stands, from idea to agreed."""

    IDEA = "idea", _("Idea")
    INTRODUCED = "introduced", _("Introduced to the employer")
    TRIED = "tried", _("Being tried")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Not now")


# While a proposal is in one of these states there is no other for the same person and job.
LIVE = (ProposalState.IDEA, ProposalState.INTRODUCED, ProposalState.TRIED, ProposalState.AGREED)


class CardStanding(TextChoices):
    """Whether the company can read a compensation card, and if not why."""

    COMING = "coming", _("Not shown yet")
    SHOWN = "shown", _("Shown now")
    OVER = "over", _("The last day has passed")
    WITHDRAWN = "withdrawn", _("Taken back")
