"""A kept proposal computed again from what was kept with it, and nothing else."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
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


def replay_by_id(proposal_id: UUID) -> Replayed | None:
    """A kept proposal computed again by the worker, who does not see whom it is about; None when there is none."""
    with acting_as(SYSTEM_ACTOR), connection.cursor() as cursor:
        cursor.execute(
            "select rule_version, person_input, opening_input, measures_input, answer from app_kept_proposal(%s::uuid)",
            [proposal_id],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    rules, *kept = row[0], *(json.loads(each) if isinstance(each, str) else each for each in row[1:])
    person, opening, measures, answer = kept
    return replay(
        Proposal(rule_version=rules, person_input=person, opening_input=opening, measures_input=measures, answer=answer)
    )


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
