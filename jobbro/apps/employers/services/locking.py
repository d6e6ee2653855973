"""What every act begins with: the row locked, the right to change it, and that the company takes something new."""

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor

from ..enums import PartnerState
from ..models import Company, CompanyRow, Workplace
from ..numbers import InvalidNumber, read_phone
from ..permissions import can_keep_company
from ..refusals import NotThere, Refused
from ..wording import has_cpr

Kept = TypeVar("Kept", bound=CompanyRow)
LONGEST_TEXT = 10_000


def locked_company(*, actor: Actor, company_id: UUID) -> Company:
    """Whoever adds something to a company takes turns here."""
    rows = Company.objects.visible_to(actor).select_for_update(of=("self",))
    company: Company | None = rows.filter(pk=company_id).first()
    if company is None:
        raise NotThere
    if not can_keep_company(actor, company):
        raise PermissionDenied
    return company


def open_company(*, actor: Actor, company_id: UUID) -> Company:
    """The company, locked, when something new can be begun with it. Refused: `closed`."""
    company = locked_company(actor=actor, company_id=company_id)
    refuse_closed(company)
    return company


def refuse_closed(company: Company) -> None:
    """Nothing new is begun with a company that has closed: tasks, searches, needs, promises, agreements."""
    if company.state == PartnerState.CLOSED:
        raise Refused("closed")


def locked_row(model: type[Kept], *, actor: Actor, row_id: UUID) -> Kept:
    """A row about a company, with the company locked first: names and the first contact are unique among its rows."""
    rows = model._default_manager.get_queryset().visible_to(actor)  # type: ignore[attr-defined]
    company_id = rows.filter(pk=row_id).values_list("company_id", flat=True).first()
    if company_id is None:
        raise NotThere
    company = locked_company(actor=actor, company_id=company_id)
    row: Kept = rows.select_for_update(of=("self",)).get(pk=row_id)
    row.company = company
    return row


def checked_phone(text: str) -> str:
    """The number as we write it; nothing stays nothing. Refused: `phone`."""
    if not text.strip():
        return ""
    try:
        return read_phone(text)
    except InvalidNumber:
        raise Refused("phone", fields=("phone",)) from None


def workplace_of(company: Company, workplace_id: UUID | None) -> Workplace | None:
    """The company's own workplace. Refused: `workplace`."""
    if workplace_id is None:
        return None
    workplace: Workplace | None = Workplace.objects.filter(pk=workplace_id, company=company).first()
    if workplace is None:
        raise Refused("workplace", fields=("workplace",))
    return workplace


def plain_words(text: str, *, field: str, longest: int = LONGEST_TEXT, is_needed: bool = True) -> str:
    """The text without space around it. Refused: `words` (nothing written), `too_long`, `cpr`."""
    words = text.strip()
    if is_needed and not words:
        raise Refused("words", fields=(field,))
    if len(words) > longest:
        raise Refused("too_long", fields=(field,))
    if has_cpr(words):
        raise Refused("cpr", fields=(field,))
    return words
