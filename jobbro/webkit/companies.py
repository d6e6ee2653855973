"""Which company a page of an employer with several is about: it stands in the address."""

from uuid import UUID

from django.http import Http404, HttpRequest

from jobbro.apps.accounts.actor import Actor


def company_asked(request: HttpRequest) -> UUID | None:
    """The company of `?company=`; an address that names none that can be is not there."""
    text = request.GET.get("company", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error


def company_query(request: HttpRequest, *, actor: Actor) -> str:
    """What links of the page carry so that somebody with several companies stays with the one they chose."""
    asked = request.GET.get("company", "")
    return f"?company={asked}" if asked in {str(company) for company in actor.companies} else ""
