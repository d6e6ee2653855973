"""Whether each scheme looks possible, in a word a scheme, for pages that name who can pay."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.guidance.reading import read_standing
from jobbro.engines.schemes.explaining import Outcome, SchemeAnswer, explain

from .memory import memory_of


def scheme_outcomes(*, actor: Actor, citizen_id: UUID, on: date) -> Mapping[str, Outcome]:
    """Scheme code -> yes, no or unknown today; nothing when there is no such citizen for the actor. Six queries."""
    return {answer.scheme: answer.outcome for answer in scheme_answers(actor=actor, citizen_id=citizen_id, on=on)}


def scheme_answers(*, actor: Actor, citizen_id: UUID, on: date) -> tuple[SchemeAnswer, ...]:
    """Every scheme answered whole today; nothing when there is no such citizen for the actor. Six queries."""
    memory = memory_of(actor=actor, citizen_id=citizen_id, on=on)
    if memory is None:
        return ()
    reading = read_standing(memory.standing, package=memory.package, on=on)
    return explain(reading.facts, package=memory.package, on=on)
