"""Two of a mini-team become a buddy pair, and are one no more."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import Position
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.permissions import TEAM_ROLES
from jobbro.apps.organisations.models import Team

from ..models import BuddyPair
from ..permissions import can_lead
from ..refusals import NotThere, Refused
from .covers import arrange_covers


def make_pair(*, actor: Actor, team_id: UUID, first_id: UUID, second_id: UUID, at: datetime, on: date) -> BuddyPair:
    """The two are a pair from today and stand in for each other.

    Raises NotThere for a team that the actor does not lead, Refused (`same`, `not_in_team`, `in_pair`).
    """
    team = Team.objects.standing(on=on).filter(pk=team_id).first()
    if team is None or not can_lead(actor, unit_id=team.unit_id):
        raise NotThere
    if first_id == second_id:
        raise Refused("same", fields=("second",))
    members = Position.objects.standing(on=on).filter(team=team, role__in=TEAM_ROLES, user__is_active=True)
    for user_id, field in ((first_id, "first"), (second_id, "second")):
        if not members.filter(user_id=user_id).exists():
            raise Refused("not_in_team", fields=(field,))
        if _pairs(team_id=team_id, user_id=user_id, on=on).exists():
            raise Refused("in_pair", fields=(field,))
    pair = BuddyPair(team=team, first_id=first_id, second_id=second_id, from_on=on, made_by_id=actor.id)
    pair.save(force_insert=True)
    record_event(verb=Verb.PAIR_MADE, subject=pair, detail={"first": first_id.hex, "second": second_id.hex})
    arrange_covers(actor=actor, user_id=first_id, at=at, on=on)
    return pair


def end_pair(*, actor: Actor, pair_id: UUID, at: datetime, on: date) -> BuddyPair:
    """Yesterday was the last day of the pair; one of today never was. Raises NotThere."""
    found = BuddyPair.objects.visible_to(actor).standing(on=on).select_related("team").filter(pk=pair_id)
    pair = found.select_for_update(of=("self",)).first()
    if pair is None or not can_lead(actor, unit_id=pair.team.unit_id):
        raise NotThere
    record_event(verb=Verb.PAIR_ENDED, subject=pair)
    if pair.from_on >= on:
        pair.delete()
    else:
        pair.until_on = on - timedelta(days=1)
        pair.save(update_fields=["until_on"])
    arrange_covers(actor=actor, user_id=pair.first_id, at=at, on=on)
    return pair


def _pairs(*, team_id: UUID, user_id: UUID, on: date) -> "QuerySet[BuddyPair]":
    open_ones = BuddyPair.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), team_id=team_id)
    return open_ones.filter(Q(first_id=user_id) | Q(second_id=user_id))
