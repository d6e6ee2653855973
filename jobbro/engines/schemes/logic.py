"""Three-valued logic for one person: True, False, or None for unknown; what is unknown stays so until it cannot matter.

Kleene's strong logic (S. C. Kleene, Introduction to Metamathematics, 1952, § 64): "all" is no as soon as one is no,
"any" is yes as soon as one is yes, else unknown if anything is unknown. A comparison with an unknown is unknown.
"""

import calendar
import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from jobbro.engines.schemes.expressions import (
    DECISION_DATE,
    Arithmetic,
    Compare,
    Constant,
    Eldest,
    Expression,
    Extreme,
    Fact,
    Lookup,
    Membership,
    Parameter,
    Settled,
    Shift,
    Steps,
    Test,
    Value,
)
from jobbro.engines.schemes.rules import Leaf, Node

Values = Mapping[str, Value]
Verdict = bool | None
Getter = Callable[[Values], Value]
Judge = Callable[[Values], Verdict]

TOLERANCE = 1e-7
"""Numbers that differ by less are equal: facts have at most 2 decimals, so no true difference is this small."""

MONTHS_OF = {"months": 1, "years": 12}


def value_of(node: Expression, values: Values) -> Value:
    """The value of an expression; None when anything it needs is unknown."""
    return getter_of(node)(values)


def getter_of(node: Expression) -> Getter:
    """The expression compiled to a function of the known values."""
    match node:
        case Constant(value):
            return lambda values: value
        case Fact(code):
            return lambda values: values.get(code)
        case Arithmetic(name, left, right):
            return _arithmetic(name, getter_of(left), getter_of(right))
        case Shift(on, amount, unit, sign):
            return _shift(getter_of(on), getter_of(amount), unit=unit, sign=sign)
        case Steps(on, steps):
            return _steps(getter_of(on), steps)
        case Eldest(_, steps) if steps:
            return lambda values: _eldest_on(values.get(DECISION_DATE), steps)
        case Extreme(name, items):
            return _extreme(min if name == "min" else max, tuple(getter_of(item) for item in items))
        case Parameter() | Lookup() | Eldest():
            raise ValueError(f"{node} is not resolved; call resolve() first")


def judge_of(test: Test) -> Judge:
    """The test compiled to a function of the known values."""
    match test:
        case Settled(value):
            return lambda values: value
        case Membership(item, choices, negated):
            return _membership(getter_of(item), frozenset(choices), negated=negated)
        case Compare(name, left, right):
            compare = _compare_numbers(name) if _is_reckoned(left) or _is_reckoned(right) else _COMPARE[name]
            return _comparison(compare, getter_of(left), getter_of(right))


@lru_cache(maxsize=20_000)
def judge_of_leaf(leaf: Leaf) -> Judge:
    """The condition compiled: settled where all its readings agree, else unknown. Compiled once for each leaf."""
    judges = tuple(judge_of(test) for test in leaf.readings)
    if len(judges) == 1:
        return judges[0]

    def agreed(values: Values) -> Verdict:
        verdicts = {judge(values) for judge in judges}
        return verdicts.pop() if len(verdicts) == 1 else None

    return agreed


@lru_cache(maxsize=20_000)
def judge_of_tree(node: Node) -> Judge:
    """The tree compiled: it stops at the first condition that settles it."""
    if isinstance(node, Leaf):
        return judge_of_leaf(node)
    children = tuple(judge_of_tree(child) for child in node.children)
    if node.join == "all":
        return _until(children, settled_by=False)
    any_of = _until(children, settled_by=True)
    return any_of if node.join == "any" else lambda values: negated(any_of(values))


def join_verdicts(join: str, verdicts: list[Verdict]) -> Verdict:
    """All, any or none of some verdicts."""
    if join == "all":
        return False if False in verdicts else None if None in verdicts else True
    found = True if True in verdicts else None if None in verdicts else False
    return found if join == "any" else negated(found)


def negated(verdict: Verdict) -> Verdict:
    """Not; unknown stays unknown."""
    return None if verdict is None else not verdict


def shifted(on: date, *, amount: int, unit: str) -> date | None:
    """The date moved; the 31st becomes a shorter month's last day. None outside the calendar."""
    try:
        if unit == "days":
            return on + timedelta(days=amount)
        year, month = divmod(on.year * 12 + on.month - 1 + amount * MONTHS_OF[unit], 12)
        return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


@lru_cache(maxsize=1_000)
def eldest_below(steps: tuple[tuple[date, int | float], ...], on: date) -> date:
    """The first birthday on or after the table's first from which the age in months lies after the day `on`."""
    afters = [*(starts for starts, _ in steps[1:]), date.max]
    for (starts, months), after in zip(steps, afters, strict=True):
        born = max(starts, shifted(on, amount=-int(months), unit="months") or starts)
        while (reached := shifted(born, amount=int(months), unit="months")) is not None and reached <= on:
            born += timedelta(days=1)
        if born < after:
            return born
    return date.max


def _eldest_on(on: Value, steps: tuple[tuple[date, int | float], ...]) -> Value:
    return eldest_below(steps, on) if isinstance(on, date) else None


def _until(children: tuple[Judge, ...], *, settled_by: bool) -> Judge:
    def run(values: Values) -> Verdict:
        found: Verdict = not settled_by
        for child in children:
            verdict = child(values)
            if verdict is settled_by:
                return settled_by
            if verdict is None:
                found = None
        return found

    return run


def _is_reckoned(node: Expression) -> bool:
    return isinstance(node, (Arithmetic, Extreme))


def _arithmetic(name: str, left: Getter, right: Getter) -> Getter:
    reckon = _ARITHMETIC[name]

    def run(values: Values) -> Value:
        one, other = left(values), right(values)
        if one is None or other is None or (name == "/" and not other):
            return None
        return reckon(one, other)

    return run


def _shift(on: Getter, amount: Getter, *, unit: str, sign: int) -> Getter:
    def run(values: Values) -> Value:
        start, number = on(values), amount(values)
        if not isinstance(start, date) or not isinstance(number, (int, float)):
            return None
        return shifted(start, amount=sign * int(number), unit=unit)

    return run


def _steps(on: Getter, steps: tuple[tuple[date, int | float], ...]) -> Getter:
    def run(values: Values) -> Value:
        day = on(values)
        if not isinstance(day, date):
            return None
        return next((value for starts, value in reversed(steps) if starts <= day), None)

    return run


def _extreme(choose: Callable[..., Value], items: tuple[Getter, ...]) -> Getter:
    def run(values: Values) -> Value:
        found = [item(values) for item in items]
        return None if None in found else choose(found)

    return run


def _membership(item: Getter, choices: frozenset[str], *, negated: bool) -> Judge:
    def run(values: Values) -> Verdict:
        found = item(values)
        return None if found is None else (found in choices) != negated

    return run


def _comparison(compare: Callable[..., bool], left: Getter, right: Getter) -> Judge:
    def run(values: Values) -> Verdict:
        one, other = left(values), right(values)
        return None if one is None or other is None else compare(one, other)

    return run


def _compare_numbers(name: str) -> Callable[..., bool]:
    compare = _COMPARE[name]

    def run(one: float | date, other: float | date) -> bool:
        if isinstance(one, date) or isinstance(other, date):
            return compare(one, other)
        difference = one - other
        return compare(0.0 if abs(difference) < TOLERANCE else difference, 0.0)

    return run


_COMPARE: Mapping[str, Callable[..., bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: Mapping[str, Callable[..., Value]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
