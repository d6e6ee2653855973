"""A person chooses who helps the citizen; the choice is kept with the proposal, its reasons and facts."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import CaseMember
from jobbro.apps.cases.services import hand_over, join_team, transfer_case
from jobbro.engines.routing.routing import reasons_for
from jobbro.engines.routing.rules import RULES

from ..enums import Choice
from ..facts import Present, Waiting, partners
from ..models import RoutingDecision
from ..permissions import led_units
from ..refusals import Changed, NotNow, Refused
from ..selectors.routing import Routed, routed, stamp_of
from ..telling import tell_citizen
from .covers import end_covers_of_case

SHORTEST_WHY = 5


def decide_routing(
    *, actor: Actor, citizen_id: UUID, user_id: UUID, why: str, seen: str, at: datetime, on: date
) -> RoutingDecision:
    """The colleague is the contact person, with their buddy; the citizen is told, and the choice is kept.

    To choose somebody else than proposed needs a reason. Raises NotNow when the citizen waits no more, Changed when the
    proposal is another than the one that was read, Refused (`not_here`, `away`, `no_team`, `why_short`).
    """
    if not led_units(actor):
        raise PermissionDenied
    found = routed(actor=actor, on=on)
    waiting = found.waiting_for(citizen_id)
    if waiting is None:
        raise NotNow
    proposed = found.proposed_for(waiting)
    if stamp_of(waiting, proposed=proposed) != seen:
        raise Changed
    chosen = _choosable(found, waiting=waiting, user_id=user_id)
    is_taken = proposed is not None and proposed.user.pk == chosen.user.pk
    if not is_taken and len(why.strip()) < SHORTEST_WHY:
        raise Refused("why_short", fields=("why",))
    decision = _kept(actor=actor, waiting=waiting, proposed=proposed, chosen=chosen, why=why, at=at)
    end_covers_of_case(actor=actor, case=waiting.case, on=on)
    _carry_out(actor=actor, waiting=waiting, chosen=chosen, team_id=decision.team_id, found=found, on=on)
    record_event(verb=Verb.ROUTING_DECIDED, citizen_id=citizen_id, subject=decision, detail={"choice": decision.choice})
    tell_citizen(citizen_id=citizen_id, key=f"routing:{decision.pk.hex}", at=at)
    return decision


def _choosable(found: Routed, *, waiting: Waiting, user_id: UUID) -> Present:
    chosen = found.colleague(user_id)
    if chosen is None or waiting.fact.municipality not in chosen.fact.municipalities:
        raise Refused("not_here", fields=("user",))
    if not chosen.team_ids:
        raise Refused("no_team", fields=("user",))
    if chosen.away_until is not None:
        raise Refused("away", fields=("user",))
    return chosen


def _kept(
    *, actor: Actor, waiting: Waiting, proposed: Present | None, chosen: Present, why: str, at: datetime
) -> RoutingDecision:
    own_team = waiting.case.team_id in chosen.team_ids
    is_taken = proposed is not None and proposed.user.pk == chosen.user.pk
    decision = RoutingDecision(
        citizen_id=waiting.case.citizen_id,
        case=waiting.case,
        choice=Choice.TAKEN if is_taken else Choice.OTHER,
        proposed=proposed.user if proposed else None,
        chosen=chosen.user,
        team_id=waiting.case.team_id if own_team else chosen.team_ids[0],
        why=why.strip(),
        reasons=_reasons_json(waiting, proposed=proposed, chosen=chosen),
        facts=_facts_json(waiting, chosen=chosen, proposed=proposed),
        rule_version=RULES.version,
        decided_by_id=actor.id,
        decided_at=at,
    )
    decision.save(force_insert=True)
    return decision


def _reasons_json(waiting: Waiting, *, proposed: Present | None, chosen: Present) -> dict[str, Any]:
    def told(one: Present) -> list[dict[str, Any]]:
        return [asdict(reason) for reason in reasons_for(waiting.fact, one.fact)]

    return {"proposed": told(proposed) if proposed else [], "chosen": told(chosen)}


def _facts_json(waiting: Waiting, *, chosen: Present, proposed: Present | None) -> dict[str, Any]:
    """What the engine knew of the citizen, and of the two: load and hours, nothing else of a colleague."""
    people = {"chosen": chosen, **({"proposed": proposed} if proposed else {})}
    return {
        "needs": [asdict(need) for need in waiting.fact.needs],
        "municipality": waiting.fact.municipality,
        "meets_in_person": waiting.fact.meets_in_person,
        "unread_language": waiting.unread_language != "",
        **{name: {"load": one.fact.load, "hours": one.fact.hours} for name, one in people.items()},
    }


def _carry_out(*, actor: Actor, waiting: Waiting, chosen: Present, team_id: UUID, found: Routed, on: date) -> None:
    citizen_id = waiting.case.citizen_id
    if team_id == waiting.case.team_id:
        hand_over(actor=actor, citizen_id=citizen_id, user_id=chosen.user.pk, stays_as=None, on=on)
    else:
        transfer_case(actor=actor, citizen_id=citizen_id, team_id=team_id, lead_user_id=chosen.user.pk, on=on)
    buddy = _buddy_of(chosen, found=found, on=on)
    standing = CaseMember.objects.standing(on=on).filter(citizen_id=citizen_id)
    if buddy is not None and not standing.filter(user_id=buddy.user.pk).exists():
        join_team(actor=actor, citizen_id=citizen_id, user_id=buddy.user.pk, role=MemberRole.BUDDY, on=on)


def _buddy_of(chosen: Present, *, found: Routed, on: date) -> Present | None:
    others = (found.colleague(user_id) for user_id in partners(on=on).get(chosen.user.pk, ()))
    return next((one for one in others if one is not None), None)
