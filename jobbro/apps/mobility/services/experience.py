"""What a job has taught: skills that the citizen chose go into the work wish; what went well is talked about."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.jobs.refusals import Refused as WishRefused
from jobbro.apps.jobs.services.work_wishes import MOST_SLOT_HOURS, WishDraft, tell_work_wish
from jobbro.apps.jobs.stamps import seen_wish
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import AgreementVersion, Placement
from jobbro.apps.placements.wording import LONGEST_REASON, checked_line, checked_words
from jobbro.kernel.vocabulary import AREAS

from ..enums import ObservationState, Source
from ..facts import wish_row
from ..models import Experience, Observation
from ..permissions import can_help, can_speak_for
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_observation

LONGEST_SKILL, MOST_AT_ONCE = 60, 20


def write_experience(
    *, actor: Actor, placement_id: UUID, skills: tuple[str, ...], on_behalf: str, at: datetime, on: date
) -> Experience:
    """The citizen takes these along: they stand in the work wish from now on, beside what stood there.

    Without a work wish one begins with the hours and half-days of the agreement. Raises NotThere, PermissionDenied.
    Refused: `skills_none`, `skills_many`, `needed` (why staff write it), `too_long`, `cpr`, `no_wish` (neither wish nor
    half-days to begin one from).
    """
    placement = _job(actor=actor, placement_id=placement_id)
    chosen = tuple(dict.fromkeys(_skill(skill) for skill in skills if skill.strip()))
    if not chosen:
        raise Refused("skills_none", fields=("skills",))
    if len(chosen) > MOST_AT_ONCE:
        raise Refused("skills_many", fields=("own_skills",), values={"most": MOST_AT_ONCE})
    is_own = actor.citizen_id == placement.citizen_id
    row = Experience(
        citizen_id=placement.citizen_id,
        placement=placement,
        skills=list(chosen),
        told_by_id=actor.id,
        on_behalf="" if is_own else checked_line(on_behalf, field="on_behalf", is_needed=True),
        told_at=at,
    )
    row.save(force_insert=True)
    _into_wish(placement, actor=actor, skills=chosen, on=on)
    record_event(verb=Verb.EXPERIENCE_TOLD, citizen_id=row.citizen_id, subject=row, detail={"skills": len(chosen)})
    return row


@dataclass(frozen=True, kw_only=True)
class ObservationDraft:
    """What has gone well, in which area, and who has seen it."""

    area: str
    words: str
    seen_by: Source


def note_observation(*, actor: Actor, placement_id: UUID, draft: ObservationDraft, at: datetime) -> Observation:
    """It is noted, and waits for what the citizen says to it; what they write themselves is agreed with it.

    Raises NotThere, PermissionDenied. Refused: `area`, `needed`, `too_long`, `cpr`.
    """
    placement = _job(actor=actor, placement_id=placement_id)
    if draft.area not in AREAS:
        raise Refused("area", fields=("area",))
    is_own = actor.citizen_id == placement.citizen_id
    row = Observation(
        citizen_id=placement.citizen_id,
        placement=placement,
        area=draft.area,
        words=checked_words(draft.words, field="words", most=LONGEST_REASON, is_needed=True),
        seen_by=Source.CITIZEN if is_own else draft.seen_by,
        noted_by_id=actor.id,
        noted_at=at,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.OBSERVATION_NOTED, citizen_id=row.citizen_id, subject=row)
    if is_own:
        _answer(row, actor=actor, state=ObservationState.AGREED, on_behalf="", at=at)
    return row


def answer_observation(
    *, actor: Actor, observation_id: UUID, is_agreed: bool, on_behalf: str, seen: str, at: datetime
) -> Observation:
    """The citizen agrees, or does not; no level changes by it. Staff write the answer with a reason.

    Raises NotThere, PermissionDenied, Changed, NotNow (answered already). Refused: `needed`, `too_long`, `cpr`.
    """
    rows = Observation.objects.visible_to(actor).select_for_update(of=("self",))
    row: Observation | None = rows.filter(pk=observation_id).first()
    if row is None:
        raise NotThere
    if not can_speak_for(actor, citizen_id=row.citizen_id):
        raise PermissionDenied
    if row.state != ObservationState.PROPOSED:
        raise NotNow
    if seen_observation(row) != seen:
        raise Changed
    is_own = actor.citizen_id == row.citizen_id
    reason = "" if is_own else checked_line(on_behalf, field="on_behalf", is_needed=True)
    state = ObservationState.AGREED if is_agreed else ObservationState.DECLINED
    _answer(row, actor=actor, state=state, on_behalf=reason, at=at)
    return row


def _answer(row: Observation, *, actor: Actor, state: ObservationState, on_behalf: str, at: datetime) -> None:
    row.state, row.answered_by_id, row.answered_at, row.on_behalf = state, actor.id, at, on_behalf
    row.save(update_fields=["state", "answered_by", "answered_at", "on_behalf"])
    record_event(verb=Verb.OBSERVATION_ANSWERED, citizen_id=row.citizen_id, subject=row, detail={"state": str(state)})


def _skill(text: str) -> str:
    return checked_line(text, field="own_skills", most=LONGEST_SKILL)


def _job(*, actor: Actor, placement_id: UUID) -> Placement:
    """A job that is or was agreed."""
    rows = Placement.objects.visible_to(actor).filter(state__in=(PlacementState.AGREED, PlacementState.ENDED))
    row: Placement | None = None if actor.is_employer else rows.filter(pk=placement_id).first()
    if row is None:
        raise NotThere
    if not (actor.citizen_id == row.citizen_id or can_help(actor)):
        raise PermissionDenied
    return row


def _into_wish(placement: Placement, *, actor: Actor, skills: tuple[str, ...], on: date) -> None:
    row = wish_row(actor=actor, citizen_id=placement.citizen_id)
    draft = _wish_with(row, skills=skills) if row else wish_from_job(placement, skills=skills)
    try:
        tell_work_wish(actor=actor, citizen_id=placement.citizen_id, draft=draft, seen=seen_wish(row), on=on)
    except WishRefused as refusal:
        raise Refused(
            "skills_many" if refusal.code == "skills_many" else "no_wish", values={"most": MOST_AT_ONCE}
        ) from refusal


def _wish_with(row: Any, *, skills: tuple[str, ...]) -> WishDraft:
    """As it stands, with the skills beside those that stood there."""
    kept: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("hours_min", "hours_max", "max_hours_per_slot", "max_km", "travels_from", "occupations")
    }
    return WishDraft(slots=tuple(row.slots), skills=tuple(dict.fromkeys((*row.skills, *skills))), **kept)


def wish_from_job(placement: Placement, *, skills: tuple[str, ...]) -> WishDraft:
    """A wish that begins with what the agreement says of hours and half-days. Refused: `no_wish`."""
    version: AgreementVersion | None = placement.versions.order_by("-number").first()
    if version is None or not version.slots:
        raise Refused("no_wish")
    hours = [Decimal(str(step["hours"])) for step in version.steps]
    return WishDraft(
        hours_min=min(hours),
        hours_max=max(hours),
        slots=tuple(version.slots),
        max_hours_per_slot=min(MOST_SLOT_HOURS, max(hours) / len(version.slots)),
        skills=skills,
    )
