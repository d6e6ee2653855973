"""The jobs of one person as they stand now, beside what the last run proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.jobs.enums import OpeningState
from jobbro.apps.jobs.models import CarvedFor, Opening
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.engines.matching.model import Listed, Pair
from jobbro.engines.matching.pairs import TOP, explain

from ..among import among
from ..facts import job_of
from ..market import measures, open_jobs
from ..models import JobList
from .persons import PersonInput, WhyNot, person_input


@dataclass(frozen=True, kw_only=True)
class LastRun:
    """What the run of the night left for a person. proposed: job -> the round. changes: which one change opens most."""

    made_at: datetime
    proposed: Mapping[str, int] = field(hash=False)
    changes: tuple[Mapping[str, Any], ...] = field(hash=False)
    is_of_this_file: bool


@dataclass(frozen=True, kw_only=True)
class CitizenJobs:
    """The person, the pool listed for them, the jobs kept for them alone, and the rows of every job shown.

    listed: the first jobs and how many each reason refused. reserved: carved for them, whatever the verdict.
    """

    input: PersonInput
    listed: Listed
    reserved: tuple[Pair, ...]
    openings: Mapping[str, Opening] = field(hash=False)
    open_jobs: int
    last_run: LastRun | None


def list_for_citizen(*, actor: Actor, citizen_id: UUID, on: date, top: int = TOP) -> CitizenJobs | WhyNot:
    """The live list of the person, or what has to be told first. Eight queries; raises PermissionDenied."""
    found = person_input(actor=actor, citizen_id=citizen_id)
    if isinstance(found, WhyNot):
        return found
    jobs = open_jobs(on=on)
    listed = jobs.list_for(person=found.person, top=top)
    kept = _reserved(actor=actor, citizen_id=citizen_id, on=on)
    shown = Opening.objects.filter(among("id", [UUID(one.job) for one in listed.jobs]))
    return CitizenJobs(
        input=found,
        listed=listed,
        reserved=tuple(
            explain(person=found.person, job=job_of(opening_file(row)), measures=measures()) for row in kept
        ),
        openings={str(row.pk): row for row in (*kept, *shown)},
        open_jobs=len(jobs),
        last_run=last_run(actor=actor, found=found),
    )


def _reserved(*, actor: Actor, citizen_id: UUID, on: date) -> tuple[Opening, ...]:
    """Open jobs carved for this person and nobody else, by title. Two queries."""
    for_them = CarvedFor.objects.visible_to(actor).filter(citizen_id=citizen_id).values_list("job_id", flat=True)
    rows = Opening.objects.filter(
        among("carved_job_id", list(for_them)), state=OpeningState.OPEN, is_reserved=True
    ).order_by("title", "pk")
    return tuple(row for row in rows if row.closes_on is None or row.closes_on >= on)


def last_run(*, actor: Actor, found: PersonInput) -> LastRun | None:
    """What was proposed to the person, if a run has reached them. One query."""
    row = JobList.objects.visible_to(actor).filter(citizen_id=found.citizen_id).first()
    if row is None:
        return None
    return LastRun(
        made_at=row.made_at,
        proposed={entry["job"]: entry["proposed"] for entry in row.entries if "proposed" in entry},
        changes=tuple(row.changes),
        is_of_this_file=row.file_digest == found.digest,
    )
