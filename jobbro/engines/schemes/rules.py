"""What a rule package holds: facts, dated values, schemes with their dated versions, and contradictions."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from jobbro.engines.schemes.expressions import Expression, Test, Value, fact_codes, parameter_codes

FactType = Literal["bool", "int", "decimal", "date", "enum"]
Mark = Literal["V", "D", "U", "C", "S"]
Kind = Literal["right", "discretion"]
Join = Literal["all", "any", "none"]
Role = Literal["outcome", "right"]

TOPICS = ("person", "health", "education", "job", "employer", "benefit", "agreement", "support")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence for people in Danish and English."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language`; Danish for any other than English."""
        return self.en if language == "en" else self.da


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceReference:
    """Where a condition or value stands: act, paragraph, address, the day it was last checked, and how sure it is.

    `mark`: V read, D derived from a read value, U unconfirmed, C sources conflict, S sources are silent.
    """

    law: str
    paragraph: str
    url: str
    checked_on: date
    mark: Mark
    act: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One value of an enum fact."""

    code: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class FactDefinition:
    """One thing that can be known: its type, its question, who may answer it and how long the answer holds.

    `is_open_to_change`: it is about the job, its hours and days, or a document, never about who somebody is;
    `open_from`: only from these choices, such as from no job to one, but not from one job to another.
    """

    code: str
    type: FactType
    unit: str
    topic: str
    label: Text
    question: Text | None
    hint: Text | None = None
    easy: Text | None = None
    choices: tuple[Choice, ...] = ()
    range: tuple[float, float] | None = None
    is_register: bool = False
    is_sensitive: bool = False
    may_be_future: bool = False
    is_open_to_change: bool = False
    open_from: tuple[str, ...] = ()
    cost: float = 0.0
    good_for_days: int | None = None

    def can_change_from(self, value: Value) -> bool:
        """Whether it may be told that another value would give another answer."""
        return self.is_open_to_change and (not self.open_from or value in self.open_from)

    @property
    def is_assessed(self) -> bool:
        """Whether only a caseworker can set it, with a note."""
        return self.code.startswith("assessed_")


@dataclass(frozen=True, kw_only=True, slots=True)
class DerivedFact:
    """A name for an expression; every condition that uses it holds the expression itself."""

    code: str
    label: Text
    definition: Expression | Test
    written: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ParameterValue:
    """A value from a day on, or a table of steps; `until` is its last day when the law or the year ends it."""

    starts: date
    until: date | None
    value: int | float | None
    steps: tuple[tuple[date, int | float], ...]
    source: SourceReference
    note: Text | None


@dataclass(frozen=True, kw_only=True)
class ParameterDefinition:
    """A value of the law with its history, oldest first. A yearly value never reaches into a year without a row.

    `belongs_to`: the schemes, or "economics", that a value is told with though no condition or amount reads it.
    """

    code: str
    unit: str
    label: Text
    is_yearly: bool
    values: tuple[ParameterValue, ...]
    belongs_to: tuple[str, ...] = ()

    def in_force(self, on: date) -> ParameterValue | None:
        """The value that holds on the day, or None."""
        found = next((value for value in reversed(self.values) if value.starts <= on), None)
        return None if found is None or (found.until is not None and on > found.until) else found

    def last_known(self, on: date) -> ParameterValue | None:
        """The newest value that has started by the day, in force or not; for telling, never for reckoning."""
        return next((value for value in reversed(self.values) if value.starts <= on), None)


@dataclass(frozen=True, kw_only=True, eq=False)
class Leaf:
    """One condition. With several `readings` the sources disagree or are silent: only where all agree is it settled.

    One that `follows` from the others says nothing new of whom all is known; it only settles earlier what they settle.
    """

    id: str
    readings: tuple[Test, ...]
    text: Text
    source: SourceReference
    note: Text | None
    is_judgement: bool
    written: tuple[str, ...]
    follows: bool = False

    @cached_property
    def facts(self) -> frozenset[str]:
        """The fact codes that the condition reads."""
        return frozenset().union(*(fact_codes(test) for test in self.readings))


@dataclass(frozen=True, kw_only=True, eq=False)
class Group:
    """Conditions joined: all of them, any of them, or none of them."""

    join: Join
    children: tuple["Node", ...]
    id: str = ""
    text: Text | None = None


Node = Leaf | Group


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something the user must be told with the outcome; U unconfirmed, C conflict, else plain."""

    mark: Literal["U", "C", "note"]
    text: Text


@dataclass(frozen=True, kw_only=True)
class Amount:
    """What the scheme gives, as an expression; 0 where `when` is known to fail."""

    code: str
    title: Text
    unit: str
    value: Expression
    when: Node | None
    paragraph: str
    written: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """A scheme's rules from a day on. `expected_end` is told, but does not end it."""

    starts: date
    until: date | None
    expected_end: date | None
    source: SourceReference
    notes: tuple[Note, ...]
    when: Node
    right_when: Node | None
    amounts: tuple[Amount, ...]
    next_step: Text

    @cached_property
    def outcome(self) -> Node:
        """The tree that decides the outcome: the right, if there is one, or else the discretion."""
        if self.right_when is None:
            return self.when
        return Group(join="any", children=(self.right_when, self.when))

    @property
    def trees(self) -> Iterator[Node]:
        """All condition trees of the version."""
        yield self.when
        if self.right_when is not None:
            yield self.right_when
        yield from (amount.when for amount in self.amounts if amount.when is not None)


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One scheme with its versions, oldest first.

    Schemes that are `exclusive_with` each other are not given together. Mostly nobody can be yes to both; those that
    are also `choice_with` each other can both be open, and the person gets one of them.
    """

    code: str
    title: Text
    short: Text
    decides: str
    kind: Kind
    exclusive_with: tuple[str, ...]
    combines_with: tuple[str, ...]
    versions: tuple[Version, ...]
    choice_with: tuple[str, ...] = ()

    def in_force(self, on: date) -> Version | None:
        """The version that holds on the day, or None before the first and after an end."""
        found = next((version for version in reversed(self.versions) if version.starts <= on), None)
        return None if found is None or (found.until is not None and on > found.until) else found


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """Facts that cannot all be true; the sentence says what to change."""

    id: str
    tests: tuple[Test, ...]
    text: Text


@dataclass(frozen=True, kw_only=True, eq=False)
class Package:
    """All rules at once. `hash` is the SHA-256 of the files, so that a stored answer can name its rules."""

    facts: Mapping[str, FactDefinition]
    derived: Mapping[str, DerivedFact]
    parameters: Mapping[str, ParameterDefinition]
    schemes: Mapping[str, Scheme]
    contradictions: tuple[Contradiction, ...]
    prior: Mapping[str, tuple[tuple[Value, float], ...]]
    hash: str

    @cached_property
    def changes_on(self) -> tuple[date, ...]:
        """The days on which a rule or a value starts or has just ended, in order."""
        days: set[date] = set()
        for scheme in self.schemes.values():
            days.update(_bounds((version.starts, version.until) for version in scheme.versions))
        for parameter in self.parameters.values():
            days.update(_bounds((value.starts, value.until) for value in parameter.values))
        return tuple(sorted(days))

    @cached_property
    def changes_on_of(self) -> Mapping[str, tuple[date, ...]]:
        """Scheme code -> the days on which its rules, or a value that they use, starts or has just ended."""
        return {code: tuple(sorted(self._changes(scheme))) for code, scheme in self.schemes.items()}

    def _changes(self, scheme: Scheme) -> set[date]:
        days = set(_bounds((version.starts, version.until) for version in scheme.versions))
        used = {
            parameter
            for version in scheme.versions
            for leaf in leaves(version.outcome)
            for test in leaf.readings
            for parameter in parameter_codes(test)
        }
        for parameter in used:
            days.update(_bounds((value.starts, value.until) for value in self.parameters[parameter].values))
        return days


def leaves(node: Node) -> Iterator[Leaf]:
    """Every condition under the node, left to right."""
    if isinstance(node, Leaf):
        yield node
    else:
        for child in node.children:
            yield from leaves(child)


def without(node: Node, left_out: Collection[Leaf]) -> Node | None:
    """The tree without some of its conditions; None when nothing is left."""
    if isinstance(node, Leaf):
        return None if node in left_out else node
    children = tuple(kept for child in node.children if (kept := without(child, left_out)) is not None)
    return replace(node, children=children) if children else None


def _bounds(periods: Iterator[tuple[date, date | None]]) -> Iterator[date]:
    for starts, until in periods:
        yield starts
        if until is not None:
            yield until + timedelta(days=1)
