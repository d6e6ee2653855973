"""A fact is told, or taken back: one more row, and the row of what is known now follows in the same act."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.guidance.enums import ASSESSED, FactSource, Standing
from jobbro.apps.guidance.facts import KnownFact, engine_facts, last_good_day, value_to_json
from jobbro.apps.guidance.models import ToldFact
from jobbro.apps.guidance.permissions import can_tell_fact
from jobbro.apps.guidance.reading import contradicting_codes
from jobbro.apps.guidance.refusals import Changed, NotThere, Refused
from jobbro.apps.guidance.selectors.memory import Memory
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.facts import FactError

from .knowing import keep_known, locked_memory

LONGEST_NOTE = 4_000


@dataclass(frozen=True, kw_only=True)
class FactDraft:
    """What somebody wants to tell: a value, or None for "nobody knows"."""

    code: str
    value: Value
    source: FactSource = FactSource.DECLARED
    observed_on: date | None = None
    note: str = ""


def tell_fact(
    *, actor: Actor, citizen_id: UUID, draft: FactDraft, seen: UUID | None, at: datetime, on: date
) -> ToldFact:
    """The fact is told; what was told before stays beside it. Saying the same once more on a day is one act.

    `seen` is the newest row of the fact that the person had in front of them. Raises NotThere, PermissionDenied,
    Changed, and Refused with `note`, `too_long`, `source`, `observed_in_future` or a reason of the engine.
    """
    memory = locked_memory(actor=actor, citizen_id=citizen_id, at=at, on=on)
    if draft.code not in memory.package.facts:
        raise Refused(code=draft.code, reason="unknown_code")
    if not can_tell_fact(actor, citizen_id, draft.code):
        raise PermissionDenied
    _check_form(draft, actor=actor, on=on)
    row = _row(draft, actor=actor, memory=memory, at=at, on=on)
    newest = memory.newest(draft.code)
    if newest is not None and _says_the_same(newest, row):
        return newest
    if (newest.pk if newest else None) != seen:
        raise Changed
    after = memory.with_row(row)
    _check_together(after, code=draft.code, on=on)
    row.save(force_insert=True)
    keep_known(memory=after, at=at)
    touch_case(citizen_id=citizen_id, on=on)
    record_event(
        verb=Verb.FACT_TOLD,
        citizen_id=citizen_id,
        subject=row,
        detail={"fact": row.code, "standing": str(row.standing)},
    )
    return row


def withdraw_fact(
    *, actor: Actor, citizen_id: UUID, code: str, note: str, seen: UUID | None, at: datetime, on: date
) -> ToldFact:
    """What was told about the fact no longer counts; it can be asked again. Taking it back twice is once.

    Raises NotThere when nobody has told it, PermissionDenied, Refused (`note`, `too_long`), Changed.
    """
    memory = locked_memory(actor=actor, citizen_id=citizen_id, at=at, on=on)
    newest = memory.newest(code)
    if newest is None:
        raise NotThere
    if not can_tell_fact(actor, citizen_id, code):
        raise PermissionDenied
    if newest.standing == Standing.WITHDRAWN:
        return newest
    if newest.pk != seen:
        raise Changed
    _check_note(code=code, note=note)
    row = ToldFact(
        citizen_id=citizen_id,
        code=code,
        standing=Standing.WITHDRAWN,
        value=None,
        source=FactSource.ASSESSED if code.startswith(ASSESSED) else FactSource.DECLARED,
        observed_on=on,
        note=note.strip(),
        told_by_id=actor.id,
        told_at=_after(memory, at),
    )
    row.save(force_insert=True)
    keep_known(memory=memory.with_row(row), at=at)
    touch_case(citizen_id=citizen_id, on=on)
    record_event(verb=Verb.FACT_WITHDRAWN, citizen_id=citizen_id, subject=row, detail={"fact": code})
    return row


def _check_form(draft: FactDraft, *, actor: Actor, on: date) -> None:
    """What the definition says nothing of: who may claim which source, the note, and the day it was seen."""
    is_judgement = draft.code.startswith(ASSESSED)
    if is_judgement != (draft.source == FactSource.ASSESSED):
        raise Refused(code=draft.code, reason="source")
    if draft.source == FactSource.REGISTER or (actor.citizen_id is not None and draft.source != FactSource.DECLARED):
        raise Refused(code=draft.code, reason="source")
    if draft.observed_on is not None and draft.observed_on > on:
        raise Refused(code=draft.code, reason="observed_in_future")
    _check_note(code=draft.code, note=draft.note)


def _check_note(*, code: str, note: str) -> None:
    if code.startswith(ASSESSED) and not note.strip():
        raise Refused(code=code, reason="note")
    if len(note) > LONGEST_NOTE:
        raise Refused(code=code, reason="too_long")


def _check_together(memory: Memory, *, code: str, on: date) -> None:
    """The fact by itself, then beside everything else that stands. Raises Refused."""
    standing = memory.standing
    own = {code: standing[code]} if code in standing else {}
    for facts in (own, standing):
        try:
            engine_facts(facts, package=memory.package, on=on)
        except FactError as error:
            if facts is standing and not _is_about(error, code=code, memory=memory):
                # Something told earlier no longer fits the rules; the page says so, and this fact is not to blame.
                continue
            raise Refused(code=error.code, reason=error.reason) from error


def _is_about(error: FactError, *, code: str, memory: Memory) -> bool:
    """Whether the problem is one that the fact takes part in."""
    if error.reason != "contradiction":
        return error.code == code
    found = next(one for one in memory.package.contradictions if one.id == error.code)
    return code in contradicting_codes(found)


def _row(draft: FactDraft, *, actor: Actor, memory: Memory, at: datetime, on: date) -> ToldFact:
    observed_on = draft.observed_on or on
    definition = memory.package.facts[draft.code]
    _check_value(draft, memory=memory, on=on)
    return ToldFact(
        citizen_id=memory.citizen.pk,
        code=draft.code,
        standing=Standing.UNANSWERABLE if draft.value is None else Standing.TOLD,
        value=value_to_json(draft.value),
        source=draft.source,
        observed_on=observed_on,
        good_until=last_good_day(definition=definition, observed_on=observed_on),
        note=draft.note.strip(),
        told_by_id=actor.id,
        told_at=_after(memory, at),
    )


def _check_value(draft: FactDraft, *, memory: Memory, on: date) -> None:
    fact = KnownFact(code=draft.code, standing=Standing.TOLD, value=draft.value, source=draft.source, observed_on=on)
    try:
        engine_facts({draft.code: fact}, package=memory.package, on=on)
    except FactError as error:
        raise Refused(code=error.code, reason=error.reason) from error


def _says_the_same(newest: ToldFact, row: ToldFact) -> bool:
    same = ("standing", "value", "source", "observed_on", "note", "told_by_id")
    return all(getattr(newest, name) == getattr(row, name) for name in same)


def _after(memory: Memory, at: datetime) -> datetime:
    """Always after the newest row: clocks of two servers differ, the order of rows must not."""
    return max(at, memory.rows[-1].told_at + timedelta(microseconds=1)) if memory.rows else at
