"""Who may do what with applications, posts and claims; the wall in the database decides about whom."""

from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor

from .states import CITIZEN_MOVES, CITIZEN_VACANCY_MOVES


def can_apply(actor: Actor, citizen_id: UUID) -> bool:
    """Start and write an application, note a post: the citizen for themselves, and those who work with citizens."""
    return actor.citizen_id == citizen_id or (actor.citizen_id is None and actor.is_caseworking)


def can_move_application(actor: Actor, citizen_id: UUID, move: str) -> bool:
    """Employees move it all the way; the citizen writes, sends, answers, takes back and complains."""
    return can_apply(actor, citizen_id) and (actor.citizen_id is None or move in CITIZEN_MOVES)


def can_move_vacancy(actor: Actor, citizen_id: UUID, move: str) -> bool:
    """Employees all steps; the citizen those that they see themselves."""
    return can_apply(actor, citizen_id) and (actor.citizen_id is None or move in CITIZEN_VACANCY_MOVES)


def can_keep_claims(actor: Actor) -> bool:
    """Those who work with citizens; the citizen and key persons read."""
    return actor.citizen_id is None and actor.is_caseworking


def deadline_codes(actor: Actor) -> tuple[str, ...]:
    """Municipalities whose own deadlines the actor may set as administrator or team lead, by the wall's own word."""
    if actor.citizen_id is not None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute("select app_deadline_municipalities()")
        return tuple(cursor.fetchone()[0])
