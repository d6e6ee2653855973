"""Giving a compensation card and taking it back: one card, one consent, and both end together."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.services import give_consent_for_card, withdraw_consent

from ..card_checking import CardChoice, checked_reason, chosen_content
from ..card_content import kept_content
from ..enums import LIVE
from ..models import Card, Proposal
from ..permissions import can_give_card
from ..refusals import Changed, NotThere, Refused
from ..selectors.cards import card_draft, seen_card


def give_card(
    *,
    actor: Actor,
    proposal_id: UUID,
    choice: CardChoice,
    at: datetime,
    on: date,
    on_behalf: str = "",
    seen: str = "",
) -> Card:
    """The company of the proposal reads this card in its days, and no other card about the same job.

    `seen`: the mark of the preview; what is given is what was seen. `on_behalf`: why staff give it for the citizen.
    Raises NotThere, Changed, and Refused: `declined`, and as `chosen_content` and `checked_reason` say.
    """
    draft = card_draft(actor=actor, proposal_id=proposal_id)
    if draft is None:
        raise NotThere
    content = chosen_content(choice=choice, offer=draft.offer, on=on)
    reason = checked_reason(on_behalf, is_own=draft.is_own)
    if seen and seen != seen_card(content, choice=choice):
        raise Changed
    # Two cards given at the same time, and a card and a no, follow each other from here on.
    proposal = Proposal.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=proposal_id)
    if proposal.state not in LIVE:
        raise Refused("declined")
    citizen_id = proposal.citizen_id
    consent = give_consent_for_card(actor=actor, citizen_id=citizen_id, recipient=draft.company, at=at)
    _end_standing(actor=actor, proposal_id=proposal_id, citizen_id=citizen_id, at=at)
    card = Card(
        citizen_id=citizen_id,
        proposal=proposal,
        company_id=proposal.company_id,
        consent=consent,
        content=kept_content(content),
        from_on=choice.from_on,
        until_on=choice.until_on,
        given_at=at,
        given_by_id=actor.id,
        on_behalf=reason,
    )
    card.save(force_insert=True)
    record_event(verb=Verb.CARD_GIVEN, citizen_id=citizen_id, subject=card)
    return card


def withdraw_card(*, actor: Actor, card_id: UUID, at: datetime) -> Card:
    """The company's next request is refused; taking back twice is once. Raises NotThere, PermissionDenied."""
    card: Card | None = Card.objects.visible_to(actor).filter(pk=card_id).first()
    if card is None:
        raise NotThere
    if not can_give_card(actor, card.citizen_id):
        raise PermissionDenied
    if card.withdrawn_at is None:
        _end(card, actor=actor, at=at)
        card.refresh_from_db()
    return card


def _end_standing(*, actor: Actor, proposal_id: UUID, citizen_id: UUID, at: datetime) -> None:
    standing = Card.objects.visible_to(actor).filter(
        proposal_id=proposal_id, citizen_id=citizen_id, withdrawn_at__isnull=True
    )
    for card in standing:
        _end(card, actor=actor, at=at)


def _end(card: Card, *, actor: Actor, at: datetime) -> None:
    """The wall takes the card back together with its consent."""
    withdraw_consent(actor=actor, citizen_id=card.citizen_id, consent_id=card.consent_id, at=at)
    record_event(verb=Verb.CARD_WITHDRAWN, citizen_id=card.citizen_id, subject=card)
