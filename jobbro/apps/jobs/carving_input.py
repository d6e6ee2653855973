"""The engine's file (contracts, section 4) from the rows: the workplace's half, a person's half, and both together."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.employers.models import Workplace
from jobbro.engines.carving.model import Workplace as CarvingWorkplace
from jobbro.engines.carving.reading import parse_workplace
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.fit import Measure

from .enums import DemandSource
from .models import CarvedTask, Holder, HolderWage, Task
from .refusals import Refused

FILE = "carving"
# The holder of tasks that nobody does today: nothing can be taken from a post that is not there.
NOBODY = "nobody"
MOST_TASKS = 500


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """A workplace's tasks as they stand, with what keeps some of them out of a search."""

    workplace: Workplace
    tasks: tuple[Task, ...]
    holders: tuple[Holder, ...]
    wages: Mapping[str, Decimal]
    taken: frozenset[str]

    @property
    def without_demands(self) -> tuple[Task, ...]:
        """Tasks that nobody has said what ask for."""
        return tuple(task for task in self.tasks if task.demand_source == DemandSource.NONE)

    @property
    def without_holder(self) -> tuple[Task, ...]:
        """Tasks whose post is not named or is no longer there."""
        here = {str(holder.pk) for holder in self.holders}
        return tuple(task for task in self.tasks if str(task.holder_id) not in here)

    @property
    def without_wage(self) -> tuple[Holder, ...]:
        """Posts with tasks whose wage is not known, or not to this actor."""
        used = {task.holder_id for task in self.tasks}
        return tuple(one for one in self.holders if one.pk in used and str(one.pk) not in self.wages)

    @property
    def left_out(self) -> dict[str, str]:
        """Why a task stays where it is in a search: it is `taken`, or not ready to be given away."""
        return {
            **{str(task.pk): "no_holder" for task in self.without_holder},
            **{str(task.pk): "no_demands" for task in self.without_demands},
            **{str(task.pk): "taken" for task in self.tasks if str(task.pk) in self.taken},
        }

    @property
    def is_closed(self) -> bool:
        """Whether workplace or company has closed."""
        return self.workplace.closed_on is not None or self.workplace.company.state == PartnerState.CLOSED


def inventory_of(workplace: Workplace, *, beside: UUID | None = None) -> Inventory:
    """The tasks, posts and wages that the actor sees. Four queries; `workplace` with its company.

    Tasks of the carved job `beside` count as free: it is the job that is being looked at.
    """
    tasks = Task.objects.filter(workplace=workplace, removed_on__isnull=True).order_by("position", "pk")
    holders = Holder.objects.filter(workplace=workplace, left_on__isnull=True).order_by("name")
    wages = HolderWage.objects.filter(holder__workplace=workplace).values_list("holder_id", "hourly")
    given = CarvedTask.objects.filter(task__workplace=workplace, is_live=True).exclude(job_id=beside)
    return Inventory(
        workplace=workplace,
        tasks=tuple(tasks),
        holders=tuple(holders),
        wages={str(holder): hourly for holder, hourly in wages},
        taken=frozenset(str(task) for task in given.values_list("task_id", flat=True)),
    )


def workplace_half(inventory: Inventory, *, limits: Mapping[str, int]) -> dict[str, Any]:
    """Everything of the file but the persons. Refused: `closed`, `no_slots`, `no_tasks`, `too_many`, `no_wages`."""
    refuse_unready(inventory)
    return described(inventory, limits=limits)


def refuse_unready(inventory: Inventory) -> None:
    """Raises Refused when nothing can be carved here now."""
    if inventory.is_closed:
        raise Refused("closed")
    if not inventory.workplace.slots:
        raise Refused("no_slots")
    if not inventory.tasks or len(inventory.left_out) == len(inventory.tasks):
        raise Refused("no_tasks")
    if len(inventory.tasks) > MOST_TASKS:
        raise Refused("too_many")
    if inventory.without_wage:
        raise Refused("no_wages", fields=tuple(holder.name for holder in inventory.without_wage))


def described(inventory: Inventory, *, limits: Mapping[str, int]) -> dict[str, Any]:
    """Everything of the file but the persons, as the actor sees it: a wage that they do not see stands as 0."""
    return {
        "slots": list(inventory.workplace.slots),
        "slot_hours": number(inventory.workplace.slot_hours),
        "staff": _staff(inventory),
        "tasks": [_task(task, inventory=inventory) for task in inventory.tasks],
        "measures": [measure_entry(entry.measure) for entry in catalogue().entries],
        "limits": dict(limits),
        "left_out": inventory.left_out,
    }


def _staff(inventory: Inventory) -> list[dict[str, Any]]:
    used = {task.holder_id for task in inventory.tasks}
    staff: list[dict[str, Any]] = [
        {
            "id": str(holder.pk),
            "wage": number(inventory.wages.get(str(holder.pk), Decimal(0))),
            "max_release": float(_release_left(holder, inventory=inventory)),
        }
        for holder in inventory.holders
        if holder.pk in used
    ]
    return [*staff, {"id": NOBODY, "wage": 0, "max_release": 0}] if inventory.without_holder else staff


def _release_left(holder: Holder, *, inventory: Inventory) -> Decimal:
    """The share of the post's hours that may still be given away: what other carved jobs hold is given already."""
    held = [task for task in inventory.tasks if task.holder_id == holder.pk]
    hours = sum((task.hours for task in held), Decimal(0))
    given = sum((task.hours for task in held if str(task.pk) in inventory.taken), Decimal(0))
    return max(Decimal(0), holder.max_release - given / hours) if hours else Decimal(0)


def _task(task: Task, *, inventory: Inventory) -> dict[str, Any]:
    here = {str(holder.pk) for holder in inventory.holders}
    return {
        "id": str(task.pk),
        "holder": str(task.holder_id) if str(task.holder_id) in here else NOBODY,
        "hours": number(task.hours),
        "slots": [slot for slot in task.slots if slot in inventory.workplace.slots],
        "demand": dict(task.demand),
        "requires": list(task.requires),
        "place": task.place,
        "core": task.is_core or str(task.pk) in inventory.left_out,
    }


def measure_entry(measure: Measure) -> dict[str, Any]:
    """A measure as the file has it."""
    return {
        "code": measure.code,
        "relief": dict(measure.relief),
        "cost": measure.cost,
        "scheme": measure.scheme,
    }


def number(value: Decimal) -> int | float:
    """The number as JSON writes it, exactly: at most two decimals."""
    return int(value) if value == value.to_integral_value() else float(value)


# What stands beside the engine's fields in a kept half.
OURS = ("left_out", "profile")


def whole_file(*, half: Mapping[str, Any], persons: Iterable[Mapping[str, Any]]) -> bytes:
    """Both halves as the engine reads them, the same bytes for the same content."""
    half = {name: value for name, value in half.items() if name not in OURS}
    return json.dumps({**half, "persons": list(persons)}, sort_keys=True, ensure_ascii=False).encode()


def digest_of(content: bytes) -> str:
    """Under which a search can be found and run again."""
    return sha256(content).hexdigest()


def engine_workplace(*, half: Mapping[str, Any], persons: Iterable[Mapping[str, Any]]) -> CarvingWorkplace:
    """The file read by the engine itself, checked whole."""
    return parse_workplace(whole_file(half=half, persons=persons), file=FILE)
