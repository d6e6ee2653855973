"""Who waits for a contact person, and who is proposed for each, with the reasons."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.cases.models import Case
from jobbro.engines.routing.records import Reason, Routing
from jobbro.engines.routing.routing import reasons_for, route
from jobbro.engines.routing.rules import RULES

from ..facts import MOST_WAITING, Present, Waiting, cases_without_lead, present_colleagues, waiting_cases
from ..models import RoutingDecision
from ..permissions import led_units

NEWEST = 10


@dataclass(frozen=True, kw_only=True)
class ColleagueLine:
    """Somebody who can be chosen: their mini-teams, how many they help today, hours a week, when they are back."""

    user_id: UUID
    name: str
    teams: tuple[str, ...]
    load: int
    hours: float
    is_away: bool
    away_until: date | None


@dataclass(frozen=True, kw_only=True)
class RoutingLine:
    """One citizen who waits, with the proposal; `proposed` is None when nobody present serves the municipality."""

    citizen_id: UUID
    case_id: UUID
    name: str
    is_protected: bool
    team: str
    waits_since: date
    left: str
    unread_language: str
    proposed: ColleagueLine | None
    reasons: tuple[Reason, ...]
    has_profile: bool
    seen: str


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision that was taken: who was chosen for whom, by whom, when."""

    citizen_id: UUID
    citizen: str
    chosen: str
    by: str
    at: object
    was_taken: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class RoutingPage:
    """All that the page of a team lead shows."""

    lines: tuple[RoutingLine, ...]
    colleagues: tuple[ColleagueLine, ...]
    decided: tuple[Decided, ...]
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class Routed:
    """The proposals with the facts they rest on."""

    waiting: tuple[Waiting, ...]
    present: tuple[Present, ...]
    routing: Routing

    def waiting_for(self, citizen_id: UUID) -> Waiting | None:
        """The course of this citizen among those that wait."""
        return next((one for one in self.waiting if one.case.citizen_id == citizen_id), None)

    def colleague(self, user_id: UUID) -> Present | None:
        """The colleague with this account among those who can be chosen."""
        return next((one for one in self.present if one.user.pk == user_id), None)

    def proposed_for(self, waiting: Waiting) -> Present | None:
        """Who is proposed."""
        found = next((one for one in self.routing.proposals if one.case == waiting.fact.id), None)
        return next((one for one in self.present if found and one.fact.id == found.colleague), None)


def routed(*, actor: Actor, on: date) -> Routed:
    """Everybody who waits in the led units, spread over those present; the number of queries is always the same."""
    waiting = waiting_cases(actor=actor, on=on)
    present = present_colleagues(actor=actor, on=on, cases=waiting)
    routing = route([one.fact for one in waiting], [one.fact for one in present])
    return Routed(waiting=waiting, present=present, routing=routing)


def routing_page(*, actor: Actor, on: date) -> RoutingPage:
    """Those who wait for a contact person in the led units, longest first, and the newest decisions."""
    found = routed(actor=actor, on=on)
    decisions = (
        RoutingDecision.objects.visible_to(actor)
        .select_related("citizen", "chosen", "decided_by")
        .defer("citizen__cpr_cipher", "citizen__cpr_key")
        .order_by("-decided_at")[:NEWEST]
    )
    return RoutingPage(
        lines=tuple(line_of(one, routed=found) for one in found.waiting),
        colleagues=tuple(colleague_line(one) for one in found.present),
        decided=tuple(
            Decided(
                citizen_id=row.citizen_id,
                citizen=row.citizen.name,
                chosen=row.chosen.display_name,
                by=row.decided_by.display_name,
                at=row.decided_at,
                was_taken=row.proposed_id == row.chosen_id,
                why=row.why,
            )
            for row in decisions
        ),
        has_more=len(found.waiting) == MOST_WAITING and cases_without_lead(actor=actor, on=on).count() > MOST_WAITING,
    )


@dataclass(frozen=True, kw_only=True)
class RoutingChoice:
    """One citizen of a led unit and everybody who can be chosen; `line` is None when the citizen does not wait."""

    line: RoutingLine | None
    colleagues: tuple[ColleagueLine, ...]


def routing_choice(*, actor: Actor, citizen_id: UUID, on: date) -> RoutingChoice | None:
    """The choice for one citizen; None when there is no such citizen in the led units."""
    found = routed(actor=actor, on=on)
    waiting = found.waiting_for(citizen_id)
    led = Case.objects.visible_to(actor).filter(team__unit__in=led_units(actor), citizen_id=citizen_id)
    if waiting is None and not led.exists():
        return None
    return RoutingChoice(
        line=line_of(waiting, routed=found) if waiting else None,
        colleagues=tuple(colleague_line(one) for one in found.present),
    )


def line_of(waiting: Waiting, *, routed: Routed) -> RoutingLine:
    """The line of one who waits."""
    proposed = routed.proposed_for(waiting)
    reasons = reasons_for(waiting.fact, proposed.fact) if proposed else ()
    return RoutingLine(
        citizen_id=waiting.case.citizen_id,
        case_id=waiting.case.pk,
        name=waiting.case.citizen.name,
        is_protected=waiting.case.citizen.is_protected,
        team=waiting.case.team.name,
        waits_since=waiting.case.opened_on,
        left=waiting.left,
        unread_language=waiting.unread_language,
        proposed=colleague_line(proposed) if proposed else None,
        reasons=reasons,
        has_profile=any(need.kind == "area" for need in waiting.fact.needs),
        seen=stamp_of(waiting, proposed=proposed),
    )


def colleague_line(present: Present) -> ColleagueLine:
    """The line of one who can be chosen."""
    return ColleagueLine(
        user_id=present.user.pk,
        name=present.user.display_name,
        teams=present.teams,
        load=present.fact.load,
        hours=present.fact.hours,
        is_away=present.fact.is_away,
        away_until=None if present.away_until in (None, date.max) else present.away_until,
    )


def stamp_of(waiting: Waiting, *, proposed: Present | None) -> str:
    """A short digest of the proposal and its reasons, so that nobody takes another one than they read."""
    reasons = reasons_for(waiting.fact, proposed.fact) if proposed else ()
    told = (RULES.version, waiting.fact.id, proposed.fact.id if proposed else "", reasons)
    return sha256(repr(told).encode()).hexdigest()[:16]
