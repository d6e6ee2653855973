"""Reads of proposals: one whole with its steps, and those of a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.jobs.models import Opening

from ..enums import LIVE, ProposalState, Side
from ..models import Card, Proposal, ProposalStep
from ..permissions import moves_of
from ..refusals import NotThere
from ..replaying import Replayed, replay
from .pairs import PairTold, is_to_be_had, told_of

MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class StepTold:
    """A move of the proposal and the reason that both sides read."""

    state: ProposalState
    side: Side
    reason: str
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """A proposal whole. `opening` is None when it cannot be read any more; what was kept of it always can.

    `card_id`: the card that the company can read today or will from its first day, if there is one.
    """

    proposal: Proposal
    citizen: Citizen
    opening: Opening | None
    is_own: bool
    is_live: bool
    can_be_had: bool
    card_id: UUID | None
    moves: tuple[ProposalState, ...]
    steps: tuple[StepTold, ...]
    told: PairTold
    replayed: Replayed


@dataclass(frozen=True, kw_only=True)
class ProposalRow:
    """A proposal in a list of one person's."""

    id: UUID
    opening_id: UUID
    title: str
    employer_name: str
    state: ProposalState
    state_on: date

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


def proposal_page(*, actor: Actor, proposal_id: UUID, on: date) -> ProposalPage:
    """The proposal as it was kept, with its steps, computed again. Raises NotThere. Five queries."""
    row: Proposal | None = Proposal.objects.visible_to(actor).filter(pk=proposal_id).first()
    citizen = citizen_for(actor=actor, citizen_id=row.citizen_id) if row else None
    if row is None or citizen is None:
        raise NotThere
    opening: Opening | None = Opening.objects.filter(pk=row.opening_id).first()
    cards = Card.objects.visible_to(actor).filter(proposal=row, withdrawn_at=None, until_on__gte=on)
    return ProposalPage(
        proposal=row,
        citizen=citizen,
        opening=opening,
        is_own=actor.citizen_id == row.citizen_id,
        is_live=row.state in LIVE,
        can_be_had=opening is not None and is_to_be_had(opening, on=on),
        card_id=cards.values_list("pk", flat=True).first(),
        moves=moves_of(actor, citizen_id=row.citizen_id, state=ProposalState(row.state)),
        steps=_steps(actor=actor, row=row, citizen=citizen),
        told=told_of(person=row.person_input, job=row.opening_input, measures=row.measures_input),
        replayed=replay(row),
    )


def proposals_of(*, actor: Actor, citizen_id: UUID) -> tuple[ProposalRow, ...]:
    """The person's proposals, the newest first. One query."""
    rows = Proposal.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("-picked_at", "-pk")
    found = rows.values_list("id", "opening_id", "opening__title", "opening__employer_name", "state", "state_on")
    return tuple(
        ProposalRow(
            id=pk,
            opening_id=opening_id,
            title=title,
            employer_name=employer,
            state=ProposalState(state),
            state_on=state_on,
        )
        for pk, opening_id, title, employer, state, state_on in found[:MOST_SHOWN]
    )


def _steps(*, actor: Actor, row: Proposal, citizen: Citizen) -> tuple[StepTold, ...]:
    """Every step, also by somebody whose user row the wall hides: a citizen's is hidden from staff."""
    steps = ProposalStep.objects.visible_to(actor).filter(proposal=row).order_by("made_at", "pk")
    name = Subquery(User.objects.filter(pk=OuterRef("made_by_id")).values("display_name")[:1])
    return tuple(
        StepTold(
            state=ProposalState(one.state),
            side=Side(one.side),
            reason=one.reason,
            name=citizen.name if one.made_by_id == citizen.user_id else one.name or "",
            at=one.made_at,
        )
        for one in steps.annotate(name=name)
    )
