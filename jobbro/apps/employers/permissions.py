"""Who may do what with companies; the wall in the database decides about which."""

from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES, Role

from .models import Company


def can_read_companies(actor: Actor) -> bool:
    """Staff who work with people or with companies, and those who advise and administer; analysts do not."""
    return actor.has(*CASEWORK_ROLES, Role.KEY_PERSON, Role.ADMINISTRATOR)


def can_read_company(actor: Actor, company: Company) -> bool:
    """Staff of the municipality, and the company's own people."""
    if actor.is_employer:
        return company.pk in actor.companies
    return can_read_companies(actor) and company.municipality_id in actor.codes


def can_keep_companies(actor: Actor) -> bool:
    """Those who work with citizens and companies write about partners."""
    return actor.citizen_id is None and not actor.is_employer and actor.is_caseworking


def can_keep_company(actor: Actor, company: Company) -> bool:
    """Write about this one."""
    return can_keep_companies(actor) and company.municipality_id in actor.codes


def can_tell_needs(actor: Actor, company: Company) -> bool:
    """Tell what hands are needed: the company's own people too."""
    return company.pk in actor.companies if actor.is_employer else can_keep_company(actor, company)


def holds_company(company_id: UUID) -> bool:
    """Whether whoever acts now holds the relation: the broker, somebody in the team, or the lead of its unit."""
    with connection.cursor() as cursor:
        cursor.execute("select app_holds_company(%s::uuid)", [company_id])
        return bool(cursor.fetchone()[0])
