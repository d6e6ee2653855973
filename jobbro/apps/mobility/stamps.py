"""Short marks of what somebody read: another mark means that somebody changed it meanwhile."""

from jobbro.apps.matching.files import digest_of

from .models import ChangeWish, LastStep, Notice, Observation

LENGTH = 24


def seen_change_wish(row: ChangeWish | None) -> str:
    """Of no wish yet there is a mark too."""
    return digest_of([str(row.pk), str(row.talked_on), row.answer, str(row.ended_on)])[:LENGTH] if row else ""


def seen_notice(row: Notice) -> str:
    """As it was written last."""
    return digest_of([str(row.pk), row.changed_at.isoformat()])[:LENGTH]


def seen_step(row: LastStep) -> str:
    """As it was written last."""
    return digest_of([str(row.pk), row.changed_at.isoformat()])[:LENGTH]


def seen_observation(row: Observation) -> str:
    """Whether it has been answered."""
    return digest_of([str(row.pk), row.state])[:LENGTH]
