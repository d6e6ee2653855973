"""A run at work: the worker lists and spreads under ids alone, writes shard by shard, and goes on after a death."""

import json
import logging
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.utils import timezone

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.ids import uuid7
from jobbro.engines.matching.columns import PersonColumns, person_columns
from jobbro.engines.matching.model import Person
from jobbro.engines.matching.shards import Threads
from jobbro.kernel.fit_batch import measure_table

from .changing import best_changes
from .enums import RunState
from .files import rule_version
from .market import measures, open_jobs
from .models import JobList, ListedOpening, MatchRun, PersonFile
from .night import Limits, Night, Outcome, computed, digest_of_night, listed_openings, summary_of
from .run_states import LOST_AFTER, is_lost
from .soundness import sound_person

log = logging.getLogger(__name__)
# How often others can see how far it is, and how often the worker looks whether it should stop.
TELL_EVERY_SECONDS = 1.0
READ_AT_ONCE = 5000


class Stopped(Exception):
    """Somebody wants the run to end."""


class TakenOver(Exception):
    """Another worker goes on with the run, or somebody has ended it."""


def run_everybody(*, run_id: UUID) -> RunState | None:
    """The run has ended: done, stopped or failed. None when it is not ours to begin, or another worker has it now.

    A database that goes away ends nothing: the run is lost, and is taken up again where its lists end.
    """
    if not _claimed(run_id):
        return None
    try:
        _work(_Teller(run_id))
    except TakenOver:
        return None
    except Stopped:
        return _ended(run_id, state=RunState.STOPPED)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("a run of matching went wrong")
        return _ended(run_id, state=RunState.FAILED, failure="engine")
    return RunState.DONE


def waiting_runs(*, at: datetime) -> list[UUID]:
    """Runs that lost their worker, or wait longer than any queue is."""
    with acting_as(SYSTEM_ACTOR):
        rows = MatchRun.objects.filter(
            Q(state=RunState.RUNNING, progress_at__lt=at - LOST_AFTER)
            | Q(state=RunState.WAITING, started_at__lt=at - LOST_AFTER)
        )
        return list(rows.order_by("started_at").values_list("pk", flat=True))


def nightly_run(*, at: datetime) -> UUID:
    """A run that nobody asked for but the night."""
    with acting_as(SYSTEM_ACTOR):
        run = MatchRun(started_at=at, rule_version=rule_version())
        run.save(force_insert=True)
        return run.pk


def told(*, run_id: UUID) -> dict[str, Any]:
    """What a run came to, for somebody at the command line."""
    with acting_as(SYSTEM_ACTOR):
        run = MatchRun.objects.get(pk=run_id)
    spread = {name: value for name, value in run.spread.items() if name != "never"}
    return {"persons": run.persons, "openings": run.openings, "failure": run.failure, **spread}


def _claimed(run_id: UUID) -> bool:
    """Whether the run waits or is lost, and no other is under way."""
    now = timezone.now()
    with acting_as(SYSTEM_ACTOR):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended('matching_matchrun', 0))")
        others = MatchRun.objects.filter(state=RunState.RUNNING).exclude(pk=run_id)
        run = MatchRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
        if run is None or not (run.state == RunState.WAITING or is_lost(run, at=now)):
            return False
        if any(not is_lost(other, at=now) for other in others):
            return False
        others.update(state=RunState.FAILED, failure="lost", ended_at=now)
        run.state, run.progress_at = RunState.RUNNING, now
        run.save(update_fields=["state", "progress_at"])
    return True


def _ended(run_id: UUID, *, state: RunState, failure: str = "") -> RunState:
    with acting_as(SYSTEM_ACTOR):
        MatchRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(
            state=state, failure=failure, ended_at=timezone.now()
        )
    return state


class _Teller:
    """Writes that the run goes on, at most once a second; raises when it should not."""

    def __init__(self, run_id: UUID) -> None:
        self.run_id = run_id
        self._told_at = time.monotonic()

    def tell(self) -> None:
        """Raises Stopped, TakenOver."""
        if time.monotonic() - self._told_at >= TELL_EVERY_SECONDS:
            self._told_at = time.monotonic()
            self.keep({})

    def keep(self, changes: dict[str, Any]) -> MatchRun:
        """The changes are written with the moment. Raises Stopped, TakenOver."""
        with acting_as(SYSTEM_ACTOR):
            return self.write(changes)

    def write(self, changes: dict[str, Any], *, expected: int | None = None) -> MatchRun:
        """As `keep`, inside a transaction that has begun; `expected`: how many shards must be written before."""
        run: MatchRun | None = (
            MatchRun.objects.select_for_update(of=("self",)).filter(pk=self.run_id, state=RunState.RUNNING).first()
        )
        if run is None or (expected is not None and run.shards_done != expected):
            raise TakenOver
        if run.stop_asked:
            raise Stopped
        changes = {"progress_at": timezone.now(), **changes}
        for name, value in changes.items():
            setattr(run, name, value)
        run.save(update_fields=[*changes])
        return run


def _work(teller: _Teller) -> None:
    night, run = _begun(teller)
    crew = Threads()
    try:
        outcome = computed(night, crew=crew, tell=teller.tell)
    finally:
        crew.close()
    for shard in range(run.shards_done, run.shards):
        _write_shard(outcome, shard=shard, teller=teller)
    _finish(outcome, teller=teller)


def _begun(teller: _Teller) -> tuple[Night, MatchRun]:
    """What the run rests on now. The same as before its worker died: written on from there, else from the beginning."""
    run = teller.keep({})
    night = _night(Limits(top=run.top, per_place=run.per_place, per_person=run.per_person))
    digest = digest_of_night(night, rules=run.rule_version)
    goes_on = run.market_digest == digest and run.shards == night.shards
    changes = {
        "market_digest": digest,
        "persons": len(night.ids),
        "openings": len(night.market),
        "shards": night.shards,
        "shards_done": run.shards_done if goes_on else 0,
    }
    return night, teller.keep(changes)


def _night(limits: Limits) -> Night:
    with acting_as(SYSTEM_ACTOR):
        market = open_jobs(on=timezone.localdate()).whole()
        ids: list[UUID] = []
        digests: list[str] = []
        people = _people(_persons(ids, digests))
    return Night(market=market, people=people, ids=tuple(ids), digests=tuple(digests), limits=limits)


def _people(persons: Iterator[Person]) -> PersonColumns:
    return person_columns(persons, catalogue=measure_table(measures()))


def _persons(ids: list[UUID], digests: list[str]) -> Iterator[Person]:
    """Everybody with a file, in id order; ids and digests are noted as they pass."""
    rows = PersonFile.objects.order_by("citizen_id").values_list("citizen_id", "content", "digest")
    for citizen_id, content, digest in rows.iterator(chunk_size=READ_AT_ONCE):
        person = sound_person(content, key=citizen_id)
        if person is not None:
            ids.append(citizen_id)
            digests.append(digest)
            yield person


# A list that says the same as before is not written: its moment stays the one when it last became different.
_WRITE = """
    insert into matching_joblist
        (id, citizen_id, run_id, entries, refused, changes, listed, proposed, file_digest, made_at)
    select r.id, r.citizen_id, %s::uuid, r.entries, r.refused, r.changes, r.listed, r.proposed, r.file_digest,
        %s::timestamptz
    from jsonb_to_recordset(%s::jsonb) as r(
        id uuid, citizen_id uuid, entries jsonb, refused jsonb, changes jsonb, listed int, proposed int,
        file_digest text)
    on conflict (citizen_id) do update set run_id = excluded.run_id, entries = excluded.entries,
        refused = excluded.refused, changes = excluded.changes, listed = excluded.listed,
        proposed = excluded.proposed, file_digest = excluded.file_digest, made_at = excluded.made_at
    where (matching_joblist.entries, matching_joblist.refused, matching_joblist.changes, matching_joblist.file_digest)
        is distinct from (excluded.entries, excluded.refused, excluded.changes, excluded.file_digest)
"""


def _write_shard(outcome: Outcome, *, shard: int, teller: _Teller) -> None:
    """The lists of a shard and that it is done, in one transaction."""
    rows = [
        {
            "id": str(uuid7()),
            "citizen_id": str(outcome.night.ids[row]),
            "entries": line["jobs"],
            "refused": line["none"],
            "changes": best_changes(outcome.night, row=row, listed=len(line["jobs"])),
            "listed": len(line["jobs"]),
            "proposed": sum("proposed" in entry for entry in line["jobs"]),
            "file_digest": outcome.night.digests[row],
        }
        for row, line in outcome.lists(shard)
    ]
    with acting_as(SYSTEM_ACTOR):
        run = teller.write({"shards_done": shard + 1}, expected=shard)
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [run.pk, run.progress_at, json.dumps(rows)])


def _finish(outcome: Outcome, *, teller: _Teller) -> None:
    """Lists of those who have no file any more are gone, and the run is done."""
    with acting_as(SYSTEM_ACTOR):
        run = teller.write({}, expected=outcome.night.shards)
        JobList.objects.exclude(citizen_id__in=PersonFile.objects.values("citizen_id")).delete()
        _write_listed(outcome, run=run)
        run.state, run.spread, run.ended_at = RunState.DONE, summary_of(outcome), timezone.now()
        run.save(update_fields=["state", "spread", "ended_at"])


_LISTED = """
    insert into matching_listedopening (id, opening_id, run_id, persons, proposed)
    select r.id, r.opening, %s::uuid, r.persons, r.proposed
    from jsonb_to_recordset(%s::jsonb) as r(id uuid, opening uuid, persons int, proposed int)
    join jobs_opening o on o.id = r.opening
    on conflict (opening_id) do update
        set run_id = excluded.run_id, persons = excluded.persons, proposed = excluded.proposed
"""


def _write_listed(outcome: Outcome, *, run: MatchRun) -> None:
    """On how many lists each job stands: one number a job, and none for jobs that are on nobody's list any more."""
    told = iter(listed_openings(outcome))
    with connection.cursor() as cursor:
        while some := list(islice(told, READ_AT_ONCE)):
            rows = [
                {"id": str(uuid7()), "opening": opening, "persons": persons, "proposed": proposed}
                for opening, persons, proposed in some
            ]
            cursor.execute(_LISTED, [run.pk, json.dumps(rows)])
    ListedOpening.objects.exclude(run=run).delete()
