"""What waits: for the employee's front page, and the load of the teams for their lead."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.organisations.models import Team

from ..enums import MemberRole, State
from ..models import BreakGlass, Case, CaseMember
from .caseload import WEEK
from .rows import CaseRow, around, by_name, listed_cases, quiet_since, row_of

SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The first lines of a list, and whether there are more."""

    rows: tuple[CaseRow, ...]
    has_more: bool


@dataclass(frozen=True, kw_only=True)
class UrgentAccess:
    """An urgent access that the team lead has not answered."""

    id: UUID
    citizen_id: UUID
    citizen: str
    user: str
    reason: str
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """Who waits for something this week, and where it has been quiet for more than three weeks."""

    coming: Waiting
    quiet: Waiting
    urgent: tuple[UrgentAccess, ...]


@dataclass(frozen=True, kw_only=True)
class MemberLoad:
    """How many current citizens somebody is the contact person for."""

    user_id: UUID
    name: str
    current: int


@dataclass(frozen=True, kw_only=True)
class TeamLoad:
    """How many current citizens a team carries; numbers to share the work by, not to compare people."""

    team_id: UUID
    team: str
    current: int
    quiet: int
    without_lead: int
    members: tuple[MemberLoad, ...]


def worklist(*, actor: Actor, on: date) -> Worklist:
    """The actor's own citizens, or for a team lead those of the led units; three queries whatever the data."""
    mine = listed_cases(actor=actor, on=on).filter(_own(actor=actor, on=on), state=State.OPEN)
    return Worklist(
        coming=_first(
            mine.filter(next_step_on__gt=on, next_step_on__lte=on + WEEK).order_by("next_step_on", by_name(), "pk"),
            on=on,
        ),
        quiet=_first(mine.filter(last_step_on__lt=quiet_since(on=on)).order_by("last_step_on", by_name(), "pk"), on=on),
        urgent=urgent_accesses(actor=actor) if actor.has(Role.TEAM_LEAD) else (),
    )


def _own(*, actor: Actor, on: date) -> Q:
    return Q(team__unit_id__in=_led(actor)) if actor.has(Role.TEAM_LEAD) else around(user_id=actor.id, on=on)


def _led(actor: Actor) -> list[UUID]:
    return [position.unit_id for position in actor.positions if position.role == Role.TEAM_LEAD]


def _first(cases: "QuerySet[Case]", *, on: date) -> Waiting:
    found = list(cases[: SHOWN + 1])
    return Waiting(rows=tuple(row_of(case=case, on=on) for case in found[:SHOWN]), has_more=len(found) > SHOWN)


def urgent_accesses(*, actor: Actor) -> tuple[UrgentAccess, ...]:
    """Urgent accesses to citizens of the led units that nobody has answered, oldest first; not the lead's own."""
    accesses = (
        BreakGlass.objects.visible_to(actor)
        .filter(review="", citizen__case__team__unit_id__in=_led(actor))
        .exclude(user_id=actor.id)
        .select_related("citizen", "user")
        .order_by("opened_at")[:50]
    )
    return tuple(
        UrgentAccess(
            id=access.pk,
            citizen_id=access.citizen_id,
            citizen=access.citizen.name,
            user=access.user.display_name,
            reason=access.reason,
            opened_at=access.opened_at,
        )
        for access in accesses
    )


def team_load(*, actor: Actor, on: date) -> tuple[TeamLoad, ...]:
    """The teams of the led units with their numbers; no citizen is fetched."""
    current = ~Q(cases__state=State.CLOSED) & Q(cases__isnull=False)
    led = CaseMember.objects.standing(on=on).filter(role=MemberRole.LEAD, case__team__unit_id__in=_led(actor))
    teams = (
        Team.objects.standing(on=on)
        .filter(unit_id__in=_led(actor))
        .annotate(
            current=Count("cases", filter=current),
            quiet=Count("cases", filter=Q(cases__state=State.OPEN, cases__last_step_on__lt=quiet_since(on=on))),
            without_lead=Count("cases", filter=current & ~Q(cases__pk__in=led.values("case_id"))),
        )
        .order_by("name", "pk")
    )
    members = _member_loads(teams=[team.pk for team in teams], on=on)
    return tuple(
        TeamLoad(
            team_id=team.pk,
            team=team.name,
            current=team.current,
            quiet=team.quiet,
            without_lead=team.without_lead,
            members=members.get(team.pk, ()),
        )
        for team in teams
    )


def _member_loads(*, teams: list[UUID], on: date) -> dict[UUID, tuple[MemberLoad, ...]]:
    counted = (
        CaseMember.objects.standing(on=on)
        .filter(role=MemberRole.LEAD, case__team_id__in=teams)
        .exclude(case__state=State.CLOSED)
        .values(team=F("case__team_id"), user_pk=F("user_id"), name=F("user__display_name"))
        .annotate(current=Count("pk"))
        .order_by("name", "user_pk")
    )
    loads: dict[UUID, tuple[MemberLoad, ...]] = {}
    for row in counted:
        load = MemberLoad(user_id=row["user_pk"], name=row["name"], current=row["current"])
        loads[row["team"]] = (*loads.get(row["team"], ()), load)
    return loads
