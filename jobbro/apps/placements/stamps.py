"""Short marks of what somebody read: another mark means that somebody changed it meanwhile."""

from jobbro.apps.matching.files import digest_of

from .models import Arrangement, Introduction, OnboardingPlan, OnboardingTask, Placement

LENGTH = 24


def seen_introduction(row: Introduction) -> str:
    """When, where and how it stands; what is said there has no mark, because it only grows."""
    return digest_of([str(row.pk), row.state, row.outcome, row.changed_at.isoformat()])[:LENGTH]


def seen_arrangement(row: Arrangement | None) -> str:
    """Of nothing arranged yet there is a mark too."""
    if row is None:
        return ""
    told = [row.party, row.who, row.scheme, row.note, row.due_on.isoformat(), str(row.done_on)]
    return digest_of([str(row.pk), *told])[:LENGTH]


def seen_placement(row: Placement | None, *, number: int) -> str:
    """Where the placement stands and how many wordings there are."""
    return digest_of([str(row.pk), row.state, number])[:LENGTH] if row else ""


def seen_plan(row: OnboardingPlan | None) -> str:
    """Of no plan yet there is a mark too."""
    return digest_of([str(row.pk), row.changed_at.isoformat()])[:LENGTH] if row else ""


def seen_task(row: OnboardingTask) -> str:
    """As it was written last."""
    return digest_of([str(row.pk), row.changed_at.isoformat(), str(row.done_on)])[:LENGTH]
