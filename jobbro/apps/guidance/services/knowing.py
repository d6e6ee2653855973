"""The row of what is known now, which the rules read for a whole caseload; every act on facts takes turns on it."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.guidance.models import KnownFacts
from jobbro.apps.guidance.permissions import can_tell_facts
from jobbro.apps.guidance.refusals import NotThere
from jobbro.apps.guidance.selectors.memory import Memory, memory_of


def locked_memory(*, actor: Actor, citizen_id: UUID, at: datetime, on: date) -> Memory:
    """What is known, read after the lock, so that two who tell at once come one after the other.

    Raises NotThere, PermissionDenied.
    """
    if citizen_for(actor=actor, citizen_id=citizen_id) is None:
        raise NotThere
    if not can_tell_facts(actor, citizen_id):
        raise PermissionDenied
    # The unique constraint decides who was first; the other one finds that row.
    KnownFacts.objects.bulk_create([KnownFacts(citizen_id=citizen_id, known_at=at)], ignore_conflicts=True)
    list(
        KnownFacts.objects.visible_to(actor)
        .filter(citizen_id=citizen_id)
        .select_for_update(of=("self",))
        .values_list("pk", flat=True)
    )
    memory = memory_of(actor=actor, citizen_id=citizen_id, on=on)
    if memory is None:
        raise NotThere
    return memory


def refresh_known(*, actor: Actor, citizen_id: UUID, at: datetime, on: date) -> None:
    """The citizen's row says what file, dialogue and told facts say today. Raises NotThere, PermissionDenied."""
    memory = locked_memory(actor=actor, citizen_id=citizen_id, at=at, on=on)
    keep_known(memory=memory, at=at)
    record_event(verb=Verb.FACTS_REFRESHED, citizen_id=citizen_id)


def keep_known(*, memory: Memory, at: datetime) -> None:
    """The citizen's row says what stands, null where nothing is known, and when the first of it runs out."""
    standing = memory.standing
    ends = {code: fact.good_until for code, fact in standing.items() if fact.is_known and fact.good_until}
    KnownFacts.objects.filter(citizen_id=memory.citizen.pk).update(
        known_at=at,
        good_until={code: day.isoformat() for code, day in ends.items()},
        next_expiry_on=min(ends.values(), default=None),
        **{code: standing[code].value if code in standing else None for code in memory.package.facts},
    )
