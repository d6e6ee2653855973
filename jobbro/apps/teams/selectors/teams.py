"""A mini-team as its people see it: who is here, buddy pairs, who is away and who stands in."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.cases.permissions import TEAM_ROLES
from jobbro.apps.citizens.models import DanishOrder
from jobbro.apps.organisations.models import Team

from ..enums import AbsenceKind, CoverReason
from ..facts import cases_without_lead, working_leads
from ..models import FULL_TIME, Absence, BuddyPair, Cover, WorkingHours
from ..permissions import can_lead, can_see_team, works_with

# So far ahead absences and covers are shown.
AHEAD = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class AbsenceLine:
    """Somebody is or will be away."""

    id: UUID
    user_id: UUID
    name: str
    from_on: date
    until_on: date | None
    is_leaving: bool
    is_now: bool
    cover: str


@dataclass(frozen=True, kw_only=True)
class MateLine:
    """Somebody of the mini-team: role, hours, how many citizens they help, the other of the pair."""

    user_id: UUID
    name: str
    role: Role
    hours: float
    load: int
    pair_id: UUID | None
    buddy: str
    is_away: bool


@dataclass(frozen=True, kw_only=True)
class CoverLine:
    """Somebody stands in for one citizen; `user` is "" when nobody can."""

    citizen_id: UUID
    citizen: str
    absent: str
    user: str
    reason: CoverReason | None
    from_on: date
    until_on: date | None


@dataclass(frozen=True, kw_only=True)
class TeamHome:
    """All that the page of a mini-team shows."""

    team: Team
    mates: tuple[MateLine, ...]
    absences: tuple[AbsenceLine, ...]
    people: tuple[tuple[UUID, str], ...]
    uncovered: int
    waiting: int
    is_lead: bool


@dataclass(frozen=True, kw_only=True)
class CoverPlan:
    """Who stands in for whom in a mini-team from today on."""

    team: Team
    lines: tuple[CoverLine, ...]
    uncovered: tuple[CoverLine, ...]


def own_team(*, actor: Actor, team_id: UUID, on: date) -> Team | None:
    """The team when the actor belongs to it or leads its unit."""
    team = Team.objects.standing(on=on).select_related("unit").filter(pk=team_id).first()
    if team is None or not can_see_team(actor, team_id=team.pk, unit_id=team.unit_id):
        return None
    return team


def team_home(*, actor: Actor, team_id: UUID, on: date) -> TeamHome | None:
    """The mini-team; None when it is not there or not the actor's."""
    team = own_team(actor=actor, team_id=team_id, on=on)
    if team is None:
        return None
    is_lead = can_lead(actor, unit_id=team.unit_id)
    absences = absences_of(team=team, on=on)
    mates = _mates(actor=actor, team=team, away={one.user_id for one in absences if one.is_now}, on=on)
    return TeamHome(
        team=team,
        mates=mates,
        absences=absences,
        people=tuple((mate.user_id, mate.name) for mate in mates),
        uncovered=_uncovered(actor=actor, team=team, on=on).count(),
        waiting=cases_without_lead(actor=actor, on=on).filter(team=team).count() if is_lead else 0,
        is_lead=is_lead,
    )


def _positions(*, team: Team, on: date) -> "QuerySet[Position]":
    return Position.objects.standing(on=on).filter(team=team, role__in=TEAM_ROLES, user__is_active=True)


def absences_of(*, team: Team, on: date) -> tuple[AbsenceLine, ...]:
    """Who of the team is away today or soon, in the order of days."""
    rows = (
        Absence.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=on),
            called_off_at__isnull=True,
            from_on__lte=on + AHEAD,
            user_id__in=_positions(team=team, on=on).values("user_id"),
        )
        .select_related("user", "cover")
        .order_by("from_on", "user__display_name", "pk")
    )
    return tuple(_absence_line(row, on=on) for row in rows)


def _absence_line(row: Absence, *, on: date) -> AbsenceLine:
    return AbsenceLine(
        id=row.pk,
        user_id=row.user_id,
        name=row.user.display_name,
        from_on=row.from_on,
        until_on=row.until_on,
        is_leaving=row.kind == AbsenceKind.LEAVING,
        is_now=row.from_on <= on,
        cover=row.cover.display_name if row.cover else "",
    )


def absence_line(*, actor: Actor, absence_id: UUID, on: date) -> tuple[AbsenceLine, Team | None] | None:
    """One absence with the mini-team where it is seen; None when it is not there or of nobody the actor works with."""
    row = Absence.objects.visible_to(actor).select_related("user", "cover").filter(pk=absence_id).first()
    if row is None or not works_with(user_id=row.user_id):
        return None
    held = Position.objects.standing(on=on).filter(user_id=row.user_id, team__isnull=False).select_related("team")
    teams = [one.team for one in held.order_by("from_on", "pk") if one.team]
    seen = [team for team in teams if can_see_team(actor, team_id=team.pk, unit_id=team.unit_id)]
    return _absence_line(row, on=on), seen[0] if seen else None


def _mates(*, actor: Actor, team: Team, away: set[UUID], on: date) -> tuple[MateLine, ...]:
    positions = _positions(team=team, on=on).select_related("user")
    users = _positions(team=team, on=on).values("user_id")
    hours = dict(WorkingHours.objects.standing(on=on).filter(user_id__in=users).values_list("user_id", "hours"))
    leads = CaseMember.objects.visible_to(actor).standing(on=on).filter(role=MemberRole.LEAD, user_id__in=users)
    loads = dict(
        leads.exclude(case__state=State.CLOSED).values("user_id").annotate(n=Count("pk")).values_list("user_id", "n")
    )
    buddies: dict[UUID, tuple[UUID, str]] = {}
    for pair in BuddyPair.objects.standing(on=on).filter(team=team).select_related("first", "second"):
        buddies[pair.first_id] = (pair.pk, pair.second.display_name)
        buddies[pair.second_id] = (pair.pk, pair.first.display_name)
    found: dict[UUID, MateLine] = {}
    for position in positions.order_by(DanishOrder("user__display_name"), "user_id", "role"):
        pair_id, buddy = buddies.get(position.user_id, (None, ""))
        found[position.user_id] = MateLine(
            user_id=position.user_id,
            name=position.user.display_name,
            role=Role(position.role),
            hours=float(hours.get(position.user_id, FULL_TIME)),
            load=loads.get(position.user_id, 0),
            pair_id=pair_id,
            buddy=buddy,
            is_away=position.user_id in away,
        )
    return tuple(found.values())


def away_today(*, on: date) -> "QuerySet[Absence]":
    """Absences of the day."""
    return Absence.objects.standing(on=on).filter(called_off_at__isnull=True)


def _uncovered(*, actor: Actor, team: Team, on: date) -> "QuerySet[CaseMember]":
    """Contact persons of the team's citizens who are away today while nobody who is here stands in."""
    here = Cover.objects.standing(on=on).exclude(user_id__in=away_today(on=on).values("user_id"))
    return (
        working_leads(on=on)
        .filter(case_id__in=Case.objects.visible_to(actor).filter(team=team).exclude(state=State.CLOSED).values("pk"))
        .filter(user_id__in=away_today(on=on).values("user_id"))
        .exclude(case_id__in=here.values("case_id"))
    )


def cover_plan(*, actor: Actor, team_id: UUID, on: date) -> CoverPlan | None:
    """Who stands in for whom, by citizen and day, and for whom nobody can; None when it is not the actor's team."""
    team = own_team(actor=actor, team_id=team_id, on=on)
    if team is None:
        return None
    covers = (
        Cover.objects.visible_to(actor)
        .filter(Q(until_on__isnull=True) | Q(until_on__gte=on), case__team=team, from_on__lte=on + AHEAD)
        .select_related("citizen", "user", "absence__user")
        .defer("citizen__cpr_cipher", "citizen__cpr_key")
        .order_by("absence__user__display_name", "from_on", "citizen__family_name", "citizen__given_name", "pk")
    )
    open_ones = _uncovered(actor=actor, team=team, on=on).select_related("citizen", "user")
    return CoverPlan(
        team=team,
        lines=tuple(
            CoverLine(
                citizen_id=row.citizen_id,
                citizen=row.citizen.name,
                absent=row.absence.user.display_name,
                user=row.user.display_name,
                reason=CoverReason(row.reason),
                from_on=row.from_on,
                until_on=row.until_on,
            )
            for row in covers
        ),
        uncovered=tuple(
            CoverLine(
                citizen_id=row.citizen_id,
                citizen=row.citizen.name,
                absent=row.user.display_name,
                user="",
                reason=None,
                from_on=on,
                until_on=None,
            )
            for row in open_ones.defer("citizen__cpr_cipher", "citizen__cpr_key").order_by("citizen__family_name", "pk")
        ),
    )
