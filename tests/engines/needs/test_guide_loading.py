"""The guide's loader: whatever is odd in a file is refused with file, line and field."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jobbro.engines.needs import guide_version, load_guide, read_guide
from jobbro.engines.needs.loading import GUIDE_FOLDER
from jobbro.kernel.strict_yaml import ContentError

Change = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GUIDE_FOLDER, tmp_path / "guide"))


def _swap(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


REFUSED = {
    "unknown field": ("01_hopes.yaml", _swap("    kind: text\n", "    kind: text\n    score: 3\n"), "score", "unknown"),
    "missing field": ("01_hopes.yaml", _swap("    kind: text\n", ""), "topics[0]", "'kind' is needed"),
    "missing wording": ("01_hopes.yaml", _swap("    en_easy:\n", "    en_simple:\n"), "en_simple", "unknown field"),
    "empty text": ("01_hopes.yaml", _swap("title: Det, du har lavet", "title: ''"), "title", "empty"),
    "number as text": ("01_hopes.yaml", _swap("title: Det, du har lavet", "title: 12"), "title", "text is expected"),
    "yes as text": ("01_hopes.yaml", _swap("title: Det, du har lavet", "title: yes"), "title", "put it in quotes"),
    "unknown kind": ("01_hopes.yaml", _swap("kind: text", "kind: essay"), "kind", "'essay' is not known"),
    "a list for a map": ("01_hopes.yaml", lambda _text: "- part: hopes\n", "", "map is expected"),
    "no topics": ("06_wishes.yaml", lambda text: text.split("topics:")[0] + "topics: []\n", "topics", "at least one"),
    "key twice": ("01_hopes.yaml", _swap("part: hopes\n", "part: hopes\npart: hopes\n"), "part", "twice"),
    "alias": ("01_hopes.yaml", _swap("part: hopes\n", "part: &a hopes\n"), "", "alias"),
    "own tag": ("01_hopes.yaml", _swap("part: hopes", "part: !!python/name:os.system hopes"), "", "tag"),
    "broken": ("01_hopes.yaml", _swap("part: hopes", "part: [hopes"), "", "not valid YAML"),
    "unknown area": ("08_body.yaml", _swap("code: lifting", "code: juggling"), "code", "'juggling' is not known"),
    "level missing": (
        "08_body.yaml",
        _swap('        "2": Det er svært,', '        "7": Det er svært,'),
        "7",
        "unknown",
    ),
    "group missing": ("07_first_round.yaml", _swap("    group: body\n", ""), "kind", "group"),
    "unknown group": ("07_first_round.yaml", _swap("group: body", "group: soul"), "group", "'soul' is not known"),
    "area not ticked": ("07_first_round.yaml", _swap("        lifting: Løfte og bære\n", ""), "choices", "'lifting'"),
    "choices for text": (
        "01_hopes.yaml",
        _swap("kind: text", "kind: text\n    choices: [a]"),
        "kind",
        "choices belong",
    ),
    "choice twice": ("02_work_gives.yaml", _swap("[money, company", "[money, money"), "choices[1]", "twice"),
    "alone unknown": ("05_skills.yaml", _swap("alone: [no_licence]", "alone: [nothing]"), "alone[0]", "not known"),
    "numbers missing": ("04_travel.yaml", _swap("    numbers:\n      - {code: most_km", "#"), "kind", "numbers belong"),
    "numbers crossed": ("04_travel.yaml", _swap("low: 0, high: 500", "low: 9, high: 5"), "high", "lower than low"),
    "number as word": ("04_travel.yaml", _swap("low: 0,", "low: some,"), "low", "whole number"),
    "phrase missing": ("phrases.yaml", _swap("  skip: Spring over for nu\n", ""), "da", "'skip' is needed"),
}


@pytest.mark.parametrize(("file", "change", "field", "reason"), REFUSED.values(), ids=REFUSED)
def test_an_odd_file_is_refused(tmp_path: Path, file: str, change: Change, field: str, reason: str) -> None:
    shutil.copy(GUIDE_FOLDER / "phrases.yaml", tmp_path)
    before = (GUIDE_FOLDER / file).read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    (tmp_path / file).write_text(after, encoding="utf-8")
    with pytest.raises(ContentError, match=f"{file}, line ") as refusal:
        read_guide(tmp_path)
    assert refusal.value.field.endswith(field)
    assert reason in refusal.value.reason
    assert refusal.value.line >= 1


def test_the_line_is_that_of_the_field(folder: Path) -> None:
    path = folder / "08_body.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if '"3": Det er lidt svært at stå' in line)
    lines[at] = '        "3": 3'
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ContentError) as refusal:
        read_guide(folder)
    assert (refusal.value.file, refusal.value.line) == ("08_body.yaml", at + 1)
    assert refusal.value.field == "topics[1].da.levels.3"


@pytest.mark.parametrize(
    ("file", "reason"),
    [("12_people.yaml", "24 areas"), ("07_first_round.yaml", "first-round")],
)
def test_a_guide_without_one_of_its_parts_is_refused(folder: Path, file: str, reason: str) -> None:
    (folder / file).unlink()
    with pytest.raises(ContentError, match=reason):
        read_guide(folder)


def test_a_topic_that_stands_in_two_parts_is_refused(folder: Path) -> None:
    shutil.copy(folder / "01_hopes.yaml", folder / "01b_hopes.yaml")
    with pytest.raises(ContentError, match="about_you, hopes, went_well stands twice"):
        read_guide(folder)


def test_the_version_changes_with_any_text(folder: Path) -> None:
    assert read_guide(folder).version == guide_version()
    path = folder / "08_body.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Stå", "Staa", 1), encoding="utf-8")
    assert read_guide(folder).version != guide_version()


def test_the_guide_is_read_once() -> None:
    assert load_guide() is load_guide()
    assert len(guide_version()) == 64
