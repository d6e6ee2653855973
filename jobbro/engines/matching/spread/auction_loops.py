"""The compiled auctions of one round: persons bid for places, or places bid for persons."""

# Loops and plain numbers throughout: this is what numba compiles well. All values are whole numbers: weights times
# `parts`. A graph is the open pairs of the round, by person or by job, each list with the heaviest pair first.

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def count_open(start: Any, job: Any, proposed: Any, left: Any, open_start: Any) -> None:
    """Fill `open_start` (n + 1,): where each person's pairs begin that are not proposed and have places left."""
    open_start[0] = 0
    for one in range(start.shape[0] - 1):
        count = 0
        for at in range(start[one], start[one + 1]):
            if proposed[at] == 0 and left[job[at]] > 0:
                count += 1
        open_start[one + 1] = open_start[one] + count


@njit(cache=True, nogil=True)
def keep_open(
    start: Any, job: Any, weight: Any, proposed: Any, left: Any, open_start: Any, open_job: Any, open_weight: Any
) -> None:
    """Fill `open_job` and `open_weight` with the pairs that `count_open` counted."""
    for one in range(start.shape[0] - 1):
        fill = open_start[one]
        for at in range(start[one], start[one + 1]):
            if proposed[at] == 0 and left[job[at]] > 0:
                open_job[fill] = job[at]
                open_weight[fill] = weight[at]
                fill += 1


@njit(cache=True, nogil=True)
def find_pairs(start: Any, job: Any, job_of: Any, pair: Any) -> None:
    """Fill `pair` (n,): where each person's pair with their job in `job_of` stands, -1 for none."""
    for one in range(start.shape[0] - 1):
        pair[one] = -1
        if job_of[one] >= 0:
            for at in range(start[one], start[one + 1]):
                if job[at] == job_of[one]:
                    pair[one] = at
                    break


@njit(cache=True, nogil=True)
def by_job(start: Any, job: Any, weight: Any, job_start: Any, person: Any, job_weight: Any) -> None:
    """The pairs turned round: of each job its persons, the heaviest pair first, then in the order of persons."""
    jobs = job_start.shape[0] - 1
    for at in range(job.shape[0]):
        job_start[job[at] + 1] += 1
    for at in range(jobs):
        job_start[at + 1] += job_start[at]
    fill = job_start[:jobs].copy()
    for one in range(start.shape[0] - 1):
        for at in range(start[one], start[one + 1]):
            which = job[at]
            person[fill[which]] = one
            job_weight[fill[which]] = weight[at]
            fill[which] += 1
    longest = 0
    for at in range(jobs):
        longest = max(longest, job_start[at + 1] - job_start[at])
    persons, weights = np.empty(longest, np.int32), np.empty(longest, np.int32)
    for at in range(jobs):
        low, high = job_start[at], job_start[at + 1]
        if high - low > 1:
            _sort_one_job(person[low:high], job_weight[low:high], persons, weights)


@njit(cache=True, nogil=True)
def _sort_one_job(person: Any, weight: Any, persons: Any, weights: Any) -> None:
    # Weights lie close together, so they are counted and not compared.
    size = weight.shape[0]
    top, least = weight[0], weight[0]
    for at in range(size):
        persons[at], weights[at] = person[at], weight[at]
        top, least = max(top, weight[at]), min(least, weight[at])
    place = np.zeros(top - least + 2, np.int32)
    for at in range(size):
        place[top - weights[at] + 1] += 1
    for at in range(top - least + 1):
        place[at + 1] += place[at]
    for at in range(size):
        spot = place[top - weights[at]]
        person[spot], weight[spot] = persons[at], weights[at]
        place[top - weights[at]] += 1


@njit(cache=True, nogil=True)
def places_bid(
    job_start: Any, person: Any, weight: Any, places: Any, parts: int, step: int, most: int, profit: Any, job_of: Any
) -> bool:
    """Every free place bids for the person it gains most by, as long as it gains anything. False: given up at `most`.

    `profit` (persons,) is what a person is bid so far, and where the bidding begins. Fills `job_of` (persons,), -1 for
    none.
    """
    jobs = job_start.shape[0] - 1
    job_of[:] = -1
    held = np.zeros(jobs, np.int64)
    widest = 1
    for job in range(jobs):
        widest = max(widest, places[job])
    values = np.empty(widest + 1, np.int64)
    edges = np.empty(widest + 1, np.int64)
    queue = np.empty(jobs, np.int32)
    is_waiting = np.ones(jobs, np.bool_)
    for job in range(jobs):
        queue[job] = job
    first, waiting, bids = 0, jobs, 0
    while waiting > 0 and bids <= most:
        job = queue[first]
        first = first + 1 if first + 1 < jobs else 0
        waiting -= 1
        is_waiting[job] = False
        free = places[job] - held[job]
        if free == 0:
            continue
        # The free + 1 best, the least of them on top.
        size = 0
        for at in range(job_start[job], job_start[job + 1]):
            full = np.int64(weight[at]) * parts
            if size > free and full <= values[0]:
                break
            who = person[at]
            value = full - profit[who]
            if value <= 0 or job_of[who] == job:
                continue
            if size <= free:
                spot = size
                size += 1
                while spot > 0 and values[(spot - 1) >> 1] > value:
                    values[spot] = values[(spot - 1) >> 1]
                    edges[spot] = edges[(spot - 1) >> 1]
                    spot = (spot - 1) >> 1
                values[spot] = value
                edges[spot] = at
            elif value > values[0]:
                _replace_least(values, edges, size, value, at)
        level = 0
        taken = 0
        if size > free:
            level = max(values[0] - step, 0)
            taken = 1
        for spot in range(taken, size):
            at = edges[spot]
            who = person[at]
            loser = job_of[who]
            profit[who] = np.int64(weight[at]) * parts - level
            job_of[who] = job
            held[job] += 1
            bids += 1
            if loser >= 0:
                held[loser] -= 1
                if not is_waiting[loser]:
                    is_waiting[loser] = True
                    spot_in_queue = first + waiting
                    if spot_in_queue >= jobs:
                        spot_in_queue -= jobs
                    queue[spot_in_queue] = loser
                    waiting += 1
    return bool(waiting == 0)


@njit(cache=True, nogil=True)
def _replace_least(values: Any, edges: Any, size: int, value: int, edge: int) -> None:
    spot = 0
    while True:
        child = 2 * spot + 1
        if child >= size:
            break
        if child + 1 < size and values[child + 1] < values[child]:
            child += 1
        if values[child] >= value:
            break
        values[spot] = values[child]
        edges[spot] = edges[child]
        spot = child
    values[spot] = value
    edges[spot] = edge


@njit(cache=True, nogil=True)
def prices_of_places(
    job_start: Any, person: Any, weight: Any, places: Any, parts: int, profit: Any, job_of: Any, price: Any
) -> None:
    """Fill `price` (jobs,): what the best person a full job does not hold would bring it; 0 while places are free."""
    jobs = job_start.shape[0] - 1
    for job in range(jobs):
        held = 0
        best = 0
        for at in range(job_start[job], job_start[job + 1]):
            who = person[at]
            if job_of[who] == job:
                held += 1
            else:
                best = max(best, np.int64(weight[at]) * parts - profit[who])
        price[job] = best if held >= places[job] else 0


@njit(cache=True, nogil=True)
def bound(start: Any, job: Any, weight: Any, places: Any, parts: int, price: Any) -> int:
    """No choice can weigh more: the sum of places times price and of what each person gains at best, partsd."""
    total: Any = np.int64(0)
    for one in range(places.shape[0]):
        total += np.int64(places[one]) * price[one]
    for one in range(start.shape[0] - 1):
        best: Any = np.int64(0)
        for at in range(start[one], start[one + 1]):
            best = max(best, np.int64(weight[at]) * parts - price[job[at]])
        total += best
    return int(total)


@njit(cache=True, nogil=True)
def heaviest_first(start: Any, job: Any, weight: Any) -> None:
    """Each person's pairs by falling weight, in place; equal weights stay in the order of jobs they came in."""
    for one in range(start.shape[0] - 1):
        low = start[one]
        for at in range(low + 1, start[one + 1]):
            heavy, which = weight[at], job[at]
            spot = at
            while spot > low and weight[spot - 1] < heavy:
                weight[spot] = weight[spot - 1]
                job[spot] = job[spot - 1]
                spot -= 1
            weight[spot] = heavy
            job[spot] = which


@njit(cache=True, nogil=True)
def persons_bid(start: Any, job: Any, weight: Any, places: Any, parts: int, step: int, price: Any, job_of: Any) -> None:
    """Every person without a job bids for the one they gain most by, as long as they gain anything.

    `price` (jobs,) is where the bidding begins, and then the lowest bid a full job holds. Fills `job_of` (persons,),
    -1 for none. Everybody's heaviest pair stands first; a job that somebody has in their list has a place.
    """
    jobs, persons = places.shape[0], start.shape[0] - 1
    base = np.zeros(jobs + 1, np.int64)
    for at in range(jobs):
        base[at + 1] = base[at] + places[at]
    bid = np.empty(base[jobs], np.int64)
    bidder = np.empty(base[jobs], np.int32)
    held = np.zeros(jobs, np.int64)
    queue = np.empty(persons, np.int32)
    for one in range(persons):
        queue[one] = one
        job_of[one] = -1
    first, waiting = 0, persons
    while waiting > 0:
        one = queue[first]
        first = first + 1 if first + 1 < persons else 0
        waiting -= 1
        loser = _bid(one, start, job, weight, base, bid, bidder, held, parts, step, price, job_of)
        if loser >= 0:
            spot = first + waiting
            if spot >= persons:
                spot -= persons
            queue[spot] = loser
            waiting += 1


@njit(cache=True, nogil=True)
def _bid(
    one: int, start: Any, job: Any, weight: Any, base: Any, bid: Any, bidder: Any, held: Any, parts: int, step: int,
    price: Any, job_of: Any,
) -> int:  # fmt: skip
    # One person bids once; who loses their place by it, -1 for nobody. The lowest bid of a job stands first.
    best: Any = np.int64(0)
    second: Any = np.int64(0)
    edge: Any = np.int64(-1)
    for at in range(start[one], start[one + 1]):
        full = np.int64(weight[at]) * parts
        if full <= second:
            break
        value = full - price[job[at]]
        if value > best:
            second = best
            best = value
            edge = at
        elif value > second:
            second = value
    if edge < 0:
        return -1
    which = job[edge]
    offer = min(price[which] + best - second + step, np.int64(weight[edge]) * parts)
    job_of[one] = which
    low, size = base[which], held[which]
    if low + size < base[which + 1]:
        spot = size
        while spot > 0 and bid[low + ((spot - 1) >> 1)] > offer:
            bid[low + spot] = bid[low + ((spot - 1) >> 1)]
            bidder[low + spot] = bidder[low + ((spot - 1) >> 1)]
            spot = (spot - 1) >> 1
        bid[low + spot] = offer
        bidder[low + spot] = one
        held[which] = size + 1
        if low + size + 1 == base[which + 1]:
            price[which] = bid[low]
        return -1
    loser = bidder[low]
    job_of[loser] = -1
    _replace_least(bid[low:], bidder[low:], size, offer, one)
    price[which] = bid[low]
    return int(loser)


@njit(cache=True, nogil=True)
def hold(job_of: Any, price: Any, base: Any, bid: Any, bidder: Any, held: Any) -> None:
    """Fill `bid`, `bidder` and `held` as if everybody with a job in `job_of` (n,) had bid its `price`."""
    for one in range(job_of.shape[0]):
        which = job_of[one]
        if which >= 0:
            spot = base[which] + held[which]
            bid[spot] = price[which]
            bidder[spot] = one
            held[which] += 1


@njit(cache=True, nogil=True)
def arrive(
    one: int, start: Any, job: Any, weight: Any, base: Any, bid: Any, bidder: Any, held: Any, parts: int, step: int,
    price: Any, job_of: Any,
) -> None:  # fmt: skip
    """One more person bids, and whoever loses a place by it bids again, until nobody does. Arrays as in `hold`."""
    while one >= 0:
        one = _bid(one, start, job, weight, base, bid, bidder, held, parts, step, price, job_of)
