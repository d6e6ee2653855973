"""What a job by hand can be made of and for whom, before there is a job."""

from dataclasses import dataclass
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Workplace

from ..carving_input import inventory_of
from ..permissions import can_carve
from ..refusals import NotThere
from .carved_jobs import tasks_shown
from .carved_parts import CarvedTaskShown
from .carvings import Candidate, candidates_for


@dataclass(frozen=True, kw_only=True)
class NewJobPage:
    """The workplace's tasks that are ready and free, how many are not, and citizens the job could be for."""

    workplace: Workplace
    tasks: tuple[CarvedTaskShown, ...]
    kept_out: int
    candidates: tuple[Candidate, ...]
    may_carve: bool
    is_closed: bool


def new_job_page(*, actor: Actor, workplace_id: UUID) -> NewJobPage:
    """Raises NotThere. Six queries, whatever the number of tasks."""
    workplace: Workplace | None = (
        Workplace.objects.visible_to(actor).select_related("company").filter(pk=workplace_id).first()
    )
    if workplace is None:
        raise NotThere
    inventory = inventory_of(workplace)
    stays = {*inventory.left_out, *(str(task.pk) for task in inventory.tasks if task.is_core)}
    return NewJobPage(
        workplace=workplace,
        tasks=tuple(task for task in tasks_shown(inventory, placed={}) if str(task.id) not in stays),
        kept_out=len(stays),
        candidates=tuple(one for one in candidates_for(actor) if one.is_ready),
        may_carve=can_carve(actor),
        is_closed=inventory.is_closed,
    )
