"""Runs over everybody and all open jobs: ordered by people or by the night, stopped when somebody says so."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from procrastinate.contrib.django import app

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from ..enums import RunState
from ..files import rule_version
from ..models import MatchRun
from ..permissions import can_run
from ..refusals import NotThere, Refused
from ..run_states import is_lost

RUN_TASK = "jobbro.apps.matching.tasks.run_matching"


def start_run(*, actor: Actor, at: datetime) -> MatchRun:
    """The run waits for the worker, who begins when this transaction has ended. Refused: `under_way`."""
    if not can_run(actor):
        raise PermissionDenied
    _one_at_a_time()
    under_way = MatchRun.objects.filter(state__in=(RunState.WAITING, RunState.RUNNING))
    if any(not is_lost(run, at=at) for run in under_way):
        raise Refused("under_way")
    run = MatchRun(asked_by_id=actor.id, started_at=at, rule_version=rule_version())
    run.save(force_insert=True)
    record_event(verb=Verb.MATCH_RUN_STARTED, subject=run)
    app.configure_task(RUN_TASK).defer(run_id=str(run.pk))
    return run


def stop_run(*, actor: Actor, run_id: UUID, at: datetime) -> MatchRun:
    """The worker stops at its next look; a run that waits or is lost is stopped at once.

    Lists that are written stay: each is whole. Raises NotThere. Refused: `ended`.
    """
    if not can_run(actor):
        raise PermissionDenied
    if not MatchRun.objects.filter(pk=run_id).exists():
        raise NotThere
    # The wall lets nobody touch a run that has ended.
    run: MatchRun | None = MatchRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None or run.state not in (RunState.WAITING, RunState.RUNNING):
        raise Refused("ended")
    run.stop_asked = True
    if run.state == RunState.WAITING or is_lost(run, at=at):
        run.state, run.ended_at = RunState.STOPPED, at
    run.save(update_fields=["stop_asked", "state", "ended_at"])
    record_event(verb=Verb.MATCH_RUN_STOPPED, subject=run)
    return run


def _one_at_a_time() -> None:
    """Two who start at the same time wait for each other here."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('matching_matchrun', 0))")
