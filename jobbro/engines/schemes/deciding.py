"""All schemes compiled once for a stretch of law: verdicts and the unknown facts that still matter, as bit masks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jobbro.engines.schemes.logic import Judge, Values, Verdict, judge_of_leaf
from jobbro.engines.schemes.resolving import Resolved
from jobbro.engines.schemes.rules import Leaf, Node

Finding = tuple[Verdict, int]
"""A verdict, and for unknown the set of facts that still matter as bits (fact i of `Resolved.facts` is bit i)."""

Decide = Callable[[list[Finding]], Finding]
YES: Finding = (True, 0)
NO: Finding = (False, 0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Decider:
    """The outcome trees of one day, compiled. A condition that stands in several schemes is judged once."""

    facts: tuple[str, ...]
    judges: tuple[tuple[Judge, int], ...]
    roots: Mapping[str, Decide]
    conditions_of: Mapping[str, tuple[int, ...]]

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """Fact code -> its bit."""
        return {code: 1 << position for position, code in enumerate(self.facts)}

    @cached_property
    def readers(self) -> Mapping[str, tuple[tuple[int, ...], tuple[str, ...]]]:
        """Fact code -> the conditions that read it, and the schemes that hold one of those."""
        found = {}
        for code, bit in self.bits.items():
            conditions = tuple(number for number, (_, mask) in enumerate(self.judges) if mask & bit)
            reading = set(conditions)
            schemes = tuple(scheme for scheme, numbers in self.conditions_of.items() if reading & set(numbers))
            found[code] = (conditions, schemes)
        return found

    def findings(self, values: Values) -> list[Finding]:
        """The finding of each condition."""
        unknown = self.unknown_bits(values)
        return [finding(judge, mask, values=values, unknown=unknown) for judge, mask in self.judges]

    def unknown_bits(self, values: Values) -> int:
        """The facts without a value, as bits."""
        return sum(bit for code, bit in self.bits.items() if values.get(code) is None)

    def codes(self, mask: int) -> list[str]:
        """The fact codes of a mask, in the order of the package."""
        return [code for code, bit in self.bits.items() if mask & bit]


def finding(judge: Judge, mask: int, *, values: Values, unknown: int) -> Finding:
    """What one condition comes to with the known values."""
    verdict = judge(values)
    return (None, mask & unknown) if verdict is None else YES if verdict else NO


@lru_cache(maxsize=100)
def decider_of(resolved: Resolved) -> Decider:
    """The schemes of one day, compiled; the same object while the law is the same."""
    compiler = _Compiler(facts=resolved.facts)
    roots, conditions_of = {}, {}
    for code, node in resolved.roots:
        compiler.used = set()
        roots[code] = compiler.compile(node)
        conditions_of[code] = tuple(sorted(compiler.used))
    return Decider(facts=resolved.facts, judges=tuple(compiler.judges), roots=roots, conditions_of=conditions_of)


class _Compiler:
    def __init__(self, *, facts: tuple[str, ...]) -> None:
        self.bits = {code: 1 << position for position, code in enumerate(facts)}
        self.judges: list[tuple[Judge, int]] = []
        self.numbers: dict[object, int] = {}
        self.used: set[int] = set()

    def compile(self, node: Node) -> Decide:
        if isinstance(node, Leaf):
            return self._leaf(node)
        children = tuple(self.compile(child) for child in node.children)
        if node.join == "all":
            return lambda found: _all(children, found)
        if node.join == "any":
            return lambda found: _any(children, found)
        return lambda found: _negated(_any(children, found))

    def _leaf(self, leaf: Leaf) -> Decide:
        number = self.numbers.setdefault(leaf.readings, len(self.judges))
        if number == len(self.judges):
            self.judges.append((judge_of_leaf(leaf), sum(self.bits[code] for code in leaf.facts)))
        self.used.add(number)
        return lambda found: found[number]


def _all(children: tuple[Decide, ...], found: list[Finding]) -> Finding:
    mask, is_unknown = 0, False
    for child in children:
        verdict, matters = child(found)
        if verdict is False:
            return NO
        if verdict is None:
            is_unknown = True
            mask |= matters
    return (None, mask) if is_unknown else YES


def _any(children: tuple[Decide, ...], found: list[Finding]) -> Finding:
    mask, is_unknown = 0, False
    for child in children:
        verdict, matters = child(found)
        if verdict:
            return YES
        if verdict is None:
            is_unknown = True
            mask |= matters
    return (None, mask) if is_unknown else NO


def _negated(finding: Finding) -> Finding:
    verdict, mask = finding
    return (None, mask) if verdict is None else NO if verdict else YES
