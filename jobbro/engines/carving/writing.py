"""An answer as JSON, field by field as the contract has it, and read back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jobbro.engines.carving.model import CarvedJob, Carving, GivenTask, Reason, Status
from jobbro.engines.carving.reading import Node, read_document


def carving_as_json(carving: Carving) -> dict[str, Any]:
    """The answer of contracts, section 4, in plain values for `json.dumps`; what stands in a list is in code order."""
    return {
        "status": str(carving.status),
        "value": float(carving.value),
        "bound": float(carving.bound),
        "gap_percent": carving.gap_percent,
        "jobs": [_job(job) for job in carving.jobs],
        "released": _numbers(carving.released),
        "not_given": {task: str(reason) for task, reason in carving.not_given.items()},
    }


def parse_answer(content: bytes, *, file: str) -> Carving:
    """An answer read back from JSON. Raises `WorkplaceError` with file, line and path for what is not an answer."""
    document = read_document(content, file=file)
    found = Node(document, "", document.value).fields(
        required=("status", "value", "bound", "gap_percent", "jobs", "released", "not_given")
    )
    found["gap_percent"].number()
    return Carving(
        status=Status(_one_of(found["status"], [str(status) for status in Status])),
        value=found["value"].number(),
        bound=found["bound"].number(),
        jobs=found["jobs"].each(_read_job),
        released={staff: hours.number() for staff, hours in found["released"].entries().items()},
        not_given={
            task: Reason(_one_of(reason, [str(reason) for reason in Reason]))
            for task, reason in found["not_given"].entries().items()
        },
    )


def _job(job: CarvedJob) -> dict[str, Any]:
    return {
        "person": job.person,
        "hours": float(job.hours),
        "measures": list(job.measures),
        "tasks": [{"task": given.task, "slots": _numbers(given.slots)} for given in job.tasks],
        "value": float(job.value),
    }


def _numbers(numbers: Mapping[str, Decimal]) -> dict[str, float]:
    return {name: float(number) for name, number in numbers.items()}


def _one_of(node: Node, allowed: list[str]) -> str:
    value = node.text()
    if value not in allowed:
        node.refuse("not_one_of", ", ".join(allowed))
    return value


def _read_job(node: Node) -> CarvedJob:
    found = node.fields(required=("person", "hours", "measures", "tasks", "value"))
    return CarvedJob(
        person=found["person"].text(),
        hours=found["hours"].number(),
        measures=found["measures"].codes(),
        tasks=found["tasks"].each(_read_task),
        value=found["value"].number(),
    )


def _read_task(node: Node) -> GivenTask:
    found = node.fields(required=("task", "slots"))
    return GivenTask(
        task=found["task"].text(),
        slots={slot: hours.number() for slot, hours in found["slots"].entries().items()},
    )
