"""`jobbro schemes`: rules checked and asked from files, without Django; what is wrong is told with file and line."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jobbro.cli.main import main
from jobbro.kernel.vocabulary import SCHEMES
from tests.engines.schemes.small_package import write_package

GRADUATE = """
birth_date: 1998-03-04
work_form: employee
education_months: 36
education_gives_a_kasse: true
graduated_on: 2022-06-30
start_on: 2024-06-30
hours_per_week: 37
assessed_disability: true
assessed_relevant_experience: false
employer_is_family: false
employer_is_latest: false
staff_consulted: true
net_expansion: true
ratio_kept: true
employer_sector: private
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(GRADUATE, encoding="utf-8")
    return path


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["schemes", "explain", *arguments]) == 0
    answers: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return answers


def test_explain_answers_every_scheme_in_the_shape_of_the_contract(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = explained(capsys, str(facts), "--date", "2024-06-30")

    assert [answer["scheme"] for answer in answers] == list(SCHEMES)
    assert all(answer["outcome"] in ("yes", "no", "unknown") for answer in answers)
    assert all(
        list(answer)
        == ["scheme", "outcome", "kind", "because", "ask", "provided_that", "amounts", "source", "valid_from",
            "valid_until", "next_step"]
        for answer in answers
    )  # fmt: skip


def test_explain_reckons_the_worked_example_of_the_law(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (isbryder,) = explained(capsys, str(facts), "--date", "2024-06-30", "--scheme", "isbryder")

    assert (isbryder["outcome"], isbryder["kind"], isbryder["ask"]) == ("yes", "discretion", [])
    assert isbryder["amounts"]["subsidy_week_max"] == 6340.32


def test_a_day_later_it_is_too_late(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts.write_text(GRADUATE.replace("start_on: 2024-06-30", "start_on: 2024-07-01"), encoding="utf-8")

    (isbryder,) = explained(capsys, str(facts), "--date", "2024-06-30", "--scheme", "isbryder")

    assert (isbryder["outcome"], isbryder["because"]) == ("no", ["is4", "is0b"])


def test_the_tree_is_readable_danish(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts.write_text(GRADUATE.replace("ratio_kept: true", "ratio_kept: null"), encoding="utf-8")

    assert main(["schemes", "explain", str(facts), "--date", "2024-06-30", "--scheme", "isbryder", "--tree"]) == 0

    shown = capsys.readouterr().out
    assert "(isbryder): Ved ikke endnu - kan bevilges efter et skøn" in shown
    assert "[ja] is2: den gennemførte uddannelse varer mindst 18 måneder" in shown
    assert "[?] is7c" in shown and "§ 15" in shown
    assert "6.340,32 kr. om ugen" in shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("work_form: 3\n", "linje 1: work_form"),
        ("\nwork_form: dancing\n", "linje 2: work_form"),
        ("work_form: none\neducation_months: 2000\n", "linje 2: education_months"),
        ("work_form: none\nhours_per_week: .nan\n", "linje 2: hours_per_week"),
        ("birth_date: 2027-01-01\n", "ligger efter afgørelsens dag"),
        ("birth_date: 2023-02-30\n", "linje 1: Værdien findes ikke"),
        ("birth_dat: 2023-02-20\n", "birth_dat kendes ikke i reglerne"),
        ("- birth_date\n", "linje 1: Filen skal have én linje for hver oplysning"),
        ("a: &a [1]\nb: *a\n", "Henvisninger med & og * er ikke tilladt"),
        ("work_form: none\nwork_form: fleksjob\n", "linje 2: Den samme oplysning står to gange"),
        ("unemployed: true\nbenefit: wage\n", "linje 2: Der står både"),
        ("unemployed: yes\n", "linje 1: Skriv true for ja og false for nej"),
        ("education_months: 010\n", "linje 1: Filen kan ikke læses"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_sentence(
    text: str, told: str, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts.write_text(text, encoding="utf-8")

    assert main(["schemes", "explain", str(facts), "--date", "2026-11-22"]) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "facts.yaml" in printed.err and told in printed.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["explain", "FACTS", "--date", "9999-12-31"], "not between 1900 and 2199"),
        (["ask", "FACTS", "--date", "2026-02-30"], "is not a date"),
        (["explain", "FACTS", "--scheme", "nothing"], "Der er ingen ordning 'nothing'"),
        (["test", "--scheme", "nothing"], "Der er ingen ordning 'nothing'"),
        (["prove", "--persons", "0"], "--persons is at least 1"),
        (["dance"], "usage: jobbro schemes"),
    ],
)
def test_what_cannot_be_asked_is_said(
    arguments: list[str], told: str, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["schemes", *(str(facts) if argument == "FACTS" else argument for argument in arguments)]
    try:
        status = main(given)
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 1

    assert status == 2
    assert told in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemes", "explain", str(tmp_path / "nothing.yaml")]) == 1
    assert "nothing.yaml kan ikke læses" in capsys.readouterr().err


def test_facts_lists_every_fact_with_its_question_and_schemes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemes", "facts"]) == 0

    listed = {fact["code"]: fact for fact in json.loads(capsys.readouterr().out)}
    assert "isbryder" in listed["graduated_on"]["schemes"]
    assert listed["work_form"]["type"] == "enum" and len(listed["work_form"]["choices"]) > 3
    assert all(fact["question"]["da"] and fact["schemes"] is not None for fact in listed.values())
    assert all((code.startswith("assessed_")) == (fact["set_by"] == "caseworker") for code, fact in listed.items())


def test_ask_prints_a_question_that_still_matters(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = explained(capsys, str(facts), "--date", "2024-06-30")
    assert main(["schemes", "ask", str(facts), "--date", "2024-06-30"]) == 0

    question = json.loads(capsys.readouterr().out)
    assert question["schemes"] == [answer["scheme"] for answer in answers if question["code"] in answer["ask"]]
    assert question["fact"] == question["code"]
    assert question["question"]["da"].endswith("?")
    assert question["set_by"] == "anyone"


def test_when_nothing_matters_there_is_no_question(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first version there are no rules to settle."""
    facts.write_text("work_form: none\n", encoding="utf-8")

    assert main(["schemes", "ask", str(facts), "--date", "1990-01-01"]) == 0
    assert json.loads(capsys.readouterr().out) is None


def test_the_rules_are_whole(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["schemes", "check", "--date", "2026-11-22"])

    shown = capsys.readouterr().out
    assert status == 0, shown
    assert shown.count("100.0 %") == 4 and "Nothing to mend." in shown


def test_the_examples_hold_and_notice_a_wrong_rule(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["schemes", "test", "--mutate"])

    shown = capsys.readouterr().out
    assert status == 0, shown
    caught, made = re.search(r"^all +(\d+) of (\d+)", shown, re.MULTILINE).groups()  # type: ignore[union-attr]
    assert int(caught) >= 0.9 * int(made) > 300


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("rules/isbryder.yaml", '"days >= 10"', '"days >= 10 hours"', "cannot be read as a condition"),
        ("rules/isbryder.yaml", '"days >= 10"', '"days >= hours"', "cannot be compared"),
        ("rules/isbryder.yaml", '"days >= 10"', '"day >= 10"', "'day' is not in facts.yaml"),
        ("rules/isbryder.yaml", '"days >= 10"', '"days >= p.tage"', "'tage' is not in parameters.yaml"),
        ("rules/isbryder.yaml", '"days >= 10"', "\"__import__('os')\"", "is not one comparison"),
        ("rules/isbryder.yaml", 'da: "x", en: "x"}', 'en: "x"}', "the field 'da' is needed"),
        ("rules/isbryder.yaml", "scheme: isbryder", "scheme: isbrydr", "is not known here"),
        ("rules/isbryder.yaml", "kind: discretion", "kind: &kind discretion", "aliases and anchors"),
        ("facts.yaml", '"birth_date + years(18)"', '"grown_on + years(18)"', "goes in a circle"),
        ("facts.yaml", "range: [0, 40]", "range: [0, .nan]", "a finite number is expected"),
        ("parameters.yaml", "value: 24", "value: .inf", "a finite number is expected"),
        ("parameters.yaml", "from: 2025-01-01", "from: 2024-01-01", "order of their first day"),
        ("prior.yaml", '"true": 0.25', '"true": 0.75', "add up to 1"),
    ],
)
def test_a_broken_package_is_refused_with_file_and_line(
    file: str, old: str, new: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_package(tmp_path)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert main(["schemes", "check", "--package", str(tmp_path)]) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.search(rf"{path.name}, line \d+, ", printed.err) and told in printed.err


def test_the_commands_start_without_django(facts: Path) -> None:
    light = (
        "import sys; from jobbro.cli.main import main; "
        f"main(['schemes', 'explain', {str(facts)!r}]); sys.exit('django' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", light], capture_output=True, env=dict(os.environ))
    assert answer.returncode == 0
