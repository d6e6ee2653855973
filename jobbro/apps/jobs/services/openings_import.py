"""Many open jobs at once, as an import brings them: new ones are added, those with a known number are changed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.employers.models import Company, Workplace
from jobbro.apps.employers.permissions import can_keep_companies

from ..enums import OpeningDemand, OpeningOrigin, OpeningState
from ..models import Opening
from ..opening_checking import checked_draft, place_on_map
from ..openings_bringing import Book, KnownCompany, KnownOpening, OpeningRow, PlacedOpening, place_openings
from .openings import prefill, put_draft, put_place, save_opening

BATCH = 500


def known_openings(*, actor: Actor, municipality: str, cvrs: Collection[str]) -> Book:
    """The municipality's companies with these numbers, their workplaces and jobs. Three queries."""
    wanted = sorted(set(cvrs))
    companies = list(Company.objects.visible_to(actor).filter(municipality_id=municipality, cvr__in=wanted))
    by_id = {company.pk: KnownCompany(is_closed=company.state == PartnerState.CLOSED) for company in companies}
    ids = list(by_id)
    for place in Workplace.objects.filter(company_id__in=ids).select_related("company").order_by("name", "pk"):
        by_id[place.company_id].workplaces.append(place)
    alive = (OpeningState.DRAFT, OpeningState.OPEN)
    rows = Opening.objects.filter(company_id__in=ids).values_list(
        "company_id", "pk", "workplace_id", "source_id", "title", "state"
    )
    for company_id, pk, workplace_id, source_id, title, state in rows:
        known = KnownOpening(pk, workplace_id, source_id, title, state in alive)
        by_id[company_id].openings.append(known)
    return {company.cvr: by_id[company.pk] for company in companies}


def bring_openings(*, actor: Actor, municipality: str, rows: Sequence[OpeningRow], on: date, at: datetime) -> int:
    """Jobs that are not there are added, those with a known number changed; rows that cannot be are left out.

    Returns how many rows added or changed something.
    """
    if not can_keep_companies(actor) or municipality not in actor.codes:
        raise PermissionDenied
    _take_turns(municipality)
    book = known_openings(actor=actor, municipality=municipality, cvrs=[row.cvr for row in rows])
    placed = list(zip(rows, place_openings(book, rows, on=on), strict=True))
    new = [_new(row, one, actor=actor, at=at, on=on) for row, one in placed if _is_new(one)]
    changes = {one.changes: (row, one) for row, one in placed if one.changes is not None}
    Opening.objects.bulk_create(new, batch_size=BATCH)
    changed = _change(changes, actor=actor, at=at, on=on)
    record_event(verb=Verb.OPENING_ADDED, detail={"origin": "file", "added": len(new), "changed": changed})
    return len(new) + changed


def _take_turns(municipality: str) -> None:
    """Two files with the same jobs are brought in one after the other; the second finds them known."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s::text, 0))", [f"openings.{municipality}"])


def _is_new(one: PlacedOpening) -> bool:
    return one.refusal is None and not one.is_known and one.changes is None


def _new(row: OpeningRow, one: PlacedOpening, *, actor: Actor, at: datetime, on: date) -> Opening:
    assert one.workplace is not None, "a row that is new has its workplace"
    made = Opening(
        company_id=one.workplace.company_id,
        workplace=one.workplace,
        origin=OpeningOrigin.FILE,
        source_id=row.draft.source_id,
        state_on=timezone.localdate(at),
        made_by_id=actor.id,
        made_at=at,
        changed_by_id=actor.id,
        changed_at=at,
    )
    _put(made, row=row, workplace=one.workplace, on=on)
    return made


def _change(changes: dict[UUID, tuple[OpeningRow, PlacedOpening]], *, actor: Actor, at: datetime, on: date) -> int:
    ids = list(changes)
    found = Opening.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    for row in found:
        told, one = changes[row.pk]
        assert one.workplace is not None, "a row that changes something has its workplace"
        _put(row, row=told, workplace=one.workplace, on=on)
        save_opening(row, actor=actor, at=at)
    return len(changes)


def _put(made: Opening, *, row: OpeningRow, workplace: Workplace, on: date) -> None:
    draft = checked_draft(row.draft, workplace=workplace)
    if made.measures:
        # Somebody may have looked at the ticks: a file says nothing about them.
        draft = replace(draft, measures=tuple(made.measures))
    place = place_on_map(workplace)
    made.x, made.y = place.x, place.y
    before = made.occupation
    put_place(made, workplace=workplace)
    put_draft(made, draft=draft)
    if row.demand and made.demand_source != OpeningDemand.CONFIRMED:
        made.demand, made.demand_source = dict(row.demand), OpeningDemand.FILE
    elif made.occupation != before:
        prefill(made)
    if row.is_open and made.state == OpeningState.DRAFT and made.demand:
        made.state, made.state_on = OpeningState.OPEN, on
