"""polars gives every person the verdicts and the blocking facts that the scalar rules give."""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl

from jobbro.engines.schemes.columns import blocking, fact_columns, outcomes, people_frame
from jobbro.engines.schemes.deciding import decider_of
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.resolving import resolve
from tests.engines.schemes.people import ON, random_values

PACKAGE = load_package()


def test_polars_equals_scalar() -> None:
    random = Random(5)
    people = [random_values(PACKAGE, random=random) for _ in range(150)]
    frame = people_frame(people, package=PACKAGE)
    verdicts = outcomes(frame, package=PACKAGE, on=ON).rows(named=True)
    blocked = blocking(frame, package=PACKAGE, on=ON).rows(named=True)
    decider = decider_of(resolve(PACKAGE, ON))
    for values, row, still in zip(people, verdicts, blocked, strict=True):
        findings = decider.findings(values)
        found = {code: root(findings) for code, root in decider.roots.items()}
        assert row == {code: verdict for code, (verdict, _) in found.items()}
        assert {name for name, is_open in still.items() if is_open} == {
            f"{scheme}:{code}" for scheme, (_, mask) in found.items() for code in decider.codes(mask)
        }


def test_nan_and_infinity_are_unknown_and_other_columns_are_left_out() -> None:
    given = pl.DataFrame({"hours_per_week": [float("nan"), float("inf"), 37.0, None], "shoe_size": [1, 2, 3, 4]})
    frame = fact_columns(given, package=PACKAGE)
    assert frame.columns == list(PACKAGE.facts)
    assert frame["hours_per_week"].to_list() == [None, None, 37.0, None]
    assert frame["benefit"].to_list() == [None] * 4


def test_a_day_before_the_rules_leaves_all_unknown() -> None:
    frame = people_frame([{}, {}], package=PACKAGE)
    assert outcomes(frame, package=PACKAGE, on=date(1900, 1, 1)).rows() == [(None,) * 15] * 2
