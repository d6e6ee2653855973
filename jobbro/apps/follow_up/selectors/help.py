"""Questions for help: what can be asked by whom, and one question with who answers it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.looks import note_person
from jobbro.apps.placements.models import Placement
from jobbro.engines.follow_up import after_workdays

from ..models import HelpRequest
from ..permissions import can_follow_up, party_of
from ..reading import placement_for, rhythm_of
from ..rhythms import rhythm_on
from ..services.help import Answerer, answerers_of


@dataclass(frozen=True, kw_only=True)
class HelpStart:
    """Before the button is pressed: who answers, and by when."""

    placement: Placement | None
    citizen_id: UUID
    answerers: tuple[Answerer, ...]
    answer_by: date
    days: int

    @property
    def first(self) -> Answerer | None:
        return self.answerers[0] if self.answerers else None


@dataclass(frozen=True, kw_only=True)
class HelpPage:
    """One question for help, for those who asked and those who answer."""

    row: HelpRequest
    citizen_name: str
    answerers: tuple[Answerer, ...]
    is_staff: bool
    is_own: bool

    @property
    def is_open(self) -> bool:
        return self.row.done_at is None


def help_start(*, actor: Actor, placement_id: UUID | None, on: date) -> HelpStart | None:
    """Who answers the actor; None when the placement is not theirs, or staff ask. At most four queries."""
    placement = placement_for(actor=actor, placement_id=placement_id) if placement_id else None
    if placement is None and (placement_id is not None or actor.citizen_id is None):
        return None
    if placement and not party_of(actor, citizen_id=placement.citizen_id, company_id=placement.company_id):
        return None
    citizen_id = placement.citizen_id if placement else actor.citizen_id
    assert citizen_id is not None
    rhythm = (
        rhythm_of(actor=actor, placement=placement, on=on)
        if placement
        else rhythm_on(municipality=actor.codes[0], on=on)
    )
    return HelpStart(
        placement=placement,
        citizen_id=citizen_id,
        answerers=answerers_of(citizen_id=citizen_id),
        answer_by=after_workdays(on, count=rhythm.answer_days),
        days=rhythm.answer_days,
    )


def help_page(*, actor: Actor, help_id: UUID) -> HelpPage | None:
    """One question; None when it is not there for the actor. Two queries."""
    rows = HelpRequest.objects.visible_to(actor).select_related("placement", "done_by")
    is_staff = can_follow_up(actor)
    if is_staff:
        rows = rows.annotate(given_name=F("citizen__given_name"), family_name=F("citizen__family_name"))
    row: Any = rows.filter(pk=help_id).first()
    if row is None:
        return None
    if not actor.is_employer:
        note_person(row.citizen_id)
    return HelpPage(
        row=row,
        citizen_name=f"{row.given_name} {row.family_name}" if is_staff else "",
        answerers=answerers_of(citizen_id=row.citizen_id),
        is_staff=is_staff,
        is_own=actor.citizen_id == row.citizen_id,
    )
