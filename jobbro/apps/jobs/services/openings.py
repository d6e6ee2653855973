"""Writes of open jobs: add, change, say what they ask, and move them on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.employers.models import Workplace
from jobbro.kernel.vocabulary import VocabularyError, check_demand

from ..enums import OpeningDemand, OpeningOrigin, OpeningState
from ..models import CarvedJob, Opening
from ..opening_checking import LONGEST_NOTE, OpeningDraft, checked_draft, place_on_map
from ..permissions import can_keep_openings, is_closed
from ..prefilling import from_occupation
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_opening
from ..states import OPENING_MOVES, OPENS, state_of
from ..task_checking import checked_text
from .tasks_locking import open_workplace

# What follows the carved job, or stays as it was read: a change of the open job leaves it alone.
_FROM_CARVED = ("hours_min", "hours_max", "slots", "requires", "places", "occupation", "is_public")
_WRITTEN = ("title", "description", "wage_text", "starts_on", "closes_on")
_PLACED = ("employer_name", "place_name", "address", "postcode", "city", "x", "y")
_CHANGEABLE = [
    *(*_WRITTEN, *_FROM_CARVED, *_PLACED, "measures", "demand", "demand_source", "confirmed_by", "confirmed_at"),
    *("state", "state_on", "state_note", "changed_by", "changed_at"),
]


@dataclass(frozen=True, kw_only=True)
class OpeningMove:
    """What a move says besides its name."""

    on: date
    words: str = ""


def add_opening(
    *, actor: Actor, workplace_id: UUID, draft: OpeningDraft, origin: OpeningOrigin, at: datetime, on: date
) -> Opening:
    """A draft that only those who keep it see, with what its occupation usually asks.

    Refused: as `checked_draft`, and `closed`, `no_place`, `source_twice`.
    """
    workplace = open_workplace(actor=actor, workplace_id=workplace_id, on=on)
    return new_opening(actor=actor, workplace=workplace, draft=draft, origin=origin, at=at)


def new_opening(
    *, actor: Actor, workplace: Workplace, draft: OpeningDraft, origin: OpeningOrigin, at: datetime
) -> Opening:
    """The same at a workplace that may be written to; `workplace` with its company."""
    kept = checked_draft(draft, workplace=workplace)
    place = place_on_map(workplace)
    if kept.source_id and Opening.objects.filter(company_id=workplace.company_id, source_id=kept.source_id).exists():
        raise Refused("source_twice")
    row = Opening(
        company_id=workplace.company_id,
        workplace=workplace,
        origin=origin,
        source_id=kept.source_id,
        x=place.x,
        y=place.y,
        state_on=timezone.localdate(at),
        made_by_id=actor.id,
        made_at=at,
        changed_by_id=actor.id,
        changed_at=at,
    )
    put_place(row, workplace=workplace)
    put_draft(row, draft=kept)
    prefill(row)
    row.save(force_insert=True)
    record_event(verb=Verb.OPENING_ADDED, subject=row, detail={"origin": origin})
    return row


def change_opening(
    *, actor: Actor, opening_id: UUID, draft: OpeningDraft, seen: str, at: datetime, on: date
) -> Opening:
    """The job says this now; of a carved job only its words and days change. Raises Changed.

    Refused: as `add_opening`. Another occupation brings its levels, unless somebody has confirmed what the job asks.
    """
    row, workplace = locked_opening(actor=actor, opening_id=opening_id, seen=seen, on=on)
    rewrite_opening(row, actor=actor, workplace=workplace, draft=draft, at=at)
    return row


def rewrite_opening(row: Opening, *, actor: Actor, workplace: Workplace, draft: OpeningDraft, at: datetime) -> None:
    """The same on a row that is locked already."""
    kept = checked_draft(draft, workplace=workplace)
    place = place_on_map(workplace)
    row.x, row.y = place.x, place.y
    before = row.occupation
    put_place(row, workplace=workplace)
    put_draft(row, draft=kept)
    if row.occupation != before:
        prefill(row)
    save_opening(row, actor=actor, at=at)
    record_event(verb=Verb.OPENING_CHANGED, subject=row)


def confirm_opening_demand(
    *, actor: Actor, opening_id: UUID, levels: Mapping[str, int], seen: str, at: datetime, on: date
) -> Opening:
    """The job asks this: somebody who knows the work says so in their own name. Raises Changed.

    Refused: `demand_unknown`, `demand_none`, `closed`.
    """
    row, _ = locked_opening(actor=actor, opening_id=opening_id, seen=seen, on=on)
    try:
        demand = {area: level for area, level in check_demand(dict(levels)).items() if level}
    except VocabularyError as error:
        raise Refused("demand_unknown") from error
    if not demand:
        raise Refused("demand_none")
    was_changed = demand != row.demand
    row.demand, row.demand_source = demand, OpeningDemand.CONFIRMED
    row.confirmed_by_id, row.confirmed_at = actor.id, at
    save_opening(row, actor=actor, at=at)
    record_event(verb=Verb.OPENING_DEMAND_SET, subject=row, detail={"changed": was_changed})
    return row


def prefill_opening_demand(
    *, actor: Actor, opening_id: UUID, occupation: str, seen: str, at: datetime, on: date
) -> Opening:
    """The job is of this occupation and asks what is usual there, until somebody confirms it. Raises Changed.

    Refused: `opening_confirmed`, `prefill_unknown`, `carved_demand`.
    """
    row, _ = locked_opening(actor=actor, opening_id=opening_id, seen=seen, on=on)
    if row.demand_source == OpeningDemand.CONFIRMED:
        raise Refused("opening_confirmed")
    if row.carved_job_id is not None:
        raise Refused("carved_demand")
    if from_occupation(occupation) is None:
        raise Refused("prefill_unknown")
    row.occupation = occupation
    prefill(row)
    save_opening(row, actor=actor, at=at)
    record_event(verb=Verb.OPENING_CHANGED, subject=row, detail={"prefilled": True})
    return row


def move_opening(
    *, actor: Actor, opening_id: UUID, move: str, details: OpeningMove, seen: str, at: datetime
) -> Opening:
    """The job is open, filled, closed or a draft again. Raises Changed, NotNow.

    Refused: `demand_missing`, `closes_passed`, `no_place`, `too_long`, `cpr`, `closed`, `carved_gone`.
    """
    row, workplace = locked_opening(
        actor=actor, opening_id=opening_id, seen=seen, on=details.on, may_be_closed=move not in OPENS
    )
    try:
        state = OPENING_MOVES[state_of(row, on=details.on), move]
    except KeyError as error:
        raise NotNow from error
    if move in OPENS:
        refuse_unready(row, on=details.on)
        put_place(row, workplace=workplace)
        place = place_on_map(workplace)
        row.x, row.y = place.x, place.y
    row.state_note = checked_text(details.words, most=LONGEST_NOTE, field="words")
    row.state, row.state_on = state, details.on
    save_opening(row, actor=actor, at=at)
    record_event(verb=Verb.OPENING_MOVED, subject=row, detail={"move": move})
    return row


def close_opening_of(job: CarvedJob, *, actor: Actor, on: date, at: datetime) -> None:
    """A carved job that is taken back is open to nobody any more."""
    row = Opening.objects.select_for_update(of=("self",)).filter(carved_job=job).first()
    if row is None or row.state in (OpeningState.CLOSED, OpeningState.FILLED):
        return
    row.state, row.state_on = OpeningState.CLOSED, on
    save_opening(row, actor=actor, at=at)
    record_event(verb=Verb.OPENING_MOVED, subject=row, detail={"move": "close", "carved": True})


def refuse_unready(row: Opening, *, on: date) -> None:
    """A job in the pool says what it asks, and can still be got. Refused: `demand_missing`, `closes_passed`."""
    if row.demand_source == OpeningDemand.NONE or not row.demand:
        raise Refused("demand_missing")
    if row.closes_on is not None and row.closes_on < on:
        raise Refused("closes_passed", fields=("closes_on",))


def locked_opening(
    *, actor: Actor, opening_id: UUID, seen: str | None, on: date, may_be_closed: bool = False
) -> tuple[Opening, Workplace]:
    """Every change of an open job takes turns on its row. Raises NotThere, Changed; Refused `closed`."""
    row: Opening | None = (
        Opening.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=opening_id).first()
    )
    if row is None:
        raise NotThere
    if not can_keep_openings(actor, row.company_id) or (actor.is_employer and row.is_reserved):
        raise PermissionDenied
    if seen is not None and seen_opening(row) != seen:
        raise Changed
    workplace = Workplace.objects.visible_to(actor).select_related("company").get(pk=row.workplace_id)
    if not may_be_closed and is_closed(workplace, on=on):
        raise Refused("closed")
    return row, workplace


def save_opening(row: Opening, *, actor: Actor, at: datetime) -> None:
    """The row is kept, with who changed it last."""
    row.changed_by_id, row.changed_at = actor.id, at
    row.save(update_fields=_CHANGEABLE)


def put_place(row: Opening, *, workplace: Workplace) -> None:
    """The employer's name and place stand on the row: it is read without the company."""
    row.employer_name, row.place_name = workplace.company.name, workplace.name
    row.address, row.postcode, row.city = workplace.address, workplace.postcode, workplace.city


def put_draft(row: Opening, *, draft: OpeningDraft) -> None:
    """The row says what the draft says; what comes from a carved job stays."""
    values: dict[str, Any] = {name: getattr(draft, name) for name in (*_WRITTEN, *_FROM_CARVED, "measures")}
    kept = _WRITTEN if row.carved_job_id is not None else values
    for name in kept:
        value = values[name]
        setattr(row, name, list(value) if isinstance(value, tuple) else value)


def prefill(row: Opening) -> None:
    """The row asks what its occupation usually asks, unless somebody has confirmed it or its tasks say so."""
    if row.demand_source not in (OpeningDemand.NONE, OpeningDemand.OCCUPATION):
        return
    found = from_occupation(row.occupation)
    if found is None and row.state == OpeningState.OPEN:
        # A job in the pool keeps what it asks: an occupation without levels says nothing better.
        return
    row.demand = dict(found.demand) if found else {}
    row.demand_source = OpeningDemand.OCCUPATION if found else OpeningDemand.NONE
