"""No template lies unused, and none is asked for that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path

from jobbro.cli.database import PROJECT

FOLDER = PROJECT / "jobbro" / "web" / "templates"
# What Django itself looks for by name.
ASKED_FOR_BY_NAME = re.compile(r"^(40[0-4]|500)\.html$")
QUOTED = re.compile(r"""["']([\w./{}\- ]+\.(?:html|svg|txt|css))["']""")
TAG = re.compile(r"{%\s*(?:extends|include)\s+(.*?)%}", re.DOTALL)
MARKED = re.compile(r"{[^}]*}")


def _templates() -> dict[str, Path]:
    return {str(path.relative_to(FOLDER)): path for path in FOLDER.rglob("*") if path.is_file()}


def _asked_for() -> Iterator[str]:
    """Names in Python, and in the tags of templates; a marked place in an f-string stands for any text."""
    for path in PROJECT.glob("jobbro/**/*.py"):
        yield from QUOTED.findall(path.read_text(encoding="utf-8"))
    for path in _templates().values():
        for tag in TAG.findall(path.read_text(encoding="utf-8")):
            yield from QUOTED.findall(tag)


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("[^/]*".join(re.escape(part) for part in MARKED.split(name)) + "$")


def test_every_template_is_used() -> None:
    patterns = [_pattern(name) for name in sorted(set(_asked_for()))]
    unused = [name for name in _templates() if not any(p.match(name) for p in patterns)]
    assert [name for name in sorted(unused) if not ASKED_FOR_BY_NAME.match(name)] == []


def test_every_template_that_is_asked_for_is_there() -> None:
    names = sorted({name for name in _asked_for() if "/" in name and name.endswith(".html")})
    assert [name for name in names if not any(_pattern(name).match(there) for there in _templates())] == []
