"""`jobbro schemes prove`: what holds for everybody is proved, what does not is refuted by a person."""

from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("z3")

from jobbro.cli.main import main
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.proving.people import agreement
from jobbro.engines.schemes.proving.theorems import Theorem, prove
from jobbro.engines.schemes.rules import Package
from tests.engines.schemes.small_package import FILES, SOURCE, small_package, write_package

ON = date(2024, 6, 30)
PROVED = [
    "never both yes and no",
    "what is known stays, whatever turns out",
    "what follows from the other conditions changes no outcome",
    "schemes that exclude each other are never both yes",
    "each scheme can be yes and can be no",
    "each contradiction can happen",
]


def refuted(theorems: tuple[Theorem, ...]) -> dict[str, list[str]]:
    return {one.name: [case.case for case in one.refuted] for one in theorems if not one.is_proved}


def with_rule(folder: Path, when: str, *, more: str = "", **changed: str) -> Package:
    """The small package with a third scheme that has this condition."""
    rule = f"""
        scheme: stu
        title: {{da: "x", en: "x"}}
        short: {{da: "x", en: "x"}}
        decides: municipality
        kind: right
        {more}
        versions:
        - from: 2020-01-01
          source: {SOURCE}
          next_step: {{da: "Søg", en: "Apply"}}
          when: {when}
    """
    return load_package(write_package(folder, rules_stu__yaml=rule, **changed))


def test_the_rules_fit_together(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["schemes", "prove", "--persons", "25", "--date", "2026-11-22"])

    shown = capsys.readouterr().out
    assert status == 0, shown
    assert [line.split(":")[0] for line in shown.splitlines()[:6]] == PROVED
    assert shown.count(": proved") == 6
    assert " 0 wrong, 0 could be known" in shown and " 0 missed, 0 more asked than needed" in shown
    assert "0 that nobody can make" in shown


def test_the_small_package_is_proved_too(tmp_path: Path) -> None:
    theorems = prove(small_package(tmp_path))

    assert [one.name for one in theorems] == PROVED
    assert refuted(theorems) == {}


def test_schemes_that_can_both_be_yes_are_refuted_by_a_person(tmp_path: Path) -> None:
    exclusive = FILES["rules/isbryder.yaml"].replace(
        "kind: discretion", "kind: discretion\n        exclusive_with: [stu]"
    )
    package = with_rule(
        tmp_path,
        '{id: s1, test: "days < 200", da: "x", en: "x"}',
        more="exclusive_with: [isbryder]",
        rules_isbryder__yaml=exclusive,
    )

    (found,) = [one for one in prove(package) if not one.is_proved]

    assert found.name == "schemes that exclude each other are never both yes"
    (case,) = found.refuted
    assert case.case.startswith("isbryder and stu")
    days = case.person["days"]
    assert isinstance(days, int) and days < 200


def test_a_scheme_that_nobody_can_get_is_refuted(tmp_path: Path) -> None:
    package = with_rule(
        tmp_path,
        '{all: [{id: s1, test: "days < 10", da: "x", en: "x"}, {id: s2, test: "days > 20", da: "x", en: "x"}]}',
    )

    found = refuted(prove(package))["each scheme can be yes and can be no"]

    assert [case.split(",")[0] for case in found] == ["stu is yes for nobody"]


def test_months_are_added_as_the_rules_add_them(tmp_path: Path) -> None:
    """With every fact known both answers are the whole answer: formula and rule read the calendar alike."""
    found = agreement(small_package(tmp_path), on=ON, persons=60, missing=0.0)

    assert found.outcomes == 120 and found.outcomes_differing == ()


def test_what_the_cheap_answer_cannot_see_is_told(tmp_path: Path) -> None:
    """days < 10 or days >= 10 holds whatever days is; condition by condition it stays unknown."""
    package = with_rule(
        tmp_path,
        '{any: [{id: s1, test: "days < 10", da: "x", en: "x"}, {id: s2, test: "days >= 10", da: "x", en: "x"}]}',
    )

    found = agreement(package, on=ON, persons=20, missing=0.5)

    assert found.outcomes_differing and found.relevance_differing
    assert {(one.scheme, one.cheap, one.exact) for one in found.outcomes_differing} == {("stu", None, True)}
    assert {(one.fact, one.cheap, one.exact) for one in found.relevance_differing} == {("days", True, False)}


def test_what_is_said_to_follow_and_does_not_is_refuted(tmp_path: Path) -> None:
    when = """{all: [
          {id: s1, test: "days > 20", da: "x", en: "x"},
          {id: s2, follows: true, test: "hours > 1", mark: D, note: {da: "x", en: "x"}, da: "x", en: "x"}]}"""

    found = refuted(prove(with_rule(tmp_path, when)))["what follows from the other conditions changes no outcome"]

    assert [case.split(",")[0] for case in found] == ["stu s2"]


def test_what_follows_may_need_the_eldest_who_has_not_reached_an_age(tmp_path: Path) -> None:
    """Whoever is below the age of the table was born on the day of the eldest below it, or later."""
    when = """{all: [
          {id: s1, test: "decision_date < birth_date + months(lookup(p.pension_months, birth_date))", da: "x", en: "x"},
          {id: s2, test: "graduated_on >= birth_date", da: "x", en: "x"},
          {id: s3, follows: true, test: "graduated_on >= eldest_below(p.pension_months)", mark: D,
           note: {da: "x", en: "x"}, da: "x", en: "x"}]}"""
    package = with_rule(tmp_path, when)

    assert refuted(prove(package)) == {}
    assert agreement(package, on=ON, persons=150, missing=0.6).outcomes_differing == ()
