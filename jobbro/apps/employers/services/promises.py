"""Promises of both sides, and what was agreed for a period."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import Promiser, PromiseState
from ..models import Company, PartnerAgreement, Promise
from ..refusals import NotNow, Refused
from .locking import locked_row, open_company, plain_words


@dataclass(frozen=True, kw_only=True)
class PromiseDraft:
    """What one side promised the other, and by when."""

    by: str
    text: str
    promised_on: date
    due_on: date


@dataclass(frozen=True, kw_only=True)
class AgreementDraft:
    """What was agreed; `replaces_id` names the agreement that it takes the place of."""

    title: str
    text: str
    agreed_with: str
    agreed_on: date
    from_on: date
    until_on: date | None = None
    replaces_id: UUID | None = None


def make_promise(*, actor: Actor, company_id: UUID, draft: PromiseDraft, on: date) -> Promise:
    """One side has promised something. Refused: `closed`, `by`, `day_ahead`, `due_before`, and words as elsewhere."""
    company = open_company(actor=actor, company_id=company_id)
    if draft.by not in Promiser.values:
        raise Refused("by", fields=("by",))
    if draft.promised_on > on:
        raise Refused("day_ahead", fields=("promised_on",))
    if draft.due_on < draft.promised_on:
        raise Refused("due_before", fields=("due_on",))
    promise = Promise(
        company=company,
        by=draft.by,
        text=plain_words(draft.text, field="text", longest=200),
        promised_on=draft.promised_on,
        due_on=draft.due_on,
        written_by_id=actor.id,
    )
    promise.save(force_insert=True)
    record_event(verb=Verb.PROMISE_MADE, subject=promise, detail={"company": str(company.pk), "by": draft.by})
    return promise


def end_promise(*, actor: Actor, promise_id: UUID, state: str, ended_on: date, note: str = "", on: date) -> Promise:
    """The promise is kept, or dropped with a reason. Refused: `end`, `day_ahead`, `day_before`, `reason`."""
    promise = locked_row(Promise, actor=actor, row_id=promise_id)
    if promise.state != PromiseState.OPEN:
        raise NotNow
    if state not in (PromiseState.KEPT, PromiseState.DROPPED):
        raise Refused("end", fields=("state",))
    if ended_on > on:
        raise Refused("day_ahead", fields=("ended_on",))
    if ended_on < promise.promised_on:
        raise Refused("day_before", fields=("ended_on",))
    if state == PromiseState.DROPPED and not note.strip():
        raise Refused("reason", fields=("note",))
    promise.state_note = plain_words(note, field="note", longest=200, is_needed=False)
    promise.state, promise.state_on = state, ended_on
    promise.save(update_fields=["state", "state_on", "state_note"])
    record_event(verb=Verb.PROMISE_ENDED, subject=promise, detail={"state": state})
    return promise


def make_agreement(
    *, actor: Actor, company_id: UUID, draft: AgreementDraft, on: date, at: datetime
) -> PartnerAgreement:
    """Something holds for a period; what it replaces ends the day before.

    Refused: `closed`, `day_ahead`, `period`, `replaces`, `replaces_day`, `words`, `too_long`, `cpr`.
    """
    company = open_company(actor=actor, company_id=company_id)
    if draft.agreed_on > on:
        raise Refused("day_ahead", fields=("agreed_on",))
    if draft.until_on is not None and draft.until_on < draft.from_on:
        raise Refused("period", fields=("until_on",))
    agreement = PartnerAgreement(
        company=company,
        title=plain_words(draft.title, field="title", longest=120),
        text=plain_words(draft.text, field="text"),
        agreed_with=plain_words(draft.agreed_with, field="agreed_with", longest=120),
        agreed_on=draft.agreed_on,
        from_on=draft.from_on,
        until_on=draft.until_on,
        written_by_id=actor.id,
        written_at=at,
    )
    if draft.replaces_id is not None:
        _replace(company, agreement_id=draft.replaces_id, from_on=draft.from_on)
    agreement.save(force_insert=True)
    replaced = {"replaces": str(draft.replaces_id)} if draft.replaces_id else {}
    record_event(verb=Verb.AGREEMENT_MADE, subject=agreement, detail={"company": str(company.pk), **replaced})
    return agreement


def end_agreement(*, actor: Actor, agreement_id: UUID, until_on: date, on: date) -> PartnerAgreement:
    """The agreement's last day. Refused: `period`; raises `NotNow` when it has ended."""
    agreement = locked_row(PartnerAgreement, actor=actor, row_id=agreement_id)
    if agreement.until_on is not None and agreement.until_on < on:
        raise NotNow
    if until_on < agreement.from_on:
        raise Refused("period", fields=("until_on",))
    agreement.until_on = until_on
    agreement.save(update_fields=["until_on"])
    record_event(verb=Verb.AGREEMENT_ENDED, subject=agreement, detail={"until_on": until_on.isoformat()})
    return agreement


def _replace(company: Company, *, agreement_id: UUID, from_on: date) -> None:
    old = PartnerAgreement.objects.select_for_update(of=("self",)).filter(pk=agreement_id, company=company).first()
    last_day = from_on - timedelta(days=1)
    if old is None or (old.until_on is not None and old.until_on < last_day):
        raise Refused("replaces", fields=("replaces",))
    if last_day < old.from_on:
        raise Refused("replaces_day", fields=("from_on",))
    old.until_on = last_day
    old.save(update_fields=["until_on"])
