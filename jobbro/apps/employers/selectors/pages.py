"""What the pages with a form about a company need: its card, one row of it, and what can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.organisations.stamps import stamp_of

from ..enums import NeedState, PromiseState
from ..models import CompanyRow, ContactPerson, PartnerAgreement, Promise, RecruitmentNeed, Workplace
from ..stamps import CONTACT_FIELDS, WORKPLACE_FIELDS
from .choosing import Holder, holders_for
from .file import CompanyCard, company_card

Kept = TypeVar("Kept", bound=CompanyRow)


@dataclass(frozen=True, kw_only=True)
class CompanyPage:
    """A company with what a form about it offers."""

    card: CompanyCard
    workplaces: tuple[Workplace, ...] = ()
    agreements: tuple[PartnerAgreement, ...] = ()
    holders: tuple[Holder, ...] = ()
    open_promises: tuple[Promise, ...] = ()
    open_needs: tuple[RecruitmentNeed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RowPage(Generic[Kept]):
    """One row about a company, with the mark of what was seen and the company's workplaces."""

    card: CompanyCard
    row: Kept
    seen: str
    is_over: bool
    workplaces: tuple[Workplace, ...] = ()


def company_page(*, actor: Actor, company_id: UUID) -> CompanyPage | None:
    """The company with its open workplaces."""
    card = company_card(actor=actor, company_id=company_id)
    return CompanyPage(card=card, workplaces=_open_workplaces(card.id)) if card else None


def company_to_change(*, actor: Actor, company_id: UUID, on: date) -> CompanyPage | None:
    """The company with those who could hold it."""
    card = company_card(actor=actor, company_id=company_id)
    if card is None:
        return None
    return CompanyPage(card=card, holders=_with_present(card, holders_for(codes=(card.municipality_code,), on=on)))


def company_to_move(*, actor: Actor, company_id: UUID) -> CompanyPage | None:
    """The company with what is open between us, so that nothing is lost when it closes."""
    card = company_card(actor=actor, company_id=company_id)
    if card is None:
        return None
    promises = Promise.objects.filter(company_id=card.id, state=PromiseState.OPEN).order_by("due_on", "pk")
    needs = RecruitmentNeed.objects.filter(company_id=card.id, state=NeedState.OPEN).order_by("told_on", "pk")
    return CompanyPage(card=card, open_promises=tuple(promises), open_needs=tuple(needs))


def company_to_agree_with(*, actor: Actor, company_id: UUID, on: date) -> CompanyPage | None:
    """The company with the agreements that a new one could take the place of."""
    card = company_card(actor=actor, company_id=company_id)
    if card is None:
        return None
    rows = PartnerAgreement.objects.filter(company_id=card.id).order_by("-from_on", "pk")
    standing = tuple(row for row in rows if row.until_on is None or row.until_on >= on)
    return CompanyPage(card=card, agreements=standing)


def workplace_page(*, actor: Actor, workplace_id: UUID) -> RowPage[Workplace] | None:
    """One workplace with all that its page shows."""
    row = _row(Workplace, actor=actor, row_id=workplace_id)
    return _page(row, actor=actor, seen=WORKPLACE_FIELDS, is_over=bool(row and row.closed_on))


def contact_page(*, actor: Actor, contact_id: UUID, on: date) -> RowPage[ContactPerson] | None:
    """One contact, with the company's workplaces."""
    row = _row(ContactPerson, actor=actor, row_id=contact_id)
    is_over = bool(row and row.until_on and row.until_on < on)
    return _page(row, actor=actor, seen=CONTACT_FIELDS, is_over=is_over, has_workplaces=True)


def promise_page(*, actor: Actor, promise_id: UUID) -> RowPage[Promise] | None:
    """One promise."""
    row = _row(Promise, actor=actor, row_id=promise_id)
    return _page(row, actor=actor, is_over=bool(row and row.state != PromiseState.OPEN))


def agreement_page(*, actor: Actor, agreement_id: UUID, on: date) -> RowPage[PartnerAgreement] | None:
    """One agreement."""
    row = _row(PartnerAgreement, actor=actor, row_id=agreement_id)
    return _page(row, actor=actor, is_over=bool(row and row.until_on and row.until_on < on))


def need_page(*, actor: Actor, need_id: UUID) -> RowPage[RecruitmentNeed] | None:
    """One need."""
    row = _row(RecruitmentNeed, actor=actor, row_id=need_id)
    return _page(row, actor=actor, is_over=bool(row and row.state != NeedState.OPEN))


def _row(model: type[Kept], *, actor: Actor, row_id: UUID) -> Kept | None:
    rows = model._default_manager.get_queryset().visible_to(actor)  # type: ignore[attr-defined]
    row: Kept | None = rows.filter(pk=row_id).first()
    return row


def _page(
    row: Kept | None, *, actor: Actor, seen: Iterable[str] = (), is_over: bool, has_workplaces: bool = False
) -> RowPage[Kept] | None:
    card = company_card(actor=actor, company_id=row.company_id) if row else None
    if row is None or card is None:
        return None
    workplaces = _open_workplaces(card.id) if has_workplaces else ()
    return RowPage(card=card, row=row, seen=stamp_of(row, *seen), is_over=is_over, workplaces=workplaces)


def _open_workplaces(company_id: UUID) -> tuple[Workplace, ...]:
    return tuple(Workplace.objects.filter(company_id=company_id, closed_on__isnull=True).order_by("name", "pk"))


def _with_present(card: CompanyCard, holders: tuple[Holder, ...]) -> tuple[Holder, ...]:
    """Who holds it now can go on, also when they have no place there any more."""
    present = Holder(team_id=card.team_id, team=card.team, broker_id=card.broker_id, broker=card.broker)
    return holders if present in holders else (present, *holders)
