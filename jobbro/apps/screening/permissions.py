"""Who may do what with a dialogue; the wall has already decided whose dialogues exist for the actor."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor

from .enums import Speaker


def can_hold_dialogue(actor: Actor, citizen_id: UUID) -> bool:
    """Start, answer, pause and finish: the citizen's own, or work with citizens. Key persons read only."""
    return is_own(actor, citizen_id) or (actor.citizen_id is None and actor.is_caseworking)


def can_speak_as(actor: Actor, speaker: Speaker) -> bool:
    """A citizen gives only their own words; a caseworker can write down the citizen's too."""
    return speaker == Speaker.CITIZEN or actor.citizen_id is None


def can_agree_as(actor: Actor, citizen_id: UUID, party: Speaker) -> bool:
    """Everybody for themselves; a caseworker also records that the citizen agreed in the meeting."""
    return can_hold_dialogue(actor, citizen_id) and (party == Speaker.CITIZEN or actor.citizen_id is None)


def is_own(actor: Actor, citizen_id: UUID) -> bool:
    """Whether the actor is the citizen."""
    return actor.citizen_id == citizen_id
