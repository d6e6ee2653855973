"""An application from the first word until an authority answers; decisions are in `deciding`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.engines.schemes.procedures import Procedure

from ..drafting import Known, cleaned, fields_for, filled_in, words_of_case
from ..due import deadline_after
from ..enums import Channel, Outcome, State
from ..facts import all_procedures, contact_of, form_to_keep, procedure_of
from ..models import Application, Decision, Document
from ..own_deadlines import in_force_on
from ..permissions import can_apply, can_move_application
from ..refusals import NotNow, NotThere, Refused
from ..states import UNSENT
from .locking import locked_application, locked_citizen, moved

LONGEST_WORDS = 20_000
# What a move may set; the rest of the row stays as it was begun.
_SET_BY_MOVES = (
    *("state", "form", "channel", "sent_on", "received_on", "decide_by", "own_deadline", "wanted", "answer_by"),
    *("complained_on", "forwarded_on"),
)


@dataclass(frozen=True, kw_only=True)
class MoveDetails:
    """What a move says besides its name: the day it happened, a day ahead, words, the way it was sent."""

    on: date | None = None
    by: date | None = None
    words: str = ""
    channel: str = ""


def start_application(
    *, actor: Actor, citizen_id: UUID, scheme: str, known: Mapping[str, Known], at: datetime
) -> Application:
    """The draft that is being written for the scheme: a new one half filled from what is known, or the one there is.

    `known` has facts by code, beside what the case says itself. A scheme without a form (fortrinsadgang) has no draft.
    """
    if not can_apply(actor, citizen_id):
        raise PermissionDenied
    procedure = procedure_of(scheme)
    if procedure is None or not procedure.fields:
        raise NotThere
    citizen = locked_citizen(actor=actor, citizen_id=citizen_id)
    standing: Application | None = Application.objects.filter(
        citizen_id=citizen_id, scheme=scheme, state__in=UNSENT
    ).first()
    if standing is not None:
        return standing
    words = words_of_case(citizen=citizen, contact=contact_of(citizen), actor=actor)
    row = Application(
        citizen_id=citizen_id,
        scheme=scheme,
        procedure_version=all_procedures().version,
        values=filled_in(fields=fields_for(procedure=procedure, citizen=citizen), known={**known, **words}),
        started_by_id=actor.id,
        started_at=at,
    )
    row.save(force_insert=True)
    _add_documents(row, procedure=procedure)
    record_event(verb=Verb.APPLICATION_STARTED, citizen_id=citizen_id, subject=row, detail={"scheme": scheme})
    return row


def _add_documents(row: Application, *, procedure: Procedure) -> None:
    for place, needed in enumerate(procedure.documents, start=1):
        document = Document(
            citizen_id=row.citizen_id,
            application=row,
            code=needed.code,
            is_required=needed.required,
            place=place,
        )
        document.save(force_insert=True)


def write_application(*, actor: Actor, application_id: UUID, values: Mapping[str, str], seen: str) -> Application:
    """The draft says this now. Refused: `answers` with the fields that are no answers."""
    row = locked_application(actor=actor, application_id=application_id, seen=seen)
    if not can_apply(actor, row.citizen_id):
        raise PermissionDenied
    if row.state != State.DRAFT:
        raise NotNow
    kept, wrong = cleaned(fields=fields_for(procedure=_procedure(row), citizen=row.citizen), values=values)
    if wrong:
        raise Refused("answers", fields=wrong)
    row.values = kept
    row.save(update_fields=["values"])
    record_event(verb=Verb.APPLICATION_WRITTEN, citizen_id=row.citizen_id, subject=row)
    return row


def move_application(
    *, actor: Actor, application_id: UUID, move: str, details: MoveDetails, seen: str, at: datetime
) -> Application:
    """The application has made the move.

    Refused: `required` (with the fields), `channel`, `day_ahead`, `day_before`, `day_passed`, `words`, `too_long`.
    """
    row = locked_application(actor=actor, application_id=application_id, seen=seen)
    if not can_move_application(actor, row.citizen_id, move):
        raise PermissionDenied
    if move not in _MAKING:
        raise NotNow
    state = moved(row.state, move)
    _MAKING[move](row, _Step(details=details, actor=actor, at=at))
    row.state = state
    row.save(update_fields=_SET_BY_MOVES)
    record_event(
        verb=Verb.APPLICATION_MOVED,
        citizen_id=row.citizen_id,
        subject=row,
        detail={"move": move, "state": state, "scheme": row.scheme},
    )
    return row


@dataclass(frozen=True, kw_only=True)
class _Step:
    details: MoveDetails
    actor: Actor
    at: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def on(self) -> date:
        """The day it happened: as told, else today; never ahead."""
        day = self.details.on or self.today
        if day > self.today:
            raise Refused("day_ahead", fields=("on",))
        return day

    def on_or_after(self, earliest: date | None) -> date:
        if earliest is not None and self.on < earliest:
            raise Refused("day_before", fields=("on",))
        return self.on

    @property
    def words(self) -> str:
        text = self.details.words.strip()
        if not text:
            raise Refused("words", fields=("words",))
        if len(text) > LONGEST_WORDS:
            raise Refused("too_long", fields=("words",))
        return text

    def ahead(self) -> date | None:
        """A day ahead, when one was told."""
        if self.details.by is not None and self.details.by < self.on:
            raise Refused("day_passed", fields=("by",))
        return self.details.by


def _finish(row: Application, step: _Step) -> None:
    fields = fields_for(procedure=_procedure(row), citizen=row.citizen)
    empty = tuple(field.code for field in fields if field.required and not row.values.get(field.code))
    if empty:
        raise Refused("required", fields=empty)


def _write_more(row: Application, step: _Step) -> None:
    """Nothing but the state changes."""


def _send(row: Application, step: _Step) -> None:
    if step.details.channel not in Channel.values:
        raise Refused("channel", fields=("channel",))
    row.sent_on = step.on_or_after(timezone.localdate(row.started_at))
    row.channel = step.details.channel
    row.form = form_to_keep(procedure=_procedure(row), citizen=row.citizen, values=row.values)


def _acknowledge(row: Application, step: _Step) -> None:
    row.received_on = step.on_or_after(row.sent_on)
    row.decide_by = step.ahead()
    if row.decide_by is None:
        _count_by_own_deadline(row)


def _count_by_own_deadline(row: Application) -> None:
    """By the municipality's own deadline of the day of receipt, counted from it; nothing when none is known here."""
    assert row.received_on is not None
    found = in_force_on(procedure=_procedure(row), municipality=row.citizen.municipality_id, on=row.received_on)
    if found is not None:
        row.decide_by = deadline_after(deadline=found.deadline, received_on=row.received_on)
        row.own_deadline_id = found.own_id


def _ask_more(row: Application, step: _Step) -> None:
    row.wanted = step.words
    row.answer_by = step.ahead()


def _answer(row: Application, step: _Step) -> None:
    row.answer_by = None


def _postpone(row: Application, step: _Step) -> None:
    """The day was missed or will be: the citizen has been told in writing, with a new day."""
    by = step.ahead()
    if by is None or (row.decide_by is not None and by <= row.decide_by):
        raise Refused("later_day", fields=("by",))
    row.decide_by = by


def _complain(row: Application, step: _Step) -> None:
    newest = Decision.objects.filter(application=row).order_by("-recorded_at", "-id").first()
    if newest is None or newest.outcome == Outcome.WITHDRAWN:
        raise NotNow
    row.complained_on = step.on_or_after(newest.received_on)
    row.forwarded_on = None


def _forward(row: Application, step: _Step) -> None:
    if row.forwarded_on is not None:
        raise NotNow
    row.forwarded_on = step.on_or_after(row.complained_on)


def _withdraw(row: Application, step: _Step) -> None:
    day = step.on_or_after(row.sent_on)
    decision = Decision(
        citizen_id=row.citizen_id,
        application=row,
        outcome=Outcome.WITHDRAWN,
        decided_on=day,
        received_on=day,
        recorded_by_id=step.actor.id,
        recorded_at=step.at,
    )
    decision.save(force_insert=True)


_MAKING: dict[str, Callable[[Application, _Step], None]] = {
    "finish": _finish,
    "write_more": _write_more,
    "send": _send,
    "acknowledge": _acknowledge,
    "ask_more": _ask_more,
    "answer": _answer,
    "postpone": _postpone,
    "complain": _complain,
    "forward": _forward,
    "withdraw": _withdraw,
}


def _procedure(row: Application) -> Procedure:
    procedure = procedure_of(row.scheme)
    if procedure is None:
        raise NotThere
    return procedure
