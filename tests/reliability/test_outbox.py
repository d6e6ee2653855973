"""A small night of messages over kills; the whole one is `jobbro bench outbox --size M`."""

import json
import subprocess
import sys

from jobbro.cli.database import PROJECT

# In a process of its own: this one's Django is tied to the test database.
RUN = (
    "import json; from tests.reliability.outbox_run import Course, as_dict, run;"
    "print(json.dumps(as_dict(run(Course(messages=400, kills=3)))))"
)


def test_nothing_is_sent_twice_and_no_file_is_lost_when_the_worker_is_killed() -> None:
    answer = subprocess.run([sys.executable, "-c", RUN], cwd=PROJECT, capture_output=True, text=True, timeout=600)
    assert answer.returncode == 0, answer.stderr[-3000:]
    figures = json.loads(answer.stdout.splitlines()[-1])
    bad = ("mails_twice", "files_twice", "files_lost", "half_files", "sent_that_never_came")
    assert {name: figures[name] for name in bad} == dict.fromkeys(bad, 0)
    assert figures["files"] == 160
    # A kill leaves at most one mail of which nobody knows whether it arrived.
    assert figures["unsure"] <= 3
    assert figures["mails"] + figures["unsure"] - figures["unsure_that_arrived"] == 240
    assert sum(figures["states"].values()) == figures["states"]["sent"] + figures["unsure"] == 400
