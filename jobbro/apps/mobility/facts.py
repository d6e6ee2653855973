"""Who stands around a person, whether their course is open, and what they can do already."""

from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.jobs.models import WorkWish


def is_known(*, actor: Actor, citizen_id: UUID) -> bool:
    """Whether the actor sees a course of this person."""
    return bool(Case.objects.visible_to(actor).filter(citizen_id=citizen_id).exists())


def is_open(*, actor: Actor, citizen_id: UUID) -> bool:
    """Whether the course goes on."""
    rows = Case.objects.visible_to(actor).filter(citizen_id=citizen_id)
    return bool(rows.exclude(state=State.CLOSED).exists())


def team_of(*, citizen_id: UUID, on: date) -> tuple[tuple[str, str], ...]:
    """Name and telephone of those around the person today, the contact person first."""
    rows = CaseMember.objects.standing(on=on).filter(citizen_id=citizen_id).select_related("user")
    people = sorted(rows, key=lambda row: (row.role != MemberRole.LEAD, row.from_on, str(row.pk)))
    return tuple((row.user.display_name, row.user.phone) for row in people)


def wish_row(*, actor: Actor, citizen_id: UUID) -> WorkWish | None:
    """The work wish as it stands."""
    found: WorkWish | None = WorkWish.objects.visible_to(actor).filter(citizen_id=citizen_id).first()
    return found
