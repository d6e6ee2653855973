"""A company's file as its page shows it: the partnership, and the jobs carved there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.selectors import CompanyFile, company_file

from .enums import CarvedState
from .models import CarvedJob


@dataclass(frozen=True, kw_only=True)
class CarvedNumbers:
    """How many jobs of a company's tasks have come how far."""

    agreed: int
    last_agreed_on: date | None
    proposed: int
    drafts: int


@dataclass(frozen=True, kw_only=True)
class PartnerFile:
    """The file of a company with the numbers of its carved jobs."""

    company: CompanyFile
    jobs: CarvedNumbers


def partner_file(*, actor: Actor, company_id: UUID, number: int = 1, on: date) -> PartnerFile | None:
    """All that the page of a company shows, or None when it is not there for this actor. `number`: page of the log."""
    file = company_file(actor=actor, company_id=company_id, number=number, on=on)
    return PartnerFile(company=file, jobs=carved_numbers(company_id=company_id)) if file else None


def carved_numbers(*, company_id: UUID) -> CarvedNumbers:
    """The carved jobs of a company by how far they have come."""
    is_agreed = Q(state=CarvedState.AGREED)
    found = CarvedJob.objects.filter(company_id=company_id).aggregate(
        agreed=Count("pk", filter=is_agreed),
        last_agreed_on=Max("state_on", filter=is_agreed),
        proposed=Count("pk", filter=Q(state=CarvedState.PROPOSED)),
        drafts=Count("pk", filter=Q(state=CarvedState.DRAFT)),
    )
    return CarvedNumbers(**found)
