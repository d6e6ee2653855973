"""The jobs of selected tasks that are meant for a citizen: for the citizen, and for staff in the file."""

from dataclasses import dataclass
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Workplace
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue

from ..enums import CarvedState
from ..models import CarvedFor, CarvedJob
from ..refusals import NotThere
from .carved_parts import CarvedTaskShown, job_for, kept_task

# A file shows the newest; nobody has more jobs in the making than this.
MOST_IN_FILE = 20


def jobs_for_me(*, actor: Actor) -> tuple[CarvedJob, ...]:
    """Those proposed to a workplace or agreed with it, with workplace and company, newest first. One query."""
    if actor.citizen_id is None:
        return ()
    rows = CarvedJob.objects.visible_to(actor).filter(
        carved_for__citizen_id=actor.citizen_id, state__in=(CarvedState.PROPOSED, CarvedState.AGREED)
    )
    return tuple(rows.select_related("workplace__company").order_by("-state_on", "-made_at", "pk"))


def jobs_made_for(*, actor: Actor, citizen_id: UUID) -> tuple[CarvedJob, ...]:
    """For staff: the jobs made with the citizen in mind and not taken back, with their company, newest first."""
    if actor.citizen_id is not None:
        return ()
    whom = CarvedFor.objects.visible_to(actor).filter(citizen_id=citizen_id)
    rows = CarvedJob.objects.visible_to(actor).filter(pk__in=whom.values("job_id"))
    rows = rows.exclude(state=CarvedState.WITHDRAWN).select_related("workplace__company")
    return tuple(rows.order_by("-made_at", "pk")[:MOST_IN_FILE])


@dataclass(frozen=True, kw_only=True)
class OfferedPage:
    """A carved job as the citizen sees whom it is for: the work, when, where and the support; no wage but their own."""

    job: CarvedJob
    workplace: Workplace
    tasks: tuple[CarvedTaskShown, ...]
    supports: tuple[CatalogueMeasure, ...]


def offered_job_page(*, actor: Actor, job_id: UUID) -> OfferedPage:
    """The job for the citizen it is for, once it has been proposed. Raises NotThere. Four queries."""
    whom = CarvedFor.objects.visible_to(actor).filter(job_id=job_id)
    if actor.citizen_id is None or not whom.exists():
        raise NotThere
    job = job_for(actor=actor, job_id=job_id)
    entries = {entry.code: entry for entry in catalogue().entries}
    rows = job.tasks.select_related("task").order_by("task__position", "task__pk")
    return OfferedPage(
        job=job,
        workplace=job.workplace,
        tasks=tuple(kept_task(row, holder="", holder_id=None) for row in rows),
        supports=tuple(
            entries[code]
            for code in job.supports.order_by("measure").values_list("measure", flat=True)
            if code in entries
        ),
    )
