"""Where a dialogue stands, in a line, for the home pages and the caseload."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.screening.enums import State
from jobbro.apps.screening.models import Agreement, Dialogue


@dataclass(frozen=True, kw_only=True)
class DialogueStanding:
    """The newest dialogue of a citizen: its state, and who has agreed to what was told."""

    state: State
    started_at: datetime
    citizen_has_agreed: bool
    staff_has_agreed: bool


@dataclass(frozen=True, kw_only=True)
class WaitingDialogue:
    """A finished dialogue that one of the two has not agreed to yet."""

    citizen_id: UUID
    citizen_name: str
    finished_on: date
    waits_for_staff: bool


def dialogue_standing(*, actor: Actor, citizen_id: UUID) -> DialogueStanding | None:
    """The newest dialogue, or None when there was none. One query."""
    row = (
        Dialogue.objects.visible_to(actor)
        .filter(citizen_id=citizen_id)
        .select_related("agreement")
        .order_by("-started_at")
        .first()
    )
    if row is None:
        return None
    agreement: Agreement | None = getattr(row, "agreement", None)
    return DialogueStanding(
        state=State(row.state),
        started_at=row.started_at,
        citizen_has_agreed=agreement is not None and agreement.citizen_agreed_at is not None,
        staff_has_agreed=agreement is not None and agreement.staff_agreed_at is not None,
    )


def dialogues_to_agree(*, actor: Actor, limit: int = 25) -> tuple[WaitingDialogue, ...]:
    """Finished dialogues of the actor's citizens that are not agreed by both, longest waiting first. One query."""
    rows = (
        Dialogue.objects.visible_to(actor)
        .filter(state=State.FINISHED, citizen__case__members__user_id=actor.id)
        .filter(citizen__case__members__until_on__isnull=True)
        .select_related("citizen", "agreement")
        .order_by("finished_at")[:limit]
    )
    return tuple(
        WaitingDialogue(
            citizen_id=row.citizen_id,
            citizen_name=row.citizen.name,
            finished_on=(row.finished_at or row.started_at).date(),
            waits_for_staff=getattr(row, "agreement", None) is None or row.agreement.staff_agreed_at is None,
        )
        for row in rows
    )
