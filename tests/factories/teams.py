"""Mini-teams: what colleagues know, absences, pairs, handovers."""

from datetime import UTC, date, datetime
from decimal import Decimal

from jobbro.apps.accounts.models import User
from jobbro.apps.cases.models import Case
from jobbro.apps.organisations.models import Team, Unit
from jobbro.apps.teams.enums import AbsenceKind, CompetenceKind, HandoverItem, HandoverReason, Sureness
from jobbro.apps.teams.models import (
    Absence,
    BuddyPair,
    Competence,
    Handover,
    HandoverEntry,
    LearningNote,
    WorkingHours,
)
from tests.factories.rows import write

TOLD_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
LONG_AGO = date(2025, 1, 1)


def competence(
    *,
    user: User,
    code: str,
    kind: CompetenceKind = CompetenceKind.AREA,
    sureness: Sureness = Sureness.KNOWS,
    told_by: User | None = None,
) -> Competence:
    """Somebody knows something."""
    return write(
        Competence(user=user, kind=kind, code=code, sureness=sureness, told_by=told_by or user, told_at=TOLD_AT)
    )


def hours(*, user: User, hours: str) -> WorkingHours:
    """Somebody works so many hours a week with citizens."""
    return write(WorkingHours(user=user, hours=Decimal(hours), from_on=LONG_AGO, told_by=user))


def absence(
    *,
    user: User,
    from_on: date,
    until_on: date | None = None,
    kind: AbsenceKind = AbsenceKind.AWAY,
    cover: User | None = None,
) -> Absence:
    """Somebody is away; nothing has been arranged yet."""
    return write(
        Absence(user=user, from_on=from_on, until_on=until_on, kind=kind, cover=cover, noted_by=user, noted_at=TOLD_AT)
    )


def pair(*, team: Team, first: User, second: User, from_on: date = LONG_AGO) -> BuddyPair:
    """Two of a mini-team are a buddy pair."""
    return write(BuddyPair(team=team, first=first, second=second, from_on=from_on, made_by=first))


def handover(*, case: Case, to_user: User, by: User, from_user: User | None = None) -> Handover:
    """A handover under way, with nothing told."""
    return write(
        Handover(
            citizen_id=case.citizen_id,
            case=case,
            reason=HandoverReason.FIT,
            from_user=from_user,
            to_user=to_user,
            started_by=by,
            started_at=TOLD_AT,
        )
    )


def entry(*, handover: Handover, item: HandoverItem, by: User, text: str = "Det er aftalt.") -> HandoverEntry:
    """One point of the list is told."""
    return write(
        HandoverEntry(
            citizen_id=handover.citizen_id, handover=handover, item=item, text=text, written_by=by, written_at=TOLD_AT
        )
    )


def whole_list(*, handover: Handover, by: User) -> None:
    """Every point is told."""
    for item in HandoverItem:
        entry(handover=handover, item=item, by=by)


def learning_note(
    *,
    unit: Unit,
    by: User,
    text: str = "Skriftlig besked dagen før virker godt.",
    kind: CompetenceKind = CompetenceKind.AREA,
    code: str = "hearing",
) -> LearningNote:
    """Somebody learnt something."""
    return write(LearningNote(unit=unit, kind=kind, code=code, text=text, written_by=by, written_at=TOLD_AT))
