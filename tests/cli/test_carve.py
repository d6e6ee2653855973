"""`jobbro carve`: a workplace in, the answer out; what is wrong is told in Danish with file, line and path."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks._workplace_files import as_file
from benchmarks._workplaces import made_up
from jobbro.cli.carve_sentences import _SENTENCES, sentence
from jobbro.cli.main import main
from jobbro.engines.carving.checking import REASONS, Problem, WorkplaceError

WORKPLACE = made_up(tasks=30, seed=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "w.json"
    path.write_text(as_file(WORKPLACE), encoding="utf-8")
    return path


def carved(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["carve", *arguments]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_the_answer_has_the_shape_of_the_contract(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = carved(capsys, str(file), "--seconds", "20")
    assert list(answer) == ["status", "value", "bound", "gap_percent", "jobs", "released", "not_given"]
    assert (answer["status"], answer["gap_percent"]) == ("optimal", 0.0)
    assert answer["value"] == answer["bound"] == sum(job["value"] for job in answer["jobs"]) > 0
    for job in answer["jobs"]:
        assert list(job) == ["person", "hours", "measures", "tasks", "value"]
        assert all(list(each) == ["task", "slots"] for each in job["tasks"])
        assert job["hours"] == sum(sum(each["slots"].values()) for each in job["tasks"])
    given = {each["task"] for job in answer["jobs"] for each in job["tasks"]}
    assert given.isdisjoint(answer["not_given"])
    assert given | set(answer["not_given"]) == {task.id for task in WORKPLACE.tasks}


def test_the_same_file_gives_the_same_bytes_and_the_answer_is_checked(file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jobbro.cli.main", "carve", str(file), "--seconds", "20"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "does.not.exist"}
    once, again = (subprocess.run(command, capture_output=True, check=True, env=environment) for _ in range(2))
    assert once.stdout == again.stdout
    answer = tmp_path / "answer.json"
    answer.write_bytes(once.stdout)
    assert main(["carve", "check", str(file), str(answer)]) == 0
    told = json.loads(once.stdout)
    told["value"] += 1
    answer.write_text(json.dumps(told), encoding="utf-8")
    assert main(["carve", "check", str(file), str(answer)]) == 1


def test_others_and_one_more_are_added_when_asked_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = carved(capsys, str(file), "--seconds", "3", "--alternatives", "1", "--what-if")
    assert len(answer["alternatives"]) == 1
    assert answer["alternatives"][0]["value"] <= answer["value"]
    assert all(list(each) == ["person", "more", "code", "at_least", "at_most", "tasks_gained"]
               for each in answer["what_if"])  # fmt: skip


def test_what_is_wrong_in_the_file_is_one_danish_sentence(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(file.read_text(encoding="utf-8"))
    whole["tasks"][3]["hours"] = 0.125
    file.write_text(json.dumps(whole, indent=1), encoding="utf-8")
    assert main(["carve", str(file)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    line = file.read_text(encoding="utf-8").splitlines().index('   "hours": 0.125,') + 1
    assert captured.err == (f"jobbro carve: w.json, linje {line}, tasks[3].hours: Timer kan højst have to decimaler.\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "ikke gyldig JSON"),
        (b'{"slots": NaN}', "endeligt tal"),
        (b"\xff", "UTF-8"),
        (b'{"slots": [], "slots": []}', "Feltet står to gange"),
        (b"[]", "felter med navne"),
    ],
)
def test_what_is_no_workplace_is_told(
    content: bytes, told: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(content)
    assert main(["carve", str(file)]) == 1
    assert told in capsys.readouterr().err


def test_a_file_that_is_not_there_and_too_many_files_are_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["carve", str(file.with_name("gone.json"))]) == 1
    assert "kan ikke læses" in capsys.readouterr().err
    assert main(["carve", str(file), str(file)]) == 2
    assert main(["carve", "check", str(file)]) == 2


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf", "soon"])
def test_seconds_are_a_number(seconds: str, file: Path) -> None:
    with pytest.raises(SystemExit):
        main(["carve", str(file), "--seconds", seconds])


def test_every_code_has_its_sentence() -> None:
    assert set(_SENTENCES) | {"broken"} == set(REASONS)
    error = WorkplaceError(file="w.json", line=1, problem=Problem(field="x", code="unknown_staff", values=("bo",)))
    assert "'bo'" in sentence(error)
