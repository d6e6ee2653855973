"""What a scheme gives: a number, an interval while something is unknown, or nothing where the law has no value."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobbro.engines.schemes.expressions import Arithmetic, Constant, Expression, Extreme, Fact
from jobbro.engines.schemes.logic import Values, Verdict, judge_of_tree, value_of
from jobbro.engines.schemes.rules import Amount, FactDefinition

Interval = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class AmountAnswer:
    """From `low` to `high` in the amount's unit; both None where a value of the law or a fact is not to be had."""

    amount: Amount
    low: float | None
    high: float | None

    @property
    def is_known(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    def as_json(self) -> float | dict[str, float] | None:
        """A number, {"low", "high"} or None."""
        if self.low is None or self.high is None:
            return None
        return self.low if self.low == self.high else {"low": self.low, "high": self.high}


def amount_answer(amount: Amount, *, values: Values, facts: Mapping[str, FactDefinition]) -> AmountAnswer:
    """The amount with what is known; a fact that is not known counts with the whole range it can have."""
    when: Verdict = True
    if amount.when is not None:
        when = judge_of_tree(amount.when)(values)
    bounds = (0.0, 0.0) if when is False else bounds_of(amount.value, values=values, facts=facts)
    if bounds is None:
        return AmountAnswer(amount=amount, low=None, high=None)
    low, high = bounds if when is not None else (min(0.0, bounds[0]), max(0.0, bounds[1]))
    return AmountAnswer(amount=amount, low=round(low, 2), high=round(high, 2))


def bounds_of(node: Expression, *, values: Values, facts: Mapping[str, FactDefinition]) -> Interval | None:
    """The least and greatest value the expression can have; None when it cannot be bounded (interval arithmetic)."""
    match node:
        case Constant(value):
            return _point(value)
        case Fact(code):
            known = values.get(code)
            return facts[code].range if known is None and code in facts else _point(known)
        case Arithmetic(name, left, right):
            one, other = (bounds_of(side, values=values, facts=facts) for side in (left, right))
            return None if one is None or other is None else _reckoned(name, one, other)
        case Extreme(name, items):
            bounds = [bounds_of(item, values=values, facts=facts) for item in items]
            choose = min if name == "min" else max
            known_bounds = [bound for bound in bounds if bound is not None]
            if len(known_bounds) < len(bounds):
                return None
            return choose(bound[0] for bound in known_bounds), choose(bound[1] for bound in known_bounds)
    return _point(value_of(node, values))


def _point(value: object) -> Interval | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value), float(value)


def _reckoned(name: str, one: Interval, other: Interval) -> Interval | None:
    if name == "+":
        return one[0] + other[0], one[1] + other[1]
    if name == "-":
        return one[0] - other[1], one[1] - other[0]
    if name == "/" and other[0] <= 0 <= other[1]:
        return None
    corners = [a * b if name == "*" else a / b for a in one for b in other]
    return min(corners), max(corners)
