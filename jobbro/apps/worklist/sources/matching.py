"""Proposals that wait for a move, and compensation cards that run out or were taken back."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.matching.enums import LIVE, ProposalState
from jobbro.apps.matching.models import Card, Proposal

from ..enums import WaitsOn
from .shape import need

CARD_AHEAD = timedelta(days=14)
# A card that was taken back is talked about soon or not at all.
TAKEN_BACK_FOR = 14
IN_CONTACT = (ProposalState.INTRODUCED, ProposalState.TRIED)


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """What proposals and cards wait for."""
    proposals = Proposal.objects.visible_to(actor)
    cards = Card.objects.visible_to(actor)
    taken_back_on = TruncDate("withdrawn_at")
    return (
        need(
            proposals.filter(state=ProposalState.IDEA),
            code="proposal_to_introduce",
            waits_on=WaitsOn.US,
            due_on=F("state_on"),
        ),
        need(
            proposals.filter(state=ProposalState.INTRODUCED),
            code="proposal_answer",
            waits_on=WaitsOn.EMPLOYER,
            due_on=F("state_on"),
        ),
        need(
            cards.filter(withdrawn_at__isnull=True, until_on__range=(on, on + CARD_AHEAD), proposal__state__in=LIVE),
            code="card_ends",
            waits_on=WaitsOn.CITIZEN,
            due_on=F("until_on"),
        ),
        need(
            cards.filter(withdrawn_at__isnull=False, proposal__state__in=IN_CONTACT)
            .alias(taken_back_on=taken_back_on)
            .filter(taken_back_on__gte=on - timedelta(days=TAKEN_BACK_FOR)),
            code="card_taken_back",
            waits_on=WaitsOn.US,
            due_on=taken_back_on,
        ),
    )
