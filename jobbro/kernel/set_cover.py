"""The smallest sets of measures that close a set of gaps: exact set covers in a total order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """One set to cover with: a code, a bit for each thing it covers, and a cost."""

    code: str
    covers: int
    cost: int


@dataclass(frozen=True, order=True, slots=True)
class Cover:
    """A set of candidates in the order that decides: fewest, lowest cost, smallest sorted list of codes."""

    size: int
    cost: int
    codes: tuple[str, ...]


_NOTHING = Cover(0, 0, ())


def smallest_cover(*, candidates: Sequence[Candidate], whole: int) -> Cover | None:
    """The least `Cover` of the bits in `whole`, or None when the candidates together do not reach.

    Codes must be unique. Exact, by three facts:

    1. *Dominance.* Let b cover all that a covers (within `whole`) and (b.cost, b.code) < (a.cost, a.code). No optimal
       cover S holds a: with b in S, a can be left out; without, S - a + b has the same size and either a lower cost, or
       the same cost and, an element being replaced by a smaller one, a smaller sorted list. So a is dropped.
    2. *Pivot.* Every cover holds a candidate that covers a chosen uncovered bit, so trying those is complete.
    3. *Substructure.* If S is optimal for U and m in S, S - m is optimal for U - m.covers: m is not in an optimal cover
       R of the rest (it covers nothing there), size and cost add, and inserting m in two sorted lists of equal length
       keeps their order: at the first place where they differ, the smaller one keeps the smaller entry. So results for
       a set of uncovered bits can be kept and reused.

    Depth is raised one by one, so the first depth with a cover is the least size and all covers found there have it.
    """
    useful = _undominated(candidates=candidates, whole=whole)
    reach = 0
    for candidate in useful:
        reach |= candidate.covers
    if reach & whole != whole:
        return None
    search = _Search(candidates=useful, whole=whole)
    depth = 0
    while (found := search.least(uncovered=whole, depth=depth)) is None:
        depth += 1
    return found


def smallest_minimal_covers(*, candidates: Sequence[Candidate], whole: int) -> Iterator[Cover]:
    """All covers of which nothing can be left out, each once, least first; () alone when `whole` is 0.

    Lawler's partition (Management Science 18, 1972): the least cover of a subspace "holds these, not those" is taken
    out and the rest of the subspace is split on it. Supersets of a cover are never minimal and are left out of the
    split. A cover that is not minimal has a member of "these" without a bit of its own; the minimal covers in that
    subspace give it one, so the subspace is split on which bit that is.
    """
    by_code = {candidate.code: candidate for candidate in candidates}
    heap: list[tuple[Cover, tuple[str, ...], tuple[str, ...]]] = []
    visited: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    given: set[tuple[str, ...]] = set()

    def push(*, held: frozenset[str], barred: frozenset[str]) -> None:
        subspace = (tuple(sorted(held)), tuple(sorted(barred)))
        if subspace in visited or held & barred:
            return
        visited.add(subspace)
        cover = _cover_in_subspace(by_code=by_code, whole=whole, held=held, barred=barred)
        if cover is not None:
            heappush(heap, (cover, *subspace))

    push(held=frozenset(), barred=frozenset())
    while heap:
        cover, held_codes, barred_codes = heappop(heap)
        held, barred = frozenset(held_codes), frozenset(barred_codes)
        idle = _without_own_bit(codes=cover.codes, by_code=by_code, whole=whole)
        if idle is not None:
            for rivals in _rivals_for_each_bit(code=idle, by_code=by_code, whole=whole):
                push(held=held | {idle}, barred=barred | rivals)
            continue
        if cover.codes not in given:
            given.add(cover.codes)
            yield cover
        kept = held
        for code in cover.codes:
            if code not in held:
                push(held=kept, barred=barred | {code})
                kept = kept | {code}


def _cover_in_subspace(
    *, by_code: dict[str, Candidate], whole: int, held: frozenset[str], barred: frozenset[str]
) -> Cover | None:
    covered = 0
    for code in held:
        covered |= by_code[code].covers
    free = [candidate for code, candidate in by_code.items() if code not in held and code not in barred]
    rest = smallest_cover(candidates=free, whole=whole & ~covered)
    if rest is None:
        return None
    cost = rest.cost + sum(by_code[code].cost for code in held)
    return Cover(rest.size + len(held), cost, tuple(sorted((*rest.codes, *held))))


def _without_own_bit(*, codes: tuple[str, ...], by_code: dict[str, Candidate], whole: int) -> str | None:
    for code in codes:
        others = 0
        for other in codes:
            if other != code:
                others |= by_code[other].covers
        if not by_code[code].covers & whole & ~others:
            return code
    return None


def _rivals_for_each_bit(*, code: str, by_code: dict[str, Candidate], whole: int) -> Iterator[frozenset[str]]:
    for bit in _bits(by_code[code].covers & whole):
        yield frozenset(other for other, candidate in by_code.items() if candidate.covers & bit and other != code)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _undominated(*, candidates: Sequence[Candidate], whole: int) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        covers = candidate.covers & whole
        known = best.get(covers)
        if covers and (known is None or _rank(candidate) < _rank(known)):
            best[covers] = candidate
    return [
        Candidate(code=candidate.code, covers=covers, cost=candidate.cost)
        for covers, candidate in best.items()
        if not any(covers & more == covers != more and _rank(other) < _rank(candidate) for more, other in best.items())
    ]


def _rank(candidate: Candidate) -> tuple[int, str]:
    return candidate.cost, candidate.code


class _Search:
    """Least covers of any part of `whole` with at most `depth` candidates, each part worked out once."""

    def __init__(self, *, candidates: Sequence[Candidate], whole: int) -> None:
        self._known: dict[tuple[int, int], Cover | None] = {}
        covering = {bit: [candidate for candidate in candidates if candidate.covers & bit] for bit in _bits(whole)}
        # The bit with the fewest candidates first keeps the tree narrow.
        self._pivots = sorted(covering.items(), key=lambda item: (len(item[1]), item[0]))
        widths = sorted((candidate.covers.bit_count() for candidate in candidates), reverse=True)
        self._reach = [0, *accumulate(widths)]

    def least(self, *, uncovered: int, depth: int) -> Cover | None:
        if not uncovered:
            return _NOTHING
        if uncovered.bit_count() > self._reach[min(depth, len(self._reach) - 1)]:
            return None
        key = (uncovered, depth)
        if key not in self._known:
            self._known[key] = self._least_by_pivot(uncovered=uncovered, depth=depth)
        return self._known[key]

    def _least_by_pivot(self, *, uncovered: int, depth: int) -> Cover | None:
        least: Cover | None = None
        for candidate in next(covering for bit, covering in self._pivots if bit & uncovered):
            rest = self.least(uncovered=uncovered & ~candidate.covers, depth=depth - 1)
            if rest is None or (least and (rest.size + 1, rest.cost + candidate.cost) > (least.size, least.cost)):
                continue
            codes = tuple(sorted((*rest.codes, candidate.code)))
            found = Cover(rest.size + 1, rest.cost + candidate.cost, codes)
            least = found if least is None else min(least, found)
        return least
