"""What the agreed needs lend to a question to the key persons: which areas are not without difficulty, no levels."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.key_persons.enums import ContextKind
from jobbro.apps.key_persons.services.questions import Along, ContextItem
from jobbro.apps.screening.facts import AgreementUnreadable, profile_from_json
from jobbro.kernel.vocabulary import LEVEL_MAX

from .facts import newest_agreement


def along_needs(*, actor: Actor, citizen_id: UUID) -> Along:
    """The areas in which something is hard, as both have agreed; nothing when nothing is agreed."""
    agreement = newest_agreement(actor=actor, citizen_id=citizen_id)
    if agreement is None:
        return Along(citizen_id=citizen_id)
    try:
        profile = profile_from_json(agreement.profile)
    except AgreementUnreadable:
        return Along(citizen_id=citizen_id)
    hard = (need.area for need in profile.needs if need.level is not None and need.level < LEVEL_MAX)
    return Along(items=tuple(ContextItem(kind=ContextKind.AREA, code=area) for area in hard), citizen_id=citizen_id)
