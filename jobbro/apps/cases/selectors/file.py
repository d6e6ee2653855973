"""One citizen's file: the head, the people around, the log."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.contacts import Meeting, meeting_of
from jobbro.apps.citizens.cpr import Cpr

from ..enums import MemberRole, NoteKind, State
from ..models import BreakGlass, Case, CaseMember, Note
from ..permissions import can_steer_case, can_work_on_case
from ..states import MOVES
from .rows import QUIET_DAYS

NOTES_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class FileMember:
    """Somebody around the citizen."""

    id: UUID
    user_id: UUID
    name: str
    role: MemberRole
    phone: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, kw_only=True)
class FileNote:
    """An entry of the log."""

    kind: NoteKind
    text: str
    is_shared: bool
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class OpenUrgently:
    """The actor sees the file by an urgent access."""

    until_at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class CitizenFile:
    """Everything on the file page. Telephone and e-mail are left out when name and address are protected."""

    citizen_id: UUID
    name: str
    masked_cpr: str
    is_protected: bool
    has_login: bool
    meeting: Meeting
    municipality_code: str
    team_id: UUID
    team: str
    unit: str
    state: State
    opened_on: date
    next_step: str
    next_step_on: date | None
    quiet_days: int
    members: tuple[FileMember, ...]
    notes: tuple[FileNote, ...]
    has_more_notes: bool
    moves: tuple[str, ...]
    can_work: bool
    can_steer: bool
    urgent: OpenUrgently | None

    @property
    def is_quiet(self) -> bool:
        """Open, and nothing has happened for more than three weeks."""
        return self.state == State.OPEN and self.quiet_days > QUIET_DAYS

    @property
    def contact_person(self) -> FileMember | None:
        """Who to ring."""
        return next((member for member in self.members if member.role == MemberRole.LEAD), None)


def citizen_file(
    *, actor: Actor, citizen_id: UUID, on: date, at: datetime, all_notes: bool = False
) -> CitizenFile | None:
    """The file, or None when there is none or the actor may not see it: the two are not told apart."""
    case = (
        Case.objects.visible_to(actor)
        .select_related("citizen__contact", "team__unit")
        .filter(citizen_id=citizen_id)
        .first()
    )
    if case is None:
        return None
    citizen = case.citizen
    notes = _notes(case=case, all_notes=all_notes)
    can_work = can_work_on_case(actor)
    can_steer = can_steer_case(actor, team_id=case.team_id, unit_id=case.team.unit_id)
    meeting = meeting_of(citizen=citizen, contact=citizen.contact)
    return CitizenFile(
        citizen_id=citizen.pk,
        name=citizen.name,
        masked_cpr=Cpr.decrypted(bytes(citizen.cpr_cipher)).masked,
        is_protected=citizen.is_protected,
        has_login=citizen.user_id is not None,
        meeting=meeting,
        municipality_code=citizen.municipality_id,
        team_id=case.team_id,
        team=case.team.name,
        unit=case.team.unit.name,
        state=State(case.state),
        opened_on=case.opened_on,
        next_step=case.next_step,
        next_step_on=case.next_step_on,
        quiet_days=(on - case.last_step_on).days,
        members=_members(case=case, on=on),
        notes=notes[:NOTES_SHOWN] if not all_notes else notes,
        has_more_notes=not all_notes and len(notes) > NOTES_SHOWN,
        moves=tuple(move for state, move in MOVES if state == case.state) if can_steer else (),
        can_work=can_work,
        can_steer=can_steer,
        urgent=None if can_steer or not can_work else _urgent(actor=actor, citizen_id=citizen_id, at=at),
    )


def _members(*, case: Case, on: date) -> tuple[FileMember, ...]:
    order = list(MemberRole)
    members = CaseMember.objects.standing(on=on).filter(case=case).select_related("user").order_by("from_on", "pk")
    rows = [
        FileMember(
            id=member.pk,
            user_id=member.user_id,
            name=member.user.display_name,
            role=MemberRole(member.role),
            phone=member.user.phone,
            from_on=member.from_on,
            until_on=member.until_on,
        )
        for member in members
    ]
    return tuple(sorted(rows, key=lambda member: order.index(member.role)))


def _notes(*, case: Case, all_notes: bool) -> tuple[FileNote, ...]:
    notes = Note.objects.filter(case=case).select_related("written_by").order_by("-written_at", "-pk")
    wanted = notes[:500] if all_notes else notes[: NOTES_SHOWN + 1]
    return tuple(
        FileNote(
            kind=NoteKind(note.kind),
            text=note.text,
            is_shared=note.is_shared,
            written_by=note.written_by.display_name,
            written_at=note.written_at,
        )
        for note in wanted
    )


def _urgent(*, actor: Actor, citizen_id: UUID, at: datetime) -> OpenUrgently | None:
    accesses = BreakGlass.objects.filter(citizen_id=citizen_id, user_id=actor.id, until_at__gt=at)
    access = accesses.order_by("-until_at").first()
    return OpenUrgently(until_at=access.until_at, reason=access.reason) if access else None
