"""`jobbro match`: files in, lists out; what is wrong is told in Danish with line and path, and not written."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jobbro.cli.main import main
from jobbro.cli.match_sentences import _SENTENCES, sentence
from jobbro.engines.matching import writing
from jobbro.engines.matching.refusals import REASONS, MatchingFileError

PERSON = {
    "id": "ib",
    "capacity": {"lifting": 1},
    "x": 0,
    "y": 0,
    "max_km": 10,
    "hours": [10, 20],
    "slots": ["mon_am"],
    "wishes": {"kok": 2},
    "measures": ["løft"],
}
JOBS = [
    {
        "id": "J9",
        "demand": {"lifting": 3},
        "x": 3,
        "y": 4,
        "hours": [20, 25],
        "occupation": "kok",
        "measures": ["løft"],
    },
    {"id": "J10", "demand": {}, "x": 3, "y": 4, "hours": [10, 10], "occupation": "gartner", "places": 2},
    {"id": "J11", "demand": {}, "x": 30, "y": 4, "hours": [10, 10], "occupation": "gartner"},
]
MEASURE = {"code": "løft", "relief": {"lifting": 2}, "cost": 1, "scheme": "hjaelpemidler"}
OTHER = {**PERSON, "id": "åse", "slots": [], "max_km": 1}
LIST = [
    {"job": "J10", "verdict": "as_is", "wish": 0, "km": 5.0, "gaps": {}, "open": [], "support": []},
    {
        "job": "J9",
        "verdict": "with_support",
        "wish": 2,
        "km": 5.0,
        "gaps": {"lifting": 2},
        "open": [],
        "support": ["løft"],
    },
]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    told = {"persons": [PERSON, OTHER], "jobs": JOBS, "measures": [MEASURE]}
    return {name: _written(tmp_path / f"{name}.jsonl", records) for name, records in told.items()}


def _written(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
    return path


def arguments(files: dict[str, Path], *more: str) -> list[str]:
    return ["match", *(text for name, path in files.items() for text in (f"--{name}", str(path))), *more]


def test_lists_are_written_a_line_a_person(files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(arguments(files, "--out", str(out))) == 0
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == [
        {"person": "ib", "jobs": LIST, "none": {"distance": 1}},
        {"person": "åse", "jobs": [], "none": {"distance": 3}},
    ]
    assert main(arguments(files, "--out", str(out), "--top", "1", "--workers", "1")) == 0
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["jobs"] == LIST[:1]


def test_proposals_are_spread_and_printed(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    assert main(arguments(files, "--out", str(out), "--allocate", "--per-place", "1", "--per-person", "3")) == 0
    jobs = json.loads(out.read_text(encoding="utf-8").splitlines()[0])["jobs"]
    assert jobs == [{**LIST[0], "proposed": 2}, {**LIST[1], "proposed": 1}]
    assert json.loads(capsys.readouterr().out) == {
        "rounds": [
            {"round": 1, "pairs": 1, "total": 1375, "bound": 1375, "gap_percent": 0.0},
            {"round": 2, "pairs": 1, "total": 1295, "bound": 1295, "gap_percent": 0.0},
            {"round": 3, "pairs": 0, "total": 0, "bound": 0, "gap_percent": 0.0},
        ],
        "pairs": 2,
        "persons_with": 1,
        "persons_listed": 1,
        "jobs_never_proposed": 1,
        "gini": pytest.approx(4 / 9),
    }


def test_a_pair_is_explained(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    command = arguments(files, "--person", "åse", "--job", "J9")
    assert main([command[0], "explain", *command[1:]]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "person": "åse",
        "job": "J9",
        "verdict": "no",
        "failed": ["distance"],
        "km": 5.0,
        "gaps": {"lifting": 2},
        "open": [],
        "support": [],
        "left": {},
    }


def test_the_same_files_give_the_same_bytes_without_django(files: dict[str, Path], tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "does.not.exist"}
    found = []
    for name, workers in (("one", "1"), ("two", "2")):
        out = tmp_path / name
        command = [sys.executable, "-m", "jobbro.cli.main", *arguments(files, "--out", str(out), "--workers", workers)]
        subprocess.run(command, check=True, env=environment)
        found.append(out.read_bytes())
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("persons", json.dumps({**PERSON, "capacity": {"lifting": 9}}), "linje 1, capacity.lifting: Tallet skal"),
        ("persons", json.dumps(PERSON) + "\n" + json.dumps(PERSON), "persons.jsonl, linje 2, id: 'ib' står to gange."),
        ("persons", json.dumps({**PERSON, "alder": 40}), "persons.jsonl, linje 1, alder: Feltet kendes ikke."),
        ("jobs", json.dumps(JOBS[0])[:-9], "jobs.jsonl, linje 1"),
        ("jobs", json.dumps({**JOBS[0], "places": 0}), "jobs.jsonl, linje 1, places: Tallet skal være fra 1"),
        ("jobs", json.dumps({**JOBS[0], "hours": [9, 3]}), "jobs.jsonl, linje 1, hours: De færreste timer er flere"),
        ("jobs", json.dumps({**JOBS[0], "hours": [20, math.nan]}), "jobs.jsonl, linje 1, hours[1]: Tallet"),
        ("measures", json.dumps({**MEASURE, "code": "andet"}), "jobs.jsonl, linje 1, measures[0]: Der er ingen"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_written(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, said: str
) -> None:
    files[name].write_text(content, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    out.write_text("as before", encoding="utf-8")
    assert main(arguments(files, "--out", str(out))) == 1
    assert said in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "as before"
    assert {each.suffix for each in tmp_path.iterdir()} == {".jsonl"}


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ((), 2, "--out"),
        (("--out", "OUT", "--allocate"), 2, "hører sammen"),
        (("--out", "OUT", "--per-place", "1", "--per-person", "2"), 2, "hører sammen"),
        (("--out", "OUT", "--person", "ib"), 2, "hører til explain"),
        (("explain",), 2, "både --person og --job"),
        (("explain", "--person", "ib", "--job", "J9", "--out", "OUT"), 2, "hører ikke til explain"),
        (("explain", "--person", "ib", "--job", "J12"), 1, "intet job 'J12' i jobs.jsonl"),
        (("explain", "--person", "bo", "--job", "J9"), 1, "ingen person 'bo' i persons.jsonl"),
        (("--out", "nowhere/out"), 1, "Mappen nowhere findes ikke"),
        (("--out", "."), 1, "ikke en almindelig fil"),
        (("--out", "persons.jsonl"), 1, "en af de filer, der læses"),
        (("--out", "OUT", "--jobs", "gone.jsonl"), 1, "gone.jsonl kan ikke læses"),
    ],
)
def test_flags_that_do_not_fit(
    files: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    command = arguments(files)
    act = more[:1] if more[:1] == ("explain",) else ()
    assert main([command[0], *act, *command[1:], *more[len(act) :]]) == status
    assert said in capsys.readouterr().err
    assert not (tmp_path / "OUT").exists()


def test_numbers_that_are_none_are_refused(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    for flag, written in (("--top", "-1"), ("--top", "all"), ("--workers", "0"), ("--per-place", "1.5")):
        with pytest.raises(SystemExit) as ending:
            main(arguments(files, "--out", "x", flag, written))
        assert ending.value.code == 2
        assert "is not a whole number" in capsys.readouterr().err


def test_a_run_that_is_stopped_leaves_nothing(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "out.jsonl"
    monkeypatch.setattr("jobbro.engines.matching.running.lines_of", stop)
    assert writing.lines_of is not stop
    assert main(arguments(files, "--out", str(out))) == 130
    assert sorted(each.name for each in tmp_path.iterdir()) == ["jobs.jsonl", "measures.jsonl", "persons.jsonl"]


def test_every_problem_has_a_sentence() -> None:
    assert set(_SENTENCES) | {"broken"} == set(REASONS)
    for code, reason in REASONS.items():
        values = ("1", "2")[: reason.count("{")] if reason.count("{") < 3 else ("1", "1")
        error = MatchingFileError(file="p", line=1, field="", code=code, values=values)
        assert sentence(error)
        assert "{" not in sentence(error)
