"""Courses, the people around them, notes and urgent accesses."""

from datetime import UTC, date, datetime

from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.cases.enums import MemberRole, NoteKind, State
from jobbro.apps.cases.models import BreakGlass, Case, CaseMember, Note
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Team
from tests.factories.rows import write

OPENED_ON = date(2026, 1, 5)


def case(
    *,
    citizen: Citizen,
    team: Team,
    state: State = State.OPEN,
    next_step: str = "",
    next_step_on: date | None = None,
    last_step_on: date = OPENED_ON,
) -> Case:
    """The course of a citizen in a team."""
    return write(
        Case(
            citizen=citizen,
            team=team,
            state=state,
            opened_on=OPENED_ON,
            closed_on=last_step_on if state == State.CLOSED else None,
            next_step=next_step,
            next_step_on=next_step_on,
            last_step_on=last_step_on,
        )
    )


def member(
    *,
    case: Case,
    user: User,
    role: MemberRole = MemberRole.BUDDY,
    from_on: date = OPENED_ON,
    until_on: date | None = None,
) -> CaseMember:
    """Somebody in the team around the citizen."""
    return write(
        CaseMember(citizen_id=case.citizen_id, case=case, user=user, role=role, from_on=from_on, until_on=until_on)
    )


def note(
    *,
    case: Case,
    written_by: User,
    text: str = "Vi talte om den næste tid.",
    kind: NoteKind = NoteKind.NOTE,
    is_shared: bool = True,
    written_at: datetime = datetime(2026, 2, 3, 9, tzinfo=UTC),
) -> Note:
    """An entry of the log."""
    return write(
        Note(
            citizen_id=case.citizen_id,
            case=case,
            kind=kind,
            text=text,
            is_shared=is_shared,
            written_by=written_by,
            written_at=written_at,
        )
    )


def urgent_access(
    *, citizen: Citizen, user: User, until_at: datetime | None = None, opened_at: datetime | None = None
) -> BreakGlass:
    """Somebody from outside the team has opened the file; it is open for another hour unless said otherwise."""
    now = timezone.now()
    return write(
        BreakGlass(
            citizen=citizen,
            user=user,
            reason="Borgeren ringer og er i akut krise på arbejdspladsen.",
            opened_at=opened_at or now,
            until_at=until_at or now + timezone.timedelta(hours=1),
        )
    )
