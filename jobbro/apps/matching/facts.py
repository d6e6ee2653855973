"""Files of matching (contracts, section 3) as the engine's own persons, jobs and measures."""

from collections.abc import Iterable, Mapping
from typing import Any

from jobbro.engines.matching.model import Job, Pair, Person
from jobbro.engines.matching.pairs import explain
from jobbro.kernel.fit import Measure


def person_of(content: Mapping[str, Any]) -> Person:
    """The person of a file."""
    least, most = content["hours"]
    return Person(
        id=content["id"],
        capacity=content["capacity"],
        x=content["x"],
        y=content["y"],
        max_km=content["max_km"],
        min_hours=least,
        max_hours=most,
        slots=tuple(content["slots"]),
        wishes=content.get("wishes", {}),
        skills=tuple(content.get("skills", ())),
        measures=tuple(content.get("measures", ())),
    )


def job_of(content: Mapping[str, Any]) -> Job:
    """The job of a file."""
    least, most = content["hours"]
    return Job(
        id=content["id"],
        demand=content["demand"],
        x=content["x"],
        y=content["y"],
        min_hours=least,
        max_hours=most,
        occupation=content["occupation"],
        slots=tuple(content.get("slots", ())),
        requires=tuple(content.get("requires", ())),
        places=content.get("places", 1),
        measures=tuple(content.get("measures", ())),
    )


def measures_of(contents: Iterable[Mapping[str, Any]]) -> tuple[Measure, ...]:
    """The measures of a file."""
    return tuple(
        Measure(code=one["code"], relief=one["relief"], cost=one["cost"], scheme=one["scheme"]) for one in contents
    )


def pair_of(*, person: Mapping[str, Any], job: Mapping[str, Any], measures: Iterable[Mapping[str, Any]]) -> Pair:
    """The person and the job explained whole."""
    return explain(person=person_of(person), job=job_of(job), measures=measures_of(measures))


def available(
    *, person: Mapping[str, Any], job: Mapping[str, Any], measures: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The measures that both name: no others count for the pair."""
    both = set(person.get("measures", ())) & set(job.get("measures", ()))
    return [dict(one) for one in measures if one["code"] in both]
