"""Reads of applications: those of a citizen, how one begins, and one whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.engines.schemes.procedures import DecisionDeadline, Procedure

from ..drafting import FilledField, Known, fields_for, filled_in, words_of_case
from ..due import CLAIMED, GRANTS, Due, complain_until, deadline_after, due_of_application
from ..enums import State
from ..facts import (
    all_procedures,
    contact_of,
    filled_fields,
    newest_decisions,
    procedure_of,
    seen_application,
    seen_documents,
    told_facts,
)
from ..models import Application, Claim, Decision, Document, OwnDeadline, Vacancy
from ..own_deadlines import as_told, in_force, in_force_on, newest_first
from ..permissions import can_apply, can_keep_claims, can_move_application
from ..states import MOVES, UNSENT


@dataclass(frozen=True, kw_only=True)
class DecisionShown:
    """A decision as it was recorded."""

    outcome: str
    decided_on: date
    received_on: date
    from_on: date | None
    until_on: date | None
    hours_week: Decimal | None
    working_hours_week: Decimal | None
    is_above_limit: bool
    rate: Decimal | None
    reference: str
    complain_until: date

    @property
    def is_grant(self) -> bool:
        """Whether something was granted."""
        return self.outcome in GRANTS


@dataclass(frozen=True, kw_only=True)
class DocumentShown:
    """A line of the checklist; `title` is set for what somebody added, the rest are named by the procedure."""

    id: UUID
    code: str
    title: str
    is_required: bool
    is_reference_only: bool
    state: str
    state_on: date | None
    reference: str


@dataclass(frozen=True, kw_only=True)
class ApplicationRow:
    """An application in a list."""

    id: UUID
    scheme: str
    state: str
    outcome: str
    started_on: date
    sent_on: date | None
    about: str
    due: tuple[Due, ...]


@dataclass(frozen=True, kw_only=True)
class ApplicationsPage:
    """All applications of a citizen, the open ones first, and what can be applied for."""

    citizen: Citizen
    rows: tuple[ApplicationRow, ...]
    schemes: tuple[Procedure, ...]
    open_posts: int
    is_own: bool
    may_apply: bool


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """How one applies for a scheme: the procedure, what is known already, and the municipality's own deadline."""

    citizen: Citizen
    procedure: Procedure
    fields: tuple[FilledField, ...]
    known: Mapping[str, Known]
    deadline: DecisionDeadline | None
    standing_id: UUID | None
    is_own: bool
    may_apply: bool


@dataclass(frozen=True, kw_only=True)
class ApplicationPage:
    """One application whole: what it says, its documents, what was decided, what comes next and who may do it."""

    id: UUID
    citizen: Citizen
    procedure: Procedure
    state: str
    fields: tuple[FilledField, ...]
    form: tuple[Mapping[str, str], ...]
    documents: tuple[DocumentShown, ...]
    channel: str
    started_on: date
    sent_on: date | None
    received_on: date | None
    decide_by: date | None
    deadline: DecisionDeadline | None
    is_counted_by_deadline: bool
    wanted: str
    answer_by: date | None
    complained_on: date | None
    forwarded_on: date | None
    decision: DecisionShown | None
    earlier: tuple[DecisionShown, ...]
    due: tuple[Due, ...]
    moves: tuple[str, ...]
    has_claims: bool
    is_own: bool
    may_write: bool
    may_keep_documents: bool
    may_keep_claims: bool
    seen: str
    seen_documents: str

    @property
    def left_open(self) -> tuple[FilledField, ...]:
        """The fields that have to be filled before it can be sent."""
        return tuple(field for field in self.fields if field.is_left_open)


def applications_of(*, actor: Actor, citizen_id: UUID, on: date) -> ApplicationsPage | None:
    """The applications of a citizen, or None when there is no such citizen for the actor. Six queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    rows = list(Application.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("-started_at", "-id"))
    shown = _rows(rows, on=on, citizen_id=citizen_id, municipality=citizen.municipality_id)
    return ApplicationsPage(
        citizen=citizen,
        rows=tuple(sorted(shown, key=lambda row: row.state == State.DECIDED and not row.due)),
        schemes=tuple(all_procedures().by_scheme.values()),
        open_posts=Vacancy.objects.visible_to(actor).filter(citizen_id=citizen_id, ended_on__isnull=True).count(),
        is_own=actor.citizen_id == citizen_id,
        may_apply=can_apply(actor, citizen_id),
    )


def my_due(*, actor: Actor, on: date) -> tuple[ApplicationRow, ...]:
    """The citizen's own applications that something happens with, for the home page. Four queries at most."""
    if actor.citizen_id is None:
        return ()
    own = Application.objects.visible_to(actor).annotate(municipality=F("citizen__municipality_id"))
    rows = list(own.order_by("-started_at", "-id"))
    shown = _rows(rows, on=on, citizen_id=actor.citizen_id, municipality=rows[0].municipality) if rows else []
    return tuple(row for row in shown if row.due)


def _rows(rows: Sequence[Application], *, on: date, citizen_id: UUID, municipality: str) -> list[ApplicationRow]:
    decisions = newest_decisions(Decision.objects.filter(citizen_id=citizen_id)) if rows else {}
    claims = list(Claim.objects.filter(citizen_id=citizen_id)) if any(row.scheme in CLAIMED for row in rows) else []
    own = own_deadlines_for(rows, municipalities=OwnDeadline.objects.filter(municipality_id=municipality))
    return [
        row_shown(
            row,
            decision=decisions.get(row.pk),
            claims=[claim for claim in claims if claim.application_id == row.pk],
            expected=expected_deadline(row, rows=own, municipality=municipality),
            on=on,
        )
        for row in rows
    ]


def own_deadlines_for(
    rows: Iterable[Application], *, municipalities: QuerySet[OwnDeadline, OwnDeadline]
) -> tuple[OwnDeadline, ...]:
    """The own deadlines, newest first, when the receipt of an application is not confirmed; else none is needed."""
    return tuple(newest_first(municipalities)) if any(row.state == State.SENT for row in rows) else ()


def expected_deadline(row: Application, *, rows: Iterable[OwnDeadline], municipality: str) -> DecisionDeadline | None:
    """The deadline of the day an application was sent, as long as its receipt is not confirmed."""
    procedure = procedure_of(row.scheme)
    if row.state != State.SENT or row.sent_on is None or procedure is None:
        return None
    found = in_force(rows=rows, procedure=procedure, municipality=municipality, on=row.sent_on)
    return found.deadline if found else None


def row_shown(
    row: Application,
    *,
    decision: Decision | None,
    claims: Iterable[Claim],
    expected: DecisionDeadline | None,
    on: date,
) -> ApplicationRow:
    """An application in a line, with what comes next."""
    procedure = procedure_of(row.scheme)
    due = (
        due_of_application(row=row, decision=decision, claims=claims, procedure=procedure, on=on, expected=expected)
        if procedure
        else ()
    )
    return ApplicationRow(
        id=row.pk,
        scheme=row.scheme,
        state=row.state,
        outcome=decision.outcome if decision and row.state == State.DECIDED else "",
        started_on=timezone.localdate(row.started_at),
        sent_on=row.sent_on,
        about=row.values.get("employer", ""),
        due=due,
    )


def start_for(*, actor: Actor, citizen_id: UUID, scheme: str, on: date) -> StartPage | None:
    """How the citizen applies for the scheme; None without such a citizen or scheme."""
    procedure = procedure_of(scheme)
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None or procedure is None:
        return None
    known = told_facts(actor=actor, citizen_id=citizen_id, on=on)
    words = words_of_case(citizen=citizen, contact=contact_of(citizen), actor=actor)
    values = filled_in(fields=fields_for(procedure=procedure, citizen=citizen), known={**known, **words})
    standing = Application.objects.visible_to(actor).filter(citizen_id=citizen_id, scheme=scheme, state__in=UNSENT)
    found = in_force_on(procedure=procedure, municipality=citizen.municipality_id, on=on)
    return StartPage(
        citizen=citizen,
        procedure=procedure,
        fields=filled_fields(procedure=procedure, citizen=citizen, values=values, known=values),
        known=known,
        deadline=found.deadline if found else None,
        standing_id=standing.values_list("pk", flat=True).first(),
        is_own=actor.citizen_id == citizen_id,
        may_apply=can_apply(actor, citizen_id),
    )


def application_for(*, actor: Actor, application_id: UUID, on: date) -> ApplicationPage | None:
    """One application, or None when it is not there for the actor. Six queries."""
    found = Application.objects.visible_to(actor).select_related("citizen__municipality", "own_deadline")
    row: Application | None = found.filter(pk=application_id).first()
    procedure = procedure_of(row.scheme) if row is not None else None
    if row is None or procedure is None:
        return None
    citizen = row.citizen
    decisions = list(Decision.objects.filter(application=row).order_by("-recorded_at", "-id"))
    documents = list(Document.objects.filter(application=row).order_by("place", "id"))
    claims = list(Claim.objects.filter(application=row)) if row.scheme in CLAIMED else []
    words = words_of_case(citizen=citizen, contact=contact_of(citizen), actor=actor) if row.state in UNSENT else {}
    newest = decisions[0] if decisions else None
    deadline = _deadline_of(row, procedure=procedure, on=on)
    return ApplicationPage(
        id=row.pk,
        citizen=citizen,
        procedure=procedure,
        state=row.state,
        fields=filled_fields(
            procedure=procedure,
            citizen=citizen,
            values=row.values,
            known=filled_in(fields=procedure.fields, known=words),
        ),
        form=tuple(row.form or ()),
        documents=tuple(_document_shown(document, procedure=procedure) for document in documents),
        channel=row.channel,
        started_on=timezone.localdate(row.started_at),
        sent_on=row.sent_on,
        received_on=row.received_on,
        decide_by=row.decide_by,
        deadline=deadline,
        is_counted_by_deadline=_is_counted(row, deadline=deadline),
        wanted=row.wanted,
        answer_by=row.answer_by,
        complained_on=row.complained_on,
        forwarded_on=row.forwarded_on,
        decision=_decision_shown(newest, procedure=procedure) if newest else None,
        earlier=tuple(_decision_shown(decision, procedure=procedure) for decision in decisions[1:]),
        due=due_of_application(row=row, decision=newest, claims=claims, procedure=procedure, on=on, expected=deadline),
        moves=_moves(actor=actor, row=row, newest=newest),
        has_claims=_has_claims(row, newest=newest),
        is_own=actor.citizen_id == row.citizen_id,
        may_write=can_apply(actor, row.citizen_id) and row.state == State.DRAFT,
        may_keep_documents=can_apply(actor, row.citizen_id) and row.state != State.DECIDED,
        may_keep_claims=can_keep_claims(actor),
        seen=seen_application(row),
        seen_documents=seen_documents(documents),
    )


def _deadline_of(row: Application, *, procedure: Procedure, on: date) -> DecisionDeadline | None:
    """The deadline the day was counted by; before that the one of the day it was received or sent, or of today."""
    if row.own_deadline is not None:
        return as_told(row.own_deadline)
    day = row.received_on or row.sent_on or on
    found = in_force_on(procedure=procedure, municipality=row.citizen.municipality_id, on=day)
    return found.deadline if found else None


def _is_counted(row: Application, *, deadline: DecisionDeadline | None) -> bool:
    """Whether the day of decision follows from the deadline: a day that was typed or postponed does not."""
    began = row.received_on or (row.sent_on if row.state == State.SENT else None)
    if deadline is None or began is None or row.state not in (State.SENT, State.ACKNOWLEDGED, State.MORE_WANTED):
        return False
    return row.state == State.SENT or row.decide_by == deadline_after(deadline=deadline, received_on=began)


def _moves(*, actor: Actor, row: Application, newest: Decision | None) -> tuple[str, ...]:
    """What the actor may do now; what was taken back is not complained about, and a complaint is forwarded once."""
    allowed = [
        move for state, move in MOVES if state == row.state and can_move_application(actor, row.citizen_id, move)
    ]
    without = {"complain"} if newest is not None and newest.outcome == "withdrawn" else set()
    without |= {"forward"} if row.forwarded_on is not None else set()
    return tuple(move for move in allowed if move not in without)


def _has_claims(row: Application, *, newest: Decision | None) -> bool:
    is_grant = newest is not None and newest.outcome in GRANTS and newest.hours_week is not None
    return row.scheme in CLAIMED and is_grant


def _document_shown(row: Document, *, procedure: Procedure) -> DocumentShown:
    needed = next((document for document in procedure.documents if document.code == row.code), None)
    return DocumentShown(
        id=row.pk,
        code=row.code,
        title=row.title,
        is_required=row.is_required,
        is_reference_only=needed is not None and needed.reference_only,
        state=row.state,
        state_on=row.state_on,
        reference=row.reference,
    )


def _decision_shown(row: Decision, *, procedure: Procedure) -> DecisionShown:
    return DecisionShown(
        outcome=row.outcome,
        decided_on=row.decided_on,
        received_on=row.received_on,
        from_on=row.from_on,
        until_on=row.until_on,
        hours_week=row.hours_week,
        working_hours_week=row.working_hours_week,
        is_above_limit=row.is_above_limit,
        rate=row.rate,
        reference=row.reference,
        complain_until=complain_until(procedure=procedure, decision=row),
    )
