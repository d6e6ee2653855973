"""Who may do what about a meeting; the wall decides about whom."""

from jobbro.apps.accounts.actor import Actor

from .enums import Party
from .models import MeetingParticipant


def can_book_meeting(actor: Actor) -> bool:
    """Book, move, call off and hold: those who work with citizens."""
    return actor.citizen_id is None and not actor.is_employer and actor.is_caseworking


def is_own_seat(actor: Actor, seat: MeetingParticipant) -> bool:
    """Whether the actor is the one who is asked to come."""
    if seat.user_id is not None and seat.user_id == actor.id:
        return True
    if seat.party == Party.CITIZEN:
        return actor.citizen_id is not None and seat.citizen_id == actor.citizen_id
    return seat.party == Party.COMPANY and actor.is_employer and seat.company_id in actor.companies
