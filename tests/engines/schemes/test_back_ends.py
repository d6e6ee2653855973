"""Scalar, polars and packed bits agree on every form a condition can have."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from jobbro.engines.schemes.columns import blocking, outcomes, people_frame
from jobbro.engines.schemes.deciding import decider_of
from jobbro.engines.schemes.planes import judge_people, packed_people
from jobbro.engines.schemes.resolving import resolve
from tests.engines.schemes.every_form import every_form
from tests.engines.schemes.people import random_values


@pytest.mark.parametrize("on", [date(2026, 3, 31), date(2025, 2, 28)])
def test_the_back_ends_agree_on_every_form(on: date, tmp_path: Path) -> None:
    package = every_form(tmp_path)
    random = Random(on.toordinal())
    people = [random_values(package, random=random, on=on) for _ in range(120)]
    frame = people_frame(people, package=package)
    verdicts = outcomes(frame, package=package, on=on)
    blocked = blocking(frame, package=package, on=on)
    judged = judge_people(packed_people(frame, package=package), package=package, on=on)
    decider = decider_of(resolve(package, on))
    for scheme, root in decider.roots.items():
        found = [root(decider.findings(values)) for values in people]
        assert verdicts[scheme].to_list() == [verdict for verdict, _ in found]
        assert judged.people(judged.yes[scheme]).tolist() == [verdict is True for verdict, _ in found]
        assert judged.people(judged.no[scheme]).tolist() == [verdict is False for verdict, _ in found]
        for fact in decider.codes(decider.reads(scheme)):
            expected = [bool(mask & decider.bits[fact]) for _, mask in found]
            assert blocked[f"{scheme}:{fact}"].to_list() == expected
            assert judged.people(judged.blocking[scheme, fact]).tolist() == expected
    seen = {verdict for scheme in decider.roots for verdict in verdicts[scheme].to_list()}
    assert seen == {True, False, None}
