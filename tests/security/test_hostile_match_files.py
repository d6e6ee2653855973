"""Files for `jobbro match` from hands that want harm: what they hold steers no terminal, no path and no other file."""

import json
import os
from pathlib import Path

import pytest

from jobbro.cli.main import main

PERSON = {"id": "ib", "capacity": {"lifting": 1}, "x": 0, "y": 0, "max_km": 10, "hours": [10, 20], "slots": ["mon_am"]}
JOB = {"id": "j", "demand": {"lifting": 1}, "x": 3, "y": 4, "hours": [10, 15], "occupation": "kok"}
MEASURE = {"code": "løft", "relief": {"lifting": 2}, "cost": 1, "scheme": "hjaelpemidler"}
STEER = "\x1b[2J\x1b]0;x\x07"
NAMES = ("a\nb", 'q"uote', "back\\slash", STEER, "\0", "\u202e", "\u2028", "\x7f\x85", "</script>", "=1+1", "x" * 5000)


def written(folder: Path, name: str, rows: list[dict]) -> str:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return str(path)


def told(folder: Path, **files: list[dict]) -> list[str]:
    rows = {"persons": [PERSON], "jobs": [JOB], "measures": [MEASURE], **files}
    return ["match", *(part for name, each in rows.items() for part in (f"--{name}", written(folder, name, each)))]


def test_ids_stand_in_the_lines_as_they_were_told(tmp_path: Path) -> None:
    people, jobs = [{**PERSON, "id": name} for name in NAMES], [{**JOB, "id": name} for name in NAMES]
    out = tmp_path / "out.jsonl"
    assert main([*told(tmp_path, persons=people, jobs=jobs), "--out", str(out)]) == 0
    lines = out.read_bytes().split(b"\n")
    assert [json.loads(line)["person"] for line in lines[:-1]] == list(NAMES) and lines[-1] == b""
    assert {entry["job"] for line in lines[:-1] for entry in json.loads(line)["jobs"]} == set(NAMES)
    assert not {sign for sign in out.read_bytes() if sign < 32} - {10}


WRONG = (
    [{**PERSON, "id": STEER}] * 2,
    [{**PERSON, STEER: 1}],
    [{**PERSON, "y" * 100_000: 1}],
    [{**PERSON, "capacity": {STEER: 1}}],
    [{**PERSON, "capacity": {"a\nb": 1}}],
    [{**PERSON, "wishes": {STEER: "\u202e"}}],
    [{**PERSON, "slots": [STEER]}],
)


@pytest.mark.parametrize("rows", WRONG)
def test_what_is_wrong_steers_no_terminal(tmp_path: Path, rows: list[dict], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*told(tmp_path, persons=rows), "--out", str(tmp_path / "out.jsonl")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and said.rstrip("\n").isprintable() and len(said) < 1000
    assert not (tmp_path / "out.jsonl").exists()


def test_a_link_is_replaced_and_what_it_points_to_stands(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("stays")
    for name, make in (("soft", Path.symlink_to), ("hard", Path.hardlink_to)):
        out = tmp_path / name
        make(out, other)
        assert main([*told(tmp_path), "--out", str(out)]) == 0
        assert other.read_text() == "stays" and not out.is_symlink() and out.read_text().startswith("{")


@pytest.mark.parametrize("out", ["/dev/full", "/dev/null", ".", "no/such/folder"])
def test_what_is_no_file_is_not_written_to(tmp_path: Path, out: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*told(tmp_path), "--out", out]) == 1
    assert sorted(os.listdir(tmp_path)) == ["jobs.jsonl", "measures.jsonl", "persons.jsonl"]
