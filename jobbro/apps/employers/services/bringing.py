"""Many companies at once, as an import brings them. What is known is left as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.kernel.postcodes import place_of, town_of

from ..bringing import KnownPartner, News, PartnerRow, Placed, found_workplace, place_rows
from ..enums import PartnerState
from ..models import Company, ContactPerson, Workplace
from ..numbers import read_cvr, read_p_number
from ..permissions import can_keep_companies
from ..refusals import Refused
from ..selectors.known import book_of
from .companies import CompanyDraft, refuse_stranger
from .locking import plain_words

BATCH = 500


@dataclass(frozen=True)
class Brought:
    """How many of each were added, and how many rows added something."""

    companies: int
    workplaces: int
    contacts: int
    rows: int


@dataclass
class _New:
    """What is about to be written."""

    companies: dict[str, Company]
    workplaces: dict[tuple[str, str], Workplace]
    contacts: list[ContactPerson]


def bring_partners(*, actor: Actor, municipality: str, rows: Sequence[PartnerRow], on: date, at: datetime) -> Brought:
    """Companies, workplaces and people that are not known are added; rows that clash are left out.

    Refused: `municipality`, `holder`, `words`, `too_long`, `cpr`. Raises `InvalidNumber`.
    """
    if not can_keep_companies(actor):
        raise PermissionDenied
    if municipality not in actor.codes:
        raise Refused("municipality", fields=("municipality",))
    _take_turns(municipality)
    numbers = list({row.cvr for row in rows})
    companies = Company.objects.visible_to(actor).filter(municipality_id=municipality, cvr__in=numbers)
    book = book_of(companies.order_by("pk").select_for_update(of=("self",)))
    first = {cvr: partner.id for cvr, partner in book.items()}
    leads = _led([company_id for company_id in first.values() if company_id])
    new = _New({}, {}, [])
    placed = place_rows(book, rows)
    for row, one in zip(rows, placed, strict=True):
        _add(new, row=row, placed=one, partner=book.get(row.cvr), actor=actor, municipality=municipality, on=on, at=at)
    _check_holders(new, municipality=municipality, on=on)
    _mark_first(new.contacts, led=leads)
    Company.objects.bulk_create(list(new.companies.values()), batch_size=BATCH)
    Workplace.objects.bulk_create(list(new.workplaces.values()), batch_size=BATCH)
    ContactPerson.objects.bulk_create(new.contacts, batch_size=BATCH)
    counts = Brought(len(new.companies), len(new.workplaces), len(new.contacts), sum(1 for one in placed if one.news))
    detail = {"companies": counts.companies, "workplaces": counts.workplaces, "contacts": counts.contacts}
    record_event(verb=Verb.COMPANY_ADDED, detail=detail)
    return counts


def _take_turns(municipality: str) -> None:
    """Two files with the same companies are brought in one after the other; the second finds them known."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s::text, 0))", [f"partners.{municipality}"])


def _add(
    new: _New,
    *,
    row: PartnerRow,
    placed: Placed,
    partner: KnownPartner | None,
    actor: Actor,
    municipality: str,
    on: date,
    at: datetime,
) -> None:
    if not placed.news or partner is None:
        return
    if News.COMPANY in placed.news:
        new.companies[row.cvr] = _company(row, actor=actor, municipality=municipality, on=on, at=at)
    made = new.companies.get(row.cvr)
    company_id = made.pk if made else partner.id
    assert company_id is not None, "a company that is not new has its id"
    if News.WORKPLACE in placed.news:
        new.workplaces[row.cvr, row.workplace_name.casefold()] = _workplace(row, company_id=company_id)
    if News.CONTACT in placed.news:
        new.contacts.append(_contact(row, new=new, partner=partner, company_id=company_id, on=on))


def _company(row: PartnerRow, *, actor: Actor, municipality: str, on: date, at: datetime) -> Company:
    return Company(
        municipality_id=municipality,
        cvr=read_cvr(row.cvr),
        name=plain_words(row.name, field="name", longest=120),
        sector=row.sector,
        state=PartnerState.NEW,
        state_on=on,
        team_id=row.team_id,
        broker_id=row.broker_id,
        created_by_id=actor.id,
        created_at=at,
    )


def _workplace(row: PartnerRow, *, company_id: UUID) -> Workplace:
    place = place_of(row.postcode)
    return Workplace(
        company_id=company_id,
        name=plain_words(row.workplace_name, field="workplace", longest=120),
        p_number=read_p_number(row.p_number) if row.p_number else "",
        address=plain_words(row.address, field="address", longest=120, is_needed=False),
        postcode=row.postcode,
        city=row.city or town_of(row.postcode),
        x=place.x if place else None,
        y=place.y if place else None,
    )


def _contact(row: PartnerRow, *, new: _New, partner: KnownPartner, company_id: UUID, on: date) -> ContactPerson:
    known = found_workplace(partner, row)
    made = new.workplaces.get((row.cvr, known.name.casefold())) if known else None
    return ContactPerson(
        company_id=company_id,
        workplace_id=made.pk if made else known.id if known else None,
        name=plain_words(row.contact, field="contact", longest=120),
        phone=row.phone,
        email=row.email,
        from_on=on,
    )


def _check_holders(new: _New, *, municipality: str, on: date) -> None:
    for team_id, broker_id in {(company.team_id, company.broker_id) for company in new.companies.values()}:
        draft = CompanyDraft(name="", team_id=team_id, broker_id=broker_id)
        refuse_stranger(draft, municipality=municipality, on=on)


def _led(ids: list[UUID]) -> set[UUID]:
    """The companies that have somebody to ring first."""
    people = ContactPerson.objects.filter(company_id__in=ids, is_first=True, until_on__isnull=True)
    return set(people.values_list("company_id", flat=True))


def _mark_first(contacts: list[ContactPerson], *, led: set[UUID]) -> None:
    """The first who comes to a company without anybody to ring first is the one."""
    seen = set(led)
    for contact in contacts:
        contact.is_first = contact.company_id not in seen
        seen.add(contact.company_id)
