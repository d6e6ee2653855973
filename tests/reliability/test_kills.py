"""A small course of kills; the whole one is `python -m benchmarks.kills --kills 25 --writes 10000`."""

import json
import subprocess
import sys

from jobbro.cli.database import PROJECT

# In a process of its own: this one's Django is tied to the test database.
RUN = (
    "import json; from tests.reliability.kill import Course, as_dict, run; print(json.dumps(as_dict(run(Course({}))))) "
)


def _figures(course: str) -> dict[str, object]:
    # The guard is for the writers: multiprocessing imports the main module again in each of them.
    answer = subprocess.run(
        [sys.executable, "-c", RUN.format(course)], cwd=PROJECT, capture_output=True, text=True, timeout=600
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    return dict(json.loads(answer.stdout.splitlines()[-1]))


def test_no_acknowledged_answer_is_lost_when_servers_are_killed() -> None:
    figures = _figures("writes=120, kills=3, http_writers=1, service_writers=1")
    assert sum(figures["kills"].values()) == 3  # type: ignore[attr-defined]
    assert int(figures["acknowledged"]) >= 120  # type: ignore[call-overload]
    assert int(figures["by_http"]) > 0  # type: ignore[call-overload]
    bad = ("lost", "duplicated", "unacknowledged", "half_states", "broken_seals")
    assert {name: figures[name] for name in bad} == dict.fromkeys(bad, 0)


def test_the_count_finds_what_is_lost() -> None:
    """With commits that wait for nothing something must be lost, or the test above would prove nothing."""
    figures = _figures("writes=120, kills=2, http_writers=1, service_writers=1, is_careful=False")
    assert int(figures["lost"]) > 0  # type: ignore[call-overload]
    assert figures["half_states"] == 0
