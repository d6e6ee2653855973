"""The same schemes in openfisca-core, told as JSON on standard input; figures and verdicts as JSON on standard output.

Run as a process of its own: openfisca-core is under the AGPL and no part of jobbro. Nothing of jobbro is imported here.
"""

from __future__ import annotations

import json
import sys
import time
from functools import reduce
from typing import Any

import numpy as np

UNITS = {"months": 1, "years": 12}
PERIOD = "2026-11"


def main() -> None:
    """Read the rules and the people, build the system, judge everybody at once and some one by one."""
    told = json.load(sys.stdin)
    people = np.load(told["people"])
    size = len(next(iter(people.values())))
    system = _system(told)
    inputs, judging, verdicts = _judge(system, told, {code: people[code] for code in told["facts"]})
    one = []
    for row in range(min(told["one_by_one"], size)):
        start = time.perf_counter()
        _judge(system, told, {code: people[code][row : row + 1] for code in told["facts"]})
        one.append(time.perf_counter() - start)
    json.dump(
        {
            "inputs_seconds": inputs,
            "judging_seconds": judging,
            "one_person_ms": sorted(1e3 * seconds for seconds in one),
            "yes": {code: np.packbits(found).tolist() for code, found in verdicts.items()},
        },
        sys.stdout,
    )


def _judge(system: Any, told: Any, columns: Any) -> Any:
    from openfisca_core.simulation_builder import SimulationBuilder

    start = time.perf_counter()
    size = len(next(iter(columns.values())))
    simulation = SimulationBuilder().build_default_simulation(system, count=size)
    for code, values in columns.items():
        simulation.set_input(code, PERIOD, values)
    after_inputs = time.perf_counter()
    verdicts = {code: simulation.calculate(f"scheme_{code}", PERIOD) for code in told["trees"]}
    return after_inputs - start, time.perf_counter() - after_inputs, verdicts


def _system(told: Any) -> Any:
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import MONTH
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="person", is_person=True)
    system = TaxBenefitSystem([person])
    types = {"bool": bool, "number": float}
    for code, kind in told["facts"].items():
        system.add_variable(
            type(code, (Variable,), {"value_type": types[kind], "entity": person, "definition_period": MONTH})
        )
    for code, tree in told["trees"].items():
        body = {"value_type": bool, "entity": person, "definition_period": MONTH, "formula": _formula(tree)}
        system.add_variable(type(f"scheme_{code}", (Variable,), body))
    return system


def _formula(tree: Any) -> Any:
    def formula(person: Any, period: Any) -> Any:
        return _truth(tree, lambda code: person(code, period)) + np.zeros(person.count, dtype=bool)

    return formula


def _truth(node: Any, read: Any) -> Any:
    name, *parts = node
    if name == "all":
        return reduce(np.logical_and, [_truth(part, read) for part in parts])
    if name == "any":
        return reduce(np.logical_or, [_truth(part, read) for part in parts])
    if name == "none":
        return ~reduce(np.logical_or, [_truth(part, read) for part in parts])
    if name == "settled":
        return np.bool_(parts[0])
    if name == "among":
        return np.isin(_number(parts[0], read), parts[1]) != parts[2]
    difference = np.round(_number(parts[0], read) - _number(parts[1], read), 6)
    return {
        "==": difference == 0,
        "!=": difference != 0,
        "<": difference < 0,
        "<=": difference <= 0,
        ">": difference > 0,
        ">=": difference >= 0,
    }[name]


def _number(node: Any, read: Any) -> Any:
    name, *parts = node
    if name == "constant":
        return np.float64(np.nan if parts[0] is None else parts[0])
    if name == "fact":
        return read(parts[0]).astype(np.float64)
    if name == "shift":
        return _shifted(_number(parts[0], read), _number(parts[1], read) * parts[3], unit=parts[2])
    if name == "steps":
        starts, values = np.array(parts[1]), np.array(parts[2])
        return values[np.searchsorted(starts, _number(parts[0], read), side="right") - 1]
    if name in ("min", "max"):
        return reduce(np.minimum if name == "min" else np.maximum, [_number(part, read) for part in parts])
    one, other = (_number(part, read) for part in parts)
    return {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}[name](one, other)


def _shifted(days: Any, amount: Any, *, unit: str) -> Any:
    if unit == "days":
        return days + amount
    start = np.asarray(days).astype("datetime64[D]")
    month = start.astype("datetime64[M]")
    moved = month + (amount * UNITS[unit]).astype("timedelta64[M]")
    last = (moved + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(moved.astype("datetime64[D]") + (start - month.astype("datetime64[D]")), last).astype(np.float64)


if __name__ == "__main__":
    main()
