"""The jobs behind each count of a list are those that the plain reading refuses, one by one."""

import random

import pytest

from jobbro.engines.matching.market import build_market
from jobbro.engines.matching.model import Job, Measure, Person, Reason
from jobbro.engines.matching.pairs import distance, explain, list_for
from jobbro.engines.matching.refused import refused_ranks
from jobbro.kernel.fit import Verdict
from jobbro.kernel.vocabulary import AREAS, SLOTS

MEASURES = (
    Measure(code="a", relief={"lifting": 2, "standing": 1}, cost=1, scheme="none"),
    Measure(code="b", relief={"standing": 3}, cost=2, scheme="employer"),
    Measure(code="c", relief={"memory": 2}, cost=1, scheme="mentor"),
)
SEED = 5


def made_up(random_: random.Random) -> tuple[Person, list[Job]]:
    few = AREAS[:6]
    person = Person(
        id="p",
        capacity={area: random_.choice([None, 0, 1, 2, 3, 4]) for area in few},
        x=random_.uniform(0, 30),
        y=random_.uniform(0, 30),
        max_km=random_.choice([5.0, 15.0, 40.0]),
        min_hours=random_.choice([0, 5, 10]),
        max_hours=random_.choice([12, 20, 37]),
        slots=tuple(random_.sample(SLOTS, 9)),
        skills=("car",),
        measures=("a", "c"),
    )
    jobs = [
        Job(
            id=f"J{number}",
            demand={area: random_.randint(1, 4) for area in random_.sample(few, 2)},
            x=random_.uniform(0, 30),
            y=random_.uniform(0, 30),
            min_hours=random_.choice([5, 10, 25]),
            max_hours=30,
            occupation="9112",
            slots=tuple(random_.sample(SLOTS, random_.randint(0, 2))),
            requires=random_.choice([(), (), ("car",), ("forklift",)]),
            measures=tuple(random_.sample(["a", "b", "c"], 2)),
        )
        for number in range(400)
    ]
    return person, jobs


@pytest.mark.parametrize("seed", range(6))
def test_every_count_has_its_jobs_and_the_nearest_stand_first(seed: int) -> None:
    person, jobs = made_up(random.Random(SEED + seed))
    market = build_market(jobs=jobs, measures=MEASURES)
    pairs = {job.id: explain(person=person, job=job, measures=MEASURES) for job in jobs}
    counted = list_for(person=person, jobs=jobs, measures=MEASURES).none
    by_id = {job.id: job for job in jobs}
    for reason in Reason:
        ranks, km = refused_ranks(person, market=market, reason=reason)
        found = [market.ids[rank] for rank in ranks]
        assert len(found) == counted.get(reason, 0)
        assert set(found) == {
            name for name, pair in pairs.items() if pair.verdict is Verdict.NO and pair.failed[0] is reason
        }
        assert found == sorted(found, key=lambda name: (distance(person=person, job=by_id[name]), name))
        assert list(km) == [distance(person=person, job=by_id[name]) for name in found]


def test_an_empty_market_refuses_nothing() -> None:
    person, _ = made_up(random.Random(SEED))
    market = build_market(jobs=(), measures=MEASURES)
    assert all(not len(refused_ranks(person, market=market, reason=reason)[0]) for reason in Reason)
