"""The solver's own process: programmes in, one JSON line each; progress and answers out, one JSON line each."""

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
BETWEEN_REPORTS = 0.1


def main() -> None:
    """Answer every line until there are no more."""
    # Ctrl-C reaches the whole group; whoever asked decides, and ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin:
        _say(_solve(json.loads(line)))


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _solve(asked: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + asked["seconds"]
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    highs.passModel(_model(asked))
    if asked["start"]:
        start = highspy.HighsSolution()
        start.col_value = asked["start"]
        highs.setSolution(start)
    _report_progress(highs)
    options = {
        "mip_rel_gap": 0.0,
        # Less than the grain: a value that is better by exactly one grain must still be found.
        "mip_abs_gap": 0.99 * asked["grain"],
        "threads": 1,
        "random_seed": asked["seed"],
        "time_limit": max(until - time.monotonic(), 0.01),
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.run()
    status = highs.getModelStatus()
    return {
        "status": status.name.removeprefix("k"),
        "bound": _finite(highs.getInfo().mip_dual_bound),
        "chosen": _chosen(highs.getSolution().col_value),
    }


def _model(asked: dict[str, Any]) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_ = len(asked["cost"])
    model.num_row_ = len(asked["row_lower"])
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.array(asked["cost"], dtype=np.float64)
    model.col_lower_ = np.zeros(model.num_col_)
    model.col_upper_ = np.array(asked["upper"], dtype=np.float64)
    model.row_lower_ = np.array(asked["row_lower"], dtype=np.float64)
    model.row_upper_ = np.array(asked["row_upper"], dtype=np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(asked["row_start"], dtype=np.int32)
    model.a_matrix_.index_ = np.array(asked["row_column"], dtype=np.int32)
    model.a_matrix_.value_ = np.array(asked["row_value"], dtype=np.float64)
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
