"""What would make it a yes: the fewest conditions that would have to come out otherwise."""

import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from jobbro.engines.schemes.changing import change_to_tell, nearest_change
from jobbro.engines.schemes.explaining import SchemeAnswer, explain
from jobbro.engines.schemes.facts import Facts, ToldFact, read_facts
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import Package
from tests.engines.schemes.people import random_facts
from tests.engines.schemes.small_package import small_package

ON = date(2024, 6, 30)
MET = {
    "assessed_lasting": True,
    "graduated_on": date(2022, 6, 30),
    "start_on": date(2024, 6, 30),
    "days": 10,
    "unemployed": False,
    "work_form": "employee",
    "hours": 37,
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return small_package(Path(tmp_path_factory.mktemp("package")))


def answer(package: Package, scheme: str, facts: dict[str, Any], *, on: date = ON) -> SchemeAnswer:
    told = read_facts(facts, package=package, on=on)
    return next(found for found in explain(told, package=package, on=on) if found.scheme == scheme)


def changed(package: Package, facts: dict[str, Any], scheme: str = "isbryder") -> dict[str, bool]:
    change = nearest_change(answer(package, scheme, facts))
    assert change is not None
    return {one.leaf.id: one.holds for one in change.wanted}


def test_a_yes_needs_no_change(package: Package) -> None:
    assert changed(package, MET) == {}


def test_all_conditions_of_an_all_that_do_not_hold_are_joined(package: Package) -> None:
    facts = {code: value for code, value in MET.items() if code != "assessed_lasting"} | {"work_form": "none"}

    assert changed(package, facts) == {"a1": True, "a5": False}


def test_of_alternatives_the_shortest_is_taken(package: Package) -> None:
    """Both a3 and a4 fail; one of them is enough."""
    assert changed(package, MET | {"days": 9}) == {"a3": True}


def test_an_unknown_condition_is_nearer_than_a_failing_one(package: Package) -> None:
    facts = {code: value for code, value in MET.items() if code != "unemployed"} | {"days": 9}

    change = nearest_change(answer(package, "isbryder", facts))

    assert change is not None
    assert [one.leaf.id for one in change.open_still] == ["a4"] and change.otherwise == ()


def test_what_hangs_on_the_day_of_birth_alone_has_no_change(package: Package) -> None:
    found = answer(package, "fleksjob", {"birth_date": date(1950, 1, 1), "days": 30})

    assert found.outcome == "no"
    assert nearest_change(found) is None
    assert nearest_change(found, fixed=frozenset()) is not None


def test_after_the_last_version_there_is_no_change(package: Package) -> None:
    assert nearest_change(answer(package, "fleksjob", {"days": 30}, on=date(2026, 11, 22))) is None


def test_all_schemes_take_a_fraction_of_a_millisecond() -> None:
    """Measured at 0.12 ms; ten times that is allowed here, for a machine with other work."""
    rules, on, random = load_package(), date(2026, 11, 22), Random(1)
    people = [explain(_person(rules, on=on, random=random), package=rules, on=on) for _ in range(20)]
    for answers in people:
        [nearest_change(found) for found in answers]

    started = time.process_time()
    for answers in people:
        [nearest_change(found) for found in answers]

    assert (time.process_time() - started) / len(people) < 0.002


RULES, TODAY = load_package(), date(2026, 11, 22)


def told(scheme: str, **facts: Any) -> set[str]:
    found = answer(RULES, scheme, facts, on=TODAY)
    assert found.outcome == "no"
    return {one.leaf.id for one in change_to_tell(found)}


def test_it_is_told_that_a_job_or_a_document_would_make_it_possible() -> None:
    assert told("personlig_assistance", work_form="none") == {"pa5"}
    assert told("paragraf_56", work_form="employee", written_agreement=False) == {"s2"}


def test_nobody_is_told_to_leave_a_job_or_to_take_another_kind_of_job() -> None:
    assert told("tilskud_selvstaendig", work_form="employee") == set()
    assert told("tilskud_selvstaendig", work_form="none", birth_date=date(1980, 1, 1)) == {"ts0"}


def test_what_somebody_is_or_has_is_never_named() -> None:
    assert told("fleksjob", benefit="state_pension", birth_date=date(1950, 1, 1)) == set()
    assert told("seniorjob", birth_date=date(1964, 11, 21), a_kasse_member=False) == set()


def test_a_day_that_is_gone_is_never_named() -> None:
    """Two years after the education have passed; a start in time lies behind."""
    late = {"work_form": "employee", "start_on": date(2026, 12, 1)}

    assert told("isbryder", graduated_on=date(2021, 6, 30), **late) == set()
    assert told("isbryder", graduated_on=date(2024, 11, 30), **late) == {"is4"}


@pytest.mark.parametrize("seed", range(40))
def test_all_that_is_told_is_about_the_job_its_hours_and_days_and_documents(seed: int) -> None:
    facts = random_facts(RULES, random=Random(seed))
    for found in explain(facts, package=RULES, on=TODAY):
        change = change_to_tell(found)
        read = {RULES.facts[code] for one in change for code in one.leaf.facts}
        assert len(change) <= 2 and all(one.was is not None for one in change)
        assert all(fact.is_open_to_change or fact.type == "date" for fact in read)
        assert not any(fact.is_sensitive or fact.is_assessed or fact.topic == "benefit" for fact in read)


def _person(rules: Package, *, on: date, random: Random) -> Facts:
    told = {}
    for code, shares in rules.prior.items():
        value = random.choices([value for value, _ in shares], [share for _, share in shares])[0]
        if rules.facts[code].type == "date":
            assert isinstance(value, (int, float))
            value = on + timedelta(days=int(value))
        told[code] = ToldFact(value=value)
    return Facts(told=told)
