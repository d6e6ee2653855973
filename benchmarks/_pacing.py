"""Load: visitors with thinking time between pages, all at once, or clients without any pause."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random

from benchmarks._browser import Answer, Browser, Refused
from benchmarks._errands import ERRANDS, Errand
from benchmarks._visitors import Visitor

SEED = 20_260_201


@dataclass
class Guest:
    """A visitor at their browser, logged in, with the errands they can do."""

    visitor: Visitor
    browser: Browser
    errands: list[Errand] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    def draw(self, random: Random) -> Errand:
        """The next errand, by the shares of the role."""
        return random.choices(self.errands, self.weights)[0]


@dataclass(frozen=True)
class Sample:
    """One page shown. `seconds` runs from the moment it was due, so waiting behind a slow page counts too."""

    errand: str
    seconds: float
    queries: int | None


@dataclass(frozen=True)
class Measured:
    """What one round gave."""

    samples: list[Sample]
    problems: list[str]
    wall_seconds: float


def arrive(visitors: Sequence[Visitor], *, port: int) -> list[Guest]:
    """Everybody logged in, a few at a time."""
    guests = [Guest(visitor, Browser(port)) for visitor in visitors]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda guest: guest.browser.log_in(guest.visitor.username), guests))
    return guests


def walk_through(guests: Sequence[Guest], *, times: int) -> Measured:
    """One user: every errand of every guest, in turn. Each guest keeps the errands they have somebody for."""
    samples: list[Sample] = []
    problems: list[str] = []
    started = time.perf_counter()
    for guest in guests:
        guest.errands.clear()
        guest.weights.clear()
        for errand in ERRANDS:
            share = errand.shares.get(guest.visitor.role, 0)
            done = _do_often(guest, errand, times=times, problems=problems) if share else []
            if done:
                guest.errands.append(errand)
                guest.weights.append(share)
            samples += done
        guest.browser.close()
    return Measured(samples, problems, time.perf_counter() - started)


def _do_often(guest: Guest, errand: Errand, *, times: int, problems: list[str]) -> list[Sample]:
    random, samples = Random(f"{SEED}:{guest.visitor.username}:{errand.name}"), []
    for _ in range(times):
        answer = _do(guest, errand, random=random, problems=problems)
        if answer is not None:
            samples.append(Sample(errand.name, answer.seconds, answer.queries))
    return samples


def _do(guest: Guest, errand: Errand, *, random: Random, problems: list[str]) -> Answer | None:
    try:
        return errand.visit(guest.browser, guest.visitor, random)
    except (Refused, OSError) as problem:
        problems.append(f"{errand.name} as {guest.visitor.role}: {problem}")
        guest.browser.close()
        return None


def paced(guests: Sequence[Guest], *, seconds: float, think: float) -> Measured:
    """All guests at once, each with its own moments to ask for a page, drawn beforehand: a slow answer delays no page
    of anybody else, and the own next page is late by as much as it had to wait."""
    return _at_once(guests, lambda guest, start, note: _keep_pace(guest, start, seconds, think, note))


def unpaced(guests: Sequence[Guest], *, seconds: float) -> Measured:
    """Clients that ask for the next page as soon as they have one: how many pages the machine can give at most."""
    return _at_once(guests, lambda guest, start, note: _keep_pace(guest, start, seconds, 0.0, note))


_Note = Callable[[Sample | str], None]


def _at_once(guests: Sequence[Guest], visit: Callable[[Guest, float, _Note], None]) -> Measured:
    samples: list[Sample] = []
    problems: list[str] = []

    def note(found: Sample | str) -> None:
        if isinstance(found, Sample):
            samples.append(found)
        else:
            problems.append(found)

    start = time.perf_counter() + 0.2
    threads = [threading.Thread(target=visit, args=(guest, start, note)) for guest in guests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Measured(samples, problems, time.perf_counter() - start)


def _keep_pace(guest: Guest, start: float, seconds: float, think: float, note: _Note) -> None:
    random = Random(f"{SEED}:{guest.visitor.username}:{think}")
    due = start + (random.expovariate(1 / think) if think else 0.0)
    while due < start + seconds:
        time.sleep(max(0.0, due - time.perf_counter()))
        problems: list[str] = []
        waited = max(0.0, time.perf_counter() - due)
        errand = guest.draw(random)
        answer = _do(guest, errand, random=random, problems=problems)
        if answer is not None:
            note(Sample(errand.name, waited + answer.seconds, answer.queries))
        for problem in problems:
            note(problem)
        due = due + random.expovariate(1 / think) if think else time.perf_counter()
    guest.browser.close()
