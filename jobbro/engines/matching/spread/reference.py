"""The spread read plainly: the best total of one round by longest paths, and what is wrong with a result."""

# Slow and obvious on purpose. Tests and the benchmark compare the compiled auctions with it.

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jobbro.engines.matching.spread.model import Round, Spread

Lists = Sequence[Mapping[int, int]]


def best_total(*, lists: Lists, places: Sequence[int]) -> int:
    """The greatest total weight of at most one pair a person and `places[job]` pairs a job.

    lists: of each person job -> weight. Persons are taken in along the longest path of moves as long as one gains.
    Source: successive shortest paths, Ahuja, Magnanti and Orlin, "Network flows" (1993), section 9.7.
    """
    job_of: list[int | None] = [None] * len(lists)
    total = 0
    while True:
        gain, path = _longest_path(lists, job_of, places)
        if gain <= 0:
            return total
        total += gain
        for person, job in path:
            job_of[person] = job


def _longest_path(
    lists: Lists, job_of: Sequence[int | None], places: Sequence[int]
) -> tuple[int, list[tuple[int, int]]]:
    """The most that taking one more person in can gain, and who then has which job."""
    gain: dict[int, int] = {}
    taken_by: dict[int, int] = {}
    reached = {person: 0 for person, job in enumerate(job_of) if job is None}
    while reached:
        changed = set()
        for person, before in reached.items():
            for job, weight in lists[person].items():
                if job != job_of[person] and (job not in gain or before + weight > gain[job]):
                    gain[job], taken_by[job] = before + weight, person
                    changed.add(job)
        reached = {
            person: gain[job] - lists[person][job]
            for person, job in enumerate(job_of)
            if job is not None and job in changed
        }
    free = [job for job in gain if sum(each == job for each in job_of) < places[job]]
    if not free:
        return 0, []
    end = max(free, key=lambda job: gain[job])
    path = []
    at: int | None = end
    while at is not None:
        path.append((taken_by[at], at))
        at = job_of[taken_by[at]]
    return gain[end], path


def faults(
    spread: Spread, *, lists: Sequence[Sequence[tuple[int, int]]], places: Sequence[int], per_place: int
) -> tuple[str, ...]:
    """What is wrong with a spread over these lists of (job, weight), read anew; empty when it holds."""
    rounds = iter(spread.proposed.tolist())
    proposed = [[next(rounds) for _ in each] for each in lists]
    left = [per_place * each for each in places]
    found: list[str] = []
    for each in spread.rounds:
        chosen = [
            (person, job, weight)
            for person, (pairs, numbers) in enumerate(zip(lists, proposed, strict=True))
            for (job, weight), number in zip(pairs, numbers, strict=True)
            if number == each.number
        ]
        found += _faults_of_round(each, chosen=chosen, left=left)
        for _, job, _ in chosen:
            left[job] -= 1
    with_one = sum(any(numbers) for numbers in proposed)
    if (spread.persons_with, spread.persons_listed) != (with_one, sum(bool(each) for each in lists)):
        found.append("the persons with a proposal or with a list are miscounted")
    got = [per_place * each - rest for each, rest in zip(places, left, strict=True)]
    if spread.jobs_never_proposed != got.count(0):
        found.append(f"{got.count(0)} jobs were never proposed, not {spread.jobs_never_proposed}")
    if abs(spread.gini - plain_gini([one / each for one, each in zip(got, places, strict=True)])) > 1e-9:
        found.append(f"the Gini coefficient is not {spread.gini}")
    return tuple(found)


def _faults_of_round(each: Round, *, chosen: Sequence[tuple[int, int, int]], left: Sequence[int]) -> Iterable[str]:
    persons = [person for person, _, _ in chosen]
    if len(set(persons)) < len(persons):
        yield f"round {each.number} gives somebody two"
    if any(sum(job == other for _, other, _ in chosen) > left[job] for job in {job for _, job, _ in chosen}):
        yield f"round {each.number} uses more places than a job has left"
    if each.pairs != len(chosen) or each.total != sum(weight for _, _, weight in chosen):
        yield f"round {each.number} says {each.pairs} pairs and {each.total}, which they are not"
    if each.bound < each.total:
        yield f"round {each.number} has a bound of {each.bound} below its total of {each.total}"


def plain_gini(amounts: Sequence[float]) -> float:
    """The mean difference between any two, over twice the mean; 0 when there is nothing."""
    if not sum(amounts):
        return 0.0
    apart = sum(abs(one - other) for one in amounts for other in amounts)
    return apart / (2 * len(amounts) * sum(amounts))
