"""Who may do what with tasks, posts and wishes; the wall in the database decides about which companies and whom."""

from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor


def can_keep_tasks(actor: Actor, company_id: UUID) -> bool:
    """Write about a company's tasks and posts: its own people, and staff who write about partners."""
    if actor.is_employer:
        return company_id in actor.companies
    return actor.citizen_id is None and actor.is_caseworking


def can_see_wages(company_id: UUID) -> bool:
    """Whether the wall shows wages of this company to whoever acts now."""
    with connection.cursor() as cursor:
        cursor.execute("select %s::uuid = any(app_wage_companies())", [company_id])
        return bool(cursor.fetchone()[0])


def can_tell_wish(actor: Actor, citizen_id: UUID) -> bool:
    """Write when and how much somebody wants to work: the citizen, and those who work with citizens."""
    return actor.citizen_id == citizen_id or (actor.citizen_id is None and actor.is_caseworking)
