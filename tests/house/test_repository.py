"""What is kept in the repository: no addresses of machines, and documents that name what exists."""

import re
import subprocess
from pathlib import Path

import pytest

from jobbro.cli.database import PROJECT
from jobbro.cli.main import COMMANDS

LOCKS = ("requirements.lock", "requirements-dev.lock")
# Folders of somebody's machine; the examples of documents use none of them.
LOCAL_PATH = re.compile(r"(?<![\w.$}])/(?:home|Users|root|work|mnt|private)/[\w.-]+")
TEXT = {
    ".py",
    ".md",
    ".html",
    ".toml",
    ".yml",
    ".yaml",
    ".txt",
    ".sql",
    ".js",
    ".css",
    ".json",
    ".lock",
    ".cfg",
    ".po",
    "",
}
QUOTED = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"```.*?\n(.*?)```", re.DOTALL)
PATH = re.compile(r"^(?:jobbro|config|tests|docs|benchmarks|tools|\.ci)(?:/[\w.*<>{}-]+)+/?$")
COMMAND = re.compile(r"(?<!database )\bjobbro ([a-z]+)\b")
TARGET = re.compile(r"\bmake ([a-z-]+)\b")
MADE_BY_HAND = re.compile(r"[*<>{}]")


def _tracked() -> list[Path]:
    """Files known to version control; in a copy without it, all that is not ignored by nature."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True)
    if answer.returncode:
        pytest.skip("not a working copy of version control")
    return [PROJECT / name for name in answer.stdout.split("\0") if name and (PROJECT / name).is_file()]


def _documents() -> list[Path]:
    return sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--hash=sha256:" in text


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = []
    for path in _tracked():
        if "vendor" in path.parts or path.suffix not in TEXT or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(PROJECT)}: {match}" for match in LOCAL_PATH.findall(text)]
    assert found == []


@pytest.mark.parametrize("document", _documents(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_document_names_what_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    missing = []
    quotations = QUOTED.findall(FENCED.sub("", text))
    for quoted in quotations:
        if PATH.match(quoted) and not _exists(quoted):
            missing.append(quoted)
    commands, targets = {command.name for command in COMMANDS}, _make_targets()
    shown = "\n".join(
        [*quotations, *(line.split(" #")[0] for block in FENCED.findall(text) for line in block.splitlines())]
    )
    missing += [f"jobbro {name}" for name in COMMAND.findall(shown) if name not in commands]
    missing += [f"make {name}" for name in TARGET.findall(shown) if name not in targets]
    missing += [link for link in _links(text) if not (document.parent / link).exists()]
    assert missing == []


def _exists(name: str) -> bool:
    if not MADE_BY_HAND.search(name):
        return (PROJECT / name).exists()
    return any(PROJECT.glob(re.sub(r"<[^>]*>|{[^}]*}", "*", name).rstrip("/")))


def _links(text: str) -> list[str]:
    found = re.findall(r"\]\(([^)\s#]+)[^)]*\)", text)
    return [link for link in found if "://" not in link and not link.startswith(("mailto:", "#"))]


def _make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
