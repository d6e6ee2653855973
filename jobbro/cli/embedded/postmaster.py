"""Is a PostgreSQL server alive in this data folder? Zombies, left-over children and foreign processes told apart."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

DEAD_STATES = ("Z", "X")
SHARED_MEMORY_TABLE = Path("/proc/sysvipc/shm")
PID, PORT, SHARED_MEMORY, STATUS = 0, 3, 6, 7


@dataclass(frozen=True)
class Postmaster:
    """What `postmaster.pid` says of the server that wrote it."""

    pid: int
    port: int
    shared_memory_id: int | None
    is_ready: bool


def read_postmaster(data: Path) -> Postmaster | None:
    """The server named in the data folder's `postmaster.pid`, or None when there is no whole file."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return Postmaster(
            pid=int(lines[PID]),
            port=int(lines[PORT]),
            shared_memory_id=int(lines[SHARED_MEMORY].split()[1]) if len(lines) > SHARED_MEMORY else None,
            is_ready=len(lines) > STATUS and lines[STATUS].strip() == "ready",
        )
    except (FileNotFoundError, IndexError, ValueError):
        return None


def is_alive(postmaster: Postmaster, *, data: Path) -> bool:
    """True when the process lives and is the server of `data`, not a zombie and not a stranger with the same number."""
    state, command = _process(postmaster.pid)
    return bool(state) and not state.startswith(DEAD_STATES) and str(data) in command


def process_exists(postmaster: Postmaster) -> bool:
    """True when something still has that number: the server, its zombie (many containers never collect), a stranger."""
    return bool(_process(postmaster.pid)[0])


def _process(pid: int) -> tuple[str, str]:
    """State letter and command line, both empty for a process that does not exist."""
    folder = Path("/proc") / str(pid)
    if not Path("/proc/self").exists():
        answer = subprocess.run(["ps", "-o", "stat=", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
        state, _, command = answer.stdout.strip().partition(" ")
        return state, command
    try:
        state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    return state, command


def has_children(postmaster: Postmaster) -> bool:
    """True while a child of a killed server still holds its shared memory: no new server may start then."""
    if postmaster.shared_memory_id is None:
        return False
    try:
        header, *rows = (line.split() for line in SHARED_MEMORY_TABLE.read_text().splitlines())
    except FileNotFoundError:
        return True
    number, attached = header.index("shmid"), header.index("nattch")
    return any(int(row[number]) == postmaster.shared_memory_id and int(row[attached]) > 0 for row in rows)
