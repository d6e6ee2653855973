"""Carved jobs: taken from a search or made by hand, changed, proposed to the employer and answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen
from jobbro.engines.carving.model import CarvedJob as EngineJob
from jobbro.engines.support.catalogue import catalogue

from ..carved_asks import asks_of, is_as_saved
from ..carving_check import checked_by_hand, limits_of, person_of_job
from ..carving_input import Inventory, inventory_of, number
from ..enums import LIVE, CarvedState, CarvingState
from ..models import CarvedFor, CarvedJob, CarvedSupport, CarvedTask, Carving, Task
from ..permissions import can_answer_proposal, can_carve, is_for_unseen
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_carved_job
from ..states import COMPANY_MOVES, FREEING, MOVES, TAKING
from ..task_checking import refuse_cpr
from .holders import MOST_WAGE
from .openings import close_opening_of
from .tasks_locking import locked_workplace

LONGEST_TITLE, LONGEST_WORDS = 120, 5000
NAMED_IN_TITLE = 2


@dataclass(frozen=True, kw_only=True)
class JobDraft:
    """What a carved job is made of. `measures` are codes of the catalogue."""

    title: str
    task_ids: tuple[UUID, ...]
    measures: tuple[str, ...]
    wage: Decimal
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class JobMove:
    """What a move says besides its name: the day, words, whom it was agreed with, and the support that is shown."""

    on: date
    words: str = ""
    agreed_with: str = ""
    shown: tuple[str, ...] = ()


def take_suggestion(
    *, actor: Actor, carving_id: UUID, suggestion: int, keys: Sequence[str], on: date, at: datetime
) -> list[CarvedJob]:
    """Jobs of one suggestion are drafts now; `keys` are the persons whose jobs are taken, all when empty.

    Refused: `nothing` (there is no such suggestion), `taken` or `changed_since` with the names of the tasks.
    """
    carving: Carving | None = Carving.objects.visible_to(actor).filter(pk=carving_id).first()
    if carving is None:
        raise NotThere
    if not can_carve(actor):
        raise PermissionDenied
    if carving.state not in (CarvingState.DONE, CarvingState.STOPPED) or not carving.answer:
        raise NotNow
    jobs = _suggested(carving.answer, suggestion=suggestion, keys=keys)
    if not jobs:
        raise Refused("nothing")
    workplace = locked_workplace(actor=actor, workplace_id=carving.workplace_id, on=on)
    inventory = inventory_of(workplace)
    wanted = [UUID(entry["task"]) for job in jobs for entry in job["tasks"]]
    _refuse_taken(inventory, wanted)
    _refuse_changed(inventory, carving=carving, wanted=wanted)
    citizens = dict(carving.persons.values_list("key", "citizen_id"))
    halves = dict(carving.persons.values_list("key", "person_input"))
    return [
        _made(
            actor=actor,
            inventory=inventory,
            draft=_draft_of(job, inventory=inventory, wage=_wage_of(carving, halves.get(job["person"]))),
            slots={entry["task"]: entry["slots"] for entry in job["tasks"]},
            carving=carving,
            citizen_id=citizens.get(job["person"]),
            at=at,
        )
        for job in jobs
    ]


def _suggested(answer: Mapping[str, Any], *, suggestion: int, keys: Sequence[str]) -> list[dict[str, Any]]:
    found = answer["suggestions"][suggestion : suggestion + 1]
    return [job for each in found for job in each["jobs"] if not keys or job["person"] in keys]


def make_job(
    *, actor: Actor, workplace_id: UUID, draft: JobDraft, citizen_id: UUID | None, on: date, at: datetime
) -> CarvedJob:
    """A job put together by hand is a draft. Refused: as `change_job`."""
    if not can_carve(actor):
        raise PermissionDenied
    workplace = locked_workplace(actor=actor, workplace_id=workplace_id, on=on)
    if citizen_id is not None and not Citizen.objects.visible_to(actor).filter(pk=citizen_id).exists():
        raise NotThere
    inventory = inventory_of(workplace)
    kept = _checked(draft, inventory=inventory)
    return _made(actor=actor, inventory=inventory, draft=kept, slots=None, carving=None, citizen_id=citizen_id, at=at)


def change_job(*, actor: Actor, job_id: UUID, draft: JobDraft, seen: str, on: date, at: datetime) -> CarvedJob:
    """The draft is made of this now.

    Refused: `title`, `no_tasks`, `unknown_tasks`, `taken`, `measures`, `wage`, `too_long`, `cpr`,
    `unseen_person`.
    """
    row = _locked(actor=actor, job_id=job_id, seen=seen)
    if not can_carve(actor):
        raise PermissionDenied
    if row.state != CarvedState.DRAFT:
        raise NotNow
    _refuse_unseen(row)
    workplace = locked_workplace(actor=actor, workplace_id=row.workplace_id, on=on)
    inventory = inventory_of(workplace, beside=row.pk)
    kept = _checked(draft, inventory=inventory)
    row.title, row.description, row.wage, row.changed_at = kept.title, kept.description, kept.wage, at
    row.save(update_fields=["title", "description", "wage", "changed_at"])
    _put_tasks(row, inventory=inventory, draft=kept, slots=None, citizen_id=_citizen_of(row))
    record_event(verb=Verb.CARVED_JOB_CHANGED, citizen_id=_citizen_of(row), subject=row)
    return row


def move_job(*, actor: Actor, job_id: UUID, move: str, details: JobMove, seen: str, at: datetime) -> CarvedJob:
    """The job has made the move.

    Refused: `breaks` (a proposal that breaks a rule), `unseen_person`, `agreed_with`, `words` (why not), `taken`,
    `day_ahead`.
    """
    row = _locked(actor=actor, job_id=job_id, seen=seen)
    if not (can_answer_proposal(actor, row.company_id) if move in COMPANY_MOVES else can_carve(actor)):
        raise PermissionDenied
    try:
        state = MOVES[CarvedState(row.state), move]
    except KeyError as error:
        raise NotNow from error
    # A day of leeway: `at` is in UTC, where the day begins later than here.
    if details.on > timezone.localdate(at):
        raise Refused("day_ahead", fields=("on",))
    if move == "propose":
        _refuse_unseen(row)
        _check_as_now(row)
        row.supports.update(is_shown=False)
        row.supports.filter(measure__in=details.shown).update(is_shown=True)
    if move in TAKING:
        _take_again(actor=actor, row=row, on=details.on)
    _write_move(row, move=move, details=details)
    row.state, row.state_on, row.changed_at = state, details.on, at
    row.save(update_fields=["state", "state_on", "state_note", "agreed_with", "changed_at"])
    if move in FREEING:
        row.tasks.update(is_live=False)
        close_opening_of(row, actor=actor, on=details.on, at=at)
    record_event(verb=Verb.CARVED_JOB_MOVED, citizen_id=_citizen_of(row), subject=row, detail={"move": move})
    return row


def _refuse_unseen(row: CarvedJob) -> None:
    if is_for_unseen(row.pk):
        raise Refused("unseen_person")


def _write_move(row: CarvedJob, *, move: str, details: JobMove) -> None:
    if len(details.words) > LONGEST_WORDS:
        raise Refused("too_long", fields=("words",))
    refuse_cpr(details.words, field="words")
    refuse_cpr(details.agreed_with, field="agreed_with")
    if move == "agree" and not details.agreed_with.strip():
        raise Refused("agreed_with", fields=("agreed_with",))
    if move == "decline" and not details.words.strip():
        raise Refused("words", fields=("words",))
    row.state_note = details.words.strip()
    if move == "agree":
        row.agreed_with = details.agreed_with.strip()[:LONGEST_TITLE]
    elif move == "rework":
        row.agreed_with = ""


def _locked(*, actor: Actor, job_id: UUID, seen: str) -> CarvedJob:
    row: CarvedJob | None = (
        CarvedJob.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=job_id).first()
    )
    if row is None:
        raise NotThere
    if seen_carved_job(row) != seen:
        raise Changed
    return row


def _citizen_of(row: CarvedJob) -> UUID | None:
    found: UUID | None = CarvedFor.objects.filter(job=row).values_list("citizen_id", flat=True).first()
    return found


def _checked(draft: JobDraft, *, inventory: Inventory) -> JobDraft:
    title = draft.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Refused("title", fields=("title",))
    if len(draft.description) > LONGEST_WORDS:
        raise Refused("too_long", fields=("description",))
    refuse_cpr(title, field="title")
    refuse_cpr(draft.description, field="description")
    if not 0 < draft.wage <= MOST_WAGE:
        raise Refused("wage", fields=("wage",))
    known = {entry.code for entry in catalogue().entries}
    if not set(draft.measures) <= known:
        raise Refused("measures", fields=("measures",))
    if not draft.task_ids:
        raise Refused("no_tasks", fields=("tasks",))
    here = {task.pk for task in inventory.tasks}
    if not set(draft.task_ids) <= here:
        raise Refused("unknown_tasks", fields=("tasks",))
    _refuse_taken(inventory, draft.task_ids)
    return replace(
        draft,
        title=title,
        description=draft.description.strip(),
        task_ids=tuple(dict.fromkeys(draft.task_ids)),
        measures=tuple(sorted(set(draft.measures))),
    )


def _refuse_taken(inventory: Inventory, wanted: Sequence[UUID]) -> None:
    taken = [task.name for task in inventory.tasks if task.pk in set(wanted) and str(task.pk) in inventory.taken]
    if taken:
        raise Refused("taken", fields=("tasks",), values={"tasks": taken})


def _refuse_changed(inventory: Inventory, *, carving: Carving, wanted: Sequence[UUID]) -> None:
    """A suggestion rests on the tasks as they were: one that has changed may not fit any more."""
    then = {entry["id"]: entry for entry in carving.workplace_input["tasks"]}
    now = {str(task.pk): task for task in inventory.tasks}
    changed = [str(pk) for pk in wanted if str(pk) not in now or _differs(then[str(pk)], now[str(pk)], inventory)]
    if changed:
        names = [now[pk].name for pk in changed if pk in now]
        raise Refused("changed_since", values={"tasks": names, "gone": sum(pk not in now for pk in changed)})


def _differs(then: Mapping[str, Any], task: Task, inventory: Inventory) -> bool:
    slots = [slot for slot in task.slots if slot in inventory.workplace.slots]
    return (then["hours"], then["slots"], then["demand"], then["requires"], then["place"]) != (
        number(task.hours),
        slots,
        dict(task.demand),
        list(task.requires),
        task.place,
    ) or task.is_core


def _wage_of(carving: Carving, half: Mapping[str, Any] | None) -> Decimal:
    told = half["wage"] if half else carving.workplace_input["profile"]["wage"]
    return Decimal(str(told))


def _draft_of(job: Mapping[str, Any], *, inventory: Inventory, wage: Decimal) -> JobDraft:
    ids = tuple(UUID(entry["task"]) for entry in job["tasks"])
    return JobDraft(
        title=title_for([task for task in inventory.tasks if task.pk in set(ids)]),
        task_ids=ids,
        measures=tuple(job["measures"]),
        wage=wage,
    )


def title_for(tasks: Sequence[Task]) -> str:
    """A first name of a job: its longest tasks. People give it a better one."""
    longest = sorted(tasks, key=lambda task: (-task.hours, task.name))[:NAMED_IN_TITLE]
    return " · ".join(task.name for task in longest)[:LONGEST_TITLE]


def _made(
    *,
    actor: Actor,
    inventory: Inventory,
    draft: JobDraft,
    slots: Mapping[str, Mapping[str, Any]] | None,
    carving: Carving | None,
    citizen_id: UUID | None,
    at: datetime,
) -> CarvedJob:
    workplace = inventory.workplace
    row = CarvedJob(
        company_id=workplace.company_id,
        workplace=workplace,
        carving=carving,
        title=draft.title,
        description=draft.description,
        hours=Decimal(0),
        wage=draft.wage,
        state_on=timezone.localdate(at),
        made_by_id=actor.id,
        made_at=at,
        changed_at=at,
    )
    row.save(force_insert=True)
    if citizen_id is not None:
        CarvedFor(citizen_id=citizen_id, job=row, chosen_by_id=actor.id, chosen_at=at).save(force_insert=True)
    _put_tasks(row, inventory=inventory, draft=draft, slots=slots, citizen_id=citizen_id)
    record_event(verb=Verb.CARVED_JOB_MADE, citizen_id=citizen_id, subject=row)
    return row


def _put_tasks(
    row: CarvedJob,
    *,
    inventory: Inventory,
    draft: JobDraft,
    slots: Mapping[str, Mapping[str, Any]] | None,
    citizen_id: UUID | None,
) -> None:
    """The job holds exactly these tasks and measures, its hours spread over the week, and asks what they ask."""
    tasks = [task for task in inventory.tasks if task.pk in set(draft.task_ids)]
    placed = slots if slots is not None else _spread(row, inventory=inventory, draft=draft, citizen_id=citizen_id)
    row.tasks.all().delete()
    for task in tasks:
        CarvedTask(company_id=row.company_id, job=row, task=task, slots=dict(placed.get(str(task.pk), {}))).save(
            force_insert=True
        )
    shown = set(row.supports.filter(is_shown=True).values_list("measure", flat=True))
    row.supports.all().delete()
    for code in draft.measures:
        CarvedSupport(company_id=row.company_id, job=row, measure=code, is_shown=code in shown).save(force_insert=True)
    asks = asks_of(tasks)
    row.hours, row.demand, row.requires = asks.hours, dict(asks.demand), list(asks.requires)
    row.save(update_fields=["hours", "demand", "requires"])


def _spread(
    row: CarvedJob, *, inventory: Inventory, draft: JobDraft, citizen_id: UUID | None
) -> dict[str, dict[str, Any]]:
    person = person_of_job(row, inventory=inventory, measures=draft.measures, citizen_id=citizen_id)
    made = checked_by_hand(inventory=inventory, person=person, draft=draft, limits=limits_of(row))
    jobs: tuple[EngineJob, ...] = made.jobs
    return {
        given.task: {slot: number(hours) for slot, hours in given.slots.items()} for job in jobs for given in job.tasks
    }


def _check_as_now(row: CarvedJob) -> None:
    """No rule breaks, and the job asks what its tasks ask today: they may have been confirmed anew since."""
    inventory = inventory_of(row.workplace, beside=row.pk)
    draft, citizen_id = draft_of_job(row), _citizen_of(row)
    person = person_of_job(row, inventory=inventory, measures=draft.measures, citizen_id=citizen_id)
    if checked_by_hand(inventory=inventory, person=person, draft=draft, limits=limits_of(row)).breaks:
        raise Refused("breaks")
    if not is_as_saved(row, asks=asks_of([task for task in inventory.tasks if task.pk in set(draft.task_ids)])):
        _put_tasks(row, inventory=inventory, draft=draft, slots=None, citizen_id=citizen_id)


def draft_of_job(row: CarvedJob) -> JobDraft:
    """What the job is made of now."""
    return JobDraft(
        title=row.title,
        description=row.description,
        task_ids=tuple(row.tasks.values_list("task_id", flat=True)),
        measures=tuple(row.supports.values_list("measure", flat=True)),
        wage=row.wage,
    )


def _take_again(*, actor: Actor, row: CarvedJob, on: date) -> None:
    """A job that comes back takes its tasks again, when they are still free."""
    if row.state in LIVE:
        return
    workplace = locked_workplace(actor=actor, workplace_id=row.workplace_id, on=on)
    inventory = inventory_of(workplace, beside=row.pk)
    wanted = list(row.tasks.values_list("task_id", flat=True))
    _refuse_taken(inventory, wanted)
    gone = set(wanted) - {task.pk for task in inventory.tasks}
    if gone:
        raise Refused("unknown_tasks", fields=("tasks",))
    row.tasks.update(is_live=True)
