"""Facts of other apps that outreach reads: who has an open course, how old they are, and what followed an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.enums import State as CaseState
from jobbro.apps.cases.models import Case
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.plans.models import Plan
from jobbro.apps.screening.models import Dialogue

from .enums import Reply, Why
from .models import OpeningAnswer, OutreachEffort, OutreachPerson

YOUNGEST, OLDEST = 18, 29
# How many of the list of those who could be added are looked through for their age.
MOST_LOOKED_THROUGH = 2000


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who could be put on the list of an effort, found by its facts."""

    citizen_id: UUID
    name: str
    opened_on: date


def newest_opening(*, citizen_id: UUID) -> OpeningAnswer | None:
    """The answer that holds; the wall decides for whom."""
    return OpeningAnswer.objects.filter(citizen_id=citizen_id).order_by("-recorded_at", "-pk").first()


def open_cases(actor: Actor) -> "QuerySet[Any, Any]":
    """Courses that have not ended, with what the newest opening answer says."""
    newest = OpeningAnswer.objects.filter(citizen_id=OuterRef("citizen_id")).order_by("-recorded_at", "-pk")
    return (
        Case.objects.visible_to(actor)
        .exclude(state=CaseState.CLOSED)
        .annotate(
            last_talk=Subquery(newest.values("talk")[:1]),
            last_asked_on=Subquery(newest.values("asked_on")[:1]),
            ask_again_on=Subquery(newest.values("ask_again_on")[:1]),
        )
    )


def candidates(*, actor: Actor, effort: OutreachEffort, most: int, on: date) -> tuple[Candidate, ...]:
    """Those the effort is for and who are not on its list, longest course first. Whoever must not be asked is not told.

    Only facts that the effort names: nothing about benefits, needs or health is read.
    """
    rows = open_cases(actor).filter(
        ~Exists(OutreachPerson.objects.filter(effort=effort, citizen_id=OuterRef("citizen_id"))),
        Q(ask_again_on__isnull=True) | Q(ask_again_on__lte=on),
        citizen__municipality_id=effort.municipality_id,
    )
    for fact in effort.facts:
        rows = _with_fact(rows, fact=fact, effort=effort, on=on)
    found = rows.order_by("opened_on", "pk").values_list(
        "citizen_id", "citizen__given_name", "citizen__family_name", "opened_on", "citizen__cpr_cipher"
    )
    wanted = _of_age(found[:MOST_LOOKED_THROUGH], on=on) if Why.YOUNG in effort.facts else found[:most]
    return tuple(
        Candidate(citizen_id=pk, name=f"{given} {family}", opened_on=opened)
        for pk, given, family, opened, _cipher in list(wanted)[:most]
    )


def followed_since(*, citizen_id: UUID, day: date) -> tuple[bool, bool]:
    """Whether a dialogue, and whether a plan, began on or after the day."""
    dialogue = Dialogue.objects.filter(citizen_id=citizen_id, started_at__date__gte=day).exists()
    return dialogue, Plan.objects.filter(citizen_id=citizen_id, started_on__gte=day).exists()


def dialogue_since() -> Exists:
    """Whether a dialogue began on or after the newest answer: for queries of `open_cases`."""
    return Exists(
        Dialogue.objects.filter(citizen_id=OuterRef("citizen_id"), started_at__date__gte=OuterRef("last_asked_on"))
    )


def _with_fact(rows: Any, *, fact: str, effort: OutreachEffort, on: date) -> Any:
    if fact == Why.NOT_ASKED:
        return rows.filter(last_talk__isnull=True)
    if fact == Why.NEW_SINCE:
        return rows.filter(opened_on__gte=effort.since)
    if fact == Why.ASK_AGAIN:
        return rows.filter(last_talk__in=(Reply.NOT_NOW, Reply.NO, Reply.RATHER_NOT), ask_again_on__lte=on)
    return rows


def _of_age(found: Iterable[tuple[Any, ...]], *, on: date) -> list[tuple[Any, ...]]:
    return [row for row in found if YOUNGEST <= _age(bytes(row[4]), on=on) <= OLDEST]


def _age(cipher: bytes, *, on: date) -> int:
    born = Cpr.decrypted(cipher).born_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
