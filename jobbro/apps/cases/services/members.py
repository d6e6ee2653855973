"""The team around the citizen."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import MemberRole
from ..models import Case, CaseMember
from .locking import steered_case

AROUND_CITIZENS = (Role.TEAM_LEAD, Role.CASEWORKER, Role.JOB_BROKER, Role.KEY_PERSON)


class NotAColleague(LookupError):
    """Nobody with this id works with citizens in the municipality today."""


class LeadNeeded(ValueError):
    """A citizen always has a contact person: hand over before leaving."""


def join_team(
    *,
    actor: Actor,
    citizen_id: UUID,
    user_id: UUID,
    role: MemberRole,
    on: date,
    until_on: date | None = None,
) -> CaseMember:
    """The colleague is in the team around the citizen; a new contact person takes over from the one before.

    Joining twice in the same role is joining once. Raises NotAColleague.
    """
    case = steered_case(actor=actor, citizen_id=citizen_id)
    colleague_serving(user_id=user_id, case=case, on=on)
    standing = list(_standing(case=case, on=on))
    same = next((member for member in standing if member.user_id == user_id and member.role == role), None)
    if same is not None and same.until_on == until_on:
        return same
    for member in standing:
        if member.user_id == user_id or (role == MemberRole.LEAD and member.role == MemberRole.LEAD):
            close_membership(member=member, on=on)
    joined = CaseMember(citizen_id=citizen_id, case=case, user_id=user_id, role=role, from_on=on, until_on=until_on)
    joined.save(force_insert=True)
    record_event(
        verb=Verb.MEMBER_JOINED,
        citizen_id=citizen_id,
        subject=joined,
        detail={"user": user_id.hex, "role": str(role)},
    )
    return joined


def hand_over(*, actor: Actor, citizen_id: UUID, user_id: UUID, stays_as: MemberRole | None, on: date) -> CaseMember:
    """The colleague is the contact person from today; the one before goes, or stays in another part."""
    case = steered_case(actor=actor, citizen_id=citizen_id)
    leads = [member.user_id for member in _standing(case=case, on=on) if member.role == MemberRole.LEAD]
    joined = join_team(actor=actor, citizen_id=citizen_id, user_id=user_id, role=MemberRole.LEAD, on=on)
    if stays_as is not None and leads and leads[0] != user_id:
        join_team(actor=actor, citizen_id=citizen_id, user_id=leads[0], role=stays_as, on=on)
    return joined


def leave_team(*, actor: Actor, citizen_id: UUID, member_id: UUID, on: date) -> CaseMember:
    """The membership has ended. Raises LeadNeeded for the contact person, NotAColleague for a stranger."""
    case = steered_case(actor=actor, citizen_id=citizen_id)
    member = _standing(case=case, on=on).filter(pk=member_id).first()
    if member is None:
        raise NotAColleague(member_id)
    if member.role == MemberRole.LEAD and member.until_on is None:
        raise LeadNeeded
    close_membership(member=member, on=on)
    record_event(verb=Verb.MEMBER_LEFT, citizen_id=citizen_id, subject=member, detail={"user": member.user_id.hex})
    return member


def close_membership(*, member: CaseMember, on: date) -> None:
    """Yesterday was the last day; a membership of today never was, and only the history knows it."""
    if member.from_on >= on:
        member.delete()
        return
    member.until_on = on - timedelta(days=1)
    member.save(update_fields=["until_on"])


def _standing(*, case: Case, on: date) -> "QuerySet[CaseMember]":
    return CaseMember.objects.standing(on=on).filter(case=case).select_for_update(of=("self",))


def colleague_in(*, user_id: UUID, unit_id: UUID, on: date) -> User:
    """An employee who works with citizens in the unit. Raises NotAColleague."""
    positions = Position.objects.standing(on=on).filter(user_id=user_id, role__in=AROUND_CITIZENS, unit_id=unit_id)
    return _employee(positions=positions, user_id=user_id)


def colleague_serving(*, user_id: UUID, case: Case, on: date) -> User:
    """An employee who works with citizens in any unit that serves the citizen's municipality. Raises NotAColleague."""
    positions = Position.objects.standing(on=on).filter(
        user_id=user_id,
        role__in=AROUND_CITIZENS,
        unit__served__municipality__citizens=case.citizen_id,
    )
    return _employee(positions=positions, user_id=user_id)


def _employee(*, positions: "QuerySet[Position]", user_id: UUID) -> User:
    user = User.objects.filter(pk=user_id, kind=Kind.STAFF, is_active=True).first()
    if user is None or not positions.exists():
        raise NotAColleague(user_id)
    return user
