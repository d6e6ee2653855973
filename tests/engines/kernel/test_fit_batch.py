"""The search on arrays gives the kernel's answers, here not compiled; `tests/benchmarks` compiles it."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from jobbro.kernel import fit_batch
from jobbro.kernel.fit import Measure, fit
from jobbro.kernel.fit_batch import UNKNOWN, VERDICTS, all_available, fit_many, measure_table
from jobbro.kernel.vocabulary import AREAS


@pytest.fixture
def plain_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search as plain Python: compiling takes longer than all engine tests together."""
    monkeypatch.setitem(sys.modules, "numba", SimpleNamespace(njit=lambda **_: lambda function: function))
    search: Callable[..., None] = _load_apart().search
    monkeypatch.setattr(fit_batch, "_search", lambda: search)


def _load_apart() -> ModuleType:
    path = Path(fit_batch.__file__).with_name("fit_search.py")
    spec = importlib.util.spec_from_file_location("fit_search_not_compiled", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def random_measures(numbers: random.Random, count: int) -> list[Measure]:
    return [
        Measure(
            code=f"{numbers.choice('aBc')}{number}",
            relief={area: numbers.randint(1, 4) for area in numbers.sample(AREAS, 5)},
            cost=numbers.randint(1, 4),
            scheme="none",
        )
        for number in range(count)
    ]


@pytest.mark.usefixtures("plain_search")
@pytest.mark.parametrize("count", [1, 8, 9, 40])
def test_answers_equal_the_kernel(count: int) -> None:
    numbers = random.Random(count)
    measures = random_measures(numbers, count)
    table = measure_table(measures)
    capacity = [[numbers.choice([UNKNOWN, 0, 2, 3, 3, 4, 4, 4]) for _ in AREAS] for _ in range(40)]
    demand = [[numbers.choice([0, 0, 0, 1, 2, 3, 4]) for _ in AREAS] for _ in range(40)]
    offered = [[numbers.random() < 0.9 for _ in range(count)] for _ in range(40)]
    found = fit_many(
        capacity=np.array(capacity, dtype=np.uint8),
        demand=np.array(demand, dtype=np.uint8),
        available=np.packbits(np.array(offered), axis=1, bitorder="little"),
        table=table,
    )
    by_code = {measure.code: measure for measure in measures}
    for pair in range(40):
        expected = fit(
            capacity={
                area: None if level == UNKNOWN else level for area, level in zip(AREAS, capacity[pair], strict=True)
            },
            demand=dict(zip(AREAS, demand[pair], strict=True)),
            measures=[by_code[code] for code, given in zip(table.codes, offered[pair], strict=True) if given],
        )
        assert VERDICTS[found.verdict[pair]] is expected.verdict
        assert found.codes(pair, table=table) == expected.support


@pytest.mark.usefixtures("plain_search")
def test_no_pairs_and_no_measures_are_fine() -> None:
    table = measure_table([])
    found = fit_many(
        capacity=np.full((2, 24), 3, dtype=np.uint8),
        demand=np.array([[3] * 24, [4] * 24], dtype=np.uint8),
        available=all_available(table=table, pairs=2),
        table=table,
    )
    assert [str(VERDICTS[number]) for number in found.verdict] == ["as_is", "no"]
    assert found.codes(1, table=table) == ()


def test_bad_arrays_are_refused() -> None:
    table = measure_table(random_measures(random.Random(1), 3))
    good = np.zeros((2, 24), dtype=np.uint8)
    available = all_available(table=table, pairs=2)
    with pytest.raises(ValueError, match=r"capacity must be uint8 of shape \(2, 24\)"):
        fit_many(capacity=good.astype(np.int64), demand=good, available=available, table=table)
    with pytest.raises(ValueError, match="demand must be uint8"):
        fit_many(capacity=good, demand=good[:1], available=available, table=table)
    with pytest.raises(ValueError, match="available must be uint8"):
        fit_many(capacity=good, demand=good, available=available[:, :0], table=table)
    with pytest.raises(ValueError, match="capacity holds a level"):
        fit_many(capacity=good + np.uint8(5), demand=good, available=available, table=table)
    with pytest.raises(ValueError, match="demand holds a level"):
        fit_many(capacity=good, demand=good + np.uint8(UNKNOWN), available=available, table=table)


def test_a_code_twice_is_refused() -> None:
    twice = random_measures(random.Random(1), 1) * 2
    with pytest.raises(ValueError, match="codes must be unique"):
        measure_table(twice)
