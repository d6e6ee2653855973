"""The language of conditions: what it takes, what it refuses and how, and what the tests come to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.engines.schemes.expressions import (
    Compare,
    Constant,
    ExpressionError,
    Fact,
    Membership,
    Parameter,
    Settled,
    Shift,
    Steps,
    fact_codes,
    parameter_codes,
    parse_expression,
    parse_test,
)
from jobbro.engines.schemes.logic import eldest_below, join_verdicts, judge_of, shifted, value_of


def test_a_test_is_a_tree() -> None:
    assert parse_test("a is true") == Compare("==", Fact("a"), Constant(True))
    assert parse_test("a not in ['x', 'y']") == Membership(Fact("a"), ("x", "y"), negated=True)
    assert parse_test("false") == Settled(False)
    assert parse_test("d <= e + months(p.m)") == Compare("<=", Fact("d"), Shift(Fact("e"), Parameter("m"), "months", 1))
    test = parse_test("decision_date < born + months(lookup(p.ages, born))")
    assert fact_codes(test) == {"born"}
    assert parameter_codes(test) == {"ages"}


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "a.b.c == 1",
        "a.__class__ == 1",
        "q.months == 1",
        "(lambda: 1)() == 1",
        "[a for a in b] == 1",
        "a[0] == 1",
        "f'{a}' == 'x'",
        "a == 1 == 2",
        "a and b",
        "not a",
        "a if b else c",
        "a := 1",
        "a ** 9 == 1",
        "a // 2 == 1",
        "a % 2 == 1",
        "-a == 1",
        "a is None",
        "a is b",
        "a in 'text'",
        "a in []",
        "a in ['x', 1]",
        "a == True",
        "a == None",
        "a == 1j",
        "a == b'x'",
        "date(2026, 2, 30) < a",
        "date(2026, a, 1) < b",
        "date(2026) < b",
        "months(3) == 1",
        "a + months(1, 2) > b",
        "lookup(ages, born) == 1",
        "min(a) == 1",
        "min(a, b, key=c) == 1",
        "open('x') == 1",
        "a ==",
        "",
        "a == 1; b == 2",
        "a\x00 == 1",
        "a == " + "1 + " * 200 + "1",
        "(" * 300 + "a" + ")" * 300 + " == 1",
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"\w{3}"):
        parse_test(text)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_text_does_anything_but_parse_or_be_refused(text: str) -> None:
    for parse in (parse_test, parse_expression):
        try:
            parse(text)
        except ExpressionError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "values", "verdict"),
    [
        ("a >= 18", {"a": 18}, True),
        ("a >= 18", {"a": 17.99}, False),
        ("a >= 18", {}, None),
        ("a + b == 0.3", {"a": 0.1, "b": 0.2}, True),
        ("a * 3 <= 0.3", {"a": 0.1}, True),
        ("a * 3 < 0.3", {"a": 0.1}, False),
        ("a / b > 1", {"a": 1, "b": 0}, None),
        ("min(a, b) < 5", {"a": 1}, None),
        ("max(a, b) == 7", {"a": 1, "b": 7}, True),
        ("min(d, e) < date(2026, 1, 2)", {"d": date(2026, 1, 1), "e": date(2026, 6, 1)}, True),
        ("d + months(1) == date(2026, 2, 28)", {"d": date(2026, 1, 31)}, True),
        ("d + years(1) == date(2025, 2, 28)", {"d": date(2024, 2, 29)}, True),
        ("d - days(1) == date(2023, 12, 31)", {"d": date(2024, 1, 1)}, True),
        ("k in ['x', 'y']", {"k": "y"}, True),
        ("k not in ['x', 'y']", {}, None),
        ("k != 'x'", {"k": "y"}, True),
        ("t is false", {"t": False}, True),
        ("true", {}, True),
    ],
)
def test_what_a_test_comes_to(text: str, values: dict[str, Any], verdict: bool | None) -> None:
    assert judge_of(parse_test(text))(values) is verdict


def test_a_step_holds_until_the_next() -> None:
    steps = Steps(Fact("born"), ((date(1900, 1, 1), 780), (date(1954, 1, 1), 786)))
    for born, months in ((date(1953, 12, 31), 780), (date(1954, 1, 1), 786), (date(1899, 12, 31), None)):
        assert value_of(steps, {"born": born}) == months
    assert value_of(steps, {}) is None


def test_what_is_not_resolved_is_no_value() -> None:
    with pytest.raises(ValueError, match="resolve"):
        value_of(Parameter("rate"), {})


def test_days_past_the_calendar_are_unknown() -> None:
    assert shifted(date(9999, 12, 31), amount=1, unit="days") is None
    assert shifted(date(1, 1, 1), amount=-1, unit="months") is None


VERDICTS = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5)


@given(VERDICTS, st.data())
@settings(deadline=None)
def test_a_verdict_stays_when_more_is_known(verdicts: list[bool | None], data: st.DataObject) -> None:
    known = [data.draw(st.booleans()) if verdict is None else verdict for verdict in verdicts]
    for join in ("all", "any", "none"):
        before, after = join_verdicts(join, verdicts), join_verdicts(join, list(known))
        assert before in (None, after)
        assert after == {"all": all(known), "any": any(known), "none": not any(known)}[join]


def test_the_eldest_below_an_age_is_found_where_no_birthday_reaches_it_for_a_while() -> None:
    """The age goes up by a year for those born from 1963: nobody reaches it in 2027."""
    steps = ((date(1959, 7, 1), 768), (date(1963, 1, 1), 780))

    found = {on: eldest_below(steps, on) for on in (date(2020, 1, 1), date(2026, 12, 30), date(2026, 12, 31))}

    assert found == {
        date(2020, 1, 1): date(1959, 7, 1),
        date(2026, 12, 30): date(1962, 12, 31),
        date(2026, 12, 31): date(1963, 1, 1),
    }
    assert eldest_below(steps, date(2027, 12, 31)) == date(1963, 1, 1)
    assert eldest_below(steps, date(2028, 2, 28)) == date(1963, 3, 1)


def test_the_eldest_is_who_has_not_reached_the_age_and_was_born_the_day_after_one_who_has() -> None:
    steps = ((date(1900, 1, 1), 720), (date(1954, 1, 1), 726), (date(1954, 7, 1), 732))

    def reached(born: date) -> date | None:
        months = next(value for starts, value in reversed(steps) if starts <= born)
        return shifted(born, amount=int(months), unit="months")

    for day in range(0, 1500, 7):
        on = date(2012, 6, 1) + timedelta(days=day)
        born = eldest_below(steps, on)
        before, after = reached(born - timedelta(days=1)), reached(born)
        assert before is not None and after is not None and before <= on < after
