"""The bench of pages: its figures, its forms, and a small run from beginning to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import pages
from benchmarks._browser import Answer, Refused, form_values, main_region
from benchmarks._kept import fingerprint

PAGE = b"""<main id="main"><form action="/a/"><input type="hidden" name="form_token" value="1">
<input type="radio" name="level" value="3" checked><input type="radio" name="level" value="4"></form></main>"""


def answer(body: bytes) -> Answer:
    return Answer(status=200, body=body, location="", queries=1, seconds=0.1)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.95, None), ([7.0], 0.99, 7.0), (list(range(1, 101)), 0.95, 95), (list(range(1, 101)), 0.99, 99)],
)
def test_a_quantile_is_a_value_that_was_measured(values: list[float], share: float, expected: float | None) -> None:
    assert pages.quantile(values, share) == expected


def test_a_form_is_sent_as_it_came() -> None:
    assert form_values(PAGE.decode(), action="/a/") == {"form_token": "1", "level": "3"}
    with pytest.raises(Refused, match="no form to /b/"):
        form_values(PAGE.decode(), action="/b/")


def test_tokens_do_not_count_as_a_difference() -> None:
    assert main_region(answer(PAGE)) == main_region(answer(PAGE.replace(b'value="1"', b'value="2"')))
    assert main_region(answer(PAGE)) != main_region(answer(PAGE.replace(b'value="3"', b'value="2"')))


def test_a_page_that_asks_more_with_more_data_is_named() -> None:
    def figures(queries: int | None) -> dict[str, object]:
        return {"pages": {"home": {"fewest_queries": queries}}}

    assert pages.compare_queries(figures(9), figures(9)) == []
    assert pages.compare_queries(figures(None), figures(9)) == []
    assert pages.compare_queries(figures(10), figures(9)) == ["home: at least 9 queries with few data, 10 with many"]


def test_the_fingerprint_knows_the_demo_and_every_migration() -> None:
    found = fingerprint()
    assert "jobbro/cli/demo/loading.py" in found["demo"]
    assert "jobbro/apps/cases/migrations/sql/0002_wall.sql" in found["migrations"]


def test_every_page_is_visited(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOBBRO_DATA", str(tmp_path))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.delenv(name, raising=False)
    status = pages.main(size="S", as_json=True)
    figures = json.loads(capsys.readouterr().out)
    assert (status, figures["problems"]) == (0, [])
    assert all(page["users"]["1"]["n"] and page["queries"] for page in figures["pages"].values())
    assert figures["held"]["citizens"] == 300
