"""Searches for carved jobs: ordered by people, run by the worker, stopped when somebody says so."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q
from procrastinate.contrib.django import app

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import Workplace
from jobbro.apps.screening.selectors.profiles import agreed_profile, current_profile
from jobbro.engines.carving.checking import WorkplaceError
from jobbro.kernel.strict_yaml import ContentError

from ..carving_input import (
    Inventory,
    digest_of,
    engine_workplace,
    inventory_of,
    number,
    whole_file,
    workplace_half,
)
from ..carving_persons import PersonTerms, offered_measures, person_half
from ..enums import CarvingState
from ..models import Carving, CarvingPerson, WorkWish
from ..permissions import can_carve
from ..refusals import NotNow, NotThere, Refused
from ..states import LOST_AFTER, is_lost
from ..waiting import FEWEST, count_waiting
from .holders import MOST_WAGE

RUN_TASK = "jobbro.apps.jobs.tasks.run_carving"
# Searches of a kind take turns, so that a short one never waits for a long one, and other work for neither.
SHORT_SECONDS, SHORT_TURN, LONG_TURN = 60, "carving_short", "carving_long"
# At a time: for one person, and for one workplace.
MOST_OF_ONE, MOST_AT_WORKPLACE = 3, 5
WAITED_LONG = timedelta(hours=12)
MOST_PERSONS = 10
LONGEST_SECONDS = 1800
MOST_TASKS_IN_JOB, MOST_PLACES, MOST_MEASURES = 20, 10, 6


@dataclass(frozen=True, kw_only=True)
class CarvingOrder:
    """What is asked for: whom for (or the profile of those who wait), how long to think, and what a job may hold.

    `measures`: codes that may be used, None for all. For a profile: `hours` and `slots` of those who have told none,
    the `share` of those waiting that has to manage what the profile manages, and how many `jobs` to carve at most.
    """

    citizen_ids: tuple[UUID, ...] = ()
    is_for_profile: bool = False
    seconds: int = 60
    wage: Decimal = Decimal(0)
    measures: tuple[str, ...] | None = None
    max_tasks: int = 8
    max_places: int = 2
    max_measures: int = 3
    hours: tuple[Decimal, Decimal] = (Decimal(8), Decimal(20))
    slots: tuple[str, ...] = field(default=())
    share: Decimal = Decimal("0.5")
    jobs: int = 2


def start_carving(*, actor: Actor, workplace_id: UUID, order: CarvingOrder, at: datetime) -> Carving:
    """The search waits for the worker, who begins when this transaction has ended.

    Refused: `nobody`, `too_many_persons`, `seconds`, `limits`, `wage`, `hours`, `share`, `jobs`, `few_wait`,
    `too_many_searches`, `no_needs` and `no_wish` (fields: the citizens), `unreadable`, and what `workplace_half`
    refuses.
    """
    if not can_carve(actor):
        raise PermissionDenied
    workplace: Workplace | None = (
        Workplace.objects.visible_to(actor).select_related("company").filter(pk=workplace_id).first()
    )
    if workplace is None:
        raise NotThere
    _check_order(order)
    _refuse_too_many(actor=actor, workplace=workplace, at=at)
    inventory = inventory_of(workplace)
    half = workplace_half(inventory, limits=_limits(order))
    persons = _persons(actor=actor, order=order, inventory=inventory)
    if order.is_for_profile:
        many = count_waiting(actor)
        if many < FEWEST:
            raise Refused("few_wait")
        half["profile"] = {**_profile_terms(order, workplace=workplace), "waiting": many}
    try:
        engine_workplace(half=half, persons=[entry for _, entry in persons])
    except (WorkplaceError, ContentError) as error:
        raise Refused("unreadable") from error
    row = Carving(
        company_id=workplace.company_id,
        workplace=workplace,
        started_by_id=actor.id,
        started_at=at,
        seconds=order.seconds,
        is_for_profile=order.is_for_profile,
        workplace_input=half,
        input_digest=digest_of(whole_file(half=half, persons=[entry for _, entry in persons])),
    )
    row.save(force_insert=True)
    for citizen_id, entry in persons:
        CarvingPerson(citizen_id=citizen_id, carving=row, key=entry["id"], person_input=entry).save(force_insert=True)
        record_event(verb=Verb.CARVING_STARTED, citizen_id=citizen_id, subject=row)
    if not persons:
        record_event(verb=Verb.CARVING_STARTED, subject=row, detail={"for_profile": True})
    turn = SHORT_TURN if order.seconds <= SHORT_SECONDS else LONG_TURN
    app.configure_task(RUN_TASK, lock=turn).defer(carving_id=str(row.pk), user_id=str(actor.id))
    return row


def _refuse_too_many(*, actor: Actor, workplace: Workplace, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s::text, 0)),"
            " pg_advisory_xact_lock(hashtextextended(%s::text, 0))",
            [f"jobs_carving.person.{actor.id}", f"jobs_carving.workplace.{workplace.pk}"],
        )
    is_at_work = Q(state=CarvingState.WAITING, started_at__gt=at - WAITED_LONG) | Q(
        state=CarvingState.RUNNING, progress_at__gt=at - LOST_AFTER
    )
    at_work = Carving.objects.visible_to(actor).filter(is_at_work)
    if at_work.filter(started_by_id=actor.id).count() >= MOST_OF_ONE:
        raise Refused("too_many_searches")
    if at_work.filter(workplace=workplace).count() >= MOST_AT_WORKPLACE:
        raise Refused("too_many_searches")


def _limits(order: CarvingOrder) -> dict[str, int]:
    return {"max_tasks": order.max_tasks, "max_places": order.max_places, "max_measures": order.max_measures}


def _check_order(order: CarvingOrder) -> None:
    if bool(order.citizen_ids) == order.is_for_profile:
        raise Refused("nobody")
    if len(set(order.citizen_ids)) > MOST_PERSONS:
        raise Refused("too_many_persons")
    if not 1 <= order.seconds <= LONGEST_SECONDS:
        raise Refused("seconds")
    if (
        not 1 <= order.max_tasks <= MOST_TASKS_IN_JOB
        or not 1 <= order.max_places <= MOST_PLACES
        or not 0 <= order.max_measures <= MOST_MEASURES
    ):
        raise Refused("limits")
    if not 0 < order.wage <= MOST_WAGE:
        raise Refused("wage")
    if order.is_for_profile:
        _check_profile(order)


def _check_profile(order: CarvingOrder) -> None:
    if not 0 <= order.hours[0] <= order.hours[1] <= 60:
        raise Refused("hours")
    if not 0 < order.share <= 1:
        raise Refused("share")
    if not 1 <= order.jobs <= MOST_PERSONS:
        raise Refused("jobs")


def _profile_terms(order: CarvingOrder, *, workplace: Workplace) -> dict[str, Any]:
    """What the profile is carved with, beside what those who wait manage."""
    return {
        "hours": [number(value) for value in order.hours],
        "slots": [slot for slot in (order.slots or workplace.slots) if slot in workplace.slots],
        "wage": number(order.wage),
        "measures": list(_measures(order)),
        "share": float(order.share),
        "jobs": order.jobs,
    }


def _measures(order: CarvingOrder) -> tuple[str, ...]:
    offered = offered_measures()
    return offered if order.measures is None else tuple(code for code in offered if code in set(order.measures))


def _persons(*, actor: Actor, order: CarvingOrder, inventory: Inventory) -> list[tuple[UUID, dict[str, Any]]]:
    terms = PersonTerms(wage=order.wage, measures=_measures(order))
    found: list[tuple[UUID, dict[str, Any]]] = []
    without_needs, without_wish = [], []
    for at, citizen_id in enumerate(dict.fromkeys(order.citizen_ids), start=1):
        if not Citizen.objects.visible_to(actor).filter(pk=citizen_id).exists():
            raise NotThere
        profile = agreed_profile(actor=actor, citizen_id=citizen_id) or current_profile(
            actor=actor, citizen_id=citizen_id
        )
        wish = WorkWish.objects.visible_to(actor).filter(citizen_id=citizen_id).first()
        if profile is None or all(need.level is None for need in profile.needs):
            without_needs.append(str(citizen_id))
        elif wish is None:
            without_wish.append(str(citizen_id))
        else:
            entry = person_half(key=f"p{at}", profile=profile, wish=wish, terms=terms, inventory=inventory)
            found.append((citizen_id, entry))
    if without_needs:
        raise Refused("no_needs", fields=tuple(without_needs))
    if without_wish:
        raise Refused("no_wish", fields=tuple(without_wish))
    return found


def stop_carving(*, actor: Actor, carving_id: UUID, at: datetime) -> Carving:
    """The worker stops at its next look and keeps the best it has; a search that waits is stopped at once."""
    row: Carving | None = (
        Carving.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=carving_id).first()
    )
    if row is None:
        raise NotThere
    if not can_carve(actor):
        raise PermissionDenied
    if row.state not in (CarvingState.WAITING, CarvingState.RUNNING):
        raise NotNow
    row.stop_asked = True
    if row.state == CarvingState.WAITING or is_lost(row, at=at):
        row.state, row.ended_at = CarvingState.STOPPED, at
    row.save(update_fields=["stop_asked", "state", "ended_at"])
    record_event(verb=Verb.CARVING_STOPPED, subject=row)
    return row
