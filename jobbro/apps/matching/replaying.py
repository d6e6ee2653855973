"""A kept proposal computed again from what was kept with it, and nothing else."""

from dataclasses import dataclass, field
from typing import Any

from jobbro.engines.matching.as_json import pair_as_json

from .facts import pair_of
from .files import rule_version
from .models import Proposal


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """The kept answer beside the answer of today's rules to the same files.

    `is_same_rules`: whether the rules and measures are still those of that day.
    """

    is_same: bool
    is_same_rules: bool
    kept: dict[str, Any] = field(hash=False)
    again: dict[str, Any] = field(hash=False)


def replay(proposal: Proposal) -> Replayed:
    """The pair of the proposal explained anew. Reads nothing but the row."""
    pair = pair_of(person=proposal.person_input, job=proposal.opening_input, measures=proposal.measures_input)
    again = pair_as_json(pair)
    return Replayed(
        is_same=again == proposal.answer,
        is_same_rules=rule_version() == proposal.rule_version,
        kept=proposal.answer,
        again=again,
    )
