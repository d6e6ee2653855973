"""Conditions as z3 formulas over one world: a value for every fact, and a reading for every condition in dispute.

Dates are months since year 0 and a day of the month, so that months are added as the rules add them: the 31st becomes a
shorter month's last day. The calendar holds for 1901-2099, where every fourth year is a leap year.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import z3  # type: ignore[import-untyped]

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
    fact_codes,
    parts,
)
from jobbro.engines.schemes.logic import eldest_below
from jobbro.engines.schemes.rules import FactDefinition, Group, Leaf, Node, Package

Formula = Any
Term = Any
"""z3 gives no types; a formula is a truth value, a term a number, a text's number or a `Day`."""

FIRST_YEAR, LAST_YEAR = 1901, 2099
LONG, SHORT = (0, 2, 4, 6, 7, 9, 11), (3, 5, 8, 10)
BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
FEBRUARY = 1


@dataclass(frozen=True, slots=True)
class Day:
    """A date: months since January of year 0, and the day of the month."""

    month: Term
    day: Term

    @property
    def order(self) -> Term:
        """A number that orders dates."""
        return self.month * 32 + self.day

    @property
    def number(self) -> Term:
        """The days since a fixed day."""
        year, month = self.month / 12, self.month % 12
        leap_days = (year + 3) / 4 + z3.If(z3.And(year % 4 == 0, month > FEBRUARY), 1, 0)
        before: Term = z3.IntVal(0)
        for at, days in enumerate(BEFORE_MONTH):
            before = z3.If(month == at, days, before)
        return year * 365 + leap_days + before + self.day


class World:
    """Facts as z3 variables. Worlds of the same `law` share the readings, and what no value is known for."""

    def __init__(self, package: Package, *, name: str, on: tuple[date, date]) -> None:
        self.package = package
        self.name = name
        self.bounds: list[Formula] = []
        self.terms: dict[str, Term] = {}
        self.formulas: dict[tuple[Test, ...], Formula] = {}
        self.eldest: dict[tuple[tuple[date, int | float], ...], Day] = {}
        self.on = on
        self.terms[DECISION_DATE] = _day(on[0]) if on[0] == on[1] else self._between(DECISION_DATE, *on)

    def holds(self, node: Node) -> Formula:
        """The tree as a formula of this world."""
        if isinstance(node, Leaf):
            if node.readings not in self.formulas:
                self.formulas[node.readings] = self._leaf(node)
            return self.formulas[node.readings]
        children = [self.holds(child) for child in node.children]
        return joined(node, children)

    def test(self, test: Test) -> Formula:
        """One comparison as a formula of this world."""
        match test:
            case Settled(value):
                return z3.BoolVal(value)
            case Membership(item, values, negated):
                found = self.value(item)
                is_in = z3.Or([found == self._choice(item, text) for text in values])
                return z3.Not(is_in) if negated else is_in
            case Compare(operator, left, right):
                return _COMPARE[operator](*_comparable(self.value(left), self._side(right, left)))

    def value(self, node: Expression) -> Term:
        """An expression as a term of this world."""
        match node:
            case Constant(value):
                return _constant(value)
            case Fact(code):
                return self._fact(code)
            case Arithmetic(operator, left, right):
                one, other = self.value(left), self.value(right)
                return _RECKON[operator](one, other)
            case Shift(on, amount, unit, sign):
                return _shifted(self.value(on), self.value(amount) * sign, unit=unit)
            case Steps(on, steps):
                return self._step(self.value(on), steps)
            case Eldest(_, steps) if steps:
                return self._eldest(steps)
            case Extreme(name, items):
                return _extreme(name, [self.value(item) for item in items])
            case Parameter() | Lookup() | Eldest():
                raise ValueError(f"{node} is not resolved; call resolve() first")

    def told(self, code: str, value: Value) -> Formula:
        """That a fact has this value."""
        term = self._fact(code)
        if isinstance(term, Day):
            assert isinstance(value, date)
            return z3.And(term.month == value.year * 12 + value.month - 1, term.day == value.day)
        return term == self._value(self.package.facts[code], value)

    def person(self, model: z3.ModelRef) -> dict[str, Value]:
        """The facts of this world in a model, and the day of the decision."""
        return {code: self._told(code, term, model) for code, term in self.terms.items()}

    def _told(self, code: str, term: Term, model: z3.ModelRef) -> Value:
        if isinstance(term, Day):
            month = model.eval(term.month, model_completion=True).as_long()
            return date(month // 12, month % 12 + 1, model.eval(term.day, model_completion=True).as_long())
        found = model.eval(term, model_completion=True)
        fact = self.package.facts[code]
        if fact.type == "bool":
            return bool(z3.is_true(found))
        if fact.type == "enum":
            return str(fact.choices[found.as_long()].code)
        return float(found.as_fraction()) if fact.type == "decimal" else int(found.as_long())

    def _leaf(self, leaf: Leaf) -> Formula:
        readings = [self._reading(leaf, test) for test in leaf.readings]
        if len(readings) == 1:
            return readings[0]
        chosen = z3.Int(f"reading of {leaf.readings}")
        return z3.Or(
            z3.And(chosen <= 0, readings[0]),
            *(z3.And(chosen == at, reading) for at, reading in enumerate(readings[1:-1], start=1)),
            z3.And(chosen >= len(readings) - 1, readings[-1]),
        )

    def _reading(self, leaf: Leaf, test: Test) -> Formula:
        if is_without_value(test):
            return z3.Bool(f"no value for {test}")
        return self.test(test)

    def _fact(self, code: str) -> Term:
        if code not in self.terms:
            self.terms[code] = self._variable(self.package.facts[code])
        return self.terms[code]

    def _value(self, fact: FactDefinition, value: Value) -> Term:
        return z3.IntVal(_number_of(fact, value)) if fact.type == "enum" else _constant(value)

    def _variable(self, fact: FactDefinition) -> Term:
        name = f"{self.name} {fact.code}"
        if fact.type == "bool":
            return z3.Bool(name)
        if fact.type == "date":
            day = self._between(fact.code, date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
            if not fact.may_be_future:
                self.bounds.append(day.order <= self.terms[DECISION_DATE].order)
            return day
        number = z3.Int(name)
        if fact.type == "enum":
            self.bounds += [number >= 0, number < len(fact.choices)]
            return number
        assert fact.range is not None
        scale = 100 if fact.type == "decimal" else 1
        self.bounds += [number >= round(fact.range[0] * scale), number <= round(fact.range[1] * scale)]
        return z3.ToReal(number) / 100 if fact.type == "decimal" else number

    def _between(self, code: str, first: date, last: date) -> Day:
        day = Day(z3.Int(f"{self.name} {code} month"), z3.Int(f"{self.name} {code} day"))
        self.bounds += [
            day.day >= 1,
            day.day <= _days_in(day.month),
            day.order >= _day(first).order,
            day.order <= _day(last).order,
        ]
        return day

    def _side(self, right: Expression, left: Expression) -> Term:
        """The right side; a text becomes the number of the choice on the left."""
        if isinstance(right, Constant) and isinstance(right.value, str):
            return self._choice(left, right.value)
        return self.value(right)

    def _choice(self, item: Expression, text: str) -> Term:
        assert isinstance(item, Fact)
        return z3.IntVal(_number_of(self.package.facts[item.code], text))

    def _eldest(self, steps: tuple[tuple[date, int | float], ...]) -> Day:
        """The birthday that has not reached the age of the table by the decision date, while the day before has."""
        if self.on[0] == self.on[1]:
            return _day(eldest_below(steps, self.on[0]))
        if steps not in self.eldest:
            born = self.eldest[steps] = self._between(
                f"eldest {len(self.eldest)}", steps[0][0], date(LAST_YEAR, 12, 31)
            )
            decided = self.terms[DECISION_DATE].order
            reached, reached_before = (
                _shifted(day, self._step(day, steps), unit="months").order for day in (born, _day_before(born))
            )
            is_first = born.order == _day(steps[0][0]).order
            self.bounds += [reached > decided, z3.Or(is_first, reached_before <= decided)]
        return self.eldest[steps]

    def _step(self, on: Day, steps: tuple[tuple[date, int | float], ...]) -> Term:
        if steps[0][0] > date(FIRST_YEAR, 1, 1):
            raise ValueError(f"the table starts after {FIRST_YEAR}; before that it has no value")
        found: Term = _constant(steps[0][1])
        for starts, value in steps[1:]:
            found = z3.If(on.order >= _day(starts).order, _constant(value), found)
        return found


def joined(group: Group, children: list[Formula]) -> Formula:
    """All, any or none of some formulas."""
    if group.join == "all":
        return z3.And(children)
    return z3.Or(children) if group.join == "any" else z3.Not(z3.Or(children))


def is_without_value(test: Test) -> bool:
    """Whether the law gives no value for something in the test."""
    return any(isinstance(part, Constant) and part.value is None for part in parts(test))


def facts_in(leaf: Leaf) -> frozenset[str]:
    """The facts of the condition, the decision date left out."""
    return frozenset().union(*(fact_codes(test) for test in leaf.readings))


def _number_of(fact: FactDefinition, value: Value) -> int:
    return [choice.code for choice in fact.choices].index(str(value))


def _constant(value: Value) -> Term:
    if isinstance(value, bool):
        return z3.BoolVal(value)
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, int):
        return z3.IntVal(value)
    if isinstance(value, float):
        return z3.RealVal(str(Fraction(str(value))))
    raise ValueError(f"{value!r} has no place in a formula by itself")


def _day(value: date) -> Day:
    return Day(z3.IntVal(value.year * 12 + value.month - 1), z3.IntVal(value.day))


def _days_in(month: Term) -> Term:
    year, at = month / 12, month % 12
    february = z3.If(year % 4 == 0, 29, 28)
    return z3.If(at == FEBRUARY, february, z3.If(z3.Or([at == short for short in SHORT]), 30, 31))


def _day_before(day: Day) -> Day:
    is_first = day.day == 1
    return Day(z3.If(is_first, day.month - 1, day.month), z3.If(is_first, _days_in(day.month - 1), day.day - 1))


def _chosen(condition: Formula, one: Day, other: Day) -> Day:
    return Day(z3.If(condition, one.month, other.month), z3.If(condition, one.day, other.day))


def _shifted(on: Term, amount: Term, *, unit: str) -> Term:
    if unit == "days":
        return on.number + amount
    month = on.month + amount * (12 if unit == "years" else 1)
    most = _days_in(month)
    return Day(month, z3.If(on.day > most, most, on.day))


def _comparable(one: Term, other: Term) -> tuple[Term, Term]:
    """Both sides as numbers: dates by their order, or by their days where one was moved by days."""
    if isinstance(one, Day) and isinstance(other, Day):
        return one.order, other.order
    return _number(one), _number(other)


def _number(side: Term) -> Term:
    return side.number if isinstance(side, Day) else side


def _extreme(name: str, items: list[Term]) -> Term:
    found = items[0]
    for item in items[1:]:
        one, other = _comparable(item, found)
        is_nearer = one < other if name == "min" else one > other
        if isinstance(found, Day):
            found = _chosen(is_nearer, item, found)
        else:
            found = z3.If(is_nearer, item, found)
    return found


_COMPARE = {
    "==": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
_RECKON = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: z3.ToReal(one) / other if z3.is_int(one) else one / other,
}
