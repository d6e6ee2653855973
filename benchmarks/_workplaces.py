"""Made-up workplaces for the bench of carving, always the same ones for the same seed."""

from __future__ import annotations

import random
from decimal import Decimal

from jobbro.engines.carving.model import Limits, Person, Staff, Task, Workplace
from jobbro.kernel.fit import Measure
from jobbro.kernel.vocabulary import AREAS, SLOTS

WEEK = SLOTS[:10]
SKILLS = ("cash_register", "driving_licence", "food_safety", "forklift")
PLACES = ("kitchen", "shop", "stock", "office")
SHAPES = {30: (6, 2), 60: (10, 5), 110: (18, 7), 150: (22, 10), 500: (60, 25)}


def made_up(*, tasks: int, seed: int, shape: tuple[int, int] | None = None) -> Workplace:
    """A workplace with `tasks` tasks; `shape` is the number of staff and of persons."""
    staff, persons = shape or SHAPES[tasks]
    dice = random.Random(f"carving {tasks} {staff} {persons} {seed}")
    measures = tuple(_measure(dice, number) for number in range(12))
    people = tuple(_staff(dice, number) for number in range(staff))
    work = tuple(_task(dice, number, staff=people) for number in range(tasks))
    return Workplace(
        slots=WEEK,
        slot_hours=Decimal("3.5"),
        staff=people,
        tasks=work,
        persons=tuple(_person(dice, number, tasks=work, measures=measures) for number in range(persons)),
        measures=measures,
        limits=Limits(),
    )


def _measure(dice: random.Random, number: int) -> Measure:
    areas = dice.sample(AREAS, dice.choice((1, 2, 2, 3, 4)))
    relief = {area: dice.choice((1, 1, 2, 2, 3)) for area in areas}
    return Measure(code=f"m{number:02}", relief=relief, cost=dice.choice((1, 1, 2, 2, 3, 4)), scheme="employer")


def _staff(dice: random.Random, number: int) -> Staff:
    wage = Decimal(dice.randrange(180, 420, 5))
    return Staff(id=f"s{number:02}", wage=wage, max_release=Decimal(dice.choice(("0.2", "0.3", "0.4", "0.5"))))


def _task(dice: random.Random, number: int, *, staff: tuple[Staff, ...]) -> Task:
    return Task(
        id=f"t{number:03}",
        holder=dice.choice(staff).id,
        hours=Decimal(dice.randint(1, 10)) / 2,
        slots=tuple(sorted(dice.sample(WEEK, dice.randint(2, 8)), key=WEEK.index)),
        demand={area: dice.choice((1, 1, 2, 2, 3, 3, 4)) for area in dice.sample(AREAS, dice.randint(2, 6))},
        requires=tuple(dice.sample(SKILLS, 1)) if dice.random() < 0.15 else (),
        place=dice.choice(PLACES),
        is_core=dice.random() < 0.1,
    )


def _person(dice: random.Random, number: int, *, tasks: tuple[Task, ...], measures: tuple[Measure, ...]) -> Person:
    fewest = dice.choice((4, 6, 8, 10))
    wished = dice.sample([task.id for task in tasks], min(5, len(tasks)))
    return Person(
        id=f"p{number:02}",
        capacity={area: dice.choices((None, 1, 2, 3, 4), (3, 6, 14, 30, 47))[0] for area in AREAS},
        min_hours=Decimal(fewest),
        max_hours=Decimal(fewest + dice.choice((4, 6, 8, 12))),
        slots=tuple(sorted(dice.sample(WEEK, dice.randint(5, 9)), key=WEEK.index)),
        max_hours_per_slot=Decimal(dice.choice(("2", "2.5", "3", "3.5"))),
        wage=Decimal(dice.randrange(130, 165, 5)),
        skills=tuple(dice.sample(SKILLS, dice.randint(0, 3))),
        wishes={task: dice.choice((1, 2)) for task in wished},
        measures=tuple(sorted(measure.code for measure in dice.sample(measures, dice.randint(5, 10)))),
    )
