"""Condition trees over many cases at once, one bit a case: in a Python integer, or in an array of bytes.

A node is two sets of cases: those in which it holds and those in which it fails; the rest is unknown. The bitwise
operators are Kleene's logic on such pairs, and they are the same for integers and for arrays.
"""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.schemes.deciding import Tree

Bits = TypeVar("Bits", int, NDArray[np.uint8])


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
