"""The plain reading of the contract: one pair, and one person with every job. What is fast must say the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from jobbro.engines.matching.model import Job, Listed, ListedJob, Measure, Pair, Person, Reason, Verdict
from jobbro.kernel.fit import fit

TOP = 20
ORDER_OF_VERDICTS = (Verdict.AS_IS, Verdict.WITH_SUPPORT, Verdict.ASK, Verdict.NO)
# Sums of doubles end a hair beside what was meant: a distance on the limit is within it, and 2.25 is printed as 2.3.
_HAIR = 1e-9


def explain(*, person: Person, job: Job, measures: Iterable[Measure]) -> Pair:
    """The pair whole: verdict, every failing reason, gaps, open areas, smallest support and what is left.

    `measures` is the catalogue: of it, those named by both the person and the job are available. Persons and jobs
    hold only what `checking` lets through. Raises `VocabularyError` for a level or area outside the vocabulary.
    """
    failed = tuple(_failed_conditions(person=person, job=job))
    found = fit(
        capacity=person.capacity,
        demand=job.demand,
        measures=(measure for measure in measures if measure.code in person.measures and measure.code in job.measures),
        conditions_met=not failed,
    )
    return Pair(
        person=person.id,
        job=job.id,
        verdict=found.verdict,
        failed=(*failed, Reason.GAP) if found.left else failed,
        km=printed_km(distance(person=person, job=job)),
        gaps=found.gaps,
        open=found.open,
        support=found.support,
        left=found.left,
    )


def list_for(*, person: Person, jobs: Iterable[Job], measures: Iterable[Measure], top: int = TOP) -> Listed:
    """The first `top` jobs for the person, and how many jobs each reason refused first. Raises as `explain`.

    The order: verdict (`as_is`, `with_support`, `ask`), wish (2, 1, 0), fewest measures, km as printed, job id by
    Unicode code point. It never depends on the order in which jobs or measures are given.
    """
    catalogue = tuple(measures)
    listed: list[ListedJob] = []
    refused: Counter[Reason] = Counter()
    for job in jobs:
        pair = explain(person=person, job=job, measures=catalogue)
        if pair.verdict is Verdict.NO:
            refused[pair.failed[0]] += 1
        else:
            listed.append(_listed(pair, wish=person.wishes.get(job.occupation, 0)))
    listed.sort(key=place_in_list)
    return Listed(
        person=person.id,
        jobs=tuple(listed[:top]),
        none={reason: refused[reason] for reason in Reason if refused[reason]},
    )


def distance(*, person: Person, job: Job) -> float:
    """Kilometres as the crow flies, in double precision."""
    across, up = job.x - person.x, job.y - person.y
    return math.sqrt(across * across + up * up)


def printed_km(distance: float) -> float:
    """Kilometres to 0.1, as they are printed and as lists are ordered."""
    return math.floor(10 * distance + 0.5 + _HAIR) / 10


def _failed_conditions(*, person: Person, job: Job) -> Iterator[Reason]:
    if distance(person=person, job=job) > person.max_km + _HAIR:
        yield Reason.DISTANCE
    if job.min_hours > person.max_hours or job.max_hours < person.min_hours:
        yield Reason.HOURS
    if not set(job.slots) <= set(person.slots):
        yield Reason.SLOTS
    if not set(job.requires) <= set(person.skills):
        yield Reason.SKILLS


def _listed(pair: Pair, *, wish: int) -> ListedJob:
    return ListedJob(
        job=pair.job,
        verdict=pair.verdict,
        wish=wish,
        km=pair.km,
        gaps=pair.gaps,
        open=pair.open,
        support=pair.support,
    )


def place_in_list(listed: ListedJob) -> tuple[int, int, int, float, str]:
    """What lists are sorted by: verdict, wish, number of measures, km as printed, job id."""
    return ORDER_OF_VERDICTS.index(listed.verdict), -listed.wish, len(listed.support), listed.km, listed.job
