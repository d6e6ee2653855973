"""A carved job that was agreed becomes an open job, kept for the person it was carved for."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.kernel.vocabulary import SLOTS

from ..enums import CarvedState, OpeningDemand, OpeningOrigin, OpeningState
from ..models import CarvedFor, CarvedJob, Opening
from ..opening_checking import TENTH, default_measures, place_on_map
from ..permissions import can_carve, is_for_unseen
from ..refusals import Changed, NotNow, NotThere, Refused
from ..selectors.carved_jobs import carved_job_file
from ..stamps import seen_carved_job
from .openings import put_place, refuse_unready, save_opening
from .tasks_locking import open_workplace


def open_carved_job(*, actor: Actor, job_id: UUID, seen: str, at: datetime, on: date) -> Opening:
    """The agreed job is open: for the person it was carved for alone, or for everybody.

    Raises NotThere, Changed, NotNow. Refused: `closed`, `no_place`, `demand_missing`, `unseen_person`. An open job
    that was closed opens again as the carved job is today.
    """
    rows = CarvedJob.objects.visible_to(actor).select_for_update(of=("self",))
    job: CarvedJob | None = rows.filter(pk=job_id).first()
    if job is None or not can_carve(actor):
        raise NotThere
    if seen_carved_job(job) != seen:
        raise Changed
    row = Opening.objects.visible_to(actor).select_for_update(of=("self",)).filter(carved_job=job).first()
    if job.state != CarvedState.AGREED or (row is not None and row.state == OpeningState.OPEN):
        raise NotNow
    if is_for_unseen(job.pk):
        raise Refused("unseen_person")
    workplace = open_workplace(actor=actor, workplace_id=job.workplace_id, on=on)
    is_new = row is None
    kept = row or _new(job, actor=actor, at=at)
    place = place_on_map(workplace)
    kept.x, kept.y = place.x, place.y
    put_place(kept, workplace=workplace)
    shown = job.supports.filter(is_shown=True).values_list("measure", flat=True)
    _put(kept, job=job, file=carved_job_file(actor=actor, job_id=job.pk))
    # Support that the employer was not shown is not promised by them: what a scheme pays is there anyway.
    kept.measures = sorted({*default_measures(workplace), *shown})
    refuse_unready(kept, on=on)
    kept.state, kept.state_on, kept.state_note = OpeningState.OPEN, on, ""
    if is_new:
        kept.save(force_insert=True)
    else:
        save_opening(kept, actor=actor, at=at)
    whom = CarvedFor.objects.filter(job=job).values_list("citizen_id", flat=True).first()
    record_event(verb=Verb.OPENING_MOVED, citizen_id=whom, subject=kept, detail={"move": "open", "carved": True})
    return kept


def _new(job: CarvedJob, *, actor: Actor, at: datetime) -> Opening:
    return Opening(
        company_id=job.company_id,
        workplace_id=job.workplace_id,
        carved_job=job,
        origin=OpeningOrigin.CARVED,
        is_reserved=CarvedFor.objects.filter(job=job).exists(),
        made_by_id=actor.id,
        made_at=at,
        changed_by_id=actor.id,
        changed_at=at,
    )


def _put(row: Opening, *, job: CarvedJob, file: dict[str, Any]) -> None:
    """What the carved job is and asks today; somebody may look at it again and confirm it."""
    row.title, row.description = job.title, job.description
    hours = Decimal(str(file["hours"][0])).quantize(TENTH, rounding=ROUND_HALF_UP)
    row.hours_min = row.hours_max = hours
    row.slots = [slot for slot in SLOTS if slot in file["slots"]]
    row.occupation, row.requires, row.places = file["occupation"], list(file["requires"]), file["places"]
    row.demand, row.demand_source = dict(file["demand"]), OpeningDemand.TASKS
    row.confirmed_by_id = row.confirmed_at = None
