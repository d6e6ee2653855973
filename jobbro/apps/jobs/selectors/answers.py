"""What companies have answered to proposed jobs lately, for those who hold the relation."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from jobbro.apps.accounts.actor import Actor

from ..enums import CarvedState
from ..models import CarvedJob
from ..permissions import can_carve

# Nobody has to tick an answer off: it stands for two weeks, and the job itself says it ever after.
ANSWERS_STAND = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A yes, or a not now with its reason."""

    job_id: UUID
    title: str
    company: str
    is_yes: bool
    words: str
    on: date


def fresh_answers(*, actor: Actor, on: date, most: int) -> tuple[Answer, ...]:
    """Answers of the last two weeks from companies that the actor or the actor's team holds, newest first. A query."""
    if not can_carve(actor):
        return ()
    teams = [position.team_id for position in actor.positions if position.team_id]
    rows = (
        CarvedJob.objects.visible_to(actor)
        .filter(
            Q(company__broker_id=actor.id) | Q(company__team_id__in=teams),
            state__in=(CarvedState.AGREED, CarvedState.DECLINED),
            state_on__gt=on - ANSWERS_STAND,
        )
        .select_related("company")
        .order_by("-state_on", "-changed_at", "pk")
    )
    return tuple(
        Answer(
            job_id=row.pk,
            title=row.title,
            company=row.company.name,
            is_yes=row.state == CarvedState.AGREED,
            words=row.agreed_with if row.state == CarvedState.AGREED else row.state_note,
            on=row.state_on,
        )
        for row in rows[:most]
    )
