"""What was said: the dialogue log, and the talk about the partnership once a year."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import ContactKind
from ..models import Talk, YearlyTalk
from ..refusals import Refused
from .locking import locked_company, plain_words, workplace_of


@dataclass(frozen=True, kw_only=True)
class TalkDraft:
    """One entry of the dialogue log."""

    kind: str
    held_on: date
    text: str
    is_shared: bool = True
    workplace_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class YearlyTalkDraft:
    """What both said."""

    held_on: date
    they_said: str
    we_said: str
    agreed: str = ""


def write_talk(*, actor: Actor, company_id: UUID, draft: TalkDraft, on: date, at: datetime) -> Talk:
    """The log has one more entry, also when the company has closed.

    Refused: `kind`, `day_ahead`, `workplace`, `words`, `too_long`, `cpr`.
    """
    company = locked_company(actor=actor, company_id=company_id)
    if draft.kind not in ContactKind.values:
        raise Refused("kind", fields=("kind",))
    _refuse_ahead(draft.held_on, on=on)
    talk = Talk(
        company=company,
        workplace=workplace_of(company, draft.workplace_id),
        kind=draft.kind,
        held_on=draft.held_on,
        text=plain_words(draft.text, field="text"),
        is_shared=draft.is_shared,
        written_by_id=actor.id,
        written_at=at,
    )
    talk.save(force_insert=True)
    record_event(verb=Verb.TALK_WRITTEN, subject=talk, detail={"company": str(company.pk)})
    return talk


def hold_yearly_talk(*, actor: Actor, company_id: UUID, draft: YearlyTalkDraft, on: date, at: datetime) -> YearlyTalk:
    """What both said when the partnership was talked through. Refused: `day_ahead`, `words`, `too_long`, `cpr`."""
    company = locked_company(actor=actor, company_id=company_id)
    _refuse_ahead(draft.held_on, on=on)
    talk = YearlyTalk(
        company=company,
        held_on=draft.held_on,
        they_said=plain_words(draft.they_said, field="they_said"),
        we_said=plain_words(draft.we_said, field="we_said"),
        agreed=plain_words(draft.agreed, field="agreed", is_needed=False),
        written_by_id=actor.id,
        written_at=at,
    )
    talk.save(force_insert=True)
    record_event(verb=Verb.YEARLY_TALK_HELD, subject=talk, detail={"company": str(company.pk)})
    return talk


def _refuse_ahead(day: date, *, on: date) -> None:
    if day > on:
        raise Refused("day_ahead", fields=("held_on",))
