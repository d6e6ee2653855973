"""Reasons are codes with values, and sources have a title, an address and a day."""

from __future__ import annotations

from datetime import date

import pytest

from jobbro.kernel.because import Because, Source


def test_a_reason_holds_code_values_and_source() -> None:
    source = Source(title="Lov", url="https://www.retsinformation.dk/eli/lta/2020/108", checked_on=date(2026, 3, 1))
    reason = Because(code="hours_too_many", params={"weekly": 37}, source=source)
    assert (reason.code, reason.params["weekly"], reason.source) == ("hours_too_many", 37, source)
    assert hash(reason) == hash(Because(code="hours_too_many", params={"weekly": 30}, source=source))


@pytest.mark.parametrize("code", ["", "Too many hours", "æble", "9_lives"])
def test_a_sentence_is_not_a_code(code: str) -> None:
    with pytest.raises(ValueError, match="is not a reason code"):
        Because(code=code)


@pytest.mark.parametrize(("title", "url"), [(" ", "https://a.dk"), ("Lov", "http://a.dk"), ("Lov", "javascript:1")])
def test_a_source_needs_title_and_https(title: str, url: str) -> None:
    with pytest.raises(ValueError, match="a source needs"):
        Source(title=title, url=url, checked_on=date(2026, 3, 1))
