"""The language of conditions: one comparison a leaf, read from a whitelist of Python syntax into a frozen tree."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Value = bool | int | float | str | date | None
Operator = Literal["+", "-", "*", "/"]
Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
SpanUnit = Literal["days", "months", "years"]

DECISION_DATE = "decision_date"
MAX_LENGTH = 500
HIGHEST_NUMBER = 10**12


class ExpressionError(ValueError):
    """A text is not an expression of the rule language; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is the same for everybody; None where the law gives no value on the date."""

    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of the person or the job under this code, or the decision date."""

    code: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated value of the law; resolving replaces it by the value in force."""

    code: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers joined; unknown when either is unknown or the divisor is 0."""

    operator: Operator
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Shift:
    """A date moved by a whole number of days, months or years; a day that does not exist becomes the month's last."""

    on: "Expression"
    amount: "Expression"
    unit: SpanUnit
    sign: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class Lookup:
    """The step of a table (`parameter`) that holds on the date `on`."""

    parameter: str
    on: "Expression"


@dataclass(frozen=True, slots=True)
class Steps:
    """A resolved table: the value of the last step that starts on or before `on`; unknown before the first."""

    on: "Expression"
    steps: tuple[tuple[date, int | float], ...]


@dataclass(frozen=True, slots=True)
class Eldest:
    """The birthday of the eldest who on the decision date is below the age in a table of months by birthday.

    `steps` are the table's, and empty until the expression is resolved.
    """

    parameter: str
    steps: tuple[tuple[date, int | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least or the greatest; unknown when any part is unknown, so that no amount is invented."""

    name: Literal["min", "max"]
    items: tuple["Expression", ...]


Expression = Constant | Fact | Parameter | Arithmetic | Shift | Lookup | Steps | Eldest | Extreme


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two expressions; unknown when either side is unknown."""

    operator: Comparison
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether an expression is one of some texts; unknown when it is unknown."""

    item: Expression
    values: tuple[str, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """A reading that holds, or does not, whatever the facts."""

    value: bool


Test = Compare | Membership | Settled


def parse_test(text: str) -> Test:
    """One comparison, membership or bare truth value. Raises `ExpressionError`."""
    node = _parsed(text)
    if isinstance(node, ast.Name) and node.id in ("true", "false"):
        return Settled(node.id == "true")
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        raise ExpressionError(f"{text!r} is not one comparison; join conditions by all, any and none")
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    if isinstance(operator, (ast.In, ast.NotIn)):
        return Membership(_expression(left), _texts(right), negated=isinstance(operator, ast.NotIn))
    if isinstance(operator, ast.Is):
        if not isinstance(right, ast.Name) or right.id not in ("true", "false"):
            raise ExpressionError(f"{text!r}: 'is' goes with true or false only")
        return Compare("==", _expression(left), Constant(right.id == "true"))
    if type(operator) not in _COMPARISONS:
        raise ExpressionError(f"{text!r}: use == != < <= > >= in, not in, is true or is false")
    return Compare(_COMPARISONS[type(operator)], _expression(left), _expression(right))


def parse_expression(text: str) -> Expression:
    """A value: facts, `p.code`, numbers, texts, dates, arithmetic and shifts of dates. Raises `ExpressionError`."""
    return _expression(_parsed(text))


def parts(node: Expression | Test) -> Iterator[Expression | Test]:
    """The node itself and everything under it."""
    yield node
    for child in _children(node):
        yield from parts(child)


def fact_codes(node: Expression | Test) -> frozenset[str]:
    """The codes of all facts that the node reads, the decision date left out."""
    return frozenset(part.code for part in parts(node) if isinstance(part, Fact) and part.code != DECISION_DATE)


def parameter_codes(node: Expression | Test) -> frozenset[str]:
    """The codes of all parameters and tables that the node reads."""
    return frozenset(
        part.code if isinstance(part, Parameter) else part.parameter
        for part in parts(node)
        if isinstance(part, (Parameter, Lookup)) or (isinstance(part, Eldest) and not part.steps)
    )


def rewrite_test(test: Test, change: Callable[[Expression], Expression]) -> Test:
    """The same test with `change` done to each of its expressions, from the leaves up."""
    match test:
        case Compare(operator, left, right):
            return Compare(operator, rewrite(left, change), rewrite(right, change))
        case Membership(item, values, negated):
            return Membership(rewrite(item, change), values, negated)
        case Settled():
            return test


def rewrite(node: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The same expression with `change` done to each node, from the leaves up."""
    match node:
        case Arithmetic(operator, left, right):
            node = Arithmetic(operator, rewrite(left, change), rewrite(right, change))
        case Shift(on, amount, unit, sign):
            node = Shift(rewrite(on, change), rewrite(amount, change), unit, sign)
        case Lookup(parameter, on):
            node = Lookup(parameter, rewrite(on, change))
        case Steps(on, steps):
            node = Steps(rewrite(on, change), steps)
        case Extreme(name, items):
            node = Extreme(name, tuple(rewrite(item, change) for item in items))
    return change(node)


def _children(node: Expression | Test) -> tuple[Expression, ...]:
    match node:
        case Arithmetic(_, left, right) | Compare(_, left, right):
            return (left, right)
        case Shift(on, amount, _, _):
            return (on, amount)
        case Lookup(_, on) | Steps(on, _):
            return (on,)
        case Extreme(_, items):
            return items
        case Membership(item, _, _):
            return (item,)
    return ()


def _parsed(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters; split the condition")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"{text!r} cannot be read as a condition") from error


def _expression(node: ast.expr) -> Expression:
    reader = _READERS.get(type(node))
    if reader is None:
        raise ExpressionError(f"{ast.unparse(node)!r} is not allowed in a condition")
    return reader(node)


def _constant(node: ast.Constant) -> Expression:
    if isinstance(node.value, bool) or not isinstance(node.value, (int, float, str)):
        raise ExpressionError(
            f"{node.value!r} is not allowed; write true or false, a number, 'a text' or date(y, m, d)"
        )
    return Constant(node.value if isinstance(node.value, str) else _possible(node.value))


def _possible(number: int | float) -> int | float:
    """Greater ones, infinity too, are no value of a law and overflow in one back-end or another."""
    if not abs(number) <= HIGHEST_NUMBER:
        raise ExpressionError(f"a number has to lie between -{HIGHEST_NUMBER} and {HIGHEST_NUMBER}")
    return number


def _name(node: ast.Name) -> Expression:
    return Constant(node.id == "true") if node.id in ("true", "false") else Fact(node.id)


def _attribute(node: ast.Attribute) -> Expression:
    if not isinstance(node.value, ast.Name) or node.value.id != "p":
        raise ExpressionError(f"{ast.unparse(node)!r} is not allowed; parameters are written p.code")
    return Parameter(node.attr)


def _negative(node: ast.UnaryOp) -> Expression:
    number = node.operand
    if (
        not isinstance(node.op, ast.USub)
        or not isinstance(number, ast.Constant)
        or isinstance(number.value, str | bool)
    ):
        raise ExpressionError(f"{ast.unparse(node)!r} is not allowed; only a number can have a sign")
    if not isinstance(number.value, (int, float)):
        raise ExpressionError(f"{ast.unparse(node)!r} is not a number")
    return Constant(-_possible(number.value))


def _binary(node: ast.BinOp) -> Expression:
    operator = _OPERATORS.get(type(node.op))
    if operator is None:
        raise ExpressionError(f"{ast.unparse(node)!r}: only + - * / are allowed")
    if operator in ("+", "-") and (span := _span(node.right)):
        unit, amount = span
        return Shift(_expression(node.left), amount, unit, 1 if operator == "+" else -1)
    return Arithmetic(operator, _expression(node.left), _expression(node.right))


def _span(node: ast.expr) -> tuple[SpanUnit, Expression] | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SPANS:
        (amount,) = _arguments(node, count=1)
        return _SPANS[node.func.id], _expression(amount)
    return None


def _call(node: ast.Call) -> Expression:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name == "date":
        return Constant(_date(node))
    if name == "lookup":
        table, on = _arguments(node, count=2)
        parameter = _expression(table)
        if not isinstance(parameter, Parameter):
            raise ExpressionError(f"{ast.unparse(node)!r}: lookup takes p.code and a date")
        return Lookup(parameter.code, _expression(on))
    if name == "eldest_below":
        (table,) = _arguments(node, count=1)
        parameter = _expression(table)
        if not isinstance(parameter, Parameter):
            raise ExpressionError(f"{ast.unparse(node)!r}: eldest_below takes p.code")
        return Eldest(parameter.code)
    if name in ("min", "max"):
        items = _arguments(node, count=None)
        return Extreme("min" if name == "min" else "max", tuple(_expression(item) for item in items))
    raise ExpressionError(
        f"{ast.unparse(node)!r}: only date, lookup, eldest_below, min, max, and + or - months, years, days are known"
    )


def _arguments(node: ast.Call, *, count: int | None) -> list[ast.expr]:
    is_wrong = len(node.args) != count if count else len(node.args) < 2
    if node.keywords or is_wrong:
        raise ExpressionError(f"{ast.unparse(node)!r} takes {count or 'two or more'} values")
    return node.args


def _date(node: ast.Call) -> date:
    year, month, day = (part.value if isinstance(part, ast.Constant) else None for part in _arguments(node, count=3))
    if not isinstance(year, int) or not isinstance(month, int) or not isinstance(day, int):
        raise ExpressionError(f"{ast.unparse(node)!r}: a date is written date(2026, 2, 1)")
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise ExpressionError(f"{ast.unparse(node)!r} is not a day of the calendar") from error


def _texts(node: ast.expr) -> tuple[str, ...]:
    if isinstance(node, (ast.List, ast.Tuple)) and node.elts:
        found = tuple(
            item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)
        )
        if len(found) == len(node.elts):
            return found
    raise ExpressionError(f"{ast.unparse(node)!r}: 'in' takes a list of texts, ['a', 'b']")


_COMPARISONS: Mapping[type[ast.cmpop], Comparison] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_OPERATORS: Mapping[type[ast.operator], Operator] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_SPANS: Mapping[str, SpanUnit] = {"days": "days", "months": "months", "years": "years"}
_READERS: Mapping[type[ast.expr], Callable[..., Expression]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.UnaryOp: _negative,
    ast.BinOp: _binary,
    ast.Call: _call,
}
