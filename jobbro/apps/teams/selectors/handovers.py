"""A handover with its list, and to whom a citizen can be handed over."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.models import Case
from jobbro.apps.cases.permissions import can_steer_case
from jobbro.apps.cases.selectors import Choice, colleagues_for

from ..enums import HandoverItem
from ..models import Handover, HandoverEntry


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """What was told to one point; `earlier` is how often it was told before."""

    item: HandoverItem
    text: str
    by: str
    at: datetime | None
    earlier: int


@dataclass(frozen=True, kw_only=True)
class HandoverPage:
    """All that the page of a handover shows, for staff."""

    handover: Handover
    citizen: str
    to_name: str
    from_name: str
    entries: tuple[EntryLine, ...]
    can_finish: bool

    @property
    def is_under_way(self) -> bool:
        return self.handover.finished_at is None and self.handover.called_off_at is None

    @property
    def open_items(self) -> tuple[HandoverItem, ...]:
        """The points that nobody has told yet."""
        return tuple(entry.item for entry in self.entries if not entry.text)


@dataclass(frozen=True, kw_only=True)
class HandoverStart:
    """A citizen to be handed over: who can take over, or the handover that is under way."""

    citizen_id: UUID
    citizen: str
    people: tuple[Choice, ...]
    under_way: UUID | None


def handover_page(*, actor: Actor, handover_id: UUID, on: date) -> HandoverPage | None:
    """The handover; None when it is not there for the actor."""
    rows = Handover.objects.visible_to(actor).select_related("citizen", "case__team", "from_user", "to_user")
    handover = rows.defer("citizen__cpr_cipher", "citizen__cpr_key").filter(pk=handover_id).first()
    if handover is None:
        return None
    team = handover.case.team
    entries = list(handover.entries.select_related("written_by").order_by("written_at", "pk"))
    return HandoverPage(
        handover=handover,
        citizen=handover.citizen.name,
        to_name=handover.to_user.display_name,
        from_name=handover.from_user.display_name if handover.from_user else "",
        entries=tuple(_line(item, entries=entries) for item in HandoverItem),
        can_finish=can_steer_case(actor, team_id=team.pk, unit_id=team.unit_id),
    )


def _line(item: HandoverItem, *, entries: list[HandoverEntry]) -> EntryLine:
    told = [entry for entry in entries if entry.item == item]
    if not told:
        return EntryLine(item=item, text="", by="", at=None, earlier=0)
    newest = told[-1]
    return EntryLine(
        item=item,
        text=newest.text,
        by=newest.written_by.display_name,
        at=newest.written_at,
        earlier=len(told) - 1,
    )


def handover_start(*, actor: Actor, citizen_id: UUID, on: date) -> HandoverStart | None:
    """Who can take over; None when there is no such citizen, or the actor does not carry them."""
    case = (
        Case.objects.visible_to(actor)
        .select_related("team", "citizen")
        .defer("citizen__cpr_cipher", "citizen__cpr_key")
        .filter(citizen_id=citizen_id)
        .first()
    )
    if case is None or not can_steer_case(actor, team_id=case.team_id, unit_id=case.team.unit_id):
        return None
    under_way = Handover.objects.filter(case=case, finished_at__isnull=True, called_off_at__isnull=True)
    return HandoverStart(
        citizen_id=citizen_id,
        citizen=case.citizen.name,
        people=colleagues_for(codes=(case.citizen.municipality_id,), on=on),
        under_way=under_way.values_list("pk", flat=True).first(),
    )
