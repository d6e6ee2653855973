"""One contact person gives a citizen over to another: the list is gone through, and the citizen is told."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.cases.permissions import can_steer_case, can_work_on_case
from jobbro.apps.cases.services import hand_over
from jobbro.apps.cases.services.members import NotAColleague, colleague_serving

from ..enums import HandoverItem, HandoverReason
from ..models import Handover, HandoverEntry
from ..refusals import NotNow, NotThere, Refused
from ..telling import tell_citizen, tell_colleague
from .covers import end_covers_of_case


def start_handover(
    *, actor: Actor, citizen_id: UUID, to_user_id: UUID, reason: HandoverReason, at: datetime, on: date
) -> Handover:
    """A handover is under way and the colleague is told; nothing changes for the citizen until it is finished.

    Raises NotThere, NotNow when one is under way, Refused (`not_here`, `is_lead`).
    """
    case = _steered(actor=actor, citizen_id=citizen_id)
    if _open(case=case).exists():
        raise NotNow
    lead = CaseMember.objects.standing(on=on).filter(case=case, role=MemberRole.LEAD).first()
    if lead is not None and lead.user_id == to_user_id:
        raise Refused("is_lead", fields=("to_user",))
    _refuse_strangers(user_id=to_user_id, case=case, on=on)
    handover = Handover(
        citizen_id=citizen_id,
        case=case,
        reason=reason,
        from_user_id=lead.user_id if lead else None,
        to_user_id=to_user_id,
        started_by_id=actor.id,
        started_at=at,
    )
    handover.save(force_insert=True)
    record_event(verb=Verb.HANDOVER_STARTED, citizen_id=citizen_id, subject=handover, detail={"reason": str(reason)})
    if to_user_id != actor.id:
        tell_colleague(user_id=to_user_id, handover_id=handover.pk, at=at)
    return handover


def write_entry(*, actor: Actor, handover_id: UUID, item: HandoverItem, text: str, at: datetime) -> HandoverEntry:
    """One point of the list is told; what stood there before stays in the history. Raises NotThere, NotNow, Refused."""
    handover = _under_way(actor=actor, handover_id=handover_id)
    if not text.strip():
        raise Refused("empty", fields=("text",))
    entry = HandoverEntry(
        citizen_id=handover.citizen_id,
        handover=handover,
        item=item,
        text=text.strip(),
        written_by_id=actor.id,
        written_at=at,
    )
    entry.save(force_insert=True)
    record_event(verb=Verb.HANDOVER_WRITTEN, citizen_id=handover.citizen_id, subject=entry, detail={"item": str(item)})
    return entry


def finish_handover(*, actor: Actor, handover_id: UUID, at: datetime, on: date) -> Handover:
    """The colleague is the contact person from today, who stood in does so no more, and the citizen is told.

    Raises NotThere, NotNow, Refused (`open_items`, `not_here`), PermissionDenied for those who do not carry them.
    """
    handover = _under_way(actor=actor, handover_id=handover_id)
    case = _steered(actor=actor, citizen_id=handover.citizen_id)
    told = set(handover.entries.values_list("item", flat=True))
    if told != set(HandoverItem.values):
        raise Refused("open_items")
    _refuse_strangers(user_id=handover.to_user_id, case=case, on=on)
    handover.finished_at, handover.finished_by_id = at, actor.id
    handover.save(update_fields=["finished_at", "finished_by"])
    end_covers_of_case(actor=actor, case=handover.case, on=on)
    hand_over(actor=actor, citizen_id=handover.citizen_id, user_id=handover.to_user_id, stays_as=None, on=on)
    record_event(verb=Verb.HANDOVER_FINISHED, citizen_id=handover.citizen_id, subject=handover)
    tell_citizen(citizen_id=handover.citizen_id, key=f"handover:{handover.pk.hex}", at=at)
    return handover


def call_off_handover(*, actor: Actor, handover_id: UUID, at: datetime) -> Handover:
    """It is not handed over after all; what was written stays. Raises NotThere, NotNow, PermissionDenied."""
    handover = _under_way(actor=actor, handover_id=handover_id)
    _steered(actor=actor, citizen_id=handover.citizen_id)
    handover.called_off_at = at
    handover.save(update_fields=["called_off_at"])
    record_event(verb=Verb.HANDOVER_FINISHED, citizen_id=handover.citizen_id, subject=handover, detail={"off": True})
    return handover


def _refuse_strangers(*, user_id: UUID, case: Case, on: date) -> None:
    try:
        colleague_serving(user_id=user_id, case=case, on=on)
    except NotAColleague:
        raise Refused("not_here", fields=("to_user",)) from None


def _steered(*, actor: Actor, citizen_id: UUID) -> Case:
    case = Case.objects.visible_to(actor).select_related("team").filter(citizen_id=citizen_id).first()
    if case is None:
        raise NotThere
    if not can_steer_case(actor, team_id=case.team_id, unit_id=case.team.unit_id):
        raise PermissionDenied
    return case


def _open(*, case: Case) -> "QuerySet[Handover]":
    return Handover.objects.filter(case=case, finished_at__isnull=True, called_off_at__isnull=True)


def _under_way(*, actor: Actor, handover_id: UUID) -> Handover:
    rows = Handover.objects.visible_to(actor).select_related("case").select_for_update(of=("self",))
    handover = rows.filter(pk=handover_id).first()
    if handover is None:
        raise NotThere
    if not can_work_on_case(actor):
        raise PermissionDenied
    if handover.finished_at is not None or handover.called_off_at is not None:
        raise NotNow
    return handover
