"""All schemes compiled once for a stretch of law: verdicts and the unknown facts that still matter, as bit masks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import or_

from jobbro.engines.schemes.expressions import Constant, Test, parts
from jobbro.engines.schemes.logic import Judge, Values, Verdict, judge_of_leaf
from jobbro.engines.schemes.resolving import Resolved
from jobbro.engines.schemes.rules import Join, Leaf, Node

Finding = tuple[Verdict, int]
"""A verdict, and for unknown the set of facts that still matter as bits (fact i of `Resolved.facts` is bit i)."""

Decide = Callable[[list[Finding]], Finding]
YES: Finding = (True, 0)
NO: Finding = (False, 0)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Condition:
    """One distinct condition. `facts` and `mask` are empty where the law gives no value: no answer settles it."""

    readings: tuple[Test, ...]
    judge: Judge
    facts: tuple[str, ...]
    mask: int


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Joined:
    """A group in which each condition is a number, its place in `Decider.conditions`."""

    join: Join
    children: tuple["Tree", ...]


Tree = int | Joined


@dataclass(frozen=True, kw_only=True, eq=False)
class Decider:
    """The outcome trees of one day, compiled. A condition that stands in several schemes is judged once.

    `numbers`: each leaf of the trees -> its place in `conditions`.
    """

    facts: tuple[str, ...]
    conditions: tuple[Condition, ...]
    trees: Mapping[str, Tree]
    numbers: Mapping[Leaf, int]

    @cached_property
    def roots(self) -> Mapping[str, Decide]:
        """Scheme code -> the finding of its outcome, from the findings of the conditions."""
        return {code: _compiled(tree) for code, tree in self.trees.items()}

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """Fact code -> its bit."""
        return {code: 1 << position for position, code in enumerate(self.facts)}

    def reads(self, scheme: str) -> int:
        """The facts that can decide the scheme, as bits."""
        return reduce(or_, (self.conditions[number].mask for number in numbers_in(self.trees[scheme])), 0)

    def findings(self, values: Values) -> list[Finding]:
        """The finding of each condition."""
        unknown = self.unknown_bits(values)
        found: list[Finding] = []
        for condition in self.conditions:
            verdict = condition.judge(values)
            found.append((None, condition.mask & unknown) if verdict is None else YES if verdict else NO)
        return found

    def unknown_bits(self, values: Values) -> int:
        """The facts without a value, as bits."""
        return sum(bit for code, bit in self.bits.items() if values.get(code) is None)

    def mask(self, codes: Iterable[str]) -> int:
        """The facts as bits; those that decide nothing that day are left out."""
        return reduce(or_, (self.bits.get(code, 0) for code in codes), 0)

    def codes(self, mask: int) -> list[str]:
        """The fact codes of a mask, in the order of the package."""
        return [code for code, bit in self.bits.items() if mask & bit]


def numbers_in(tree: Tree) -> Iterator[int]:
    """The numbers of all conditions in the tree."""
    if isinstance(tree, int):
        yield tree
    else:
        for child in tree.children:
            yield from numbers_in(child)


@lru_cache(maxsize=100)
def decider_of(resolved: Resolved) -> Decider:
    """The schemes of one day, compiled; the same object while the law is the same."""
    numbering = _Numbering(facts=resolved.facts)
    trees = {code: numbering.tree(node) for code, node in resolved.roots}
    return Decider(facts=resolved.facts, conditions=tuple(numbering.conditions), trees=trees, numbers=numbering.leaves)


class _Numbering:
    def __init__(self, *, facts: tuple[str, ...]) -> None:
        self.bits = {code: 1 << position for position, code in enumerate(facts)}
        self.conditions: list[Condition] = []
        self.numbers: dict[tuple[Test, ...], int] = {}
        self.leaves: dict[Leaf, int] = {}

    def tree(self, node: Node) -> Tree:
        if isinstance(node, Leaf):
            return self._number(node)
        return Joined(join=node.join, children=tuple(self.tree(child) for child in node.children))

    def _number(self, leaf: Leaf) -> int:
        number = self.numbers.setdefault(leaf.readings, len(self.conditions))
        if number == len(self.conditions):
            facts = () if any(_is_without_value(test) for test in leaf.readings) else tuple(sorted(leaf.facts))
            mask = sum(self.bits[code] for code in facts)
            condition = Condition(readings=leaf.readings, judge=judge_of_leaf(leaf), facts=facts, mask=mask)
            self.conditions.append(condition)
        self.leaves[leaf] = number
        return number


def _is_without_value(test: Test) -> bool:
    return any(isinstance(part, Constant) and part.value is None for part in parts(test))


def _compiled(tree: Tree) -> Decide:
    if isinstance(tree, int):
        return lambda found: found[tree]
    children = tuple(_compiled(child) for child in tree.children)
    if tree.join == "all":
        return lambda found: _all(children, found)
    if tree.join == "any":
        return lambda found: _any(children, found)
    return lambda found: _negated(_any(children, found))


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
