"""Three-valued outcomes as z3 formulas: each fact has a value and may be known or not."""

from dataclasses import dataclass

import z3  # type: ignore[import-untyped]

from jobbro.engines.schemes.proving.worlds import Formula, World, facts_in, is_without_value
from jobbro.engines.schemes.rules import Leaf, Node


@dataclass(frozen=True, slots=True)
class Sides:
    """When a node is known to hold, and when it is known to fail."""

    yes: Formula
    no: Formula


def sides(node: Node, world: World) -> Sides:
    """Kleene's logic over the facts of `world` that happen to be known, whichever these are."""
    if isinstance(node, Leaf):
        return _leaf(node, world)
    children = [sides(child, world) for child in node.children]
    holding = [child.yes for child in children]
    failing = [child.no for child in children]
    if node.join == "all":
        return Sides(z3.And(holding), z3.Or(failing))
    one = Sides(z3.Or(holding), z3.And(failing))
    return one if node.join == "any" else Sides(one.no, one.yes)


def _leaf(leaf: Leaf, world: World) -> Sides:
    """Settled where every reading can be evaluated, and all come out alike."""
    if any(is_without_value(test) for test in leaf.readings):
        return Sides(z3.BoolVal(False), z3.BoolVal(False))
    known = z3.And([z3.Bool(f"{code} is known") for code in sorted(facts_in(leaf))])
    readings = [world.test(test) for test in leaf.readings]
    return Sides(z3.And(known, *readings), z3.And(known, *(z3.Not(reading) for reading in readings)))
