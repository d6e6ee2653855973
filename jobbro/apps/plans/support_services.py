"""Writes of support: the choice people made, with everything it rested on."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.engines.support.catalogue import catalogue_version

from .facts import agreed_needs, explanation_of, known_measures, known_occupations, newest_agreement
from .models import SupportDecision
from .permissions import can_choose_support
from .refusals import Changed, Refused
from .selectors import newest_decision
from .services import LONGEST_WORDS, lock_citizen
from .support_selectors import Choice, outlook_of


def choose_support(
    *,
    actor: Actor,
    citizen_id: UUID,
    choice: Choice,
    reason: str,
    seen_agreement_id: UUID,
    seen_decision_id: UUID | None,
    at: datetime,
) -> SupportDecision:
    """The choice is kept with all it rested on.

    Refused: `nothing_agreed`, `occupations`, `measures`, `both` (chosen and declined), `reason`, `too_long`.
    """
    if not can_choose_support(actor):
        raise PermissionDenied
    lock_citizen(actor=actor, citizen_id=citizen_id)
    agreement = newest_agreement(actor=actor, citizen_id=citizen_id)
    if agreement is None:
        raise Refused("nothing_agreed")
    newest = newest_decision(actor=actor, citizen_id=citizen_id)
    if agreement.pk != seen_agreement_id or (newest.pk if newest else None) != seen_decision_id:
        raise Changed
    _check_choice(choice, reason=reason)
    needs = agreed_needs(agreement)
    outlook = outlook_of(needs=needs, choice=choice)
    if not outlook.is_as_proposed and not reason.strip():
        raise Refused("reason")
    decision = SupportDecision(
        citizen_id=citizen_id,
        agreement=agreement,
        occupations=[occupation.code for occupation in outlook.occupations],
        measures=[entry.code for entry in outlook.chosen],
        declined=[entry.code for entry in known_measures(choice.declined)],
        explanation=explanation_of(
            needs=needs, occupations=outlook.occupations, proposal=outlook.proposal, chosen=outlook.chosen
        ),
        catalogue_version=catalogue_version(),
        reason=reason.strip(),
        decided_by_id=actor.id,
        decided_at=at,
    )
    decision.save(force_insert=True)
    record_event(
        verb=Verb.SUPPORT_CHOSEN,
        citizen_id=citizen_id,
        subject=decision,
        detail={"measures": len(decision.measures), "as_proposed": outlook.is_as_proposed},
    )
    return decision


def _check_choice(choice: Choice, *, reason: str) -> None:
    if not choice.occupations or len(known_occupations(choice.occupations)) != len(set(choice.occupations)):
        raise Refused("occupations")
    named = {*choice.measures, *choice.declined}
    if len(known_measures(named)) != len(named):
        raise Refused("measures")
    if set(choice.measures) & set(choice.declined):
        raise Refused("both")
    if len(reason) > LONGEST_WORDS:
        raise Refused("too_long")
