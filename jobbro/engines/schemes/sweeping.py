"""Condition trees over many cases at once, one bit a case: in a Python integer, or in an array of bytes.

A node is two sets of cases: those in which it holds and those in which it fails; the rest is unknown. The bitwise
operators are Kleene's logic on such pairs, and they are the same for integers and for arrays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.schemes.deciding import Decider, Finding, Tree

Bits = TypeVar("Bits", int, NDArray[np.uint8])


Pairs = list[tuple[int, int]]
"""By number of the condition, the cases in which it holds and those in which it fails."""


@dataclass(frozen=True, slots=True)
class Swept(Generic[Bits]):
    """A node of a tree with the cases in which it holds and those in which it fails. `number` is -1 for a group."""

    number: int
    yes: Bits
    no: Bits
    children: tuple["Swept[Bits]", ...]


def sweep(tree: Tree, conditions: list[tuple[Bits, Bits]]) -> Swept[Bits]:
    """The tree with the given (holds, fails) of each condition."""
    if isinstance(tree, int):
        yes, no = conditions[tree]
        return Swept(tree, yes, no, ())
    children = tuple([sweep(child, conditions) for child in tree.children])
    holding = [child.yes for child in children]
    failing = [child.no for child in children]
    if tree.join == "all":
        return Swept(-1, reduce(and_, holding), reduce(or_, failing), children)
    yes, no = reduce(or_, holding), reduce(and_, failing)
    return Swept(-1, yes, no, children) if tree.join == "any" else Swept(-1, no, yes, children)


def mark_open(node: Swept[Bits], within: Bits, into: dict[int, Bits]) -> None:
    """Adds to `into`, by number, the cases in which a condition is unknown under nothing but unknown nodes.

    Those are the cases in which it still matters (structural relevance).
    """
    unknown = within & ~(node.yes | node.no)
    if isinstance(unknown, int) and not unknown:
        return
    if node.number >= 0:
        into[node.number] = into[node.number] | unknown if node.number in into else unknown
    for child in node.children:
        mark_open(child, unknown, into)


def mark_turning(
    tree: Tree, node: Swept[int], can: Swept[int], *, to_yes: int, to_no: int, into: dict[int, int]
) -> None:
    """Adds to `into`, by number, the cases in which a condition is unknown and can still help to turn the whole tree.

    `can` is the tree swept with how each condition can still come out: where somebody could not answer what it reads it
    stays unknown, and what can only do something together with it does nothing. `to_yes` and `to_no` are the cases in
    which a yes and a no of the node are of use.
    """
    unknown = ~(node.yes | node.no)
    to_yes, to_no = to_yes & can.yes & unknown, to_no & can.no & unknown
    if not to_yes | to_no:
        return
    if isinstance(tree, int):
        into[tree] = into.get(tree, 0) | to_yes | to_no
        return
    if tree.join == "none":
        to_yes, to_no = to_no, to_yes
    for child, swept, able in zip(tree.children, node.children, can.children, strict=True):
        mark_turning(child, swept, able, to_yes=to_yes, to_no=to_no, into=into)


def mark_asked(tree: Tree, conditions: Pairs, *, able: Pairs | None, cases: int, into: dict[int, int]) -> None:
    """Adds to `into`, by number, the cases in which an answer about an unknown condition still matters.

    `able` is how each condition can still come out; None where nothing could not be answered.
    """
    swept = sweep(tree, conditions)
    if able is None:
        mark_open(swept, cases, into)
    else:
        mark_turning(tree, swept, sweep(tree, able), to_yes=cases, to_no=cases, into=into)


def able_to(conditions: Pairs, *, never: frozenset[int], cases: int) -> Pairs | None:
    """How each condition can still come out: unknown ones either way, but not those that `never` will be settled."""
    if not never:
        return None
    return [(yes, no) if at in never else (cases & ~no, cases & ~yes) for at, (yes, no) in enumerate(conditions)]


def never_settled(findings: Sequence[Finding], unanswerable: int) -> frozenset[int]:
    """The unknown conditions that read a fact which could not be answered."""
    return frozenset(
        number for number, (verdict, mask) in enumerate(findings) if verdict is None and mask & unanswerable
    )


def open_facts(decider: Decider, findings: list[Finding], *, unanswerable: int) -> Mapping[str, int]:
    """Scheme code -> the unknown facts whose answer still matters to it, as bits; decided schemes are left out.

    A fact that could not be answered never matters again, nor what can turn nothing without it.
    """
    masks = {code: mask for code, root in decider.roots.items() if (mask := root(findings)[1])}
    never = never_settled(findings, unanswerable) if unanswerable else frozenset()
    if not never:
        return masks
    conditions = [(int(verdict is True), int(verdict is False)) for verdict, _ in findings]
    able = able_to(conditions, never=never, cases=1)
    found: dict[str, int] = {}
    for code in masks:
        asked: dict[int, int] = {}
        mark_asked(decider.trees[code], conditions, able=able, cases=1, into=asked)
        if mask := reduce(or_, (findings[number][1] for number in asked), 0):
            found[code] = mask
    return found
