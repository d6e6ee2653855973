"""One spread of kept pairs in a process of its own: the product's, or a peer's over the same graph round by round."""

# OR-tools and HiGHS bring the same library along in other versions and must never meet in one process.

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks._spread_files import Columns, read_graph
from jobbro.engines.matching.spread.allocating import allocate

PDLP_GAP = 1e-4

# A round's graph to its total and the CPU seconds of the solver alone.
Spreading = Callable[["Graph"], tuple[int, float]]


class Graph(NamedTuple):
    """The open pairs of a round: of each the person, the job and the weight; of each job the places left."""

    persons: int
    person: NDArray[np.int64]
    job: NDArray[np.int32]
    weight: NDArray[np.int32]
    left: NDArray[np.int64]


def main() -> None:
    """Arguments: who spreads, the folder, each C with commas and N. For `graph` the folder, persons, jobs and seed.

    Prints one line of JSON: what came out for each C, and the peak of memory over all.
    """
    name, told, *numbers = sys.argv[1:]
    folder = Path(told)
    if name == "graph":
        # Tables and matching take memory that no spread needs.
        from benchmarks._spread_graph import write_graph

        persons, jobs, seed = (int(number) for number in numbers)
        write_graph(persons=persons, jobs=jobs, seed=seed, folder=folder)
        return
    arrays = read_graph(folder)
    each, per_person = numbers[0].split(","), int(numbers[1])
    spread = _jobbro if name == "jobbro" else partial(_peer, PEERS[name])
    found = {one: spread(arrays, per_place=int(one), per_person=per_person, folder=folder) for one in each}
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"per_place": found, "peak_mb": peak_mb}))


def _peer(spread: Spreading, arrays: Columns, *, per_place: int, per_person: int, folder: Path) -> dict[str, Any]:
    proposed = np.load(_kept(folder, per_place=per_place))
    graphs = _rounds(arrays, proposed=proposed, per_place=per_place, per_person=per_person)
    rounds = [_timed(spread, graph) for graph in graphs]
    return {"rounds": rounds, "cpu_seconds": sum(each["cpu_seconds"] for each in rounds)}


def _kept(folder: Path, *, per_place: int) -> Path:
    return folder / f"proposed_{per_place}.npy"


def _jobbro(arrays: Columns, *, per_place: int, per_person: int, folder: Path) -> dict[str, Any]:
    loading = time.perf_counter()
    _load_the_loops()
    loading = time.perf_counter() - loading
    cpu, wall = time.process_time(), time.perf_counter()
    spread = allocate(**arrays, per_place=per_place, per_person=per_person)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    np.save(_kept(folder, per_place=per_place), spread.proposed)
    return {
        "sha256": hashlib.sha256(spread.proposed.tobytes()).hexdigest(),
        "rounds": [
            {name: getattr(each, name) for name in ("pairs", "total", "bound", "gap_percent")} for each in spread.rounds
        ],
        "cpu_seconds": cpu,
        "wall_seconds": wall,
        "loading_seconds": loading,
        "persons_with": spread.persons_with,
        "persons_listed": spread.persons_listed,
        "jobs_never_proposed": spread.jobs_never_proposed,
        "gini": spread.gini,
    }


def _load_the_loops() -> None:
    # One place for two and two for one: both kinds of bidding are loaded.
    for persons, jobs in ((2, 1), (1, 2)):
        allocate(
            person_start=np.arange(0, persons * jobs + 1, jobs, dtype=np.int64),
            job_index=np.tile(np.arange(jobs, dtype=np.int32), persons),
            weight=np.full(persons * jobs, 1000, dtype=np.int32),
            places=np.ones(jobs, dtype=np.int64),
            per_place=1,
            per_person=1,
        )


def _rounds(arrays: Columns, *, proposed: NDArray[np.uint16], per_place: int, per_person: int) -> Iterator[Graph]:
    """The graph of each round, given what the product chose in the rounds before."""
    lengths = np.diff(arrays["person_start"])
    for number in range(1, per_person + 1):
        given = (proposed > 0) & (proposed < number)
        left = per_place * arrays["places"] - np.bincount(arrays["job_index"][given], minlength=len(arrays["places"]))
        keep = ~given & (left > 0)[arrays["job_index"]]
        yield Graph(
            persons=len(lengths),
            person=np.repeat(np.arange(len(lengths)), lengths)[keep],
            job=arrays["job_index"][keep],
            weight=arrays["weight"][keep],
            left=left,
        )


def _timed(spread: Spreading, graph: Graph) -> dict[str, Any]:
    if not len(graph.job):
        return {"total": 0, "cpu_seconds": 0.0, "solve_cpu_seconds": 0.0}
    cpu = time.process_time()
    total, solving = spread(graph)
    return {"total": total, "cpu_seconds": time.process_time() - cpu, "solve_cpu_seconds": solving}


def _flow(graph: Graph) -> tuple[int, float]:
    """Each person one unit to a job or past all jobs, from there to one sink; weights are costs below nothing."""
    from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

    solver = min_cost_flow.SimpleMinCostFlow()
    who, of_person = np.unique(graph.person, return_inverse=True)
    persons, jobs, pairs = len(who), len(graph.left), len(graph.job)
    sink = persons + jobs
    solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([of_person, np.arange(persons, sink), np.arange(persons)]).astype(np.int32),
        np.concatenate([persons + graph.job, np.full(jobs + persons, sink)]).astype(np.int32),
        np.concatenate([np.ones(pairs, dtype=np.int64), graph.left, np.ones(persons, dtype=np.int64)]),
        np.concatenate([-graph.weight.astype(np.int64), np.zeros(jobs + persons, dtype=np.int64)]),
    )
    supplies = np.zeros(sink + 1, dtype=np.int64)
    supplies[:persons], supplies[sink] = 1, -persons
    solver.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supplies)
    cpu = time.process_time()
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"the flow ended with {status}")
    return -solver.optimal_cost(), time.process_time() - cpu


def _greedy(graph: Graph) -> tuple[int, float]:
    """The heaviest pair first, as long as the person has none and the job a place."""
    cpu = time.process_time()
    order = np.argsort(-graph.weight, kind="stable")
    left = graph.left.tolist()
    is_free = bytearray(b"\x01") * graph.persons
    total = 0
    columns = (graph.person[order], graph.job[order], graph.weight[order])
    for person, job, weight in zip(*(column.tolist() for column in columns), strict=True):
        if is_free[person] and left[job]:
            is_free[person] = 0
            left[job] -= 1
            total += weight
    return total, time.process_time() - cpu


def _pdlp(graph: Graph) -> tuple[int, float]:
    """The linear programme to a relative gap of 1e-4: its value, rounded, is near the best and may lie above it."""
    from ortools.linear_solver.python import model_builder

    model: Any = model_builder.Model()
    pairs = len(graph.job)
    model.helper.add_var_array_with_bounds(np.zeros(pairs), np.ones(pairs), np.zeros(pairs, dtype=bool), "")
    model.helper.set_objective_coefficients(np.arange(pairs, dtype=np.int32), graph.weight.astype(np.float64))
    model.helper.set_maximize(True)
    chosen = [model_builder.Variable(model.helper, at) for at in range(pairs)]
    for columns, most in _rows(graph):
        row = model.helper.add_linear_constraint()
        model.helper.set_constraint_lower_bound(row, -np.inf)
        model.helper.set_constraint_upper_bound(row, float(most))
        model.helper.add_terms_to_constraint(row, [chosen[at] for at in columns], [1.0] * len(columns))
    solver = model_builder.Solver("pdlp")
    solver.set_solver_specific_parameters(
        "termination_criteria { simple_optimality_criteria "
        f"{{ eps_optimal_absolute: 0 eps_optimal_relative: {PDLP_GAP} }} }} num_threads: 1"
    )
    cpu = time.process_time()
    status = solver.solve(model)
    if status != model_builder.SolveStatus.OPTIMAL:
        raise RuntimeError(f"PDLP ended with {status}")
    return round(solver.objective_value), time.process_time() - cpu


def _rows(graph: Graph) -> Iterator[tuple[NDArray[np.int64], int]]:
    """The pairs of each person and each job, and how many of them may be chosen."""
    for key, most in ((graph.person, np.ones(graph.persons, dtype=np.int64)), (graph.job, graph.left)):
        order = np.argsort(key, kind="stable")
        starts = np.searchsorted(key[order], np.arange(len(most) + 1))
        for at in np.flatnonzero(np.diff(starts)):
            yield order[starts[at] : starts[at + 1]], int(most[at])


def _simplex(graph: Graph) -> tuple[int, float]:
    """The linear programme by the dual simplex of HiGHS."""
    import highspy

    programme = highspy.HighsLp()
    rows = list(_rows(graph))
    pairs = len(graph.job)
    programme.num_col_, programme.num_row_ = pairs, len(rows)
    programme.col_cost_ = graph.weight.astype(np.float64)
    programme.col_lower_, programme.col_upper_ = np.zeros(pairs), np.ones(pairs)
    programme.row_lower_ = np.full(len(rows), -np.inf)
    programme.row_upper_ = np.array([most for _, most in rows], dtype=np.float64)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])])
    programme.a_matrix_.index_ = np.concatenate([columns for columns, _ in rows]).astype(np.int32)
    programme.a_matrix_.value_ = np.ones(2 * pairs)
    programme.sense_ = highspy.ObjSense.kMaximize
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("threads", 1)
    solver.passModel(programme)
    cpu = time.process_time()
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the simplex ended with {solver.getModelStatus()}")
    return round(solver.getInfo().objective_function_value), time.process_time() - cpu


PEERS: dict[str, Spreading] = {
    "flow": _flow,
    "greedy": _greedy,
    "pdlp": _pdlp,
    "simplex": _simplex,
}


if __name__ == "__main__":
    main()
