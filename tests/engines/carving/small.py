"""Small workplaces to carve: one that fits on a page, and many made at random."""

import random
from decimal import Decimal
from typing import Any

from jobbro.engines.carving.model import Limits, Person, Staff, Task, Workplace
from jobbro.kernel.fit import Measure

WEEK = ("mon_am", "mon_pm", "tue_am", "tue_pm")


def staff(name: str = "anna", **changes: Any) -> Staff:
    return Staff(**{"id": name, "wage": Decimal(240), "max_release": Decimal(1)} | changes)


def task(name: str, **changes: Any) -> Task:
    fields = {"id": name, "holder": "anna", "hours": Decimal(2), "slots": WEEK, "demand": {}, "place": "shop"}
    return Task(**fields | changes)


def person(name: str = "ib", **changes: Any) -> Person:
    fields = {
        "id": name,
        "capacity": {"lifting": 2, "hearing": 3},
        "min_hours": Decimal(0),
        "max_hours": Decimal(10),
        "slots": WEEK,
        "max_hours_per_slot": Decimal(3),
        "wage": Decimal(140),
    }
    return Person(**fields | changes)


def measure(code: str, relief: dict[str, int], cost: int = 1) -> Measure:
    return Measure(code=code, relief=relief, cost=cost, scheme="employer")


def workplace(**changes: Any) -> Workplace:
    fields = {
        "slots": WEEK,
        "slot_hours": Decimal("3.5"),
        "staff": (staff(),),
        "tasks": (task("t1"),),
        "persons": (person(),),
        "measures": (),
    }
    return Workplace(**fields | changes)


def at_random(seed: int) -> Workplace:
    """Up to seven tasks, three persons and four measures, with every rule in play."""
    dice = random.Random(seed)
    slots = WEEK[: dice.choice((1, 3, 4, 4))]
    measures = tuple(
        measure(
            f"m{number}",
            {area: dice.randint(1, 3) for area in dice.sample(("lifting", "hearing", "memory"), dice.randint(1, 2))},
            dice.randint(1, 4),
        )
        for number in range(dice.randint(0, 4))
    )
    people = tuple(
        staff(
            f"s{number}", wage=Decimal(dice.choice((135, 200, 220, 250))), max_release=Decimal(dice.randint(4, 10)) / 10
        )
        for number in range(dice.randint(1, 2))
    )
    tasks = tuple(
        task(
            f"t{number}",
            holder=dice.choice(people).id,
            hours=Decimal(dice.choice((0, 25, 55, 100, 100, 150, 200, 245, 300))) / 100,
            slots=tuple(slot for slot in slots if dice.random() < 0.85),
            demand={
                area: dice.choice((0, 0, 1, 1, 2, 3, 4)) for area in dice.sample(("lifting", "hearing", "memory"), 2)
            },
            requires=("licence",) if dice.random() < 0.1 else (),
            place=dice.choice(("", "shop", "stock")),
            is_core=dice.random() < 0.1,
        )
        for number in range(dice.choice((0, 3, 5, 6, 7, 7)))
    )
    return Workplace(
        slots=slots,
        slot_hours=Decimal(dice.choice((2, 3))),
        staff=people,
        tasks=tasks,
        persons=tuple(
            _person(dice, f"p{number}", slots, tasks, measures) for number in range(dice.choice((0, 1, 2, 2, 3)))
        ),
        measures=measures,
        limits=Limits(max_tasks=dice.randint(2, 5), max_places=dice.randint(1, 3), max_measures=dice.randint(0, 2)),
    )


def _person(
    dice: random.Random, name: str, slots: tuple[str, ...], tasks: tuple[Task, ...], measures: tuple[Measure, ...]
) -> Person:
    fewest = Decimal(dice.choice((0, 0, 0, 2)))
    return person(
        name,
        capacity={area: dice.choice((None, 1, 2, 3, 3, 4, 4, 4, 4, 4, 4)) for area in ("lifting", "hearing", "memory")},
        min_hours=fewest,
        max_hours=fewest + Decimal(dice.choice(("2.25", "4", "7"))),
        slots=tuple(slot for slot in slots if dice.random() < 0.9),
        max_hours_per_slot=Decimal(dice.choice(("1.5", "2", "2.5"))),
        wage=Decimal(dice.choice((140, 150))),
        skills=("licence",) if dice.random() < 0.5 else (),
        wishes={each.id: dice.randint(1, 2) for each in tasks if dice.random() < 0.2},
        measures=tuple(each.code for each in measures if dice.random() < 0.7),
    )
