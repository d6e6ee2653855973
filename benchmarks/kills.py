"""Kills: server and web server are killed while people write; is every acknowledged answer there, once and whole?

`python -m benchmarks.kills --kills 25 --writes 10000`. The control does the same with commits that wait for nothing,
and must lose some: a count that cannot find a loss proves nothing.
"""

import argparse
import json
import sys
from typing import Any

from tests.reliability.kill import Course, Figures, as_dict, run

SIZES = {"S": (5, 1_000), "M": (25, 10_000), "L": (50, 25_000)}
CONTROL_KILLS, CONTROL_WRITES = 4, 600


def main(*, size: str = "M", as_json: bool = False) -> int:
    """Run a size and its control; 0 when nothing was lost and the control did lose."""
    kills, writes = SIZES[size]
    return _run(kills=kills, writes=writes, as_json=as_json)


def _run(*, kills: int, writes: int, as_json: bool) -> int:
    real = run(Course(writes=writes, kills=kills))
    control = run(Course(writes=CONTROL_WRITES, kills=CONTROL_KILLS, http_writers=1, is_careful=False))
    if as_json:
        print(json.dumps({"real": as_dict(real), "control": as_dict(control)}, indent=2))
    else:
        print(_sentence(real))
        print(f"control (synchronous_commit = off): {control.lost} of {control.acknowledged} acknowledged answers lost")
    return 0 if real.is_whole and control.lost else 1


def _sentence(figures: Figures) -> str:
    kills = ", ".join(f"{count} {what}" for what, count in sorted(figures.kills.items()))
    return (
        f"{figures.acknowledged:,} answers acknowledged ({figures.by_http:,} by HTTP, {figures.by_service:,} by the "
        f"service in a process of its own), {figures.retried} of them sent more than once; kills: {kills}\n"
        f"{figures.lost} lost, {figures.duplicated} twice, {figures.half_states} half, "
        f"{figures.unacknowledged} kept without a word, {figures.broken_seals} broken seals over "
        f"{figures.sealed_rows:,} sealed rows; slowest restart {figures.slowest_restart} s, {figures.seconds} s in all"
    )


def _from_command_line() -> int:
    parser: Any = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--writes", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return _run(kills=options.kills, writes=options.writes, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
