"""The worklist of a team and of a whole municipality in one unit: time of each page, queries, cost of the database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import psycopg

from benchmarks._browser import Answer, Browser
from benchmarks._kept import Kept, fresh_copy
from benchmarks._serving import cost_of_database, serving
from benchmarks.pages import quantile
from jobbro.apps.audit.context import SYSTEM_ACTOR

GOAL_MS = 300
# A city's unit has about as many open courses as the whole load set; a large team has a tenth.
TEAM_SHARE = 10
WARM_UP = 3


@dataclass(frozen=True)
class Size:
    """How much is loaded (as `bench pages` does, so that both share what is kept) and how often a page is asked for."""

    citizens: int
    openings: int
    visits: int


SIZES = {
    "S": Size(citizens=300, openings=200, visits=3),
    "M": Size(citizens=5_000, openings=20_000, visits=20),
    "L": Size(citizens=50_000, openings=200_000, visits=40),
}
# One unit carries everybody of the load set, one of its teams a tenth: in the run's own copy only.
_RESHAPE = (
    "select set_config('app.actor_id', %(system)s, false)",
    "create temp table unit_here as select t.unit_id, s.municipality_id from organisations_team t"
    " join organisations_unitmunicipality s on s.unit_id = t.unit_id join cases_case k on k.team_id = t.id"
    " group by 1, 2 order by count(*) desc, 1, 2 limit 1",
    "alter table citizens_citizen disable trigger user",
    "alter table cases_case disable trigger user",
    # Numbers of the load set are made up for each municipality: two may have the same.
    "update citizens_citizen set cpr_key = sha256(convert_to(id::text, 'UTF8'))",
    "update citizens_citizen set municipality_id = (select municipality_id from unit_here)",
    "update cases_case set state = 'open', closed_on = null where state <> 'open'",
    "with here as (select t.id, row_number() over (order by t.id) as place, count(*) over () as many"
    " from organisations_team t where t.unit_id = (select unit_id from unit_here)),"
    " cases as (select id, row_number() over (order by id) as place, count(*) over () as many from cases_case)"
    " update cases_case k set team_id = h.id from cases c, here h where k.id = c.id and h.place = case"
    " when c.place <= c.many / %(share)s then 1 else 2 + c.place %% greatest(h.many - 1, 1) end",
    "alter table citizens_citizen enable trigger user",
    "alter table cases_case enable trigger user",
)
_PEOPLE = """
select (select u.username from accounts_position p join accounts_user u on u.id = p.user_id and u.is_active
        where p.unit_id = h.unit_id and p.role = 'team_lead' and p.until_on is null order by u.id limit 1),
       (select u.username from accounts_position p join accounts_user u on u.id = p.user_id and u.is_active
        where p.team_id = (select t.id from organisations_team t where t.unit_id = h.unit_id order by t.id limit 1)
          and p.role = 'caseworker' and p.until_on is null order by u.id limit 1)
from unit_here h
"""
# Page, who asks, address.
PAGES = (
    ("own citizens", "caseworker", "/worklist/?who=mine"),
    ("the team", "caseworker", "/worklist/?who=all"),
    ("the team, one need", "caseworker", "/worklist/?who=all&need=quiet"),
    ("the team, by who waits", "caseworker", "/worklist/?who=all&sort=who"),
    ("the team, 100 rows", "caseworker", "/worklist/?who=all&size=100"),
    ("the unit", "team_lead", "/worklist/?who=all"),
    ("the unit, waits for the citizen", "team_lead", "/worklist/?who=all&waits=citizen"),
    ("the unit, third page", "team_lead", "/worklist/?who=all&page=3"),
    ("the unit, by name", "team_lead", "/worklist/?who=all&sort=name"),
    ("the unit, without next step", "team_lead", "/worklist/without-next-step/"),
    ("front page, caseworker", "caseworker", "/"),
    ("front page, team lead", "team_lead", "/"),
)


def run(size: str = "L") -> dict[str, Any]:
    """All figures for `size` "S", "M" or "L". Raises `ValueError` for another size."""
    if size not in SIZES:
        raise ValueError(f"unknown size {size!r}; use {', '.join(SIZES)}")
    wanted, load_before = SIZES[size], os.getloadavg()[0]
    with fresh_copy(size=size, citizens=wanted.citizens, openings=wanted.openings) as kept:
        people, held = _reshaped(kept)
        with serving(kept) as web:
            browsers = {role: _logged_in(username, port=web.port) for role, username in people.items()}
            pages = dict(_measured(kept, browsers=browsers, visits=wanted.visits))
    return {
        "bench": "worklist",
        "size": size,
        "held": held,
        "machine": {"cores": os.cpu_count(), "load_before": round(load_before, 1)},
        "pages": pages,
    }


def _reshaped(kept: Kept) -> tuple[dict[str, str], dict[str, int]]:
    """Who asks, by role, and how many open courses the unit and the team have."""
    values = {"system": str(SYSTEM_ACTOR), "share": TEAM_SHARE}
    # A statement a transaction: a table with triggers that wait cannot be altered.
    with psycopg.connect(str(kept.database.owner_url), autocommit=True) as connection:
        for statement in _RESHAPE:
            connection.execute(statement, values if "%(" in statement else None)
        lead, caseworker = connection.execute(_PEOPLE).fetchone()  # type: ignore[misc]
        counted = connection.execute("select count(*) from cases_case group by team_id order by 1").fetchall()
        connection.execute("vacuum analyze")
    return {"team_lead": lead, "caseworker": caseworker}, {
        "unit": sum(number for (number,) in counted),
        "team": counted[0][0],
    }


def _logged_in(username: str, *, port: int) -> Browser:
    browser = Browser(port)
    browser.log_in(username)
    return browser


def _measured(kept: Kept, *, browsers: dict[str, Browser], visits: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, role, address in PAGES:
        for _ in range(WARM_UP):
            browsers[role].get(address)
        before = cost_of_database(kept).cpu_seconds
        answers = [browsers[role].get(address) for _ in range(visits)]
        after = cost_of_database(kept).cpu_seconds
        yield name, _figures(answers, cost=None if before is None or after is None else after - before)


def _figures(answers: list[Answer], *, cost: float | None) -> dict[str, Any]:
    milliseconds = sorted(answer.seconds * 1000 for answer in answers)
    return {
        "n": len(answers),
        "queries": sorted({answer.queries for answer in answers if answer.queries is not None}),
        "median_ms": round(median(milliseconds), 1),
        "p95_ms": quantile(milliseconds, 0.95),
        "database_cpu_ms": round(1000 * cost / len(answers), 1) if cost is not None else None,
    }


def main(*, size: str = "L", as_json: bool = False) -> int:
    """Run the bench and print its figures; 1 when a page does not ask the database equally often each time."""
    figures = run(size)
    if as_json:
        print(json.dumps(figures, indent=2))
    else:
        _print(figures)
    return 1 if any(len(page["queries"]) > 1 for page in figures["pages"].values()) else 0


def _print(figures: dict[str, Any]) -> None:
    held, machine = figures["held"], figures["machine"]
    print(
        f"unit of {held['unit']:,} open courses, team of {held['team']:,}; {machine['cores']} cores,"
        f" load before {machine['load_before']}"
    )
    print(f"{'page':<34}{'queries':>8}{'median ms':>11}{'p95 ms':>9}{'database CPU ms':>17}")
    for name, page in figures["pages"].items():
        queries = ", ".join(map(str, page["queries"]))
        print(f"{name:<34}{queries:>8}{page['median_ms']:>11}{page['p95_ms']:>9}{page['database_cpu_ms'] or '–':>17}")
    slow = [name for name, page in figures["pages"].items() if page["p95_ms"] > GOAL_MS]
    print(f"p95 above {GOAL_MS} ms: {', '.join(slow) or 'none'}")


def _from_command_line() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worklist", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="L", help="S 300, M 5,000, L 50,000 citizens")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    return main(size=options.size, as_json=options.json)


if __name__ == "__main__":
    sys.exit(_from_command_line())
