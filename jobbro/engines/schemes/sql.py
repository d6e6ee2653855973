"""The schemes as PostgreSQL: verdicts and blocking facts over a table or query with one typed column a fact.

PostgreSQL's "and", "or" and comparisons on NULL are Kleene's. Only codes of the package and values of the law go into
the text, quoted; nothing that a user wrote does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jobbro.engines.schemes.arrays import Stretch, day_stretches, is_reckoned
from jobbro.engines.schemes.deciding import Condition, Decider, Tree, decider_of, numbers_in
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
from jobbro.engines.schemes.logic import TOLERANCE, eldest_below
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import FactDefinition, Join, Package

_YES, _NO = 1, 2
TYPES = {"bool": "boolean", "int": "integer", "decimal": "double precision", "date": "date", "enum": "text"}


def column_type(fact: FactDefinition) -> str:
    """The PostgreSQL type of a fact's column."""
    return TYPES[fact.type]


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


@lru_cache(maxsize=200)
def caseload_sql(
    package: Package, *, on: date, source: str, key: str, schemes: tuple[str, ...] | None = None, blocking: bool = True
) -> str:
    """A query with a row a person: `key`, then for each scheme "<code>" boolean and "<code>_blocking" text[].

    NULL is unknown. `source` is the name of a table or of a query in WITH, with the column `key` and one a fact.
    Blocking facts are those that are unknown and still matter, in the order of the package.
    """
    caseload = Caseload(package=package, on=on)
    chosen = schemes or tuple(package.schemes)
    columns = [f"{quoted(key)}"]
    for code in chosen:
        columns.append(f"{caseload.outcome(code, condition_name)} AS {quoted(code)}")
        if blocking:
            columns.append(f"{caseload.blocking(code)} AS {quoted(f'{code}_blocking')}")
    return f"SELECT {lines(columns)}\nFROM ({caseload.conditions(source=source, key=key, schemes=chosen)}) AS judged"


@lru_cache(maxsize=200)
def count_sql(package: Package, *, on: date, source: str, schemes: tuple[str, ...] | None = None) -> str:
    """A query with one row: for each scheme "<code>_yes", "<code>_no" and "<code>_unknown", how many people.

    People with the same verdicts are counted together first, which PostgreSQL does with several processes at once. The
    verdicts of one person are two bits a scheme of one number, for one number is quicker to group by than many columns.
    """
    caseload = Caseload(package=package, on=on)
    chosen = schemes or tuple(package.schemes)
    verdicts = " + ".join(
        f"(CASE {caseload.outcome(code, caseload.condition)} "
        f"WHEN TRUE THEN {_YES << 2 * place}::bigint WHEN FALSE THEN {_NO << 2 * place}::bigint ELSE 0 END)"
        for place, code in enumerate(chosen)
    )
    columns = [
        f"coalesce(sum(people) FILTER (WHERE (verdicts >> {2 * place}) & 3 = {bits}), 0)::bigint "
        f"AS {quoted(f'{code}_{outcome}')}"
        for place, code in enumerate(chosen)
        for outcome, bits in (("yes", _YES), ("no", _NO), ("unknown", 0))
    ]
    alike = f"SELECT {verdicts} AS verdicts, count(*) AS people\nFROM {quoted(source)} GROUP BY 1"
    return f"SELECT {lines(columns)}\nFROM ({alike}) AS alike"


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """What statements over a caseload are made of, for the law of one day."""

    package: Package
    on: date

    @property
    def decider(self) -> Decider:
        return decider_of(resolve(self.package, self.on))

    def conditions(self, *, source: str, key: str, schemes: Sequence[str]) -> str:
        """The facts and every distinct condition that the schemes need, each worked out once."""
        trees = [self.decider.trees[code] for code in schemes if code in self.decider.trees]
        numbers = sorted({number for tree in trees for number in numbers_in(tree)})
        facts = {fact for number in numbers for fact in self.decider.conditions[number].facts}
        columns = [quoted(key), *(quoted(code) for code in self.package.facts if code in facts)]
        columns += [f"{self.condition(number)} AS {condition_name(number)}" for number in numbers]
        return f"SELECT {lines(columns)}\nFROM {quoted(source)}\nOFFSET 0"

    def outcome(self, scheme: str, written: Callable[[int], str]) -> str:
        """The verdict, its conditions as `written`."""
        tree = self.decider.trees.get(scheme)
        return "NULL::boolean" if tree is None else joined(tree, written)

    def blocking(self, scheme: str) -> str:
        """The unknown facts that still matter, as an array."""
        tree = self.decider.trees.get(scheme)
        if tree is None:
            return "ARRAY[]::text[]"
        found: dict[str, list[str]] = {}
        for number, is_open in _open(tree, ()):
            for fact in self.decider.conditions[number].facts:
                found.setdefault(fact, []).append(" AND ".join((*is_open, f"{quoted(fact)} IS NULL")))
        cases = [
            f"CASE WHEN {' OR '.join(f'({path})' for path in found[fact])} THEN {_literal(fact)} END"
            for fact in self.decider.facts
            if fact in found
        ]
        return f"array_remove(ARRAY[{', '.join(cases)}]::text[], NULL)"

    def condition(self, number: int) -> str:
        """One condition on the facts; of several, nothing is reckoned before all of them are known."""
        condition = self.decider.conditions[number]
        if len(condition.facts) < 2:
            return self._judged(condition)
        are_known = " AND ".join(f"{quoted(code)} IS NOT NULL" for code in condition.facts)
        return f"(CASE WHEN {are_known} THEN {self._judged(condition)} END)"

    def _judged(self, condition: Condition) -> str:
        if not condition.facts:
            return f"{_literal(condition.judge({DECISION_DATE: self.on}))}::boolean"
        stretches = day_stretches(condition, package=self.package, on=self.on)
        if stretches:
            fact = quoted(stretches.fact)
            if stretches.fails is None:
                return _within(fact, stretches.holds)
            return _either(_within(fact, stretches.holds), _within(fact, stretches.fails))
        readings = [self._test(test) for test in condition.readings]
        if len(readings) == 1:
            return readings[0]
        return _either(" AND ".join(readings), f"NOT ({' OR '.join(readings)})")

    def _test(self, test: Test) -> str:
        match test:
            case Settled(value):
                return _literal(value)
            case Membership(item, choices, negated):
                listed = ", ".join(_literal(choice) for choice in choices)
                return f"({self._value(item)} {'NOT IN' if negated else 'IN'} ({listed}))"
            case Compare(name, left, right):
                one, other = self._value(left), self._value(right)
                if is_reckoned(test, facts=self.package.facts):
                    return f"({AGAINST_ZERO[name].format(f'({one} - {other})')})"
                return f"({one} {'<>' if name == '!=' else '=' if name == '==' else name} {other})"

    def _value(self, node: Expression) -> str:
        match node:
            case Constant(value):
                return _literal(value)
            case Fact(code):
                return _literal(self.on) if code == DECISION_DATE else quoted(code)
            case Arithmetic("/", left, right):
                return f"({self._value(left)}::float8 / NULLIF({self._value(right)}, 0))"
            case Arithmetic(name, left, right):
                return f"({self._value(left)}::float8 {name} {self._value(right)}::float8)"
            case Shift(on, amount, unit, sign):
                moved = f"make_interval({unit} => trunc({self._value(amount)})::integer)"
                return f"({self._value(on)} {'+' if sign > 0 else '-'} {moved})::date"
            case Steps(on, steps):
                day = self._value(on)
                cases = " ".join(
                    f"WHEN {day} >= {_literal(starts)} THEN {_literal(value)}" for starts, value in reversed(steps)
                )
                return f"(CASE {cases} END)"
            case Eldest(_, steps) if steps:
                return _literal(eldest_below(steps, self.on))
            case Extreme(name, items):
                values = [self._value(item) for item in items]
                are_known = " AND ".join(f"{value} IS NOT NULL" for value in values)
                choose = "LEAST" if name == "min" else "GREATEST"
                return f"(CASE WHEN {are_known} THEN {choose}({', '.join(values)}) END)"
            case Parameter() | Lookup() | Eldest():
                raise ValueError(f"{node} is not resolved; call resolve() first")


def joined(tree: Tree, written: Callable[[int], str]) -> str:
    """The verdict of a tree, its conditions as `written`."""
    if isinstance(tree, int):
        return written(tree)
    return together(tree.join, [joined(child, written) for child in tree.children])


def together(join: Join, parts: Iterable[str]) -> str:
    """Verdicts joined to one. PostgreSQL stops at the first that decides; what is quickly written is quickly judged."""
    found = f"({(' AND ' if join == 'all' else ' OR ').join(sorted(parts, key=len))})"
    return f"(NOT {found})" if join == "none" else found


def _open(tree: Tree, above: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each condition with what must be unknown for it to matter: itself and every group it stands in."""
    path = (*above, f"{joined(tree, condition_name)} IS NULL")
    if isinstance(tree, int):
        yield tree, path
        return
    for child in tree.children:
        yield from _open(child, path)


def _within(fact: str, stretches: tuple[Stretch, ...]) -> str:
    found = []
    for first, last in stretches:
        if first is None and last is None:
            found.append(f"{fact} = {fact}")
        elif first is None or last is None:
            found.append(f"{fact} <= {_literal(last)}" if first is None else f"{fact} >= {_literal(first)}")
        else:
            found.append(f"{fact} BETWEEN {_literal(first)} AND {_literal(last)}")
    return f"({' OR '.join(found)})" if found else f"({fact} <> {fact})"


def _either(holds: str, fails: str) -> str:
    return f"(CASE WHEN {holds} THEN TRUE WHEN {fails} THEN FALSE END)"


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"({value!r})" if value < 0 else repr(value)


def condition_name(number: int) -> str:
    """The column of a condition."""
    return f"condition_{number}"


def lines(columns: Sequence[str]) -> str:
    """Columns, one a line."""
    return ",\n  ".join(columns)


_LEAST = f"{TOLERANCE:.10f}"
AGAINST_ZERO = {
    "==": f"abs({{}}) < {_LEAST}",
    "!=": f"abs({{}}) >= {_LEAST}",
    "<": f"{{}} <= -{_LEAST}",
    "<=": f"{{}} < {_LEAST}",
    ">": f"{{}} >= {_LEAST}",
    ">=": f"{{}} > -{_LEAST}",
}
"""A difference compared with 0; numbers that differ by less than `TOLERANCE` are equal."""
