"""LIX worked out by hand."""

from __future__ import annotations

import pytest

from jobbro.kernel.lix import lix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0.0),
        ("12 + 5", 0.0),
        ("Du får en bil.", 4.0),
        ("Du får en bil. Den er rød.", 3.5),
        ("Du løfter tingene.", 3 + 100 / 3),
        ("Du løfter tingene", 3 + 100 / 3),
        ("Prisen er 5.678 kr om ugen", 5.0),
        ("Kan du det? Ja!", 2.0),
    ],
)
def test_lix(text: str, expected: float) -> None:
    assert lix(text) == pytest.approx(expected)
