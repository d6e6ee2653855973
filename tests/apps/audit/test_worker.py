"""The worker itself, as a process of its own: what a killed one had begun is begun again, and old jobs are gone."""

import subprocess
import sys

import pytest
from django.db import connection

from jobbro.cli.database import PROJECT

pytestmark = pytest.mark.django_db(transaction=True)

JOB = (
    "insert into procrastinate_jobs (queue_name, task_name, args, status, worker_id, attempts)"
    " values ('default', %s, '{\"timestamp\": 1}', %s::procrastinate_job_status, %s, 1) returning id"
)


def job(*, task: str, status: str, worker: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(JOB, [f"jobbro.apps.audit.tasks.{task}", status, worker])
        return cursor.fetchone()[0]


def status_of(job_id: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("select status::text from procrastinate_jobs where id = %s", [job_id])
        row = cursor.fetchone()
    return row[0] if row else None


def work() -> None:
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_what_a_killed_worker_had_begun_is_done_by_another_and_old_jobs_go():
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour') returning id"
        )
        dead = cursor.fetchone()[0]
    lost = job(task="seal_logs", status="doing", worker=dead)
    old = job(task="seal_logs", status="succeeded")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_events (job_id, type, at) values (%s, 'succeeded', now() - interval '8 days')",
            [old],
        )
        cursor.execute("delete from procrastinate_events where job_id = %s and at > now() - interval '1 day'", [old])
    job(task="tend_queue", status="todo")
    work()
    work()
    assert status_of(lost) == "succeeded"
    assert status_of(old) is None
