"""Child processes that are kept running: restarted when one dies, stopped together."""

import ctypes
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from jobbro.cli.errors import CommandFailed

RESTARTS, PER_SECONDS = 5, 60.0
STOP_SECONDS = 15.0
PAUSE = 0.2
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


@dataclass
class Child:
    """One process to keep alive; `name` is how people are told about it."""

    name: str
    command: tuple[str, ...]
    process: "subprocess.Popen[bytes] | None" = None
    restarted_at: deque[float] = field(default_factory=deque)


def keep_running(children: list[Child], *, tell: Callable[[str], None], once_started: Callable[[], None]) -> None:
    """Runs until interrupted, then stops every child; a child that dies too often ends it with a refusal."""
    try:
        for child in children:
            _start(child)
        once_started()
        while True:
            time.sleep(PAUSE)
            for child in children:
                _restart_if_dead(child, tell=tell)
    except KeyboardInterrupt:
        return
    finally:
        _stop_all(children)


def is_running(child: Child) -> bool:
    """True while the process lives."""
    return child.process is not None and child.process.poll() is None


def _start(child: Child) -> None:
    # A session of its own: Ctrl-C reaches only the parent, which stops the children in order.
    child.process = subprocess.Popen(
        child.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent
    )


def _die_with_parent() -> None:
    """On Linux a child gets SIGTERM when its parent is killed, so no server is left behind holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _restart_if_dead(child: Child, *, tell: Callable[[str], None]) -> None:
    if is_running(child):
        return
    now = time.monotonic()
    while child.restarted_at and now - child.restarted_at[0] > PER_SECONDS:
        child.restarted_at.popleft()
    if len(child.restarted_at) >= RESTARTS:
        raise CommandFailed(f"{child.name} stopped {RESTARTS + 1} times within a minute. The lines above say why.")
    child.restarted_at.append(now)
    tell(child.name)
    _start(child)


def _stop_all(children: list[Child]) -> None:
    """A second Ctrl-C must not cut the orderly stop short."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN), signal.signal(signal.SIGTERM, signal.SIG_IGN)
    running = [child.process for child in children if child.process is not None and child.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(timeout=max(PAUSE, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    signal.signal(signal.SIGINT, before[0])
    signal.signal(signal.SIGTERM, before[1])
