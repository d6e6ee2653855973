"""Content files are read strictly and errors say file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobbro.kernel.strict_yaml import ContentError, parse_yaml, read_yaml


def refuse(content: str | bytes, **limits: int) -> ContentError:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(ContentError) as caught:
        parse_yaml(raw, file="a.yaml", **limits)
    return caught.value


def test_values_and_lines() -> None:
    document = parse_yaml(b"\xef\xbb\xbfa: 1\nb:\n- c: [x, 2026-03-01]\n- null\n", file="a.yaml")
    assert document.value["b"][0]["c"][0] == "x"
    assert document.lines["b[0].c"] == 3
    assert document.error(field="b[1].missing", reason="why").line == 4
    assert str(document.error(field="b[0].c", reason="why")) == "a.yaml, line 3, b[0].c: why"


def test_an_empty_file_is_nothing() -> None:
    assert parse_yaml(b"", file="a.yaml").value is None


def test_a_key_twice_is_refused_with_its_line() -> None:
    error = refuse("a:\n  b: 1\n  b: 2\n")
    assert (error.file, error.line, error.field) == ("a.yaml", 3, "a.b")


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "aliases and anchors are refused"),
        ("a: &a 1", "aliases and anchors are refused"),
        ("a: !!python/object/apply:os.system ['true']", "the tag"),
        ("a: !thing 1", "the tag"),
        ("1: a", "every key must be text"),
        ("yes: a", "every key must be text"),
        ("? [a]\n: b", "every key must be text"),
        ("<<: {a: 1}", "every key must be text"),
        ("a: [1", "is not valid YAML"),
        ("a: 1\n---\nb: 1\n", "is not valid YAML"),
        ("a: 2026-13-45", "cannot be read"),
        ("a: yes", "write true or false"),
        ("a: Off", "write true or false"),
        ("a: 010", "not a plain decimal number"),
        ("a: 1:30", "not a plain decimal number"),
        ("[" * 30 + "]" * 30, "nested deeper"),
        (b"a: \xff", "not UTF-8"),
    ],
)
def test_dangerous_or_broken_content_is_refused(content: str | bytes, reason: str) -> None:
    assert reason in refuse(content).reason


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    assert "larger than 10 bytes" in refuse("a: " + "x" * 20, max_bytes=10).reason
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: " + b"x" * 2_000_000)
    with pytest.raises(ContentError, match="larger than 1000000 bytes"):
        read_yaml(path)
