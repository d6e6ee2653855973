"""Answers of the schemes: outcome, reasons, what to ask, what remains, amounts and how long they hold."""

from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from jobbro.engines.schemes.explaining import SchemeAnswer, explain
from jobbro.engines.schemes.facts import ToldFact, read_facts, told_facts
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import Package
from tests.engines.schemes.small_package import FILES, small_package, write_package

ON = date(2024, 6, 30)
ISBRYDER_MET = {
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


def test_a_yes_names_every_condition_that_carries_it(package: Package) -> None:
    found = answer(package, "isbryder", ISBRYDER_MET)

    assert (found.outcome, found.kind) == ("yes", "discretion")
    assert found.because == ("a1", "a2", "a3", "a5")
    assert found.ask == () and found.provided_that == ()


@pytest.mark.parametrize(
    ("changed", "because"),
    [
        ({"start_on": date(2024, 7, 1)}, ("a2",)),
        ({"assessed_lasting": False}, ("a1",)),
        ({"days": 9}, ("a3", "a4")),
        ({"work_form": "none"}, ("a5",)),
    ],
)
def test_a_no_names_what_decides_it(package: Package, changed: dict[str, Any], because: tuple[str, ...]) -> None:
    found = answer(package, "isbryder", ISBRYDER_MET | changed)

    assert (found.outcome, found.because, found.amounts) == ("no", ("r1", "r2", *because), ())


def test_a_no_needs_only_one_condition_whatever_else_is_unknown(package: Package) -> None:
    assert answer(package, "fleksjob", {"days": 20}).outcome == "no"
    assert answer(package, "isbryder", {"work_form": "none"}).outcome == "unknown", "the right may still hold"
    assert answer(package, "isbryder", {"work_form": "none", "unemployed": False}).outcome == "no"


def test_an_unknown_asks_only_for_what_still_matters(package: Package) -> None:
    facts = {code: value for code, value in ISBRYDER_MET.items() if code not in ("assessed_lasting", "unemployed")}
    found = answer(package, "isbryder", facts)

    assert found.outcome == "unknown"
    assert found.ask == ("assessed_lasting",)
    assert found.provided_that == ("a1",)


def test_what_remains_keeps_its_any_and_none(package: Package) -> None:
    found = answer(package, "isbryder", {"assessed_lasting": True, "start_on": ON, "graduated_on": ON, "days": 120})

    assert found.provided_that == ({"any": ["r1", {"none": ["a5"]}]},)
    assert found.ask == ("work_form", "unemployed")


def test_dont_know_ends_the_asking_and_stays_as_a_condition(package: Package) -> None:
    facts = ISBRYDER_MET | {"assessed_lasting": None}
    found = answer(package, "isbryder", facts)

    assert (found.outcome, found.ask, found.provided_that) == ("unknown", (), ("a1",))


def test_the_right_shows_as_the_kind_of_the_answer(package: Package) -> None:
    found = answer(package, "isbryder", {"unemployed": True, "days": 100})

    assert (found.outcome, found.kind, found.because) == ("yes", "right", ("r1", "r2"))


@pytest.mark.parametrize(
    ("days", "outcome", "because"),
    [(20, "no", ("f3",)), (21, "unknown", ("f3",)), (29, "unknown", ("f3",)), (30, "yes", ("f1", "f2", "f3"))],
)
def test_where_the_sources_disagree_nothing_is_decided(
    package: Package, days: int, outcome: str, because: tuple[str, ...]
) -> None:
    found = answer(package, "fleksjob", {"birth_date": date(1980, 1, 1), "days": days})

    assert (found.outcome, found.because, found.ask) == (outcome, because, ())


def test_an_amount_is_a_number_an_interval_or_nothing(package: Package) -> None:
    unknown_hours = {code: value for code, value in ISBRYDER_MET.items() if code != "hours"}

    assert answer(package, "isbryder", ISBRYDER_MET).as_json()["amounts"] == {"week": 3700, "extra": 1000}
    assert answer(package, "isbryder", unknown_hours).as_json()["amounts"] == {
        "week": {"low": 0, "high": 4000},
        "extra": {"low": 0, "high": 1000},
    }
    assert answer(package, "isbryder", ISBRYDER_MET | {"hours": 10}).as_json()["amounts"]["extra"] == 0


def test_a_year_without_a_rate_gives_no_amount(package: Package) -> None:
    later = ISBRYDER_MET | {"graduated_on": date(2025, 6, 30), "start_on": date(2026, 6, 30)}

    assert answer(package, "isbryder", ISBRYDER_MET, on=date(2025, 12, 31)).as_json()["amounts"]["week"] == 4070
    assert answer(package, "isbryder", later, on=date(2026, 1, 1)).as_json()["amounts"] == {"week": None, "extra": None}


def test_the_answer_says_from_when_and_until_when(package: Package) -> None:
    found = answer(package, "fleksjob", {"birth_date": date(1960, 2, 29), "days": 30})

    assert found.period.starts == date(2020, 1, 1)
    assert found.period.until == date(2025, 8, 28)  # 65 years and 6 months on 29 August 2025
    young = answer(package, "fleksjob", {"birth_date": date(2006, 7, 1), "days": 30})
    assert (young.outcome, young.period.until) == ("no", date(2024, 6, 30))


def test_a_version_that_has_ended_leaves_the_answer_open(package: Package) -> None:
    found = answer(package, "fleksjob", {"birth_date": date(1980, 1, 1), "days": 30}, on=date(2026, 1, 1))

    assert (found.outcome, found.ask, found.tree) == ("unknown", (), None)
    assert found.as_json()["source"] is None


def test_a_fact_past_its_day_is_unknown_again(package: Package) -> None:
    told = {code: ToldFact(value=value) for code, value in ISBRYDER_MET.items()}
    told["days"] = ToldFact(value=10, source="documented", observed_on=date(2024, 1, 1), good_until=date(2024, 6, 30))
    facts = told_facts(told, package=package, on=ON)
    today, tomorrow = (
        next(found for found in explain(facts, package=package, on=on) if found.scheme == "isbryder")
        for on in (ON, date(2024, 7, 1))
    )

    assert (today.outcome, today.period.until) == ("yes", ON)
    assert (tomorrow.outcome, tomorrow.ask) == ("unknown", ("days",))


def test_the_tree_holds_every_condition_with_its_verdict(package: Package) -> None:
    tree = answer(package, "fleksjob", {"birth_date": date(1980, 1, 1)}).tree

    assert tree is not None and tree.outcome == "unknown"
    assert [(child.node.id, child.outcome) for child in tree.children] == [
        ("f1", "yes"),
        ("f2", "yes"),
        ("f3", "unknown"),
    ]


AGE_FIRST = """{all: [
  {id: s1, test: "decision_date < birth_date + months(lookup(p.pension_months, birth_date))", da: "x", en: "x"},
  {id: s2, test: "graduated_on >= birth_date + years(18)", da: "x", en: "x"},
  {id: s3, follows: true, test: "graduated_on >= eldest_below(p.pension_months) + years(18)", mark: D,
   note: {da: "x", en: "x"}, da: "x", en: "x"}]}"""


@pytest.fixture(scope="module")
def with_a_follower(tmp_path_factory: pytest.TempPathFactory) -> Package:
    head, _ = FILES["rules/fleksjob.yaml"].split("when:")
    rule = dedent(head).rstrip() + "\n  when: " + AGE_FIRST
    return load_package(write_package(Path(tmp_path_factory.mktemp("follower")), rules_fleksjob__yaml=rule))


@pytest.mark.parametrize(
    ("facts", "outcome", "because"),
    [
        ({"graduated_on": date(1970, 1, 1)}, "no", ("s3",)),
        ({"graduated_on": date(1970, 1, 1), "birth_date": date(1960, 1, 1)}, "no", ("s2",)),
        ({"graduated_on": date(1980, 1, 1), "birth_date": date(1960, 1, 1)}, "yes", ("s1", "s2")),
    ],
)
def test_what_follows_is_said_only_where_it_decides(
    with_a_follower: Package, facts: dict[str, Any], outcome: str, because: tuple[str, ...]
) -> None:
    found = answer(with_a_follower, "fleksjob", facts)

    assert (found.outcome, found.because) == (outcome, because)


def test_what_follows_is_never_a_remaining_condition(with_a_follower: Package) -> None:
    found = answer(with_a_follower, "fleksjob", {"birth_date": date(1960, 1, 1)})

    assert found.ask == ("graduated_on",) and found.provided_that == ("s2",)


def test_a_no_that_took_what_follows_tells_since_when(with_a_follower: Package) -> None:
    """Who was born on 2 July 1958 is 65 and a half on 2 January 2024."""
    found = answer(with_a_follower, "fleksjob", {"graduated_on": date(1976, 7, 2)})

    assert found.outcome == "no" and found.period.starts == date(2024, 1, 2)
