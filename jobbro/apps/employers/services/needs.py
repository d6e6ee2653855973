"""Hands that the company needs, told by staff or by the company itself."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.engines.occupations.occupations import occupations

from ..enums import NeedState
from ..models import Company, RecruitmentNeed
from ..permissions import can_tell_needs
from ..refusals import NotNow, NotThere, Refused
from .locking import plain_words, refuse_closed, workplace_of

MOST_PLACES, MOST_HOURS = 500, Decimal(60)


@dataclass(frozen=True, kw_only=True)
class NeedDraft:
    """What hands are needed; `occupation` is a code of the table of occupations or empty."""

    title: str
    occupation: str = ""
    places: int = 1
    hours_min: Decimal | None = None
    hours_max: Decimal | None = None
    wanted_from: date | None = None
    note: str = ""
    workplace_id: UUID | None = None


def tell_need(*, actor: Actor, company_id: UUID, draft: NeedDraft, on: date) -> RecruitmentNeed:
    """The company needs these hands. Refused: `closed`, `occupation`, `places`, `hours`, `hours_order`, `workplace`,
    `words`, `too_long`, `cpr`."""
    company = _company(actor=actor, company_id=company_id)
    refuse_closed(company)
    _refuse_numbers(draft)
    if draft.occupation and draft.occupation not in occupations():
        raise Refused("occupation", fields=("occupation",))
    need = RecruitmentNeed(
        company=company,
        workplace=workplace_of(company, draft.workplace_id),
        title=plain_words(draft.title, field="title", longest=120),
        occupation=draft.occupation,
        places=draft.places,
        hours_min=draft.hours_min,
        hours_max=draft.hours_max,
        wanted_from=draft.wanted_from,
        note=plain_words(draft.note, field="note", is_needed=False),
        told_on=on,
    )
    need.save(force_insert=True)
    record_event(verb=Verb.NEED_TOLD, subject=need, detail={"company": str(company.pk)})
    return need


def end_need(*, actor: Actor, need_id: UUID, state: str, ended_on: date, on: date) -> RecruitmentNeed:
    """The need is met or no longer there; raises `NotNow` when it has ended. Refused: `end` and days."""
    rows = RecruitmentNeed.objects.visible_to(actor).select_for_update(of=("self",)).select_related("company")
    need: RecruitmentNeed | None = rows.filter(pk=need_id).first()
    if need is None:
        raise NotThere
    if not can_tell_needs(actor, need.company):
        raise PermissionDenied
    if need.state != NeedState.OPEN:
        raise NotNow
    if state not in (NeedState.MET, NeedState.WITHDRAWN):
        raise Refused("end", fields=("state",))
    if ended_on > on:
        raise Refused("day_ahead", fields=("ended_on",))
    if ended_on < need.told_on:
        raise Refused("day_before", fields=("ended_on",))
    need.state, need.ended_on = state, ended_on
    need.save(update_fields=["state", "ended_on"])
    record_event(verb=Verb.NEED_ENDED, subject=need, detail={"state": state})
    return need


def _company(*, actor: Actor, company_id: UUID) -> Company:
    rows = Company.objects.visible_to(actor)
    # The company's own people may not lock its row: they do not write there.
    rows = rows if actor.is_employer else rows.select_for_update(of=("self",))
    company: Company | None = rows.filter(pk=company_id).first()
    if company is None:
        raise NotThere
    if not can_tell_needs(actor, company):
        raise PermissionDenied
    return company


def _refuse_numbers(draft: NeedDraft) -> None:
    if not 1 <= draft.places <= MOST_PLACES:
        raise Refused("places", fields=("places",))
    for name, hours in (("hours_min", draft.hours_min), ("hours_max", draft.hours_max)):
        if hours is not None and not (hours.is_finite() and 0 < hours <= MOST_HOURS):
            raise Refused("hours", fields=(name,))
    if draft.hours_min is not None and draft.hours_max is not None and draft.hours_max < draft.hours_min:
        raise Refused("hours_order", fields=("hours_max",))
