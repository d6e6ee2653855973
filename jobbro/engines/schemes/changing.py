"""What would make it a yes: the fewest conditions that would have to come out otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from jobbro.engines.schemes.explaining import SchemeAnswer, Traced
from jobbro.engines.schemes.expressions import Settled, Test
from jobbro.engines.schemes.logic import Verdict, join_verdicts
from jobbro.engines.schemes.resolving import ResolvedScheme
from jobbro.engines.schemes.rules import Leaf, leaves

Turns = frozenset[tuple[str, bool]]
Alike = Mapping[str, tuple[str, ...]]

FIXED = frozenset({"birth_date"})
"""Facts that nobody can change; what time alone changes is told by the period of the answer."""


class Wanted(NamedTuple):
    """A condition and how it would have to come out; `was` is how it came out now, None where it is not known."""

    leaf: Leaf
    holds: bool
    was: Verdict


@dataclass(frozen=True, slots=True)
class NearestChange:
    """Conditions that together make it a yes: `otherwise` would have to change, `open_still` only be found so."""

    wanted: tuple[Wanted, ...]

    @property
    def otherwise(self) -> tuple[Wanted, ...]:
        """The conditions that are known to have come out the wrong way."""
        return tuple(one for one in self.wanted if one.was is not None)

    @property
    def open_still(self) -> tuple[Wanted, ...]:
        """The conditions that are not known yet."""
        return tuple(one for one in self.wanted if one.was is None)


def nearest_change(answer: SchemeAnswer, *, fixed: frozenset[str] = FIXED) -> NearestChange | None:
    """The nearest way to a yes, or None when there is none: no rules that day, or it hangs on what nobody can change.

    Conditions count as independent of each other, and where the same test stands twice the outcome is evaluated again:
    the fewest known conditions to turn, then the fewest unknown ones to come out well.
    """
    if answer.whole is None:
        return None
    can_turn, alike = _turning(answer.resolved, fixed)
    wanted = _ways(answer.whole, True, can_turn)
    if wanted is None or not _agree(answer.whole, wanted, alike):
        return None
    return NearestChange(tuple(dict.fromkeys(wanted)))


def _ways(traced: Traced, holds: bool, can_turn: Turns) -> tuple[Wanted, ...] | None:
    """The conditions to turn so that the node, which does not, comes out as `holds`; None when it cannot."""
    node, verdict, children = traced
    if verdict is holds:
        return ()
    if isinstance(node, Leaf):
        return (Wanted(node, holds, verdict),) if (node.id, holds) in can_turn else None
    child_holds = holds if node.join != "none" else not holds
    if child_holds is (node.join == "all"):
        return _joined(children, child_holds, can_turn)
    changes = [change for child in children if (change := _ways(child, child_holds, can_turn)) is not None]
    return changes[0] if len(changes) == 1 else min(changes, key=_length, default=None)


def _joined(children: tuple[Traced, ...], holds: bool, can_turn: Turns) -> tuple[Wanted, ...] | None:
    found: tuple[Wanted, ...] = ()
    for child in children:
        if child.verdict is not holds:
            change = _ways(child, holds, can_turn)
            if change is None:
                return None
            found += change
    return found


def _length(change: tuple[Wanted, ...]) -> tuple[int, int]:
    return sum([one.was is not None for one in change]), len(change)


def _agree(tree: Traced, wanted: tuple[Wanted, ...], alike: Alike) -> bool:
    """Whether the outcome is a yes with the conditions so, the same test under two ids being one condition."""
    if not any(one.leaf.id in alike for one in wanted):
        return True
    verdicts = {code: one.holds for one in wanted for code in alike.get(one.leaf.id, (one.leaf.id,))}
    return _again(tree, verdicts) is True


def _again(traced: Traced, verdicts: Mapping[str, bool]) -> Verdict:
    if isinstance(traced.node, Leaf):
        return verdicts.get(traced.node.id, traced.verdict)
    return join_verdicts(traced.node.join, [_again(child, verdicts) for child in traced.children])


@lru_cache(maxsize=500)
def _turning(resolved: ResolvedScheme, fixed: frozenset[str]) -> tuple[Turns, Alike]:
    """Which conditions can come out which way, and which share their test with others of the scheme."""
    found = tuple(leaves(resolved.outcome)) if resolved.outcome else ()
    ids: dict[tuple[Test, ...], list[str]] = {}
    for leaf in found:
        ids.setdefault(leaf.readings, []).append(leaf.id)
    turns = frozenset((leaf.id, holds) for leaf in found for holds in (True, False) if _can_turn(leaf, holds, fixed))
    return turns, {code: tuple(codes) for codes in ids.values() if len(codes) > 1 for code in codes}


def _can_turn(leaf: Leaf, holds: bool, fixed: frozenset[str]) -> bool:
    is_settled_otherwise = any(isinstance(test, Settled) and test.value is not holds for test in leaf.readings)
    return not is_settled_otherwise and not leaf.facts <= fixed
