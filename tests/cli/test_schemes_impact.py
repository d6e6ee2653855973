"""`jobbro schemes impact`: a change of the rules tried on made-up people."""

import json
import shutil
from pathlib import Path

import pytest

from jobbro.cli.main import main
from jobbro.engines.schemes.loading import FOLDER

FEW = ["--persons", "400", "--date", "2026-11-22"]


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The rules with a longer education asked for the wage subsidy of graduates, and seniorjob taken away."""
    folder = tmp_path / "changed"
    shutil.copytree(FOLDER, folder)
    rule = folder / "rules" / "isbryder.yaml"
    text = rule.read_text(encoding="utf-8")
    assert "education_months >= p.isbryder_education_months" in text
    rule.write_text(text.replace(">= p.isbryder_education_months", ">= 45"), encoding="utf-8")
    (folder / "rules" / "seniorjob.yaml").unlink()
    return folder


def test_two_folders_are_compared_scheme_by_scheme(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemes", "impact", str(FOLDER), str(changed), *FEW, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    isbryder, seniorjob = found["schemes"]["isbryder"], found["schemes"]["seniorjob"]
    assert {move["to"] for move in isbryder["moves"]} == {"no"}
    assert isbryder["after"]["no"] - isbryder["before"]["no"] == sum(move["count"] for move in isbryder["moves"])
    assert all(example["education_months"] < 45 for move in isbryder["moves"] for example in move["examples"])
    assert seniorjob["after"] == {"yes": 0, "no": 0, "unknown": 400}
    assert found["schemes"]["stu"]["moves"] == []


def test_the_same_rules_move_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemes", "impact", "2026-11-21", "2026-11-22", "--persons", "50", "--known", "0.5"]) == 0
    assert "0 outcomes move" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2026-01-01", "somewhere"], "not one of each"),
        (["2026-01-01", "2026-02-01", "--persons", "0"], "--persons goes from 1"),
        (["2026-01-01", "2026-02-01", "--known", "0"], "--known is a share"),
    ],
)
def test_what_cannot_be_compared_is_said(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemes", "impact", *arguments]) == 2
    assert told in capsys.readouterr().err
