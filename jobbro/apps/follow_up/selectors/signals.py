"""Early signals as they stand: what the rules find today and nobody has answered yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.looks import note_person
from jobbro.apps.cases.models import CaseMember
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement
from jobbro.engines.follow_up import Signal, signals_of

from ..enums import TalkChannel, TalkParty, TalkState
from ..facts import Rows, evidence_of, party_talks
from ..models import HelpRequest, SignalAnswer
from ..permissions import can_follow_up
from ..reading import TalkToHave, placement_for, talk_to_have
from ..rhythms import rhythms_on
from .gathering import only, rows_of

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One placement that somebody should look at: signals, talks that are due or unread, calls for help."""

    placement: Placement
    citizen_name: str
    signals: tuple[Signal, ...]
    due: tuple[tuple[TalkParty, TalkToHave], ...]
    unread: int
    help: tuple[HelpRequest, ...]

    @property
    def is_quiet(self) -> bool:
        return not (self.signals or self.due or self.unread or self.help)


@dataclass(frozen=True, kw_only=True)
class WatchPage:
    """The team's placements where something waits, those with a call for help or a signal first."""

    watched: tuple[Watched, ...]
    without_job: tuple[HelpRequest, ...]
    placements: int
    is_mine: bool

    @property
    def is_cut(self) -> bool:
        return len(self.watched) == MOST_SHOWN


def standing_signals(*, actor: Actor, placement_id: UUID, on: date) -> tuple[Placement, tuple[Signal, ...]] | None:
    """The placement with its unanswered signals; None when it is not the actor's. Seven queries."""
    placement = placement_for(actor=actor, placement_id=placement_id)
    if placement is None or actor.is_employer:
        return None
    rows = rows_of(actor=actor, placements=only(placement), on=on)
    answered = SignalAnswer.objects.visible_to(actor).filter(placement=placement).values_list("code", "key")
    return placement, open_signals(placement=placement, rows=rows, answered=set(answered), on=on)


def open_signals(*, placement: Placement, rows: Rows, answered: set[tuple[str, str]], on: date) -> tuple[Signal, ...]:
    """What the rules find and nobody has answered; a job that has ended has none."""
    if placement.state != PlacementState.AGREED:
        return ()
    found = signals_of(evidence_of(placement=placement, rows=rows), on=on)
    return tuple(one for one in found if (one.code, one.key) not in answered)


def watch_page(*, actor: Actor, is_mine: bool, on: date) -> WatchPage:
    """The placements that the actor carries where something waits. Nine queries. Raises PermissionDenied."""
    if not can_follow_up(actor):
        raise PermissionDenied
    placements = _placements(actor, is_mine=is_mine, on=on)
    rows = rows_of(actor=actor, placements=placements, on=on)
    answered: dict[UUID, set[tuple[str, str]]] = {}
    kept = SignalAnswer.objects.visible_to(actor).filter(placement__in=placements.values("pk"))
    for placement_id, code, key in kept.values_list("placement_id", "code", "key"):
        answered.setdefault(placement_id, set()).add((code, key))
    found = list(
        placements.annotate(
            given_name=F("citizen__given_name"),
            family_name=F("citizen__family_name"),
            municipality=F("citizen__municipality_id"),
        ).order_by("starts_on", "pk")
    )
    rhythms = rhythms_on(municipalities={one.municipality for one in found}, on=on)
    watched = [
        _watched(one, rows=rows, answered=answered.get(one.pk, set()), rhythm=rhythms[one.municipality], on=on)
        for one in found
    ]
    loud = sorted((one for one in watched if not one.is_quiet), key=_order)[:MOST_SHOWN]
    for one in loud:
        note_person(one.placement.citizen_id)
    alone = _without_job(actor, is_mine=is_mine, on=on)
    return WatchPage(watched=tuple(loud), without_job=alone, placements=len(found), is_mine=is_mine)


def _placements(actor: Actor, *, is_mine: bool, on: date) -> "QuerySet[Any]":
    rows: QuerySet[Any] = Placement.objects.visible_to(actor).filter(state=PlacementState.AGREED)
    return rows.filter(citizen_id__in=_mine(actor, on=on)) if is_mine else rows


def _mine(actor: Actor, *, on: date) -> "QuerySet[Any]":
    found: QuerySet[Any] = CaseMember.objects.standing(on=on).filter(user_id=actor.id).values("citizen_id")
    return found


def _without_job(actor: Actor, *, is_mine: bool, on: date) -> tuple[HelpRequest, ...]:
    rows = HelpRequest.objects.visible_to(actor).filter(placement__isnull=True, done_at__isnull=True)
    rows = rows.filter(citizen_id__in=_mine(actor, on=on)) if is_mine else rows
    named = rows.annotate(given_name=F("citizen__given_name"), family_name=F("citizen__family_name"))
    found = tuple(named.order_by("answer_by", "pk")[:MOST_SHOWN])
    for one in found:
        note_person(one.citizen_id)
    return found


def _watched(row: Any, *, rows: Rows, answered: set[tuple[str, str]], rhythm: Any, on: date) -> Watched:
    talks = rows.talks[row.pk]
    due = [
        (party, to_have)
        for party in TalkParty
        if (to_have := talk_to_have(placement=row, talks=party_talks(talks, party=party), rhythm=rhythm, on=on))
    ]
    return Watched(
        placement=row,
        citizen_name=f"{row.given_name} {row.family_name}",
        signals=open_signals(placement=row, rows=rows, answered=answered, on=on),
        due=tuple(due),
        unread=unread_of(talks),
        help=tuple(one for one in rows.help[row.pk] if one.done_at is None),
    )


def unread_of(talks: Iterable[Any]) -> int:
    """How many answered talks nobody of the municipality has read yet."""
    return sum(
        1
        for one in talks
        if one.state == TalkState.ANSWERED and one.read_at is None and one.channel != TalkChannel.HELD
    )


def _order(one: Watched) -> tuple[Any, ...]:
    """Calls for help first by their day, then signals, the oldest first; nobody is ranked but by waiting."""
    help_by = min((asked.answer_by for asked in one.help), default=date.max)
    since = min((signal.since for signal in one.signals), default=date.max)
    due = min((to_have.due_on for _party, to_have in one.due), default=date.max)
    return (help_by, since, due, str(one.placement.pk))
