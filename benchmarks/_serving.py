"""The product under load: gunicorn as `jobbro serve` starts it, and what its processes cost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks._kept import Kept
from jobbro.cli.database import APP_URL, PROJECT
from jobbro.cli.embedded.ports import free_port
from jobbro.cli.embedded.postmaster import read_postmaster
from jobbro.cli.serve import web_command
from jobbro.cli.smoke.product import SWITCH, wait_for_answer

PROC = Path("/proc")
# utime, stime and those of children already ended, counted from the field after the name in /proc/<pid>/stat.
CPU_FIELDS = slice(11, 15)
PARENT = 1


@dataclass(frozen=True)
class Web:
    """Where the product answers, and its first process."""

    port: int
    pid: int


@contextmanager
def serving(kept: Kept, *, past_the_wall: bool = False) -> Iterator[Web]:
    """gunicorn on the copy; `past_the_wall` connects as the owner, whom row-level security lets through."""
    port, log = free_port(), kept.folder / "web.log"
    environment = kept.environment | {SWITCH: "1"}
    if past_the_wall:
        environment[APP_URL] = str(kept.database.owner_url)
    with log.open("wb") as out:
        process = subprocess.Popen(
            web_command(port=port),
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for_answer(port=port, process=process, log=log)
        yield Web(port=port, pid=process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


@dataclass(frozen=True)
class Cost:
    """CPU seconds since the start and memory in MB, of a process and all its children; None where it cannot be read."""

    cpu_seconds: float | None
    megabytes: float | None


def cost_of_web(web: Web) -> Cost:
    """What gunicorn and its workers have used."""
    return _cost_of_tree(web.pid)


def cost_of_database(kept: Kept) -> Cost:
    """What PostgreSQL and its processes have used."""
    server = kept.database.server
    found = read_postmaster(server.folder / "postgres") if server else None
    return _cost_of_tree(found.pid) if found else Cost(None, None)


def _cost_of_tree(root: int) -> Cost:
    if not (PROC / "self" / "stat").exists():
        return Cost(None, None)
    parents = {pid: fields for pid in _pids() if (fields := _stat(pid))}
    family = {root}
    while more := {pid for pid, fields in parents.items() if int(fields[PARENT]) in family} - family:
        family |= more
    ticks = sum(int(tick) for pid in family if pid in parents for tick in parents[pid][CPU_FIELDS])
    return Cost(
        cpu_seconds=ticks / os.sysconf("SC_CLK_TCK"),
        megabytes=round(sum(_kilobytes(pid) for pid in family) / 1024, 1),
    )


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())


def _stat(pid: int) -> list[str]:
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _kilobytes(pid: int) -> int:
    """The process's share of memory: what several share is divided among them."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
