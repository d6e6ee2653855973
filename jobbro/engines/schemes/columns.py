"""A whole caseload or population judged at once, as polars expressions over one nullable column a fact.

polars' "and" and "or" on nullable booleans are Kleene's. Two of its habits are not, and are met here: a comparison with
NaN is false, so NaN is unknown from the start; the least and greatest of a row leave nulls out, so they are guarded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

import polars as pl

from jobbro.engines.schemes.arrays import Stretch, day_stretches, day_table, is_reckoned
from jobbro.engines.schemes.deciding import Condition, Decider, Tree, decider_of
from jobbro.engines.schemes.expressions import (
    DECISION_DATE,
    Arithmetic,
    Compare,
    Comparison,
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
)
from jobbro.engines.schemes.facts import FIRST_DAY, LAST_DAY
from jobbro.engines.schemes.logic import TOLERANCE, eldest_below, value_of
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import FactDefinition, Package

UNKNOWN = pl.lit(None)


def fact_columns(frame: pl.DataFrame, *, package: Package) -> pl.DataFrame:
    """Every fact of the package as a column of its type; NaN, infinity and a column left out are unknown.

    Raises `polars.exceptions.PolarsError` when a value cannot be of the fact's type. Further columns are left out.
    """
    return frame.select(
        _typed(pl.col(code) if code in frame.columns else UNKNOWN, fact).alias(code)
        for code, fact in package.facts.items()
    )


def people_frame(people: Iterable[Mapping[str, Value]], *, package: Package) -> pl.DataFrame:
    """One row a person from maps of fact code to value."""
    rows = list(people)
    return pl.DataFrame(
        {
            code: pl.Series(code, [row.get(code) for row in rows], dtype=column_type(fact), strict=False)
            for code, fact in package.facts.items()
        }
    )


def column_type(fact: FactDefinition) -> pl.DataType:
    """The polars type of a fact's column."""
    match fact.type:
        case "bool":
            return pl.Boolean()
        case "int":
            return pl.Int64()
        case "decimal":
            return pl.Float64()
        case "date":
            return pl.Date()
        case "enum":
            return pl.Enum([choice.code for choice in fact.choices])


def outcomes(frame: pl.DataFrame, *, package: Package, on: date) -> pl.DataFrame:
    """A column a scheme in the order of the package: true, false, or null for unknown. `frame` as of `fact_columns`."""
    caseload = _Caseload(package=package, on=on)
    trees = caseload.decider.trees
    return caseload.conditions(frame).select(
        (_outcome(trees[code]) if code in trees else pl.repeat(None, pl.len(), dtype=pl.Boolean)).alias(code)
        for code in package.schemes
    )


def blocking(frame: pl.DataFrame, *, package: Package, on: date) -> pl.DataFrame:
    """A column "scheme:fact" for each fact that can decide the scheme: whether it is unknown and still matters."""
    caseload = _Caseload(package=package, on=on)
    return caseload.conditions(frame).select(
        expression.alias(f"{scheme}:{fact}")
        for scheme, tree in caseload.decider.trees.items()
        for fact, expression in _blocking(tree, decider=caseload.decider)
    )


def value_column(node: Expression, *, package: Package, on: date) -> pl.Expr:
    """A resolved expression as a column: null where anything it needs is unknown."""
    return _Caseload(package=package, on=on).value(node)


def test_column(test: Test, *, package: Package, on: date) -> pl.Expr:
    """A resolved test as a nullable boolean column."""
    return _Caseload(package=package, on=on).test(test)


@dataclass(frozen=True, kw_only=True)
class _Caseload:
    package: Package
    on: date

    @property
    def decider(self) -> Decider:
        return decider_of(resolve(self.package, self.on))

    def conditions(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The facts, and each distinct condition as a column of its own."""
        return frame.with_columns(
            self._condition(condition).alias(_name(number)) for number, condition in enumerate(self.decider.conditions)
        )

    def _condition(self, condition: Condition) -> pl.Expr:
        if not condition.facts:
            return pl.lit(condition.judge({DECISION_DATE: self.on}), dtype=pl.Boolean)
        if stretches := day_stretches(condition, package=self.package, on=self.on):
            holds = _within(stretches.fact, stretches.holds)
            return holds if stretches.fails is None else _either(holds, _within(stretches.fact, stretches.fails))
        readings = [self.test(test) for test in condition.readings]
        return readings[0] if len(readings) == 1 else _either(reduce(and_, readings), ~reduce(or_, readings))

    def test(self, test: Test) -> pl.Expr:
        match test:
            case Settled(value):
                return pl.lit(value)
            case Membership(item, choices, negated):
                found = self.value(item).is_in(choices)
                return ~found if negated else found
            case Compare(name, left, right):
                one, other = self.value(left), self.value(right)
                if is_reckoned(test, facts=self.package.facts):
                    return _AGAINST_ZERO[name](one - other)
                return _DIRECT[name](one, other)

    def value(self, node: Expression) -> pl.Expr:
        match node:
            case Constant(value):
                return pl.lit(value)
            case Fact(code):
                return pl.lit(self.on) if code == DECISION_DATE else pl.col(code)
            case Arithmetic("/", left, right):
                divisor = self.value(right)
                return pl.when(divisor != 0).then(self.value(left) / divisor)
            case Arithmetic(name, left, right):
                return _RECKON[name](self.value(left), self.value(right))
            case Shift():
                return self._shifted(node)
            case Steps(on, steps):
                return _first(self.value(on), [(starts, pl.lit(value)) for starts, value in steps])
            case Eldest(_, steps) if steps:
                return pl.lit(eldest_below(steps, self.on))
            case Extreme(name, items):
                values = [self.value(item) for item in items]
                choose = pl.min_horizontal if name == "min" else pl.max_horizontal
                return pl.when(reduce(and_, [value.is_not_null() for value in values])).then(choose(*values))
            case Parameter() | Lookup() | Eldest():
                raise ValueError(f"{node} is not resolved; call resolve() first")

    def _shifted(self, node: Shift) -> pl.Expr:
        codes = fact_codes(node)
        if not codes:
            return pl.lit(value_of(node, {DECISION_DATE: self.on}), dtype=pl.Date)
        if len(codes) == 1 and all(self.package.facts[code].type == "date" for code in codes):
            # Looked up day by day: calendar arithmetic for each person takes ten times as long.
            (day,) = (pl.col(code) for code in codes)
            table = pl.Series(day_table(node, package=self.package, on=self.on)).cast(pl.Int32, strict=False)
            place = pl.when(day.is_between(FIRST_DAY, LAST_DAY)).then((day - FIRST_DAY).dt.total_days())
            return pl.lit(table.cast(pl.Date)).gather(place)
        number = self.value(node.amount).cast(pl.Int64) * node.sign
        return self.value(node.on).dt.offset_by(pl.format(f"{{}}{_SUFFIX[node.unit]}", number))


def _first(on: pl.Expr, steps: list[tuple[date, pl.Expr]]) -> pl.Expr:
    """The value of the last step that starts on or before the day; null before the first."""
    value = UNKNOWN
    for starts, then in steps:
        value = pl.when(on >= starts).then(then).otherwise(value)
    return value


def _within(fact: str, stretches: tuple[Stretch, ...]) -> pl.Expr:
    day = pl.col(fact)
    found = [
        reduce(
            and_,
            [*([day >= first] if first else []), *([day <= last] if last else [])] or [day == day],
        )
        for first, last in stretches
    ]
    return reduce(or_, found) if found else day != day


def _either(holds: pl.Expr, fails: pl.Expr) -> pl.Expr:
    """Yes, no, or unknown where neither holds."""
    return pl.when(holds).then(True).when(fails).then(False)


def _typed(column: pl.Expr, fact: FactDefinition) -> pl.Expr:
    if fact.type == "decimal":
        number = column.cast(pl.Float64)
        return pl.when(number.is_finite()).then(number)
    return column.cast(column_type(fact))


def _outcome(tree: Tree) -> pl.Expr:
    if isinstance(tree, int):
        return pl.col(_name(tree))
    children = [_outcome(child) for child in tree.children]
    if tree.join == "all":
        return reduce(and_, children)
    return reduce(or_, children) if tree.join == "any" else ~reduce(or_, children)


def _blocking(tree: Tree, *, decider: Decider) -> Iterator[tuple[str, pl.Expr]]:
    """Each fact with the rows in which it is unknown and stands in a condition under nothing but unknown nodes."""
    found: dict[str, list[pl.Expr]] = {}
    for number, is_open in _open(tree, _outcome(tree).is_null()):
        for fact in decider.conditions[number].facts:
            found.setdefault(fact, []).append(is_open & pl.col(fact).is_null())
    for fact in decider.facts:
        if fact in found:
            yield fact, reduce(or_, found[fact])


def _open(tree: Tree, is_open: pl.Expr) -> Iterator[tuple[int, pl.Expr]]:
    if isinstance(tree, int):
        yield tree, is_open
        return
    for child in tree.children:
        yield from _open(child, is_open & _outcome(child).is_null())


def _name(number: int) -> str:
    return f"condition {number}"


_SUFFIX = {"days": "d", "months": "mo", "years": "y"}
_DIRECT: Mapping[Comparison, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "==": pl.Expr.eq,
    "!=": pl.Expr.ne,
    "<": pl.Expr.lt,
    "<=": pl.Expr.le,
    ">": pl.Expr.gt,
    ">=": pl.Expr.ge,
}
_AGAINST_ZERO: Mapping[Comparison, Callable[[pl.Expr], pl.Expr]] = {
    "==": lambda difference: difference.abs() < TOLERANCE,
    "!=": lambda difference: difference.abs() >= TOLERANCE,
    "<": lambda difference: difference <= -TOLERANCE,
    "<=": lambda difference: difference < TOLERANCE,
    ">": lambda difference: difference >= TOLERANCE,
    ">=": lambda difference: difference > -TOLERANCE,
}
_RECKON: Mapping[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "+": pl.Expr.add,
    "-": pl.Expr.sub,
    "*": pl.Expr.mul,
}
