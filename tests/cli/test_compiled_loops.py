"""The compiled loops say what the same lines say as plain Python, which is what the engines are proven with."""

import pickle
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from jobbro.engines.economics import caseload as caseload_module
from jobbro.engines.economics.caseload import account_for_caseload
from jobbro.engines.matching import changes, changes_loops, loops
from jobbro.engines.matching.changes import changes_for
from jobbro.engines.matching.market import Market, build_market
from jobbro.engines.matching.pairs import list_for
from jobbro.engines.matching.warming import warm_up
from jobbro.engines.schemes import planes
from jobbro.engines.schemes.columns import people_frame
from jobbro.engines.schemes.loading import load_package
from jobbro.kernel.vocabulary import AREAS, SLOTS
from tests.engines.economics.made_up import caseload
from tests.engines.matching.made_up import job, measure, person
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


def test_loops_that_are_warm_are_compiled_for_every_market(tmp_path: Path) -> None:
    warm_up()
    kinds = len(loops.list_people.signatures), len(changes_loops.count_changes.signatures)
    market = build_market(jobs=[job()], measures=[])
    market.save(tmp_path / "market")
    sent, empty = pickle.loads(pickle.dumps(market)), build_market(jobs=[], measures=[])
    for each in (market, Market.load(tmp_path / "market"), sent, empty):
        each.list_for(person())
        changes_for(person(), market=each)
    assert (len(loops.list_people.signatures), len(changes_loops.count_changes.signatures)) == kinds


@pytest.mark.parametrize(("measures", "jobs"), [(1, 3), (22, 700), (130, 60)])
def test_a_market(monkeypatch: pytest.MonkeyPatch, measures: int, jobs: int) -> None:
    random = Random(measures)
    catalogue = [
        measure(f"m{at}", {area: random.randint(1, 4) for area in random.sample(AREAS, 3)}, random.randint(1, 4))
        for at in range(measures)
    ]
    codes = [each.code for each in catalogue]
    offers = [
        job(
            f"J{at}",
            demand={area: random.randint(1, 4) for area in random.sample(AREAS, 6)},
            x=float(random.randint(-9, 9)),
            y=float(random.randint(-9, 9)),
            slots=tuple(random.sample(SLOTS, random.choice([0, 1]))),
            requires=tuple(random.sample("abcdefghij", random.choice([0, 0, 1]))),
            measures=tuple(random.sample(codes, len(codes) * 2 // 3)),
        )
        for at in range(jobs)
    ]
    market = build_market(jobs=offers, measures=catalogue)
    people = [
        person(
            capacity={area: random.choice([None, 1, 2, 3, 3, 4]) for area in AREAS},
            max_km=float(random.randint(3, 12)),
            slots=SLOTS[: random.randint(8, 14)],
            skills=tuple("abcdefgh"),
            measures=tuple(random.sample(codes, len(codes) // 2)),
            wishes={"cook": 1},
        )
        for _ in range(6)
    ]
    for who in people:
        assert market.list_for(who, 15) == list_for(person=who, jobs=offers, measures=catalogue, top=15)
    compiled = [changes_for(who, market=market) for who in people]
    _in_plain_python(monkeypatch, changes, name="jobbro.engines.matching.changes_loops")
    assert compiled == [changes_for(who, market=market) for who in people]
