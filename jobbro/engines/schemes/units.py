"""Types and units of expressions: hours go with hours, kroner an hour times hours are kroner; mixing is an error."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jobbro.engines.schemes.expressions import (
    DECISION_DATE,
    Arithmetic,
    Compare,
    Constant,
    Eldest,
    Expression,
    ExpressionError,
    Extreme,
    Fact,
    Lookup,
    Membership,
    Parameter,
    Settled,
    Shift,
    Steps,
    Test,
)
from jobbro.engines.schemes.rules import FactDefinition, ParameterDefinition

WORDS = ("kr", "hours", "days", "weeks", "months", "years", "persons", "percent")
PER = ("hour", "day", "week", "month", "year", "km", "person")

Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What an expression yields: bool, number, date, text or literal; a number without dimension goes with any."""

    name: str
    dimension: Dimension | None = None
    choices: tuple[str, ...] = ()


BOOL, DATE, BARE = Kind("bool"), Kind("date"), Kind("number")


def dimension_of(unit: str) -> Dimension | None:
    """`kr_per_hour` -> kr 1, hours -1; an empty unit is None and goes with any. Raises `ExpressionError`."""
    if not unit:
        return None
    head, *below = unit.split("_per_")
    if head not in WORDS or any(word not in PER for word in below):
        raise ExpressionError(
            f"the unit {unit!r} is not known; use {', '.join(WORDS)}, joined by _per_ and {', '.join(PER)}"
        )
    powers = Counter({head: 1})
    powers.subtract(word if word == "km" else f"{word}s" for word in below)
    return _ordered(powers)


@dataclass(frozen=True, slots=True)
class UnitChecker:
    """Finds the type and unit of every expression of a package; raises `ExpressionError` where they do not fit."""

    facts: Mapping[str, FactDefinition]
    parameters: Mapping[str, ParameterDefinition]

    def check(self, test: Test) -> None:
        """Raise `ExpressionError` unless both sides of the test can be compared."""
        match test:
            case Compare(operator, left, right):
                _check_pair(operator, self.kind(left), self.kind(right))
            case Membership(item, values, _):
                kind = self.kind(item)
                if kind.name != "text":
                    raise ExpressionError("only a fact with choices can be in a list")
                for value in values:
                    _check_choice(kind, value)
            case Settled():
                return

    def kind(self, node: Expression) -> Kind:
        """Type and unit of an expression."""
        match node:
            case Constant(value):
                return _kind_of_value(value)
            case Fact(code):
                return self._kind_of_fact(code)
            case Parameter(code):
                return Kind("number", dimension_of(self._parameter(code).unit))
            case Arithmetic(operator, left, right):
                return _kind_of_arithmetic(operator, self.kind(left), self.kind(right))
            case Shift(on, amount, unit, _):
                self._check_shift(on=on, amount=amount, unit=unit)
                return DATE
            case Lookup(parameter, on):
                self._expect(on, DATE, "a table is looked up by a date")
                return Kind("number", dimension_of(self._parameter(parameter).unit))
            case Steps(on, _):
                self._expect(on, DATE, "a table is looked up by a date")
                return BARE
            case Eldest(parameter, _):
                self._check_ages(parameter)
                return DATE
            case Extreme(_, items):
                return self._kind_of_extreme(items)

    def _kind_of_fact(self, code: str) -> Kind:
        if code == DECISION_DATE:
            return DATE
        if code not in self.facts:
            raise ExpressionError(f"the fact {code!r} is not in facts.yaml")
        return _kind_of_definition(self.facts[code])

    def _parameter(self, code: str) -> ParameterDefinition:
        if code not in self.parameters:
            raise ExpressionError(f"the parameter {code!r} is not in parameters.yaml")
        return self.parameters[code]

    def _check_ages(self, code: str) -> None:
        parameter = self._parameter(code)
        if dimension_of(parameter.unit) != (("months", 1),) or not all(value.steps for value in parameter.values):
            raise ExpressionError(f"eldest_below takes a table of months by birthday, and {code!r} is none")

    def _check_shift(self, *, on: Expression, amount: Expression, unit: str) -> None:
        self._expect(on, DATE, f"only a date can be moved by {unit}")
        kind = self.kind(amount)
        if kind.name != "number" or kind.dimension not in (None, ((unit, 1),)):
            raise ExpressionError(f"{unit}() takes a bare number or {unit}")

    def _kind_of_extreme(self, items: tuple[Expression, ...]) -> Kind:
        kinds = [self.kind(item) for item in items]
        for kind in kinds[1:]:
            _check_pair("<", kinds[0], kind)
        return next((kind for kind in kinds if kind.dimension is not None), kinds[0])

    def _expect(self, node: Expression, kind: Kind, reason: str) -> None:
        if self.kind(node).name != kind.name:
            raise ExpressionError(reason)


def _kind_of_value(value: object) -> Kind:
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, date):
        return DATE
    return Kind("literal", choices=(value,)) if isinstance(value, str) else BARE


def _kind_of_definition(definition: FactDefinition) -> Kind:
    if definition.type == "enum":
        return Kind("text", choices=tuple(choice.code for choice in definition.choices))
    if definition.type in ("int", "decimal"):
        return Kind("number", dimension_of(definition.unit))
    return BOOL if definition.type == "bool" else DATE


def _kind_of_arithmetic(operator: str, left: Kind, right: Kind) -> Kind:
    if left.name != "number" or right.name != "number":
        raise ExpressionError(f"{operator} goes with numbers; a date is moved by months(), years() or days()")
    if operator in ("+", "-"):
        _check_pair("<", left, right)
        return left if left.dimension is not None else right
    if left.dimension is None and right.dimension is None:
        return BARE
    powers = Counter(dict(left.dimension or ()))
    if operator == "*":
        powers.update(dict(right.dimension or ()))
    else:
        powers.subtract(dict(right.dimension or ()))
    return Kind("number", _ordered(powers))


def _check_pair(operator: str, left: Kind, right: Kind) -> None:
    if {left.name, right.name} == {"text", "literal"}:
        choice, literal = (left, right) if left.name == "text" else (right, left)
        _check_choice(choice, literal.choices[0])
    elif left.name != right.name or left.name in ("text", "literal"):
        raise ExpressionError(f"a {left.name} cannot be compared with a {right.name}")
    if left.name in ("bool", "text", "literal") and operator not in ("==", "!="):
        raise ExpressionError(f"a {left.name} has no order; use ==, !=, in or is")
    if left.dimension is not None and right.dimension is not None and left.dimension != right.dimension:
        raise ExpressionError(
            f"{_written(left.dimension)} cannot be compared or added with {_written(right.dimension)}"
        )


def _check_choice(kind: Kind, value: str) -> None:
    if value not in kind.choices:
        raise ExpressionError(f"{value!r} is not a choice; use one of {', '.join(kind.choices)}")


def _ordered(powers: Counter[str]) -> Dimension:
    return tuple(sorted((word, power) for word, power in powers.items() if power))


def _written(dimension: Dimension) -> str:
    return " ".join(f"{word}^{power}" if power != 1 else word for word, power in dimension) or "a bare number"
