"""openfisca-core as a peer: what it is told, and how its answers compare. It has no unknown: all facts are told."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from jobbro.engines.schemes.arrays import day_number
from jobbro.engines.schemes.columns import outcomes
from jobbro.engines.schemes.deciding import Decider, Tree, decider_of
from jobbro.engines.schemes.expressions import (
    DECISION_DATE,
    Arithmetic,
    Compare,
    Constant,
    Eldest,
    Expression,
    Extreme,
    Fact,
    Membership,
    Settled,
    Shift,
    Steps,
    Test,
)
from jobbro.engines.schemes.logic import eldest_below
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import Package

ONE_BY_ONE = 50
PEER = Path(__file__).with_name("_openfisca_peer.py")


def is_there() -> bool:
    """Whether openfisca-core is installed."""
    return find_spec("openfisca_core") is not None


def openfisca_figures(people: pl.DataFrame, *, package: Package, on: date) -> dict[str, Any]:
    """Its times, and how many of its verdicts are ours, over people all of whose facts are known to us.

    What has no answer is told as its own default, as it would be. Verdicts that are unknown here are counted apart.
    """
    decider = decider_of(resolve(package, on))
    told = _Telling(package=package, on=on)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.npz"
        np.savez(path, **told.columns(people, codes=decider.facts))
        given = {
            "people": str(path),
            "facts": {c: "bool" if package.facts[c].type == "bool" else "number" for c in decider.facts},
            "trees": {code: told.tree(tree, decider) for code, tree in decider.trees.items()},
            "one_by_one": ONE_BY_ONE,
        }
        done = subprocess.run(
            [sys.executable, str(PEER)], input=json.dumps(given), stdout=subprocess.PIPE, text=True, check=True
        )
    found = json.loads(done.stdout)
    ours = outcomes(people, package=package, on=on)
    equal = silent = 0
    for code, packed in found.pop("yes").items():
        theirs = np.unpackbits(np.array(packed, dtype=np.uint8), count=people.height).astype(bool)
        unknown = ours[code].is_null().to_numpy()
        differing = (theirs != ours[code].fill_null(False).to_numpy()) & ~unknown
        if differing.any():
            raise AssertionError(f"{code} differs for person {int(np.flatnonzero(differing)[0])}")
        equal += int((~unknown).sum())
        silent += int(unknown.sum())
    one = found.pop("one_person_ms")
    return {
        "persons": people.height,
        "inputs_seconds": round(found["inputs_seconds"], 3),
        "judging_seconds": round(found["judging_seconds"], 3),
        "one_person_ms_median": round(one[len(one) // 2], 2),
        "one_person_ms_p95": round(one[int(0.95 * len(one))], 2),
        "verdicts_equal": equal,
        "verdicts_unknown_here_but_settled_there": silent,
    }


class _Telling:
    def __init__(self, *, package: Package, on: date) -> None:
        self.package = package
        self.on = on

    def columns(self, people: pl.DataFrame, *, codes: tuple[str, ...]) -> dict[str, Any]:
        """Numbers and truths, days and choices as numbers, 0 for what has no answer."""
        return {
            code: people[code].fill_null(False).to_numpy()
            if self.package.facts[code].type == "bool"
            else people[code].to_physical().cast(pl.Float64).fill_null(0.0).to_numpy()
            for code in codes
        }

    def tree(self, tree: Tree, decider: Decider) -> list[Any]:
        """The tree as lists; where sources disagree their first reading, for there is no third verdict."""
        if isinstance(tree, int):
            return self.test(decider.conditions[tree].readings[0])
        return [tree.join, *(self.tree(child, decider) for child in tree.children)]

    def test(self, test: Test) -> list[Any]:
        """One condition as lists."""
        match test:
            case Settled(value):
                return ["settled", value]
            case Membership(item, choices, negated):
                return ["among", self.value(item), [self._choice(item, choice) for choice in choices], negated]
            case Compare(name, left, Constant(str() as choice)):
                return [name, self.value(left), ["constant", self._choice(left, choice)]]
            case Compare(name, left, right):
                return [name, self.value(left), self.value(right)]

    def value(self, node: Expression) -> list[Any]:
        """One expression as lists."""
        match node:
            case Constant(value):
                return ["constant", day_number(value) if isinstance(value, date) else value]
            case Fact(code):
                return ["constant", day_number(self.on)] if code == DECISION_DATE else ["fact", code]
            case Arithmetic(name, left, right):
                return [name, self.value(left), self.value(right)]
            case Shift(on, amount, unit, sign):
                return ["shift", self.value(on), self.value(amount), unit, sign]
            case Steps(on, steps):
                return ["steps", self.value(on), [day_number(day) for day, _ in steps], [value for _, value in steps]]
            case Eldest(_, steps) if steps:
                return ["constant", day_number(eldest_below(steps, self.on))]
            case Extreme(name, items):
                return [name, *(self.value(item) for item in items)]
        raise ValueError(f"{node} is not resolved")

    def _choice(self, item: Expression, choice: str) -> int:
        assert isinstance(item, Fact)
        return [known.code for known in self.package.facts[item.code].choices].index(choice)
