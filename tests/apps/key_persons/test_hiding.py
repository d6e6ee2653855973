"""From the numbers of use nobody can work out a small one, over quarters, subjects, answered or open."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.apps.key_persons.hiding import FEWEST, UseLine, hide_more

QUARTERS, SCHEMES = ("2026-1", "2026-2", "2026-3"), ("fleksjob", "isbryder", "mentor")
# How many questions each quarter had about each scheme, and how many of them have no answer: at most three of each.
CELLS = tuple(product(QUARTERS, SCHEMES))
asked_and_open = st.tuples(st.integers(0, 12), st.integers(0, 3))
markets = st.lists(asked_and_open, min_size=9, max_size=9)


def lines(cells: list[tuple[int, int]]) -> list[UseLine]:
    """As the database tells them: each question of one quarter and one scheme, numbers from 1 to 4 as None."""
    asked: Counter[tuple[str, str]] = Counter()
    answered: Counter[tuple[str, str]] = Counter()
    for (quarter, scheme), (count, waiting) in zip(CELLS, cells, strict=True):
        for key in (("quarter", quarter), ("scheme", scheme)):
            asked[key] += count
            answered[key] += count - min(waiting, count)
    return [
        UseLine(
            kind=kind,
            code=code,
            asked=n if n >= FEWEST else None,
            answered=a if n >= FEWEST and not is_small(a) and not is_small(n - a) else None,
            minutes=60.0 if a >= FEWEST else None,
        )
        for (kind, code), n in asked.items()
        if n
        for a in (answered[kind, code],)
    ]


def is_small(number: int) -> bool:
    return 0 < number < FEWEST


def worked_out(told: tuple[UseLine, ...], counted: str) -> list[int]:
    """What subtraction gives: of one table that is shown as a whole, the numbers of the other that it is told by."""
    found = []
    for whole, other in (("quarter", "scheme"), ("scheme", "quarter")):
        numbers = [getattr(line, counted) for line in told if line.kind == whole]
        against = [getattr(line, counted) for line in told if line.kind == other]
        if None in numbers or None not in against:
            continue
        rest, hidden = sum(numbers) - sum(filter(None, against)), against.count(None)
        if hidden == 1 or is_small(rest) or rest == hidden:
            found.append(rest)
    return found


@given(markets)
@settings(max_examples=400, deadline=None)
def test_nothing_small_follows_from_rows_and_columns(cells: list[tuple[int, int]]) -> None:
    first = lines(cells)
    told = hide_more(first)
    for counted in ("asked", "answered", "open"):
        assert not any(worked_out(told, counted)), (first, told)
    for kind in ("quarter", "scheme"):
        of_kind = [line for line in told if line.kind == kind]
        # One alone would follow also from a total that somebody knows from elsewhere.
        assert sum(line.asked is None for line in of_kind) != 1 or len(of_kind) == 1
        for line, before in zip(of_kind, (line for line in first if line.kind == kind), strict=True):
            assert line.asked in (None, before.asked) and line.answered in (None, before.answered)
            assert line.asked is not None or (line.answered is None and line.minutes is None)


def line(code: str, asked: int | None, answered: int | None, *, kind: str = "scheme") -> UseLine:
    return UseLine(kind=kind, code=code, asked=asked, answered=answered, minutes=None)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        pytest.param([line("a", 20, 20), line("b", 9, 9), line("c", None, None)], [20, None, None], id="the smallest"),
        pytest.param([line("a", 20, 20), line("b", 9, 9)], [20, 9], id="nothing to hide"),
        pytest.param(
            [line("q1", 30, 30, kind="quarter"), line("a", 20, 20), line("b", 9, 9), line("", None, None, kind="none")],
            [30, 20, None, None],
            id="without a subject is a part too",
        ),
        pytest.param(
            [*(line(code, None, None, kind="quarter") for code in ("q1", "q2", "q3", "q4", "q5")), line("a", 5, 5)],
            [None] * 6,
            id="five quarters of one each would be told by the five",
        ),
    ],
)
def test_what_is_hidden_beside(given: list[UseLine], shown: list[int | None]) -> None:
    assert [one.asked for one in hide_more(given)] == shown


def test_answers_are_hidden_beside_few_that_wait() -> None:
    """Of quarters all is told, so the one scheme where few wait would follow."""
    given = [
        line("q1", 30, 24, kind="quarter"),
        line("a", 20, 18, kind="scheme"),
        line("b", 9, None),
        line("c", 1, 1),
    ]
    told = {one.code: (one.asked, one.answered) for one in hide_more(given)}
    assert told["q1"] == (30, 24)
    assert sum(answered is None for code, (_asked, answered) in told.items() if code != "q1") >= 2
