"""The fewest questions that settle a person's schemes, found by clingo by one who knows all the answers beforehand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import count

from jobbro.engines.schemes.deciding import Decider, Tree
from jobbro.engines.schemes.expressions import Value

# A condition is known when all it reads is told. What is open is what the product would still ask about.
PROGRAM = """
{told(F) : askable(F)}.
told(F) :- known(F).
missing(C) :- reads(C,F), not told(F).
yes(N) :- stands(N,C), holds(C), not missing(C).
no(N) :- stands(N,C), fails(C), not missing(C).
yes(N) :- group(N,all), yes(M) : child(N,M).
no(N) :- group(N,all), child(N,M), no(M).
yes(N) :- group(N,any), child(N,M), yes(M).
no(N) :- group(N,any), no(M) : child(N,M).
yes(N) :- group(N,none), no(M) : child(N,M).
no(N) :- group(N,none), child(N,M), yes(M).
open(N) :- root(N), not yes(N), not no(N).
open(M) :- open(N), child(N,M), not yes(M), not no(M).
:- open(N), stands(N,C), reads(C,F), askable(F), not told(F).
#minimize {1,F : told(F), askable(F)}.
"""


def fewest_questions(
    decider: Decider, values: Mapping[str, Value], *, known: Collection[str], askable: Collection[str]
) -> int:
    """How many of the `askable` facts must be told, at the least, until no further question matters."""
    import clingo

    program = [PROGRAM, *_conditions(decider, values)]
    program += [f"known({code})." for code in known]
    program += [f"askable({code})." for code in askable if code not in known]
    numbers = count()
    for tree in decider.trees.values():
        program += _tree(tree, numbers=numbers, parent=None)
    control = clingo.Control(["--warn=none"])
    control.add("base", [], "\n".join(program))
    control.ground([("base", [])])
    fewest = 0
    with control.solve(yield_=True) as models:
        for model in models:
            fewest = model.cost[0]
    return fewest


def _conditions(decider: Decider, values: Mapping[str, Value]) -> Iterator[str]:
    for number, condition in enumerate(decider.conditions):
        verdict = condition.judge(values)
        if verdict is not None:
            yield f"{'holds' if verdict else 'fails'}({number})."
        yield from (f"reads({number},{code})." for code in condition.facts)


def _tree(tree: Tree, *, numbers: Iterator[int], parent: int | None) -> Iterator[str]:
    node = next(numbers)
    yield f"root({node})." if parent is None else f"child({parent},{node})."
    if isinstance(tree, int):
        yield f"stands({node},{tree})."
        return
    yield f"group({node},{tree.join})."
    for child in tree.children:
        yield from _tree(child, numbers=numbers, parent=node)
