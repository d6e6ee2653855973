"""The solver at work in a process of its own: it reports, it can be stopped, and it never outlives its question."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from jobbro.engines.carving.programme import Programme

PROCESS = Path(__file__).with_name("solver.py")
SEED = 20_261
# Kinds of numbers as the two processes call them.
KINDS = {"b": "int8", "i": "int32", "d": "float64"}
# The solver looks at its clock between steps; one that is later than this is stopped.
GRACE_SECONDS = 0.5
BETWEEN_LOOKS = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What the solver knows: a proven bound in kroner or None, and the columns that are 1, None when unchanged."""

    bound: float | None
    chosen: tuple[int, ...] | None
    is_proven: bool = False
    is_last: bool = False


Listener = Callable[[Report], bool]


class Solver:
    """A solver process, started when it is first asked. Use as a context manager."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __enter__(self) -> Solver:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def solve(
        self,
        programme: Programme,
        *,
        start: Sequence[float],
        seconds: float,
        grain: float,
        listen: Listener,
        core: int | None = None,
    ) -> bool:
        """Ask for the best value; `listen` hears every report and answers False to stop. True when it came to an end.

        `start` is the values of all columns in a plan that holds, or empty. `grain`: no two values lie closer together,
        so a bound nearer than that to the value proves it. With `core`, for programmes so large that the search itself
        is long silent: first tell the bound without whole numbers, dive for a plan, and branch among so many columns.
        """
        if seconds <= 0:
            return False
        until = time.monotonic() + seconds
        head = {"seconds": seconds, "grain": grain, "seed": SEED, "core": core}
        self._ask(head, arrays=_arrays(programme, start=start))
        while time.monotonic() < until + GRACE_SECONDS:
            report = self._next_report() or Report(bound=None, chosen=None)
            go_on = listen(report)
            if report.is_last:
                return True
            if not go_on:
                break
        self.stop()
        return False

    def stop(self) -> None:
        """The process is gone; the next question starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()

    def _ask(self, head: dict[str, Any], *, arrays: dict[str, array[Any]]) -> None:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._start()
        assert self._process is not None and self._process.stdin is not None
        sizes = [(name, KINDS[each.typecode], len(each) * each.itemsize) for name, each in arrays.items()]
        try:
            self._process.stdin.write(json.dumps({**head, "arrays": sizes}).encode() + b"\n")
            for each in arrays.values():
                self._process.stdin.write(each.tobytes())
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise SolverError from error

    def _start(self) -> None:
        # -P: the folder of the script holds modules of the engine that must not hide others of that name.
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(PROCESS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._lines = queue.SimpleQueue()
        threading.Thread(target=_pass_on, args=(self._process.stdout, self._lines), daemon=True).start()

    def _next_report(self) -> Report | None:
        try:
            line = self._lines.get(timeout=BETWEEN_LOOKS)
        except queue.Empty:
            return None
        if not line:
            raise SolverError
        told = json.loads(line)
        chosen = None if told["chosen"] is None else tuple(told["chosen"])
        return Report(
            bound=told["bound"],
            chosen=chosen,
            is_proven=told["status"] == "Optimal",
            is_last=bool(told["status"]),
        )


class SolverError(RuntimeError):
    """The solver's process ended before it answered."""

    def __init__(self) -> None:
        super().__init__("the solver ended without an answer; see the lines above, and whether highspy is installed")


def _pass_on(stream: IO[bytes] | None, lines: queue.SimpleQueue[bytes]) -> None:
    try:
        for line in stream or ():
            lines.put(line)
    except ValueError:
        # The stream was closed by whoever stopped the process.
        return
    lines.put(b"")


def _arrays(programme: Programme, *, start: Sequence[float]) -> dict[str, array[Any]]:
    given = {column for block in programme.blocks for column in block.given}
    return {
        "cost": array("d", programme.cost),
        "upper": array("d", programme.upper),
        "is_whole": array("b", programme.is_whole),
        "is_given": array("b", [column in given for column in range(len(programme.cost))]),
        "row_start": array("i", programme.row_start),
        "row_column": array("i", programme.row_column),
        "row_value": array("d", programme.row_value),
        "row_lower": array("d", programme.row_lower),
        "row_upper": array("d", programme.row_upper),
        "start": array("d", start),
    }
