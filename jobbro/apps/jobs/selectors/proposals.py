"""A carved job as the employer is shown it: for the employer, and for staff before they send it."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.employers.models import ContactPerson, Workplace
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue

from ..models import CarvedJob, CarvedSupport, HolderWage
from ..stamps import seen_carved_job
from ..states import COMPANY_MOVES
from .carved_parts import BusinessCase, CarvedTaskShown, case_of, job_for, kept_task, moves_for, week_of


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """A carved job as the employer sees it: the work and what it gives, never whom it is for.

    `contact` is the name and telephone of whoever holds the relation.
    """

    job: CarvedJob
    workplace: Workplace
    tasks: tuple[CarvedTaskShown, ...]
    supports: tuple[CatalogueMeasure, ...]
    case: BusinessCase
    contact: tuple[str, str]
    moves: tuple[str, ...]
    seen: str

    @property
    def week(self) -> dict[str, Decimal]:
        """Hours of the job in each half-day."""
        return week_of(self.tasks)


def proposal_page(*, actor: Actor, job_id: UUID, shown: Collection[str] | None = None) -> ProposalPage:
    """What the employer is shown, for the employer and for staff before they send it. Raises NotThere. Six queries.

    `shown`: the support that staff think of showing; what is kept when it is None.
    """
    job = job_for(actor=actor, job_id=job_id)
    rows = job.tasks.select_related("task__holder").order_by("task__position", "task__pk")
    tasks = tuple(
        kept_task(row, holder=row.task.holder.name if row.task.holder else "", holder_id=row.task.holder_id)
        for row in rows
    )
    supports = CarvedSupport.objects.filter(job=job).values_list("measure", "is_shown")
    told = [code for code, is_shown in supports if (is_shown if shown is None else code in shown)]
    broker = User.objects.filter(pk=job.workplace.company.broker_id).first()
    entries = {entry.code: entry for entry in catalogue().entries}
    wages = _wages_for_company(actor=actor, job=job).values_list("holder_id", "hourly")
    return ProposalPage(
        job=job,
        workplace=job.workplace,
        tasks=tasks,
        supports=tuple(entries[code] for code in sorted(told) if code in entries),
        case=case_of(tasks, job=job, wages={str(holder): hourly for holder, hourly in wages}),
        contact=(broker.display_name, broker.phone) if broker else ("", ""),
        moves=tuple(move for move in moves_for(actor=actor, job=job) if move in COMPANY_MOVES),
        seen=seen_carved_job(job),
    )


def _wages_for_company(*, actor: Actor, job: CarvedJob) -> "QuerySet[HolderWage]":
    """Wages that may stand in what goes to the company: none unless one of its contacts sees wages there.

    Kroner by hours of one post is its wage, for whoever gets the paper.
    """
    wages = HolderWage.objects.filter(holder__workplace=job.workplace)
    if actor.is_employer:
        return wages
    told = ContactPerson.objects.filter(sees_wages=True, until_on__isnull=True)
    return wages.filter(company_id__in=told.values("company_id"))
