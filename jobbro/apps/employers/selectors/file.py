"""The file of one company: who holds it, how the partnership is doing as facts with dates, and all that was said."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.organisations.stamps import stamp_of

from ..enums import NeedState, PartnerState, Promiser, PromiseState
from ..models import (
    Company,
    ContactPerson,
    PartnerAgreement,
    Promise,
    RecruitmentNeed,
    Talk,
    Workplace,
    YearlyTalk,
)
from ..permissions import can_keep_company, can_read_company, can_tell_needs
from ..stamps import COMPANY_FIELDS, STATE_FIELDS
from ..states import moves_from

TALKS_A_PAGE = 5


@dataclass(frozen=True, kw_only=True)
class CompanyCard:
    """A company as every page about it says it, with what the actor may do."""

    id: UUID
    name: str
    cvr: str
    sector: str
    trade: str
    phone: str
    email: str
    website: str
    state: PartnerState
    state_on: date
    state_note: str
    municipality_code: str
    municipality: str
    team_id: UUID
    team: str
    unit: str
    unit_phone: str
    broker_id: UUID
    broker: str
    broker_phone: str
    broker_email: str
    is_closed: bool
    may_keep: bool
    may_tell_needs: bool
    moves: tuple[str, ...]
    seen: str
    seen_state: str


@dataclass(frozen=True, kw_only=True)
class PromiseCount:
    """The promises of one side."""

    kept: int
    open: int
    overdue: int
    dropped: int


@dataclass(frozen=True, kw_only=True)
class PartnershipFacts:
    """How the partnership is doing: plain facts with dates. There is no score, and nothing here is weighed."""

    last_talk: Talk | None
    last_yearly_talk_on: date | None
    ours: PromiseCount
    theirs: PromiseCount
    open_needs: int


@dataclass(frozen=True, kw_only=True)
class CompanyFile:
    """All that the page of one company shows."""

    card: CompanyCard
    facts: PartnershipFacts
    first_contact: ContactPerson | None
    contacts: tuple[ContactPerson, ...]
    former_contacts: tuple[ContactPerson, ...]
    workplaces: tuple[Workplace, ...]
    talks: "Page[Talk]"
    open_promises: tuple[Promise, ...]
    ended_promises: tuple[Promise, ...]
    agreements: tuple[PartnerAgreement, ...]
    past_agreements: tuple[PartnerAgreement, ...]
    open_needs: tuple[RecruitmentNeed, ...]
    ended_needs: tuple[RecruitmentNeed, ...]
    yearly_talks: tuple[YearlyTalk, ...]


def company_file(*, actor: Actor, company_id: UUID, number: int = 1, on: date) -> CompanyFile | None:
    """The company's file, or None when there is none or it is not for this actor. `number`: page of the log."""
    card = company_card(actor=actor, company_id=company_id)
    if card is None:
        return None
    contacts = _contacts(card.id)
    standing = tuple(contact for contact in contacts if contact.until_on is None or contact.until_on >= on)
    promises = list(Promise.objects.filter(company_id=card.id).order_by("due_on", "pk"))
    agreements = PartnerAgreement.objects.filter(company_id=card.id).select_related("written_by")
    agreed = sorted(agreements, key=lambda row: (row.from_on, row.agreed_on), reverse=True)
    needs = RecruitmentNeed.objects.filter(company_id=card.id).select_related("workplace").order_by("-told_on", "pk")
    told = list(needs)
    yearly = YearlyTalk.objects.filter(company_id=card.id).select_related("written_by").order_by("-held_on", "-pk")
    talked = tuple(yearly)
    talks = _talks(actor=actor, company_id=card.id)
    open_needs = tuple(need for need in told if need.state == NeedState.OPEN)
    return CompanyFile(
        card=card,
        facts=PartnershipFacts(
            last_talk=talks.first(),
            last_yearly_talk_on=talked[0].held_on if talked else None,
            ours=_count(promises, by=Promiser.US, on=on),
            theirs=_count(promises, by=Promiser.THEM, on=on),
            open_needs=len(open_needs),
        ),
        first_contact=next((contact for contact in standing if contact.is_first), None),
        contacts=standing,
        former_contacts=tuple(contact for contact in contacts if contact not in standing),
        workplaces=tuple(Workplace.objects.filter(company_id=card.id).order_by("closed_on", "name")),
        talks=Paginator(talks, TALKS_A_PAGE).get_page(number),
        open_promises=tuple(promise for promise in promises if promise.state == PromiseState.OPEN),
        ended_promises=tuple(promise for promise in reversed(promises) if promise.state != PromiseState.OPEN),
        agreements=tuple(row for row in agreed if row.until_on is None or row.until_on >= on),
        past_agreements=tuple(row for row in agreed if row.until_on is not None and row.until_on < on),
        open_needs=open_needs,
        ended_needs=tuple(need for need in told if need.state != NeedState.OPEN),
        yearly_talks=talked,
    )


def company_card(*, actor: Actor, company_id: UUID) -> CompanyCard | None:
    """The company itself, or None when there is none or it is not for this actor."""
    rows = Company.objects.visible_to(actor).select_related("municipality", "team__unit", "broker")
    company: Company | None = rows.filter(pk=company_id).first()
    if company is None or not can_read_company(actor, company):
        return None
    may_keep, is_closed = can_keep_company(actor, company), company.state == PartnerState.CLOSED
    return CompanyCard(
        id=company.pk,
        name=company.name,
        cvr=company.cvr,
        sector=company.sector,
        trade=company.trade,
        phone=company.phone,
        email=company.email,
        website=company.website,
        state=PartnerState(company.state),
        state_on=company.state_on,
        state_note=company.state_note,
        municipality_code=company.municipality_id,
        municipality=company.municipality.name,
        team_id=company.team_id,
        team=company.team.name,
        unit=company.team.unit.name,
        unit_phone=company.team.unit.phone,
        broker_id=company.broker_id,
        broker=company.broker.display_name,
        broker_phone=company.broker.phone,
        broker_email=company.broker.email,
        is_closed=is_closed,
        may_keep=may_keep,
        may_tell_needs=can_tell_needs(actor, company),
        moves=moves_from(company.state) if may_keep else (),
        seen=stamp_of(company, *COMPANY_FIELDS),
        seen_state=stamp_of(company, *STATE_FIELDS),
    )


def _contacts(company_id: UUID) -> list[ContactPerson]:
    rows = ContactPerson.objects.filter(company_id=company_id).select_related("workplace", "user")
    return list(rows.order_by("-is_first", "name", "pk"))


def _talks(*, actor: Actor, company_id: UUID):  # type: ignore[no-untyped-def]
    """The newest first; the company reads what is shared."""
    talks = Talk.objects.filter(company_id=company_id).select_related("written_by", "workplace")
    shown = talks.filter(is_shared=True) if actor.is_employer else talks
    return shown.order_by("-held_on", "-written_at", "-pk")


def _count(promises: list[Promise], *, by: Promiser, on: date) -> PromiseCount:
    mine = [promise for promise in promises if promise.by == by]
    states = Counter(promise.state for promise in mine)
    overdue = sum(promise.state == PromiseState.OPEN and promise.due_on < on for promise in mine)
    return PromiseCount(
        kept=states[PromiseState.KEPT],
        open=states[PromiseState.OPEN],
        overdue=overdue,
        dropped=states[PromiseState.DROPPED],
    )
