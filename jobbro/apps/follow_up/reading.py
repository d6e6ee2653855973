"""What the services and selectors read alike: a placement with its wording, and which talk is the one to have."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import Company
from jobbro.apps.matching.models import Card, Proposal
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Arrangement, Placement

from .answers import Asked
from .enums import TalkParty, TalkState
from .facts import Binding, asked_of_citizen, asked_of_employer, signed_wordings
from .models import Talk
from .rhythms import InForce, rhythm_on

FOLLOWED = (PlacementState.AGREED, PlacementState.ENDED)


@dataclass(frozen=True, kw_only=True)
class TalkToHave:
    """The talk that is to be had with a party now: begun or asked for already (`row`), or due (`due_on`)."""

    row: Talk | None
    due_on: date


def placement_for(*, actor: Actor, placement_id: UUID) -> Placement | None:
    """A placement that was agreed, as far as the actor may see it. One query."""
    rows = Placement.objects.visible_to(actor).filter(pk=placement_id, state__in=FOLLOWED)
    found: Placement | None = rows.first()
    return found


def municipality_of(*, actor: Actor, placement: Placement) -> str:
    """The code alone: it is no look at the person. A company reads its own; nobody else may see both."""
    if actor.is_employer:
        return str(Company.objects.filter(pk=placement.company_id).values_list("municipality_id", flat=True).get())
    return str(Citizen.objects.filter(pk=placement.citizen_id).values_list("municipality_id", flat=True).get())


def rhythm_of(*, actor: Actor, placement: Placement, on: date) -> InForce:
    """The rhythm that holds for the placement. Two queries."""
    return rhythm_on(municipality=municipality_of(actor=actor, placement=placement), on=on)


def binding_for(*, actor: Actor, placement: Placement) -> Binding:
    """What binds. One query."""
    return Binding(version=signed_wordings(actor).filter(placement=placement).last())


def asked_for(
    *, actor: Actor, placement: Placement, party: TalkParty, binding: Binding, rhythm: InForce, on: date
) -> Asked:
    """What the talk asks the party about, as things stand. One or two queries."""
    if party == TalkParty.EMPLOYER:
        cards = Card.objects.filter(
            proposal_id=placement.proposal_id, withdrawn_at__isnull=True, from_on__lte=on, until_on__gte=on
        )
        return asked_of_employer(card=cards.first(), binding=binding, answer_days=rhythm.answer_days)
    proposal: Proposal = Proposal.objects.visible_to(actor).select_related("opening").get(pk=placement.proposal_id)
    rows = Arrangement.objects.visible_to(actor).filter(proposal=proposal).order_by("measure")
    return asked_of_citizen(proposal=proposal, arrangements=rows, answer_days=rhythm.answer_days)


def talk_to_have(
    *, placement: Placement, talks: list[Talk], rhythm: InForce, on: date, is_extra: bool = False
) -> TalkToHave | None:
    """The talk of a party that is to be had: what is begun or asked for, else what is due and was not answered.

    `is_extra`: with nothing due, somebody of the municipality can ask today all the same.
    """
    if placement.starts_on is None:
        return None
    due = rhythm.due(starts_on=placement.starts_on, on=on, ended_on=placement.ended_on).last
    answered = {talk.due_on for talk in talks if talk.state == TalkState.ANSWERED}
    open_ones = [talk for talk in talks if talk.state != TalkState.ANSWERED]
    newest = max(open_ones, key=lambda talk: talk.due_on, default=None)
    if newest is not None and (due is None or newest.due_on >= due):
        return TalkToHave(row=newest, due_on=newest.due_on)
    if due is not None and not any(day >= due for day in answered):
        return TalkToHave(row=None, due_on=due)
    if is_extra and placement.state == PlacementState.AGREED and on not in answered:
        return TalkToHave(row=next((talk for talk in open_ones if talk.due_on == on), None), due_on=on)
    return None
