"""The compiled loops say what the same lines say as plain Python, which is what the engines are proven with."""

from random import Random
from typing import Any

import numpy as np
import pytest

from jobbro.engines.economics import caseload as caseload_module
from jobbro.engines.economics.caseload import account_for_caseload
from jobbro.engines.schemes import planes
from jobbro.engines.schemes.columns import people_frame
from jobbro.engines.schemes.loading import load_package
from tests.engines.economics.made_up import caseload
from tests.engines.plain_loops import plain_loops
from tests.engines.schemes.people import ON, random_values


def _in_plain_python(monkeypatch: pytest.MonkeyPatch, module: Any, *, name: str) -> None:
    loops = plain_loops(name)
    monkeypatch.setattr(module, "_loops", lambda: loops)


@pytest.mark.parametrize("cases", [1, 7, 900])
def test_a_caseload(monkeypatch: pytest.MonkeyPatch, cases: int) -> None:
    compiled = account_for_caseload(caseload(cases), 100, 3, is_exact=False)
    _in_plain_python(monkeypatch, caseload_module, name="jobbro.engines.economics.caseload_loops")
    plain = account_for_caseload(caseload(cases), 100, 3, is_exact=False)
    assert np.allclose(compiled.net_of_case, plain.net_of_case, rtol=1e-12, atol=1e-6)
    assert compiled.totals == plain.totals


@pytest.mark.parametrize("people", [1, 8, 500])
def test_a_population(monkeypatch: pytest.MonkeyPatch, people: int) -> None:
    package, random = load_package(), Random(people)
    frame = people_frame([random_values(package, random=random) for _ in range(people)], package=package)

    def judged() -> Any:
        return planes.judge_people(planes.packed_people(frame, package=package), package=package, on=ON)

    compiled = judged()
    _in_plain_python(monkeypatch, planes, name="jobbro.engines.schemes.planes_loops")
    plain = judged()
    for name in ("yes", "no", "blocking"):
        one, other = getattr(compiled, name), getattr(plain, name)
        assert one.keys() == other.keys()
        assert all(np.array_equal(one[key], other[key]) for key in one)
