"""Rules changed for the worse, and whether examples notice."""

from datetime import date
from pathlib import Path

import pytest

from jobbro.engines.schemes.examples import read_examples
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.mutating import mutants, survivors
from jobbro.engines.schemes.rules import Package
from tests.engines.schemes.small_package import FILES, small_package, write_package
from tests.engines.schemes.test_checking import EXAMPLES


@pytest.fixture
def package(tmp_path: Path) -> Package:
    made = small_package(tmp_path)
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "isbryder.yaml").write_text(EXAMPLES, encoding="utf-8")
    return made


def test_each_condition_is_negated_removed_and_moved(package: Package) -> None:
    changes = [mutant.change for mutant in mutants(package, "isbryder") if mutant.leaf == "a2"]

    assert changes == ["negated", "removed", "edge moved over", "threshold +1", "threshold -1"]


def test_a_condition_without_threshold_is_negated_and_removed(package: Package) -> None:
    assert [mutant.change for mutant in mutants(package, "isbryder") if mutant.leaf == "a1"] == ["negated", "removed"]


def test_each_reading_is_moved_by_itself(package: Package) -> None:
    changes = [mutant.change for mutant in mutants(package, "fleksjob") if mutant.leaf == "f3"]

    assert changes == ["negated", "removed", *["edge moved over", "threshold +1", "threshold -1"] * 2]


def test_each_choice_of_a_list_is_left_out(tmp_path: Path) -> None:
    rule = FILES["rules/fleksjob.yaml"].replace(
        '"decision_date >= grown_on"', "\"work_form in ['employee', 'self_employed']\""
    )
    package = load_package(write_package(tmp_path, rules_fleksjob__yaml=rule))

    changes = [mutant.change for mutant in mutants(package, "fleksjob") if mutant.leaf == "f2"]

    assert changes == ["negated", "removed", "without employee", "without self_employed"]


def test_examples_on_both_sides_catch_a_moved_threshold(package: Package, tmp_path: Path) -> None:
    made, alive = survivors(package, read_examples(tmp_path))

    assert {mutant.scheme for mutant in made} == {"isbryder"}
    assert not [mutant for mutant in alive if mutant.leaf in ("a2", "a3")]
    assert "isbryder r2 threshold +1" in [str(mutant) for mutant in alive]


def test_the_package_itself_stays_as_it_was(package: Package) -> None:
    before = package.schemes["isbryder"]

    list(mutants(package, "isbryder"))

    assert package.schemes["isbryder"] is before
    assert before.in_force(date(2024, 1, 1)) is not None
