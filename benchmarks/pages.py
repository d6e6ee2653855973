"""The pages under load: many fictive citizens, 1, 10 and 50 users at once, and the price of the wall beside it."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random
from statistics import median
from typing import Any

import psycopg

from benchmarks._browser import Answer, Refused, main_region
from benchmarks._errands import ERRANDS, OF_UNIT, Errand
from benchmarks._kept import Kept, fresh_copy
from benchmarks._pacing import Guest, Measured, Sample, arrive, paced, unpaced, walk_through
from benchmarks._serving import cost_of_database, cost_of_web, serving
from benchmarks._visitors import ROUND, choose, make_adviser_of_all
from jobbro.cli.database import PROJECT

THINK_SECONDS = 2.0
CLIENTS = 8
GOAL_MS, GOAL_USERS = 300, 50
# Pages shown with the wall and without it, to team leads who may see every citizen of their municipality either way.
WALL = ("caseload, whole team or unit", "caseload, 100 on a page", "citizen's file")


@dataclass(frozen=True)
class Size:
    """How much is loaded and how long each round takes."""

    citizens: int
    openings: int
    walks: int
    paced_seconds: tuple[tuple[int, float], ...]
    unpaced_seconds: float
    wall_visits: int


SIZES = {
    "S": Size(
        citizens=300, openings=200, walks=1, paced_seconds=((10, 2.0), (50, 3.0)), unpaced_seconds=1.0, wall_visits=2
    ),
    "M": Size(
        citizens=5_000,
        openings=20_000,
        walks=2,
        paced_seconds=((10, 30.0), (50, 60.0)),
        unpaced_seconds=10.0,
        wall_visits=20,
    ),
    "L": Size(
        citizens=50_000,
        openings=200_000,
        walks=3,
        paced_seconds=((10, 60.0), (50, 120.0)),
        unpaced_seconds=20.0,
        wall_visits=40,
    ),
}
WALKERS = len(ROUND)


def run(size: str = "L") -> dict[str, Any]:
    """All figures for `size` "S", "M" or "L". Raises `AssertionError` when the wall changes what a page says."""
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; use {', '.join(SIZES)}")
    wanted, load_before = SIZES[size], os.getloadavg()[0]
    with fresh_copy(size=size, citizens=wanted.citizens, openings=wanted.openings) as kept:
        held = _held(kept)
        with serving(kept) as web:
            figures = _figures(kept, web=web, wanted=wanted)
            whole = _whole_load_set(kept, guests=figures["guests"], visits=wanted.wall_visits)
            wall = _price_of_the_wall(kept, guests=figures.pop("guests"), wanted=wanted)
    return {
        "bench": "pages",
        "size": size,
        "held": held,
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            # Of the minute before: what else the machine was doing.
            "load_before": round(load_before, 1),
        },
        "think_seconds": THINK_SECONDS,
        **figures,
        "whole_load_set": whole,
        "wall": wall,
    }


def _held(kept: Kept) -> dict[str, int]:
    counted = {
        "municipalities": "organisations_municipality",
        "accounts": "accounts_user",
        "citizens": "citizens_citizen",
        "open jobs": "jobs_opening",
        "answers": "screening_answer",
        "looks": "audit_look",
    }
    with psycopg.connect(str(kept.database.owner_url)) as connection:
        return {
            name: connection.execute(f"select count(*) from {table}").fetchone()[0]  # type: ignore[index]
            for name, table in counted.items()
        }


def _figures(kept: Kept, *, web: Any, wanted: Size) -> dict[str, Any]:
    with psycopg.connect(str(kept.database.owner_url), autocommit=True) as connection:
        visitors = choose(connection, count=max(users for users, _ in wanted.paced_seconds))
    guests = arrive(visitors, port=web.port)
    # Once unmeasured: templates are compiled and the connections of the pool are opened.
    walk_through(guests[:WALKERS], times=1)
    alone = walk_through(guests[:WALKERS], times=wanted.walks)
    _prepare(guests[WALKERS:], like=guests[:WALKERS])
    rounds = {1: alone}
    before = cost_of_web(web), cost_of_database(kept)
    for users, seconds in wanted.paced_seconds:
        before = cost_of_web(web), cost_of_database(kept)
        # The smallest load set has fewer people with a login than fifty.
        rounds[min(users, len(guests))] = paced(guests[:users], seconds=seconds, think=THINK_SECONDS)
    after = cost_of_web(web), cost_of_database(kept)
    most = unpaced(guests[:CLIENTS], seconds=wanted.unpaced_seconds)
    return {
        "visitors": len(guests),
        "visitors_municipalities": len({guest.visitor.municipality for guest in guests}),
        "pages": {errand.name: _page_figures(errand, rounds) for errand in ERRANDS},
        "all_pages": {str(users): _times(measured.samples) for users, measured in rounds.items()},
        "throughput": {"clients": CLIENTS, "pages_a_second": round(len(most.samples) / most.wall_seconds, 1)},
        "cost": _costs(before, after, measured=rounds[max(rounds)]),
        "problems": list(chain.from_iterable(measured.problems for measured in (*rounds.values(), most)))[:50],
        "guests": guests,
    }


def _prepare(guests: Sequence[Guest], *, like: Sequence[Guest]) -> None:
    """The errands that somebody in the same role could do; who has nobody for one of them leaves it out."""
    known: dict[str, list[Errand]] = {}
    for guest in like:
        known[guest.visitor.role] = known.get(guest.visitor.role, []) + guest.errands
    for guest in guests:
        guest.errands = list({errand.name: errand for errand in known.get(guest.visitor.role, [])}.values())
        guest.weights = [errand.shares[guest.visitor.role] for errand in guest.errands]


def _page_figures(errand: Errand, rounds: dict[int, Measured]) -> dict[str, Any]:
    samples = {users: [s for s in measured.samples if s.errand == errand.name] for users, measured in rounds.items()}
    queries = [sample.queries for sample in chain.from_iterable(samples.values()) if sample.queries is not None]
    return {
        "queries": max(queries, default=None),
        "fewest_queries": min(queries, default=None),
        "users": {str(users): _times(found) for users, found in samples.items()},
    }


def _times(samples: Sequence[Sample]) -> dict[str, float | int | None]:
    milliseconds = sorted(sample.seconds * 1000 for sample in samples)
    return {
        "n": len(milliseconds),
        "median_ms": round(median(milliseconds), 1) if milliseconds else None,
        "p95_ms": quantile(milliseconds, 0.95),
        "p99_ms": quantile(milliseconds, 0.99),
    }


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that `share` of all values do not exceed; None when there are none."""
    if not ordered:
        return None
    return round(ordered[max(0, -int(-share * len(ordered) // 1) - 1)], 1)


def _costs(before: tuple[Any, Any], after: tuple[Any, Any], *, measured: Measured) -> dict[str, Any]:
    return {
        name: {
            "cpu_seconds": round(end.cpu_seconds - start.cpu_seconds, 1) if end.cpu_seconds is not None else None,
            "cpu_ms_a_page": round(1000 * (end.cpu_seconds - start.cpu_seconds) / len(measured.samples), 1)
            if end.cpu_seconds is not None and measured.samples
            else None,
            "memory_mb": end.megabytes,
        }
        for name, start, end in zip(("web", "database"), before, after, strict=True)
    }


def _whole_load_set(kept: Kept, *, guests: Sequence[Guest], visits: int) -> dict[str, Any]:
    """The unit's schemes shown to one key person who advises every unit, alone: the most that a page can count."""
    guest = next((guest for guest in guests if guest.visitor.role == "key_person"), None)
    if guest is None:
        return {}
    with psycopg.connect(str(kept.database.owner_url), autocommit=True) as connection:
        make_adviser_of_all(connection, username=guest.visitor.username)
    errand = next(errand for errand in ERRANDS if errand.name == OF_UNIT)
    # Twice unmeasured, as every page here.
    for _ in range(2):
        errand.visit(guest.browser, guest.visitor, Random(0))
    before = cost_of_database(kept).cpu_seconds
    answers = [errand.visit(guest.browser, guest.visitor, Random(0)) for _ in range(visits)]
    after = cost_of_database(kept).cpu_seconds
    guest.browser.close()
    samples = [Sample(errand.name, answer.seconds, answer.queries) for answer in answers if answer is not None]
    cost = round(1000 * (after - before) / visits, 1) if before is not None and after is not None else None
    return {**_times(samples), "database_cpu_ms": cost}


def _price_of_the_wall(kept: Kept, *, guests: Sequence[Guest], wanted: Size) -> dict[str, Any]:
    """The same pages, once as the working role and once as the owner, turn and turn about; what they say must agree."""
    leads = [guest for guest in guests if guest.visitor.sees_municipality]
    if not leads:
        return {}
    errands = [errand for errand in ERRANDS if errand.name in WALL]
    with serving(kept) as inside, serving(kept, past_the_wall=True) as outside:
        found = {errand.name: ([], []) for errand in errands}  # type: dict[str, tuple[list[float], list[float]]]
        for visit in range(wanted.wall_visits + 2):
            for errand in errands:
                guest = leads[visit % len(leads)]
                with_wall, without = (_visited(errand, guest, port=web.port, seed=visit) for web in (inside, outside))
                if main_region(with_wall) != main_region(without):
                    raise AssertionError(f"{errand.name} says something else without the wall")
                if visit >= 2:
                    found[errand.name][0].append(with_wall.seconds * 1000)
                    found[errand.name][1].append(without.seconds * 1000)
    return {name: _ratio(*times) for name, times in found.items()}


def _visited(errand: Errand, guest: Guest, *, port: int, seed: int) -> Answer:
    browser = type(guest.browser)(port, cookies=dict(guest.browser.cookies))
    answer = errand.visit(browser, guest.visitor, Random(seed))
    browser.close()
    if answer is None:
        raise Refused(f"Nobody to visit for {errand.name}.")
    return answer


def _ratio(with_wall: Sequence[float], without: Sequence[float]) -> dict[str, float]:
    ours, theirs = median(with_wall), median(without)
    return {
        "with_wall_ms": round(ours, 1),
        "without_ms": round(theirs, 1),
        "ratio": round(ours / theirs, 2),
        "answers_equal": len(with_wall),
    }


def compare_queries(large: dict[str, Any], small: dict[str, Any]) -> list[str]:
    """A sentence for each page that asks the database more often with more data, even in its lightest visit.

    The fewest, not the most: a visit that begins a dialogue, or opens one anew, asks more than one that goes on, and
    how often either is met is chance.
    """
    fewest = {
        name: (small["pages"][name]["fewest_queries"], page["fewest_queries"]) for name, page in large["pages"].items()
    }
    return [
        f"{name}: at least {few} queries with few data, {many} with many"
        for name, (few, many) in fewest.items()
        if few is not None and many is not None and many > few
    ]


def _small() -> dict[str, Any]:
    """The figures of size S from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.pages", "--size", "S", "--json"]
    answer = subprocess.run(command, cwd=PROJECT, stdout=subprocess.PIPE, check=False)
    figures: dict[str, Any] = json.loads(answer.stdout)
    return figures


def _print(figures: dict[str, Any]) -> None:
    held = ", ".join(f"{count:,} {name}" for name, count in figures["held"].items())
    machine = figures["machine"]
    print(f"pages {figures['size']}: {held}; {machine['cores']} cores, load before {machine['load_before']}")
    print(
        f"{figures['visitors']} users of {figures['visitors_municipalities']} municipalities. 1 user: page after page. "
        f"More: each a page every {THINK_SECONDS:g} s on average, timed from when it was due. Milliseconds."
    )
    users = list(figures["all_pages"])
    print(f"{'':<32}{'':>8}" + "".join(f"{f'{count} user' + 's' * (count != '1'):>32}" for count in users))
    print(f"{'page':<32}{'queries':>8}" + f"{'median':>11}{'p95':>8}{'p99':>8}{'n':>5}" * len(users))
    for name, page in figures["pages"].items():
        print(_line(name, page["queries"], page["users"]))
    print(_line("all", "", figures["all_pages"]))
    for name, cost in figures["cost"].items():
        print(f"{name}: {cost['cpu_ms_a_page']} CPU ms a page at {users[-1]} users, {cost['memory_mb']} MB")
    most = figures["throughput"]
    print(f"without pauses, {most['clients']} clients: {most['pages_a_second']} pages a second")
    if whole := figures["whole_load_set"]:
        print(
            f"a key person of every unit, alone: median {whole['median_ms']} ms, p95 {whole['p95_ms']} ms, "
            f"{whole['database_cpu_ms']} CPU ms of the database a page"
        )
    for name, ratio in figures["wall"].items():
        print(
            f"price of the wall, {name}: {ratio['with_wall_ms']} ms with, {ratio['without_ms']} ms without it, "
            f"ratio {ratio['ratio']}, {ratio['answers_equal']} answers equal"
        )
    _print_verdict(figures)


def _line(name: str, queries: object, users: dict[str, dict[str, Any]]) -> str:
    cells = (
        f"{_cell(t['median_ms']):>11}{_cell(t['p95_ms']):>8}{_cell(t['p99_ms']):>8}{t['n']:>5}" for t in users.values()
    )
    return f"{name:<32}{queries if queries is not None else '–':>8}" + "".join(cells)


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _print_verdict(figures: dict[str, Any]) -> None:
    if str(GOAL_USERS) in figures["all_pages"]:
        p95 = figures["all_pages"][str(GOAL_USERS)]["p95_ms"]
        print(f"p95 of all pages at {GOAL_USERS} users: {p95} ms; the aim is {GOAL_MS} ms")
    for sentence in chain(figures["problems"], figures.get("more_queries", ())):
        print(f"WRONG: {sentence}")
    if "more_queries" in figures and not figures["more_queries"]:
        print("Every page asks the database as often with 300 citizens as with this many.")


def main(*, size: str = "L", as_json: bool = False) -> int:
    """Run the bench and print its figures; 1 when a page was refused or asks more often with more data."""
    figures = run(size)
    if size != "S":
        figures["more_queries"] = compare_queries(figures, _small())
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        _print(figures)
    return 1 if figures["problems"] or figures.get("more_queries") else 0


def _from_command_line() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="L", help="S 300, M 5,000, L 50,000 citizens")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return main(size=options.size, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
