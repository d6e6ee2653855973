"""Reads of outreach: the opening questions of one citizen, efforts with their lists, and figures without persons."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import OuterRef, Subquery

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen, DanishOrder
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.organisations.models import Municipality

from .enums import Reply, Response, Why
from .facts import Candidate, candidates, followed_since, newest_opening
from .figures import hide_small
from .models import OpeningAnswer, OutreachContact, OutreachEffort, OutreachPerson
from .permissions import can_answer_opening, can_contact, can_read_efforts, can_read_figures, can_start_effort

CANDIDATES, PEOPLE_A_PAGE = 50, 50
ANSWERS = ("yes", "no", "not_now", "rather_not")
RESPONSES = ("yes", "no", "not_now", "not_reached")
FOLLOWED = ("dialogue", "plan", "job")
_COUNTED = ("listed", "contacted", *RESPONSES, *FOLLOWED)
_RESULT = (
    "select 0 as own, c.* from outreach_counted(%s::uuid, false) c"
    " union all select 1, c.* from outreach_counted(%s::uuid, true) c order by own"
)


@dataclass(frozen=True, kw_only=True)
class OpeningPage:
    """The two questions for one citizen: what was said last, and whether they may be asked today."""

    citizen: Citizen
    newest: OpeningAnswer | None
    earlier: tuple[OpeningAnswer, ...]
    harder: Reply | None
    talk: Reply | None
    is_own: bool
    may_answer: bool
    waits_until: date | None
    has_dialogue: bool
    has_plan: bool


@dataclass(frozen=True, kw_only=True)
class EffortLine:
    """One effort of the list."""

    id: UUID
    name: str
    from_on: date
    until_on: date | None
    responsible: str
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class EffortList:
    """The municipality's efforts, those under way first."""

    lines: tuple[EffortLine, ...]
    may_start: bool
    may_read_figures: bool


@dataclass(frozen=True, kw_only=True)
class ListedPerson:
    """Somebody on the list with the last contact."""

    id: UUID
    citizen_id: UUID
    name: str
    added_on: date
    response: Response | None
    contacted_on: date | None


@dataclass(frozen=True, kw_only=True)
class EffortPage:
    """One effort: its facts, those on the list that the actor works with, and the result over all."""

    row: OutreachEffort
    facts: tuple[Why, ...]
    page: "Page[Any]"
    people: tuple[ListedPerson, ...]
    candidates: tuple[Candidate, ...]
    result: "Result"
    is_over: bool
    may_contact: bool
    may_end: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """Counts over all teams; None where a number is too small to tell."""

    listed: int | None
    contacted: int | None
    responses: tuple[tuple[str, int | None], ...]
    followed: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, kw_only=True)
class ContactPage:
    """One contact to be noted."""

    person: OutreachPerson
    name: str
    effort: OutreachEffort
    last: Response | None


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """What was said in one quarter, and what followed; None where a number is too small to tell."""

    first_on: date
    asked: int | None
    answers: tuple[tuple[str, int | None], ...]
    followed: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, kw_only=True)
class Identification:
    """The figures of the actor's municipalities."""

    open_courses: int | None
    never_asked: int | None
    quarters: tuple[Quarter, ...]


def opening_page(*, actor: Actor, citizen_id: UUID, on: date) -> OpeningPage | None:
    """The questions and what was said; None when there is no such citizen for the actor. At most four queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    rows = tuple(OpeningAnswer.objects.visible_to(actor).filter(citizen=citizen).order_by("-recorded_at", "-pk")[:6])
    newest = rows[0] if rows else None
    dialogue, plan = followed_since(citizen_id=citizen.pk, day=newest.asked_on) if newest else (False, False)
    waits = newest.ask_again_on if newest and newest.ask_again_on and newest.ask_again_on > on else None
    return OpeningPage(
        citizen=citizen,
        newest=newest,
        earlier=rows[1:],
        harder=Reply(newest.harder) if newest else None,
        talk=Reply(newest.talk) if newest else None,
        is_own=actor.citizen_id == citizen.pk,
        may_answer=can_answer_opening(actor, citizen.pk),
        waits_until=waits,
        has_dialogue=dialogue,
        has_plan=plan,
    )


def was_asked(*, citizen_id: UUID) -> bool:
    """Whether the citizen has answered the opening questions once; one query."""
    return newest_opening(citizen_id=citizen_id) is not None


def effort_list(*, actor: Actor, on: date) -> EffortList | None:
    """The efforts; None for those who have nothing to do with them. One query."""
    if not can_read_efforts(actor):
        return None
    rows = OutreachEffort.objects.visible_to(actor).select_related("responsible").order_by("-until_on", "name", "pk")
    lines = [
        EffortLine(
            id=row.pk,
            name=row.name,
            from_on=row.from_on,
            until_on=row.until_on,
            responsible=row.responsible.display_name,
            is_over=row.until_on is not None and row.until_on < on,
        )
        for row in rows
    ]
    return EffortList(
        lines=tuple(sorted(lines, key=lambda line: line.is_over)),
        may_start=can_start_effort(actor),
        may_read_figures=can_read_figures(actor),
    )


def effort_page(*, actor: Actor, effort_id: UUID, number: int = 1, on: date) -> EffortPage | None:
    """One effort; None when there is none or it is not the actor's. At most six queries."""
    if not can_read_efforts(actor):
        return None
    row = OutreachEffort.objects.visible_to(actor).select_related("responsible").filter(pk=effort_id).first()
    if row is None:
        return None
    is_over = row.until_on is not None and row.until_on < on
    may_contact = can_contact(actor)
    page = _people(row, actor=actor, number=number)
    return EffortPage(
        row=row,
        facts=tuple(Why(fact) for fact in row.facts),
        page=page,
        people=tuple(_listed(person) for person in page.object_list),
        candidates=candidates(actor=actor, effort=row, most=CANDIDATES, on=on) if may_contact and not is_over else (),
        result=_result(effort_id),
        is_over=is_over,
        may_contact=may_contact,
        may_end=can_start_effort(actor) and not is_over,
    )


def contact_page(*, actor: Actor, person_id: UUID) -> ContactPage | None:
    """Somebody on a list; None when there is nobody or they are not the actor's. Two queries."""
    if not can_contact(actor):
        return None
    person = OutreachPerson.objects.visible_to(actor).select_related("effort", "citizen").filter(pk=person_id).first()
    if person is None:
        return None
    last = person.contacts.order_by("-noted_at", "-pk").first()
    return ContactPage(
        person=person,
        name=person.citizen.name,
        effort=person.effort,
        last=Response(last.response) if last else None,
    )


def identification(*, actor: Actor) -> Identification | None:
    """The figures by quarter, newest first; None for those who do not read them. Two queries."""
    if not can_read_figures(actor):
        return None
    with connection.cursor() as cursor:
        cursor.execute("select open_courses, never_asked from outreach_not_asked()")
        courses, never = cursor.fetchone()
        cursor.execute(
            "select quarter, asked, yes, no, not_now, rather_not, dialogue, plan, job from outreach_figures()"
        )
        rows = cursor.fetchall()
    told = hide_small({"never": never}, total=courses, parts=())
    return Identification(
        open_courses=hide_small({"courses": courses}, total=courses, parts=())["courses"],
        never_asked=told["never"],
        quarters=tuple(_quarter(*row) for row in rows),
    )


def _quarter(first_on: date, asked: int, *counts: int) -> Quarter:
    named = dict(zip((*ANSWERS, *FOLLOWED), counts, strict=True))
    shown = hide_small({"asked": asked, **named}, total=asked, parts=ANSWERS)
    return Quarter(
        first_on=first_on,
        asked=shown["asked"],
        answers=tuple((code, shown[code]) for code in ANSWERS),
        followed=tuple((code, shown[code]) for code in FOLLOWED),
    )


def _people(row: OutreachEffort, *, actor: Actor, number: int) -> "Page[Any]":
    """Those on the list whom the actor works with: the wall shows no other."""
    newest = OutreachContact.objects.filter(person=OuterRef("pk")).order_by("-noted_at", "-pk")
    rows = (
        OutreachPerson.objects.visible_to(actor)
        .filter(effort=row)
        .select_related("citizen")
        .annotate(
            response=Subquery(newest.values("response")[:1]), contacted_on=Subquery(newest.values("contacted_on")[:1])
        )
        .order_by("added_on", "pk")
    )
    return Paginator(rows, PEOPLE_A_PAGE).get_page(number)


def _listed(person: Any) -> ListedPerson:
    response: str | None = person.response
    return ListedPerson(
        id=person.pk,
        citizen_id=person.citizen_id,
        name=person.citizen.name,
        added_on=person.added_on,
        response=Response(response) if response else None,
        contacted_on=person.contacted_on,
    )


def _result(effort_id: UUID) -> Result:
    """Over all teams; what the reader's own list leaves of a number must not be of a few either. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_RESULT, [effort_id, effort_id])
        rows = cursor.fetchall()
    everybody, own = (dict(zip(_COUNTED, row[1:], strict=True)) for row in rows)
    others = {code: everybody[code] - own[code] for code in _COUNTED}
    told, rest = _hidden(everybody), _hidden(others)
    shown = {code: None if rest[code] is None else told[code] for code in _COUNTED}
    return Result(
        listed=shown["listed"],
        contacted=shown["contacted"],
        responses=tuple((code, shown[code]) for code in RESPONSES),
        followed=tuple((code, shown[code]) for code in FOLLOWED),
    )


def _hidden(counts: dict[str, int]) -> dict[str, int | None]:
    """Those listed are those who said something and those who wait; who wait are not told, but follow."""
    waiting = {**counts, "waiting": counts["listed"] - counts["contacted"]}
    shown = hide_small(waiting, total=counts["listed"], parts=(*RESPONSES, "waiting"))
    followed = hide_small({code: counts[code] for code in FOLLOWED}, total=counts["contacted"], parts=())
    # Whoever waits is the difference of two numbers: hidden with the one, shown with the other.
    contacted = None if shown["waiting"] is None else counts["contacted"]
    return {**shown, **followed, "contacted": contacted}


@dataclass(frozen=True, kw_only=True)
class Reachable:
    """A municipality and the number to ring."""

    code: str
    name: str
    phone: str


def municipalities(*, on: date) -> tuple[Reachable, ...]:
    """Those with a number to ring, by name; for everybody. One query."""
    rows = Municipality.objects.standing(on=on).exclude(phone="").order_by(DanishOrder("name"), "pk")
    return tuple(Reachable(code=row.code, name=row.name, phone=row.phone) for row in rows)


def effort_to_end(*, actor: Actor, effort_id: UUID) -> OutreachEffort | None:
    """The effort, for those who can end it. One query."""
    if not can_start_effort(actor):
        return None
    return OutreachEffort.objects.visible_to(actor).filter(pk=effort_id).first()
