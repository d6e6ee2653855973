"""Packed bits give every person the verdicts and the blocking facts that the scalar rules give."""

from __future__ import annotations

from datetime import date
from random import Random

import numpy as np
import pytest

from jobbro.engines.schemes import planes
from jobbro.engines.schemes.columns import people_frame
from jobbro.engines.schemes.deciding import decider_of
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.resolving import resolve
from tests.engines.schemes.people import ON, random_values

PACKAGE = load_package()


def random_people(count: int, *, seed: int, on: date) -> list[dict[str, Value]]:
    random = Random(seed)
    return [random_values(PACKAGE, random=random, on=on) for _ in range(count)]


@pytest.mark.parametrize(("size", "chunk", "on"), [(61, 1 << 17, ON), (41, 16, date(2024, 8, 30))])
def test_planes_equal_scalar(size: int, chunk: int, on: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planes, "CHUNK", chunk)
    people = random_people(size, seed=size, on=on)
    frame = people_frame(people, package=PACKAGE)
    judged = planes.judge_people(planes.packed_people(frame, package=PACKAGE), package=PACKAGE, on=on)
    decider = decider_of(resolve(PACKAGE, on))
    yes = {scheme: judged.people(plane) for scheme, plane in judged.yes.items()}
    no = {scheme: judged.people(plane) for scheme, plane in judged.no.items()}
    blocking = {key: judged.people(plane) for key, plane in judged.blocking.items()}
    open_facts = {scheme: decider.codes(decider.reads(scheme)) for scheme in decider.roots}
    for number, values in enumerate(people):
        findings = decider.findings(values)
        for scheme, root in decider.roots.items():
            verdict, mask = root(findings)
            assert (bool(yes[scheme][number]), bool(no[scheme][number])) == (verdict is True, verdict is False)
            assert [code for code in open_facts[scheme] if blocking[scheme, code][number]] == decider.codes(mask)


def test_bits_past_the_last_person_are_empty() -> None:
    frame = people_frame(random_people(3, seed=1, on=ON), package=PACKAGE)
    judged = planes.judge_people(planes.packed_people(frame, package=PACKAGE), package=PACKAGE, on=ON)
    for plane in (*judged.yes.values(), *judged.no.values(), *judged.blocking.values()):
        assert np.unpackbits(plane)[3:].sum() == 0
