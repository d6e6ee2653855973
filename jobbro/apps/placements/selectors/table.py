"""The round-table for the citizen and those around them: when and who, the bridge, what was said, what came of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.jobs.models import Opening
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.models import Proposal
from jobbro.apps.matching.selectors.pairs import PairTold, told_of
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue

from ..enums import IntroductionState, Outcome
from ..facts import first_contact
from ..models import AgreementVersion, Arrangement, Introduction, Participant, Said
from ..permissions import can_lay_table
from ..services.introductions import living_card
from ..stamps import seen_arrangement, seen_introduction
from ..states import DECISIONS, MOVES


@dataclass(frozen=True, kw_only=True)
class SupportLine:
    """A support of the bridge, and how it is arranged; `arrangement` is None until somebody has said who does it."""

    entry: CatalogueMeasure
    arrangement: Arrangement | None
    is_on_card: bool

    @property
    def seen(self) -> str:
        return seen_arrangement(self.arrangement)


@dataclass(frozen=True, kw_only=True)
class TablePage:
    """All that the page of a round-table shows. `card_id` is None when the company can read nothing today."""

    introduction: Introduction
    citizen: Citizen
    opening: Opening
    proposal_state: ProposalState
    participants: tuple[Participant, ...]
    said: tuple[Said, ...]
    told: PairTold
    lines: tuple[SupportLine, ...]
    card_id: UUID | None
    versions: tuple[AgreementVersion, ...]
    moves: tuple[str, ...]
    decisions: tuple[Outcome, ...]
    is_own: bool
    may_keep: bool

    @property
    def seen(self) -> str:
        return seen_introduction(self.introduction)

    @property
    def newest(self) -> AgreementVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def support(self) -> tuple[CatalogueMeasure, ...]:
        """The support that lays planks: that of the proposal, and what was arranged beside it."""
        return tuple(line.entry for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class MeetingStart:
    """What the form of a meeting is filled with."""

    proposal_id: UUID
    citizen: Citizen
    opening: Opening
    card_name: str
    contact: str
    has_card: bool
    planned_id: UUID | None
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class ArrangementStart:
    """A support to arrange, with what is arranged now. `may_be`: the measures to choose among, by code."""

    table: TablePage
    measure: CatalogueMeasure | None
    arrangement: Arrangement | None
    may_be: tuple[CatalogueMeasure, ...] = field(default=(), hash=False)

    @property
    def seen(self) -> str:
        return seen_arrangement(self.arrangement)


def table_page(*, actor: Actor, introduction_id: UUID, on: date) -> TablePage | None:
    """The round-table; None when it is not there for the citizen or for staff. Seven queries."""
    if actor.is_employer:
        return None
    rows = Introduction.objects.visible_to(actor).select_related("proposal__opening")
    row: Introduction | None = rows.filter(pk=introduction_id).first()
    citizen = citizen_for(actor=actor, citizen_id=row.citizen_id) if row else None
    if row is None or citizen is None:
        return None
    proposal: Proposal = row.proposal
    told = told_of(person=proposal.person_input, job=proposal.opening_input, measures=proposal.measures_input)
    card = living_card(proposal_id=proposal.pk, on=on)
    may_keep = can_lay_table(actor)
    return TablePage(
        introduction=row,
        citizen=citizen,
        opening=proposal.opening,
        proposal_state=ProposalState(proposal.state),
        participants=tuple(row.participants.order_by("pk")),
        said=tuple(row.said.order_by("written_at", "pk")),
        told=told,
        lines=_lines(told, proposal=proposal, shown=card.content["measures"] if card else ()),
        card_id=card.pk if card else None,
        versions=tuple(
            AgreementVersion.objects.visible_to(actor).filter(placement__proposal=proposal).order_by("number")
        ),
        moves=_moves(row) if may_keep else (),
        decisions=_decisions(row) if may_keep else (),
        is_own=actor.citizen_id == citizen.pk,
        may_keep=may_keep,
    )


def meeting_start(*, actor: Actor, proposal_id: UUID, on: date) -> MeetingStart | None:
    """What a new meeting about the proposal starts from; None when it is not the actor's. Four queries."""
    if not can_lay_table(actor):
        return None
    rows = Proposal.objects.visible_to(actor).select_related("opening")
    row: Proposal | None = rows.filter(pk=proposal_id).first()
    citizen = citizen_for(actor=actor, citizen_id=row.citizen_id) if row else None
    if row is None or citizen is None:
        return None
    card = living_card(proposal_id=row.pk, on=on)
    planned = Introduction.objects.filter(proposal=row, state=IntroductionState.PLANNED)
    return MeetingStart(
        proposal_id=row.pk,
        citizen=citizen,
        opening=row.opening,
        card_name=str(card.content["name"]) if card else "",
        contact=first_contact(company_id=row.company_id, on=on),
        has_card=card is not None,
        planned_id=planned.values_list("pk", flat=True).first(),
        is_over=row.state == ProposalState.DECLINED,
    )


def arrangement_start(*, actor: Actor, introduction_id: UUID, measure: str, on: date) -> ArrangementStart | None:
    """The form for a support of the bridge, or for another of the catalogue; None when not the actor's."""
    page = table_page(actor=actor, introduction_id=introduction_id, on=on)
    if page is None or not page.may_keep:
        return None
    here = {line.entry.code: line for line in page.lines}
    line = here.get(measure)
    entries = {entry.code: entry for entry in catalogue().entries}
    return ArrangementStart(
        table=page,
        measure=entries.get(measure),
        arrangement=line.arrangement if line else None,
        may_be=tuple(entry for code, entry in entries.items() if code not in here or code == measure),
    )


def _lines(told: PairTold, *, proposal: Proposal, shown: Any) -> tuple[SupportLine, ...]:
    """Support of the proposal first, then what was arranged beside it, each in code order."""
    arranged = {row.measure: row for row in proposal.arrangements.order_by("measure")}
    entries = {entry.code: entry for entry in catalogue().entries}
    proposed = {entry.code: entry for entry in told.support}
    codes = [*proposed, *(code for code in arranged if code not in proposed and code in entries)]
    return tuple(
        SupportLine(entry=entries[code], arrangement=arranged.get(code), is_on_card=code in shown) for code in codes
    )


def _moves(row: Introduction) -> tuple[str, ...]:
    return tuple(move for state, move in MOVES if state == row.state)


def _decisions(row: Introduction) -> tuple[Outcome, ...]:
    return DECISIONS[Outcome(row.outcome)] if row.state == IntroductionState.HELD else ()
