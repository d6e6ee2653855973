"""How far each scheme is for everybody in a caseload, as PostgreSQL that is counted in one pass: one number a scheme.

The arrays of blocking facts tell more and cost more: of 1.8 s for 48,000 people they, and a row a person and scheme to
count them by, were 1.2 s. A number says what a stage needs to know, and is quick to group by.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from jobbro.engines.schemes.deciding import Condition, Tree, numbers_in
from jobbro.engines.schemes.rules import Package
from jobbro.engines.schemes.sql import Caseload, condition_name, joined, lines, quoted, together


class Stage(StrEnum):
    """How far a scheme is for a citizen. `judgement`: nothing is open but what a caseworker judges."""

    YES = "yes"
    JUDGEMENT = "judgement"
    ONE_FACT = "one_fact"
    MORE_FACTS = "more_facts"
    DISPUTED = "disputed"
    NO = "no"


_YES, _NO, _DISPUTED, _JUDGEMENT = -1, -2, 0, 1
# Each open fact that people can tell adds twice this and twice its place in the package, an open judgement adds one.
# Two facts give more than any one, as long as the package has fewer facts than this.
_ONE = 1000
_MOST = 2**31 - 1
_SETTLED = {Stage.YES: _YES, Stage.NO: _NO, Stage.DISPUTED: _DISPUTED, Stage.JUDGEMENT: _JUDGEMENT}
_STAGES = {number: stage for stage, number in _SETTLED.items()}


def stage_of(number: int, *, package: Package) -> tuple[Stage, str]:
    """What a number of the query says, with the one fact that is lacking if it is one."""
    if number in _STAGES:
        return _STAGES[number], ""
    place = number // 2 - _ONE
    return (Stage.ONE_FACT, tuple(package.facts)[place]) if place < _ONE else (Stage.MORE_FACTS, "")


def numbers_of(stage: Stage, *, fact: str, package: Package) -> tuple[int, int]:
    """The first and the last number that says this; with a fact, only where it is the one that is lacking."""
    if fact and (stage != Stage.ONE_FACT or fact not in package.facts):
        return _MOST, _MOST
    if stage in _SETTLED:
        return _SETTLED[stage], _SETTLED[stage]
    if stage == Stage.MORE_FACTS:
        return 4 * _ONE, _MOST
    first = 2 * (_ONE + tuple(package.facts).index(fact)) if fact else 2 * _ONE
    return first, first + 1 if fact else 4 * _ONE - 1


def facts_read(package: Package, *, on: date, schemes: Sequence[str]) -> tuple[str, ...]:
    """The facts that can decide these schemes, in the order of the package: the columns that `stages_sql` needs."""
    caseload = Caseload(package=package, on=on)
    trees = [tree for code in schemes if (tree := caseload.decider.trees.get(code)) is not None]
    conditions = (caseload.decider.conditions[number] for tree in trees for number in numbers_in(tree))
    found = {fact for condition in conditions for fact in condition.facts}
    return tuple(code for code in package.facts if code in found)


@lru_cache(maxsize=200)
def stages_sql(package: Package, *, on: date, source: str, key: str, schemes: tuple[str, ...]) -> str:
    """A query with a row a person: `key`, then a number for each scheme that `stage_of` reads.

    `source` is the name of a table or of a query in WITH, with the column `key` and one for each of `facts_read`. Each
    OFFSET 0 keeps PostgreSQL from writing what is below it into what is above, where it would be worked out many times.
    """
    if len(package.facts) >= _ONE:
        raise ValueError(f"the numbers of stages have room for {_ONE - 1} facts, not {len(package.facts)}")
    return _Stages(caseload=Caseload(package=package, on=on), schemes=schemes).query(source=source, key=key)


@dataclass(frozen=True, kw_only=True)
class _Stages:
    """`groups`: the inner groups of the trees by their text, filled while the schemes are written."""

    caseload: Caseload
    schemes: tuple[str, ...]
    groups: dict[str, str] = field(default_factory=dict)

    def query(self, *, source: str, key: str) -> str:
        trees = self.caseload.decider.trees
        numbers = sorted({number for code in self.schemes if code in trees for number in numbers_in(trees[code])})
        facts = [quoted(code) for code in facts_read(self.caseload.package, on=self.caseload.on, schemes=self.schemes)]
        stages = [f"{self._stage(trees.get(code))} AS {quoted(code)}" for code in self.schemes]
        conditions = [
            f"{self.caseload.condition(number)} AS {condition_name(number)}"
            for number in numbers
            if not self._is_plain(number)
        ]
        groups = [f"{text} AS {name}" for text, name in self.groups.items()]
        judged = f"SELECT {lines([quoted(key), *facts, *conditions])}\nFROM {quoted(source)} OFFSET 0"
        grouped = f"SELECT {lines(['judged.*', *groups])}\nFROM ({judged}) AS judged OFFSET 0"
        return f"SELECT {lines([quoted(key), *stages])}\nFROM ({grouped}) AS grouped OFFSET 0"

    def _stage(self, tree: Tree | None) -> str:
        if tree is None:
            return f"{_DISPUTED}"
        facts = self._open_facts(tree)
        told = [
            f"CASE WHEN {found} THEN {2 * (_ONE + place)} ELSE 0 END"
            for place, (code, fact) in enumerate(self.caseload.package.facts.items())
            if not fact.is_assessed and (found := facts.get(code))
        ]
        judgements = [found for code, found in facts.items() if self.caseload.package.facts[code].is_assessed]
        judged = [f"CASE WHEN {' OR '.join(judgements)} THEN {_JUDGEMENT} ELSE 0 END"] if judgements else []
        number = " + ".join((*told, *judged)) or f"{_DISPUTED}"
        return f"CASE {self._verdict(tree)} WHEN TRUE THEN {_YES} WHEN FALSE THEN {_NO} ELSE {number} END"

    def _verdict(self, tree: Tree) -> str:
        if isinstance(tree, int):
            return self._written(tree)
        return together(tree.join, [self._group(child) for child in tree.children])

    def _group(self, tree: Tree) -> str:
        """An inner group by the name of its column; a condition as it is written."""
        if isinstance(tree, int):
            return self._written(tree)
        return self.groups.setdefault(joined(tree, self._written), f"group_{len(self.groups)}")

    def _open_facts(self, tree: Tree) -> Mapping[str, str]:
        """Each fact with when it is unknown and still matters, in a scheme whose verdict is unknown."""
        found: dict[str, dict[str, None]] = {}
        for condition, groups in self._conditions(tree, above=None):
            for fact in condition.facts:
                path = " AND ".join((*groups, f"{quoted(fact)} IS NULL"))
                found.setdefault(fact, {})[f"({path})"] = None
        return {fact: " OR ".join(paths) for fact, paths in found.items()}

    def _conditions(self, tree: Tree, *, above: tuple[str, ...] | None) -> Iterator[tuple[Condition, tuple[str, ...]]]:
        """Each condition with the inner groups that must be unknown for it to matter.

        That it is unknown itself needs no asking: no condition holds or fails before all its facts are known.
        """
        if isinstance(tree, int):
            yield self.caseload.decider.conditions[tree], above or ()
            return
        inside = () if above is None else (*above, f"{self._group(tree)} IS NULL")
        for child in tree.children:
            yield from self._conditions(child, above=inside)

    def _written(self, number: int) -> str:
        return self.caseload.condition(number) if self._is_plain(number) else condition_name(number)

    def _is_plain(self, number: int) -> bool:
        """Whether a condition is one look at a yes or no, cheaper than a column that carries it upwards."""
        condition = self.caseload.decider.conditions[number]
        types = {self.caseload.package.facts[code].type for code in condition.facts}
        return types == {"bool"} and len(condition.readings) == len(condition.facts) == 1
