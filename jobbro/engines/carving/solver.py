"""The solver's own process: programmes in, a JSON line and the numbers; progress and answers out, a JSON line each."""

# Started by its path, so that nothing else of the product is loaded here, and the solver nowhere else.

from __future__ import annotations

import json
import signal
import sys
import time
from typing import Any

import highspy
import numpy as np

HALF = 0.5
TINY = 1e-7
CORE_NODES = 60
CORE_SHARE = 0.5
DIVE_SHARE = 0.4
# In larger programmes every step of a dive takes too long.
DIVE_NUMBERS = 400_000
BETWEEN_REPORTS = 0.1


def main() -> None:
    """Answer every line until there are no more."""
    # Ctrl-C reaches the whole group; whoever asked decides, and ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        for name, kind, size in asked["arrays"]:
            asked[name] = np.frombuffer(sys.stdin.buffer.read(size), dtype=kind)
        _say(_solve(asked))


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _solve(asked: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + asked["seconds"]
    start = asked["start"]
    if asked["core"] is not None:
        start = _good_start(asked, until=until)
    highs = _search(asked, upper=asked["upper"], start=start)
    _report_progress(highs)
    _set(highs, time_limit=max(until - time.monotonic(), 0.01))
    highs.run()
    return {
        "status": highs.getModelStatus().name.removeprefix("k"),
        "bound": _finite(highs.getInfo().mip_dual_bound),
        "chosen": _chosen(highs.getSolution().col_value),
    }


def _good_start(asked: dict[str, Any], *, until: float) -> Any:
    """Tell the bound without whole numbers, then look for a plan near it; the column values of the best known."""
    relaxed = _new({**asked, "is_whole": np.zeros_like(asked["is_whole"])}, upper=asked["upper"])
    _set(relaxed, time_limit=max(until - time.monotonic(), 0.01))
    relaxed.run()
    if relaxed.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return asked["start"]
    _say({"status": "", "bound": _finite(relaxed.getInfo().objective_function_value), "chosen": None})
    start, solution = asked["start"], relaxed.getSolution()
    if len(asked["row_value"]) <= DIVE_NUMBERS:
        dived = _dive(asked, relaxed=relaxed, until=time.monotonic() + DIVE_SHARE * (until - time.monotonic()))
        start = _better(asked, dived, start)
        _say({"status": "", "bound": None, "chosen": _chosen(start)})
    return _core(asked, relaxed=solution, start=start, until=until) if asked["core"] else start


def _core(asked: dict[str, Any], *, relaxed: Any, start: Any, until: float) -> Any:
    """The best plan among the columns that the relaxation likes best.

    Columns that are 0 in it and cost most there are left out (Balas and Zemel, 1980). The branches are counted, not
    timed, so that the search goes on from the same plan every day.
    """
    upper = asked["upper"].copy()
    upper[_left_out(asked, relaxed=relaxed, start=start)] = 0.0
    highs = _search(asked, upper=upper, start=start)
    _set(highs, mip_max_nodes=CORE_NODES, time_limit=max(CORE_SHARE * (until - time.monotonic()), 0.01))
    highs.run()
    values = highs.getSolution().col_value
    if not len(values):
        return start
    _say({"status": "", "bound": None, "chosen": _chosen(values)})
    return np.asarray(values)


def _dive(asked: dict[str, Any], *, relaxed: Any, until: float) -> Any:
    """Column values of a plan, or none: the relaxation solved again and again, what is nearest to chosen then chosen.

    Tasks first: what measures, places and releases they need follows. A choice that leaves no plan is taken back.
    """
    is_whole, is_given = asked["is_whole"] == 1, asked["is_given"] == 1
    while time.monotonic() < until:
        values = np.asarray(relaxed.getSolution().col_value)
        is_open = is_whole & (values > TINY) & (values < 1 - TINY)
        if not is_open.any():
            return values
        near = np.flatnonzero(is_open & is_given) if (is_open & is_given).any() else np.flatnonzero(is_open)
        column = int(near[np.argmax(values[near])])
        if not _is_solved_with(relaxed, column=column, value=1.0) and not _is_solved_with(
            relaxed, column=column, value=0.0
        ):
            break
    return ()


def _is_solved_with(relaxed: Any, *, column: int, value: float) -> bool:
    relaxed.changeColBounds(column, value, value)
    relaxed.run()
    return bool(relaxed.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _better(asked: dict[str, Any], one: Any, other: Any) -> Any:
    """The values that are worth more; either may be empty."""
    if not len(one) or not len(other):
        return one if len(one) else other
    return one if float(asked["cost"] @ one) > float(asked["cost"] @ other) else other


def _left_out(asked: dict[str, Any], *, relaxed: Any, start: Any) -> Any:
    values, costs = np.asarray(relaxed.col_value), np.abs(np.asarray(relaxed.col_dual))
    is_held = (values > TINY) | (asked["is_whole"] == 0)
    if len(start):
        is_held |= np.asarray(start) > HALF
    free = np.flatnonzero(~is_held)
    room = max(asked["core"] - int(is_held.sum()), 0)
    return free[np.argsort(costs[free], kind="stable")][room:]


def _new(asked: dict[str, Any], *, upper: Any) -> Any:
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    highs.passModel(_model(asked, upper=upper))
    _set(highs, threads=1, random_seed=asked["seed"])
    return highs


def _search(asked: dict[str, Any], *, upper: Any, start: Any) -> Any:
    highs = _new(asked, upper=upper)
    # Less than the grain: a value that is better by exactly one grain must still be found.
    _set(highs, mip_rel_gap=0.0, mip_abs_gap=0.99 * asked["grain"])
    if len(start):
        solution = highspy.HighsSolution()
        solution.col_value = np.asarray(start).tolist()
        highs.setSolution(solution)
    return highs


def _set(highs: Any, **options: Any) -> None:
    for name, value in options.items():
        highs.setOptionValue(name, value)


def _model(asked: dict[str, Any], *, upper: Any) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_ = len(asked["cost"])
    model.num_row_ = len(asked["row_lower"])
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = asked["cost"]
    model.col_lower_ = np.zeros(model.num_col_)
    model.col_upper_ = upper
    model.row_lower_ = asked["row_lower"]
    model.row_upper_ = asked["row_upper"]
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = asked["row_start"]
    model.a_matrix_.index_ = asked["row_column"]
    model.a_matrix_.value_ = asked["row_value"]
    kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
    model.integrality_ = [kinds[is_whole] for is_whole in asked["is_whole"]]
    return model


def _report_progress(highs: Any) -> None:
    last: dict[str, float | None] = {"bound": None}
    told_at = 0.0

    def on_better(event: Any) -> None:
        bound = _finite(event.data_out.mip_dual_bound)
        _say({"status": "", "bound": bound, "chosen": _chosen(event.data_out.mip_solution)})

    def on_the_way(event: Any) -> None:
        nonlocal told_at
        bound = _finite(event.data_out.mip_dual_bound)
        now = time.monotonic()
        if bound != last["bound"] and now - told_at > BETWEEN_REPORTS:
            told_at, last["bound"] = now, bound
            _say({"status": "", "bound": bound, "chosen": None})

    highs.cbMipImprovingSolution.subscribe(on_better)
    highs.cbMipInterrupt.subscribe(on_the_way)


def _finite(number: float) -> float | None:
    return float(number) if np.isfinite(number) and abs(number) < highspy.kHighsInf else None


def _chosen(values: Any) -> list[int]:
    return np.flatnonzero(np.asarray(values) > HALF).tolist() if len(values) else []


if __name__ == "__main__":
    main()
