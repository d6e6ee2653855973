"""A workplace as the file that `jobbro carve` reads."""

from __future__ import annotations

import json

from jobbro.engines.carving.model import Workplace


def as_file(workplace: Workplace) -> str:
    """The workplace as JSON, field by field as the contract has it."""
    limits = workplace.limits
    return json.dumps(
        {
            "slots": workplace.slots,
            "slot_hours": float(workplace.slot_hours),
            "staff": [
                {"id": each.id, "wage": float(each.wage), "max_release": float(each.max_release)}
                for each in workplace.staff
            ],
            "tasks": [
                {
                    "id": task.id,
                    "holder": task.holder,
                    "hours": float(task.hours),
                    "slots": task.slots,
                    "demand": task.demand,
                    "requires": task.requires,
                    "place": task.place,
                    "core": task.is_core,
                }
                for task in workplace.tasks
            ],
            "persons": [
                {
                    "id": person.id,
                    "capacity": person.capacity,
                    "hours": [float(person.min_hours), float(person.max_hours)],
                    "slots": person.slots,
                    "max_hours_per_slot": float(person.max_hours_per_slot),
                    "skills": person.skills,
                    "wishes": person.wishes,
                    "measures": person.measures,
                    "wage": float(person.wage),
                }
                for person in workplace.persons
            ],
            "measures": [
                {"code": each.code, "relief": dict(each.relief), "cost": each.cost, "scheme": each.scheme}
                for each in workplace.measures
            ],
            "limits": {
                "max_tasks": limits.max_tasks,
                "max_places": limits.max_places,
                "max_measures": limits.max_measures,
            },
        },
        indent=1,
    )
