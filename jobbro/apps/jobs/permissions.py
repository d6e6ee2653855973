"""Who may do what with tasks, posts and wishes; the wall in the database decides about which companies and whom."""

from datetime import date
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.employers.models import Workplace


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


def can_carve(actor: Actor) -> bool:
    """Search for carved jobs and write them: staff who write about partners; the wall decides about wages and whom."""
    return actor.citizen_id is None and actor.is_caseworking


def can_answer_proposal(actor: Actor, company_id: UUID) -> bool:
    """Say yes or not now to a proposed job: the company's own people, or staff who write down what they said."""
    return can_keep_tasks(actor, company_id)


def can_keep_openings(actor: Actor, company_id: UUID) -> bool:
    """Write about a company's open jobs: its own people, and staff who write about partners."""
    return can_keep_tasks(actor, company_id)


def is_for_unseen(job_id: UUID) -> bool:
    """Whether the job is for somebody whom whoever acts now does not see: then others hold it against them."""
    with connection.cursor() as cursor:
        cursor.execute("select app_is_job_for_unseen(%s::uuid)", [job_id])
        return bool(cursor.fetchone()[0])


def is_closed(workplace: Workplace, *, on: date) -> bool:
    """Whether the company or the workplace has closed."""
    has_closed = workplace.closed_on is not None and workplace.closed_on <= on
    return has_closed or workplace.company.state == PartnerState.CLOSED
