"""Every scheme answered for one person on one day: yes, no or unknown, because of what, and what remains to know."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from jobbro.engines.schemes.amounts import AmountAnswer, amount_answer
from jobbro.engines.schemes.deciding import Finding, decider_of
from jobbro.engines.schemes.facts import Facts
from jobbro.engines.schemes.lasting import Period, period_of
from jobbro.engines.schemes.logic import Values, Verdict, join_verdicts, judge_of_tree
from jobbro.engines.schemes.resolving import ResolvedScheme, resolve
from jobbro.engines.schemes.rules import Group, Kind, Leaf, Node, Note, Package, leaves
from jobbro.engines.schemes.sweeping import open_facts

Outcome = Literal["yes", "no", "unknown"]
Condition = str | dict[str, list[Any]]

OUTCOMES: dict[Verdict, Outcome] = {True: "yes", False: "no", None: "unknown"}


class Traced(NamedTuple):
    """One condition, or group of them, with what it came to."""

    node: Node
    verdict: Verdict
    children: tuple["Traced", ...]

    @property
    def outcome(self) -> Outcome:
        """yes, no or unknown."""
        return OUTCOMES[self.verdict]


@dataclass(frozen=True, kw_only=True)
class SchemeAnswer:
    """The answer for one scheme. `ask` are the facts that still matter; `provided_that` the conditions that remain.

    `because`: of a yes the conditions that carry it, of a no those that decide it, of an unknown those on which the
    sources disagree. A yes is guidance, never a decision. `tree` leaves out the conditions that follow from the others
    where they say nothing more; `whole` has them all.
    """

    resolved: ResolvedScheme
    package: Package
    on: date
    facts: Facts
    outcome: Outcome
    kind: Kind
    because: tuple[str, ...]
    ask: tuple[str, ...]
    provided_that: tuple[Condition, ...]
    amounts: tuple[AmountAnswer, ...]
    tree: Traced | None
    whole: Traced | None

    @property
    def scheme(self) -> str:
        """The scheme's code."""
        return self.resolved.scheme.code

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the user must be told with the outcome."""
        return self.resolved.version.notes if self.resolved.version else ()

    @cached_property
    def deciding(self) -> tuple[Leaf, ...]:
        """The conditions named in `because`."""
        found = {leaf.id: leaf for leaf in leaves(self.resolved.outcome)} if self.resolved.outcome else {}
        return tuple(found[code] for code in self.because)

    @cached_property
    def period(self) -> Period:
        """From when and until when the outcome is the same, with what is known today."""
        return period_of(self.resolved.scheme.code, facts=self.facts, package=self.package, on=self.on)

    def as_json(self) -> dict[str, Any]:
        """The answer in the shape of the contract for `jobbro schemes explain`."""
        version = self.resolved.version
        source = version and {
            "law": version.source.law,
            "paragraph": version.source.paragraph,
            "url": version.source.url,
        }
        return {
            "scheme": self.scheme,
            "outcome": self.outcome,
            "kind": self.kind,
            "because": list(self.because),
            "ask": list(self.ask),
            "provided_that": list(self.provided_that),
            "amounts": {answer.amount.code: answer.as_json() for answer in self.amounts},
            "source": source,
            "valid_from": self.period.starts and self.period.starts.isoformat(),
            "valid_until": self.period.until and self.period.until.isoformat(),
            "next_step": version.next_step.da if version else None,
        }


def explain(facts: Facts, *, package: Package, on: date) -> tuple[SchemeAnswer, ...]:
    """One answer a scheme, in the order of the package, for the decision date `on`."""
    resolved = resolve(package, on)
    values = facts.known(on)
    decider = decider_of(resolved)
    findings = decider.findings(values)
    still_open = open_facts(decider, findings, unanswerable=decider.mask(facts.unanswerable(on)))
    answers = []
    for code, scheme in resolved.schemes.items():
        ask = tuple(decider.codes(still_open.get(code, 0)))
        whole = traced(scheme.outcome, findings=findings, numbers=decider.numbers) if scheme.outcome else None
        answers.append(_answer(scheme, whole=whole, ask=ask, facts=facts, values=values, package=package, on=on))
    return tuple(answers)


def _answer(
    scheme: ResolvedScheme,
    *,
    whole: Traced | None,
    ask: tuple[str, ...],
    facts: Facts,
    values: Values,
    package: Package,
    on: date,
) -> SchemeAnswer:
    tree = _as_said(whole) if whole and scheme.has_followers else whole
    verdict = tree.verdict if tree else None
    is_right = scheme.scheme.kind == "right" or (scheme.right is not None and judge_of_tree(scheme.right)(values))
    return SchemeAnswer(
        resolved=scheme,
        package=package,
        on=on,
        facts=facts,
        outcome=OUTCOMES[verdict],
        kind="right" if is_right else "discretion",
        because=tuple(_because(tree, values)) if tree else (),
        ask=ask,
        provided_that=tuple(_residual(tree)) if tree and verdict is None else (),
        amounts=()
        if verdict is False
        else tuple(amount_answer(amount, values=values, facts=package.facts) for amount in scheme.amounts),
        tree=tree,
        whole=whole,
    )


def traced(node: Node, *, findings: Sequence[Finding], numbers: Mapping[Leaf, int]) -> Traced:
    """The tree with the verdict of each of its nodes, from the findings of its conditions."""
    if isinstance(node, Leaf):
        return Traced(node, findings[numbers[node]][0], ())
    children = tuple([traced(child, findings=findings, numbers=numbers) for child in node.children])
    verdict = join_verdicts(node.join, [child.verdict for child in children])
    return Traced(node, verdict, children)


def _as_said(whole: Traced) -> Traced:
    """The tree without the conditions that follow from the others, unless it takes them to settle it."""
    said = _without_followers(whole)
    return said if said is not None and said.verdict is whole.verdict else whole


def _without_followers(tree: Traced) -> Traced | None:
    if isinstance(tree.node, Leaf):
        return None if tree.node.follows else tree
    children = tuple(child for child in map(_without_followers, tree.children) if child is not None)
    if not children:
        return None
    return Traced(tree.node, join_verdicts(tree.node.join, [child.verdict for child in children]), children)


def _because(tree: Traced, values: Values) -> Iterator[str]:
    """Ids of the deciding conditions: down the children that share the verdict, turned at each none-group."""
    if isinstance(tree.node, Leaf):
        is_unsettled = tree.verdict is None and all(values.get(code) is not None for code in tree.node.facts)
        if tree.verdict is not None or is_unsettled:
            yield tree.node.id
        return
    for child in tree.children:
        wanted = _wanted(tree.verdict, tree.node)
        if child.verdict is wanted:
            yield from _because(child, values)


def _wanted(verdict: Verdict, group: Group) -> Verdict:
    return verdict if group.join != "none" or verdict is None else not verdict


def _residual(tree: Traced) -> list[Condition]:
    """What must still hold, as ids that all must hold, with any- and none-groups nested."""
    if isinstance(tree.node, Leaf):
        return [tree.node.id]
    remaining = [_residual(child) for child in tree.children if child.verdict is None]
    if tree.node.join == "all":
        return [condition for child in remaining for condition in child]
    if tree.node.join == "any":
        if len(remaining) == 1:
            return remaining[0]
        return [{"any": [part for child in remaining for part in _alternatives(child)]}]
    return [{"none": [_one(child) for child in remaining]}]


def _alternatives(conditions: list[Condition]) -> list[Condition]:
    """An any-group within an any-group is part of it."""
    one = _one(conditions)
    return list(one["any"]) if isinstance(one, dict) and "any" in one else [one]


def _one(conditions: list[Condition]) -> Condition:
    return conditions[0] if len(conditions) == 1 else {"all": conditions}
