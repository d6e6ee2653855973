"""Child processes come back when they die, give up when they cannot live, and stop with their parent."""

import os
import signal
import sys
from pathlib import Path

import pytest

from jobbro.cli import children
from jobbro.cli.children import Child, is_running, keep_running
from jobbro.cli.errors import CommandFailed

SLEEPER = (sys.executable, "-c", "import time; time.sleep(60)")


def interrupt() -> None:
    raise KeyboardInterrupt


def test_an_interrupt_stops_every_child() -> None:
    pair = [Child("one", SLEEPER), Child("other", SLEEPER)]
    keep_running(pair, tell=lambda name: None, once_started=interrupt)
    assert not any(is_running(child) for child in pair)


def test_a_dead_child_is_started_again() -> None:
    child = Child("sleeper", SLEEPER)
    told: list[str] = []

    def tell(name: str) -> None:
        told.append(name)
        if len(told) == 2:
            raise KeyboardInterrupt
        signal.setitimer(signal.ITIMER_REAL, 0.3)

    def kill(*_: object) -> None:
        if is_running(child):
            os.kill(child.process.pid, signal.SIGKILL)
        else:  # On a busy machine it is not back yet.
            signal.setitimer(signal.ITIMER_REAL, 0.1)

    before = signal.signal(signal.SIGALRM, kill)
    keep_running([child], tell=tell, once_started=lambda: kill())
    signal.signal(signal.SIGALRM, before)
    assert told == ["sleeper", "sleeper"]


def test_a_child_that_cannot_live_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "PAUSE", 0.01)
    told: list[str] = []
    with pytest.raises(CommandFailed, match="stopped 6 times within a minute"):
        keep_running([Child("web", ("false",))], tell=told.append, once_started=lambda: None)
    assert told == ["web"] * 5


def test_a_child_that_will_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(children, "STOP_SECONDS", 0.2)
    ready = tmp_path / "ready"
    deaf = "import signal, time, pathlib, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    deaf += "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"
    child = Child("deaf", (sys.executable, "-c", deaf, str(ready)))

    def wait_then_interrupt() -> None:
        while not ready.exists():
            pass
        raise KeyboardInterrupt

    keep_running([child], tell=lambda name: None, once_started=wait_then_interrupt)
    assert not is_running(child)
