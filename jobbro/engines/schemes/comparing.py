"""What a change of the rules, or of the day, does to the outcomes of a made-up population."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from jobbro.engines.schemes.columns import column_type, fact_columns, outcomes
from jobbro.engines.schemes.explaining import OUTCOMES, Outcome
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.population import population, with_unknowns
from jobbro.engines.schemes.rules import Package
from jobbro.engines.schemes.uses import facts_of

EXAMPLES = 2


@dataclass(frozen=True, kw_only=True)
class Side:
    """Rules and the day on which they are asked."""

    package: Package
    on: date


@dataclass(frozen=True, kw_only=True)
class Move:
    """People whose outcome of a scheme moved the same way. `examples`: what the scheme reads of the first of them."""

    scheme: str
    before: Outcome
    after: Outcome
    count: int
    examples: tuple[Mapping[str, Value], ...]


@dataclass(frozen=True, kw_only=True)
class Impact:
    """All moves, by scheme, and for each scheme how many have each outcome before and after."""

    persons: int
    moves: tuple[Move, ...]
    before: Mapping[str, Mapping[Outcome, int]]
    after: Mapping[str, Mapping[Outcome, int]]


def impact(old: Side, new: Side, *, persons: int, known: float = 1.0, seed: int = 1) -> Impact:
    """The same made-up people judged on both sides; no forecast. `known` is the share of the facts that is told.

    A scheme that only one side has counts as unknown on the other.
    """
    people = _people(old, new, persons=persons, known=known, seed=seed)
    before, after = (_judged(side, people) for side in (old, new))
    schemes = tuple(dict.fromkeys((*old.package.schemes, *new.package.schemes)))
    none = pl.repeat(None, persons, dtype=pl.Boolean, eager=True)
    pairs = {
        code: pl.DataFrame(
            {"before": before.get_column(code, default=none), "after": after.get_column(code, default=none)}
        )
        for code in schemes
    }
    return Impact(
        persons=persons,
        moves=tuple(
            move for code, pair in pairs.items() for move in _moves(code, pair, people=people, sides=(old, new))
        ),
        before={code: _counts(pair["before"]) for code, pair in pairs.items()},
        after={code: _counts(pair["after"]) for code, pair in pairs.items()},
    )


def _people(old: Side, new: Side, *, persons: int, known: float, seed: int) -> pl.DataFrame:
    people = _drawn(new, persons=persons, known=known, seed=seed)
    if old.package is new.package:
        return people
    others = _drawn(Side(package=old.package, on=new.on), persons=persons, known=known, seed=seed)
    return people.with_columns(column for column in others if column.name not in people.columns)


def _drawn(side: Side, *, persons: int, known: float, seed: int) -> pl.DataFrame:
    people = population(side.package, size=persons, on=side.on, seed=seed)
    return people if known >= 1 else with_unknowns(people, package=side.package, known=known, seed=seed + 1)


def _judged(side: Side, people: pl.DataFrame) -> pl.DataFrame:
    """The outcomes of one side; a choice that its facts do not have is unknown to it."""
    texts = people.with_columns(
        pl.col(code).cast(pl.String).cast(column_type(fact), strict=False)
        for code, fact in side.package.facts.items()
        if fact.type == "enum" and code in people.columns
    )
    return outcomes(fact_columns(texts, package=side.package), package=side.package, on=side.on)


def _moves(code: str, pair: pl.DataFrame, *, people: pl.DataFrame, sides: tuple[Side, Side]) -> list[Move]:
    numbered = pair.with_row_index("row").filter(~pl.col("before").eq_missing(pl.col("after")))
    codes = [name for name in people.columns if any(name in _read(code, side) for side in sides)]
    return [
        Move(
            scheme=code,
            before=OUTCOMES[before],
            after=OUTCOMES[after],
            count=group.height,
            examples=tuple(people[row].select(codes).to_dicts()[0] for row in group["row"].head(EXAMPLES)),
        )
        for (before, after), group in numbered.group_by("before", "after", maintain_order=True)
    ]


def _read(code: str, side: Side) -> frozenset[str]:
    scheme = side.package.schemes.get(code)
    return facts_of(scheme) if scheme else frozenset()


def _counts(column: pl.Series) -> dict[Outcome, int]:
    return {name: int(column.eq_missing(verdict).sum()) for verdict, name in OUTCOMES.items()}
