"""What is known of many companies at once, for an import; the number of queries is the same whatever the data."""

from collections.abc import Collection

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor

from ..bringing import Book, KnownPartner, KnownWorkplace
from ..enums import PartnerState
from ..models import Company, ContactPerson, Workplace


def known_partners(*, actor: Actor, municipality: str, cvrs: Collection[str]) -> Book:
    """The municipality's companies with these numbers. Somebody who has left is known too, and not brought back."""
    wanted = sorted(set(cvrs))
    return book_of(Company.objects.visible_to(actor).filter(municipality_id=municipality, cvr__in=wanted))


def book_of(companies: "QuerySet[Company]") -> Book:
    """The companies with their workplaces and people by name."""
    found = {company.pk: company for company in companies}
    book = {
        company.cvr: KnownPartner(company.pk, company.name, company.state == PartnerState.CLOSED)
        for company in found.values()
    }
    ids = list(found)
    places = Workplace.objects.filter(company_id__in=ids).values_list("company_id", "id", "p_number", "name")
    for company_id, place_id, p_number, name in places:
        book[found[company_id].cvr].workplaces.append(KnownWorkplace(place_id, p_number, name))
    people = ContactPerson.objects.filter(company_id__in=ids).values_list("company_id", "name")
    for company_id, name in people:
        book[found[company_id].cvr].contacts.add(name.casefold())
    return book
