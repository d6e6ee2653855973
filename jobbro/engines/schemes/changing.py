"""What would make it a yes: the fewest conditions that would have to come out otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from jobbro.engines.schemes.explaining import SchemeAnswer, Traced
from jobbro.engines.schemes.expressions import Settled, Test
from jobbro.engines.schemes.logic import Values, Verdict, join_verdicts, judge_of_leaf, judge_of_tree
from jobbro.engines.schemes.resolving import ResolvedScheme
from jobbro.engines.schemes.rules import Leaf, leaves
from jobbro.engines.schemes.satisfying import others

Turns = frozenset[tuple[str, bool, bool]]
"""Id of a condition, how it can come out, and whether it is known how it came out now."""

Alike = Mapping[str, tuple[str, ...]]

FIXED = frozenset({"birth_date"})
"""Facts that nobody can change; what time alone changes is told by the period of the answer."""


MOST_TOLD = 2
"""What takes more conditions than this to come out otherwise is not near, and is not told."""


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


def change_to_tell(answer: SchemeAnswer) -> tuple[Wanted, ...]:
    """What is told of a no: the conditions, one or two, that would have to come out otherwise for it to be possible.

    Only conditions on the job, its hours and days, and documents: each reads a fact that is open to change from what it
    is, and beside such facts only days. From today on there must be values of those facts that end the no.
    """
    if answer.outcome != "no":
        return ()
    values = answer.facts.known(answer.on)
    is_open = {code: fact.can_change_from(values.get(code)) for code, fact in answer.package.facts.items()}
    change = nearest_change(answer, fixed=frozenset(code for code in is_open if not is_open[code]))
    if change is None or not 0 < len(change.otherwise) <= MOST_TOLD:
        return ()
    read = frozenset().union(*(one.leaf.facts for one in change.otherwise))
    if not all(is_open[code] or answer.package.facts[code].type == "date" for code in read):
        return ()
    return _within_reach(change.otherwise, answer=answer, codes=sorted(code for code in read if is_open[code]))


def _within_reach(wanted: tuple[Wanted, ...], *, answer: SchemeAnswer, codes: list[str]) -> tuple[Wanted, ...]:
    """The conditions, without one that comes with the other; none when no values of the facts end the no."""
    assert answer.resolved.outcome is not None
    known = answer.facts.known(answer.on)
    tests = [test for one in wanted for test in one.leaf.readings]
    tried = tuple(others(known, codes=codes, tests=tests, package=answer.package, on=answer.on))
    possible = [values for values in tried if judge_of_tree(answer.resolved.outcome)(values) is not False]
    if not any(all(_comes_out(one, values) for one in wanted) for values in possible):
        return ()
    for one in wanted:
        rest = tuple(other for other in wanted if other is not one)
        if rest and all(_comes_out(one, values) for values in tried if _comes_out(rest[0], values)):
            return rest
    return wanted


def _comes_out(one: Wanted, values: Values) -> bool:
    return judge_of_leaf(one.leaf)(values) is one.holds


def _ways(traced: Traced, holds: bool, can_turn: Turns) -> tuple[Wanted, ...] | None:
    """The conditions to turn so that the node, which does not, comes out as `holds`; None when it cannot."""
    node, verdict, children = traced
    if verdict is holds:
        return ()
    if isinstance(node, Leaf):
        return (Wanted(node, holds, verdict),) if (node.id, holds, verdict is not None) in can_turn else None
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
    turns = frozenset(
        (leaf.id, holds, is_known)
        for leaf in found
        for holds in (True, False)
        for is_known, kept in ((True, fixed), (False, FIXED))
        if _can_turn(leaf, holds, kept)
    )
    return turns, {code: tuple(codes) for codes in ids.values() if len(codes) > 1 for code in codes}


def _can_turn(leaf: Leaf, holds: bool, fixed: frozenset[str]) -> bool:
    is_settled_otherwise = any(isinstance(test, Settled) and test.value is not holds for test in leaf.readings)
    return not is_settled_otherwise and not leaf.facts <= fixed
