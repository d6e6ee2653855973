"""A population as packed bits, eight people a byte: all schemes and their blocking facts for a million in one sweep.

A true-or-false fact is two planes of bits, where it is true and where it is known. Any other fact is the place of each
person's value in the fact's domain; a condition on it is a table over the domain, so that people are only looked up.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jobbro.engines.schemes.arrays import Domain, Numbers, Reckoner, Truths, domain_of
from jobbro.engines.schemes.deciding import Condition, Decider, decider_of
from jobbro.engines.schemes.expressions import DECISION_DATE, Compare, Expression, Fact, Test, fact_codes, rewrite_test
from jobbro.engines.schemes.logic import TOLERANCE, Verdict
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import Package
from jobbro.engines.schemes.sweeping import mark_open, sweep

Plane = NDArray[np.uint8]
Places = NDArray[np.uint32]
Pair = tuple[Plane, Plane]

CHUNK = 1 << 17
"""People judged at a time: few enough for the processor's cache, many enough to make Python's part small."""

THREADS = 2
BITS = 8
KNOWN = -1
SIGNS = {"<": 0b001, "<=": 0b011, "==": 0b010, "!=": 0b101, ">=": 0b110, ">": 0b100}


@dataclass(frozen=True, kw_only=True)
class PackedPeople:
    """`size` people. A fact is in one of the three: as bits (true, known), as places in its domain, or as numbers.

    A place is the index of the value in the fact's domain, its size for unknown; a number is NaN for unknown.
    """

    size: int
    truths: Mapping[str, Pair]
    places: Mapping[str, Places]
    numbers: Mapping[str, Numbers]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Planes by scheme, and by scheme and fact. Bits stand as `numpy.packbits` sets them."""

    size: int
    yes: Mapping[str, Plane]
    no: Mapping[str, Plane]
    blocking: Mapping[tuple[str, str], Plane]

    def people(self, plane: Plane) -> Truths:
        """A plane as one truth value a person."""
        return np.unpackbits(plane, count=self.size).astype(np.bool_)


def packed_people(frame: pl.DataFrame, *, package: Package) -> PackedPeople:
    """The people of a frame as `columns.fact_columns` gives it."""
    truths: dict[str, Pair] = {}
    places: dict[str, Places] = {}
    numbers: dict[str, Numbers] = {}
    for code, fact in package.facts.items():
        domain = domain_of(fact)
        if fact.type == "bool":
            known = frame[code].is_not_null().to_numpy()
            truths[code] = np.packbits(frame[code].fill_null(False).to_numpy()), np.packbits(known)
        elif domain is None:
            numbers[code] = frame[code].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        else:
            places[code] = _places(frame[code], domain)
    return PackedPeople(size=frame.height, truths=truths, places=places, numbers=numbers)


def _places(column: pl.Series, domain: Domain) -> Places:
    places = np.rint((column.to_physical().cast(pl.Float64).to_numpy() - domain.first) / domain.step)
    is_inside = (places >= 0) & (places < domain.size)
    return np.where(is_inside, places, domain.size).astype(np.uint32)


def judge_people(people: PackedPeople, *, package: Package, on: date) -> Judged:
    """Every scheme for every person on the day `on`."""
    compiled = _compiled(package, on)
    results = np.empty((len(compiled.schemes) * 2 + len(compiled.blocked), (people.size + 7) // 8), dtype=np.uint8)
    starts = range(0, people.size, CHUNK)
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda start: compiled.judge(people, start=start, results=results), starts))
    count = len(compiled.schemes)
    return Judged(
        size=people.size,
        yes=dict(zip(compiled.schemes, results[:count], strict=True)),
        no=dict(zip(compiled.schemes, results[count : 2 * count], strict=True)),
        blocking=dict(zip(compiled.blocked, results[2 * count :], strict=True)),
    )


@dataclass(frozen=True, kw_only=True)
class _Table:
    """What can be said of one fact's values, eight things a table: bit b of an entry is for `meanings[b]`.

    A meaning is a condition's number and whether it holds or fails; `KNOWN` says that there is a value.
    """

    fact: str
    entries: Plane
    meanings: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """A difference of two tables, each over one fact; `signs` are those with which it holds (bit 0 for -1)."""

    left: tuple[str, Numbers]
    right: tuple[str, Numbers]
    signs: int


@dataclass(frozen=True, kw_only=True)
class _Reckoned:
    """A condition on several facts. What it reads are tables over one fact each, under made-up codes."""

    number: int
    readings: tuple[Test, ...]
    tables: Mapping[str, tuple[str, Numbers]]

    @property
    def comparisons(self) -> tuple[_Comparison, ...] | None:
        """The readings as differences of two tables; None when one of them is anything else."""
        found = []
        for test in self.readings:
            match test:
                case Compare(name, Fact(left), Fact(right)) if left in self.tables and right in self.tables:
                    found.append(_Comparison(left=self.tables[left], right=self.tables[right], signs=SIGNS[name]))
                case _:
                    return None
        return tuple(found)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Compiled:
    """How each condition is judged. `settled` are those that are known whenever their one fact is.

    `constants`: (condition, verdict). `truths`: (condition, fact, verdict if true, verdict if false).
    """

    package: Package
    on: date
    decider: Decider
    schemes: tuple[str, ...]
    blocked: tuple[tuple[str, str], ...]
    constants: tuple[tuple[int, Verdict], ...]
    truths: tuple[tuple[int, str, Verdict, Verdict], ...]
    tables: tuple[_Table, ...]
    compared: tuple[tuple[int, tuple[_Comparison, ...]], ...]
    reckoned: tuple[_Reckoned, ...]
    settled: frozenset[int]

    def judge(self, people: PackedPeople, *, start: int, results: NDArray[np.uint8]) -> None:
        """Fills in the columns of `results` for one chunk of people."""
        chunk = _Chunk(compiled=self, people=people, start=start)
        conditions = chunk.conditions()
        columns = results[:, start // 8 : start // 8 + chunk.width]
        position = {key: 2 * len(self.schemes) + row for row, key in enumerate(self.blocked)}
        columns[2 * len(self.schemes) :] = 0
        for row, code in enumerate(self.schemes):
            root = sweep(self.decider.trees[code], conditions)
            columns[row], columns[len(self.schemes) + row] = root.yes & chunk.all, root.no & chunk.all
            still_open: dict[int, Plane] = {}
            mark_open(root, chunk.all, still_open)
            for number, plane in still_open.items():
                for fact in self.decider.conditions[number].facts:
                    columns[position[code, fact]] |= plane if number in self.settled else plane & ~chunk.known(fact)


class _Chunk:
    """Some of the people, and what has been found out about them."""

    def __init__(self, *, compiled: _Compiled, people: PackedPeople, start: int) -> None:
        self.compiled = compiled
        self.people = people
        self.rows = slice(start, min(start + CHUNK, people.size))
        self.bytes = slice(start // 8, (self.rows.stop + 7) // 8)
        self.width = self.bytes.stop - self.bytes.start
        self.all = np.packbits(np.ones(self.rows.stop - start, dtype=np.bool_))
        self._known: dict[str, Plane] = {}

    def conditions(self) -> list[Pair]:
        """(Holds, fails) of every condition."""
        nothing = np.zeros(self.width, dtype=np.uint8)
        yes = [nothing] * len(self.compiled.decider.conditions)
        no = list(yes)
        for number, verdict in self.compiled.constants:
            yes[number] = self.all if verdict is True else nothing
            no[number] = self.all if verdict is False else nothing
        for number, fact, if_true, if_false in self.compiled.truths:
            yes[number] = self._truth(fact, if_true is True, if_false is True, nothing)
            no[number] = self._truth(fact, if_true is False, if_false is False, nothing)
        for table in self.compiled.tables:
            self._look_up(table, yes=yes, no=no)
        for number, comparisons in self.compiled.compared:
            yes[number], no[number] = self._compare(comparisons)
        for reckoned in self.compiled.reckoned:
            yes[reckoned.number], no[reckoned.number] = self._reckon(reckoned)
        return list(zip(yes, no, strict=True))

    def known(self, fact: str) -> Plane:
        """Whose value is known."""
        if fact in self.people.truths:
            return self.people.truths[fact][1][self.bytes]
        if fact not in self._known:
            self._known[fact] = np.packbits(~np.isnan(self.people.numbers[fact][self.rows]))
        return self._known[fact]

    def _places(self, fact: str) -> Places:
        if fact in self.people.places:
            return self.people.places[fact][self.rows]
        true, known = (np.unpackbits(plane[self.bytes]) for plane in self.people.truths[fact])
        count = self.rows.stop - self.rows.start
        return np.where(known, true, np.uint8(2))[:count].astype(np.uint32)

    def _truth(self, fact: str, with_true: bool, with_false: bool, nothing: Plane) -> Plane:
        true, known = (plane[self.bytes] for plane in self.people.truths[fact])
        if with_true and with_false:
            return known
        return true if with_true else known & ~true if with_false else nothing

    def _look_up(self, table: _Table, *, yes: list[Plane], no: list[Plane]) -> None:
        planes = np.empty((len(table.meanings), self.width), dtype=np.uint8)
        _loops().look_up(self._places(table.fact), table.entries, planes)
        for (number, is_yes), plane in zip(table.meanings, planes, strict=True):
            if number == KNOWN:
                self._known[table.fact] = plane
                continue
            (yes if is_yes else no)[number] = plane
            if number in self.compiled.settled:
                no[number] = self._known[table.fact] & ~plane

    def _compare(self, comparisons: tuple[_Comparison, ...]) -> Pair:
        found = np.empty((len(comparisons), 2, self.width), dtype=np.uint8)
        for (yes, no), comparison in zip(found, comparisons, strict=True):
            (left, left_table), (right, right_table) = comparison.left, comparison.right
            left_places, right_places = self._places(left), self._places(right)
            _loops().compare(left_places, left_table, right_places, right_table, comparison.signs, TOLERANCE, yes, no)
        return np.bitwise_and.reduce(found[:, 0]), np.bitwise_and.reduce(found[:, 1])

    def _reckon(self, reckoned: _Reckoned) -> Pair:
        def read(code: str) -> Numbers:
            if code not in reckoned.tables:
                return self.people.numbers[code][self.rows]
            fact, table = reckoned.tables[code]
            return table[self._places(fact)]

        reckoner = Reckoner(facts=self.compiled.package.facts, on=self.compiled.on, read=read)
        yes, no = reckoner.verdicts(reckoned.readings)
        return np.packbits(yes), np.packbits(no)


@lru_cache(maxsize=20)
def _compiled(package: Package, on: date) -> _Compiled:
    decider = decider_of(resolve(package, on))
    compiler = _Compiler(
        package=package, on=on, domains={code: domain_of(package.facts[code]) for code in decider.facts}
    )
    for number, condition in enumerate(decider.conditions):
        compiler.add(number, condition)
    return _Compiled(
        package=package,
        on=on,
        decider=decider,
        schemes=tuple(decider.trees),
        blocked=tuple((scheme, fact) for scheme in decider.trees for fact in decider.codes(decider.reads(scheme))),
        constants=tuple(compiler.constants),
        truths=tuple(compiler.truths),
        tables=tuple(compiler.tables()),
        compared=tuple((item.number, item.comparisons) for item in compiler.reckoned if item.comparisons),
        reckoned=tuple(item for item in compiler.reckoned if not item.comparisons),
        settled=frozenset(compiler.settled),
    )


class _Compiler:
    def __init__(self, *, package: Package, on: date, domains: Mapping[str, Domain | None]) -> None:
        self.package = package
        self.on = on
        self.domains = domains
        self.constants: list[tuple[int, Verdict]] = []
        self.truths: list[tuple[int, str, Verdict, Verdict]] = []
        self.reckoned: list[_Reckoned] = []
        self.settled: set[int] = set()
        self.bits: dict[str, list[tuple[int, bool, Truths]]] = {}

    def add(self, number: int, condition: Condition) -> None:
        """Chooses how the condition is judged."""
        if not condition.facts:
            self.constants.append((number, condition.judge({DECISION_DATE: self.on})))
            return
        if len(condition.facts) == 1:
            (fact,) = condition.facts
            domain = self.domains[fact]
            if self.package.facts[fact].type == "bool":
                answers = condition.judge({fact: True}), condition.judge({fact: False})
                self.truths.append((number, fact, *answers))
                self._note_settled(number, None not in answers)
                return
            if domain is not None:
                self._add_table(number, condition, domain)
                return
        self._add_reckoned(number, condition)

    def tables(self) -> list[_Table]:
        """All that can be said of each fact's values, eight things to a table, first whether there is one."""
        found = []
        for fact, domain in self.domains.items():
            if domain is None or self.package.facts[fact].type == "bool":
                continue
            bits = [(KNOWN, True, np.arange(domain.size + 1) < domain.size), *self.bits.get(fact, ())]
            for start in range(0, len(bits), BITS):
                part = bits[start : start + BITS]
                entries = np.zeros(domain.size + 1, dtype=np.uint8)
                for bit, (_, _, holds) in enumerate(part):
                    entries |= holds.astype(np.uint8) << np.uint8(bit)
                found.append(_Table(fact=fact, entries=entries, meanings=tuple((n, is_yes) for n, is_yes, _ in part)))
        return found

    def _add_table(self, number: int, condition: Condition, domain: Domain) -> None:
        reckoner = Reckoner(facts=self.package.facts, on=self.on, read=lambda code: domain.numbers)
        yes, no = (np.broadcast_to(holds, domain.size + 1) for holds in reckoner.verdicts(condition.readings))
        bits = self.bits.setdefault(domain.fact.code, [])
        bits.append((number, True, yes))
        is_settled = bool((yes | no)[:-1].all()) and not bool((yes | no)[-1])
        self._note_settled(number, is_settled)
        if not is_settled:
            bits.append((number, False, no))

    def _add_reckoned(self, number: int, condition: Condition) -> None:
        tables: dict[str, tuple[str, Numbers]] = {}

        def laid_out(node: Expression) -> Expression:
            facts = {tables[code][0] if code in tables else code for code in fact_codes(node)}
            domain = self.domains[next(iter(facts))] if len(facts) == 1 else None
            if domain is None:
                return node
            reckoner = Reckoner(
                facts=self.package.facts,
                on=self.on,
                read=lambda code: tables[code][1] if code in tables else domain.numbers,
            )
            name = f"{number} {len(tables)}"
            tables[name] = domain.fact.code, np.asarray(reckoner.value(node), dtype=np.float64)
            return Fact(name)

        readings = tuple(rewrite_test(test, laid_out) for test in condition.readings)
        self.reckoned.append(_Reckoned(number=number, readings=readings, tables=tables))

    def _note_settled(self, number: int, is_settled: bool) -> None:
        if is_settled:
            self.settled.add(number)


def _loops() -> Any:
    # numba takes a second to load and most of the product never needs it.
    from jobbro.engines.schemes import planes_loops

    return planes_loops
