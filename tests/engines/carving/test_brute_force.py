"""Against every set of jobs there is: the value is the best, the answer holds, the bound is true."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from jobbro.engines.carving.answering import carving_of
from jobbro.engines.carving.bounds import quick_bound
from jobbro.engines.carving.carving import Search, carve
from jobbro.engines.carving.instance import instance_of
from jobbro.engines.carving.model import Carving, Status, Workplace
from jobbro.engines.carving.solving import Solver
from jobbro.engines.carving.verifying import verify
from tests.engines.carving.brute_force import best_value
from tests.engines.carving.small import at_random

SEEDS = (*range(30), 34, 54)


@pytest.fixture(scope="module")
def solver() -> Iterator[Solver]:
    with Solver() as running:
        yield running


def carved(workplace: Workplace, *, solver: Solver) -> Carving:
    search = Search(instance_of(workplace), seconds=20)
    search.run(solver)
    return carving_of(search.instance, plan=search.plan or {}, bound=search.bound)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_better(seed: int, solver: Solver) -> None:
    workplace = at_random(seed)
    answer = carved(workplace, solver=solver)
    assert verify(workplace, answer) == ()
    assert answer.status is Status.OPTIMAL
    assert answer.value == answer.bound == best_value(workplace)


@pytest.mark.parametrize("seed", range(20))
def test_the_quick_bound_is_true(seed: int) -> None:
    workplace = at_random(seed)
    instance = instance_of(workplace)
    assert instance.money(quick_bound(instance)) >= best_value(workplace)


@pytest.mark.parametrize("seed", [4, 34])
def test_the_order_of_the_file_changes_nothing(seed: int, solver: Solver) -> None:
    workplace = at_random(seed)
    turned = replace(
        workplace,
        tasks=tuple(replace(task, slots=task.slots[::-1]) for task in workplace.tasks[::-1]),
        persons=tuple(replace(person, measures=person.measures[::-1]) for person in workplace.persons[::-1]),
        staff=workplace.staff[::-1],
        measures=workplace.measures[::-1],
    )
    assert carved(turned, solver=solver) == carved(workplace, solver=solver)


def test_without_time_the_answer_holds_and_the_bound_is_true() -> None:
    workplace = at_random(4)
    answer = carve(workplace, seconds=0)
    assert verify(workplace, answer) == ()
    assert answer.value <= best_value(workplace) <= answer.bound
