"""Who stands in is computed from absences, pairs and teams, and written down so that they may open the file."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import Position
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import Case, CaseMember
from jobbro.apps.cases.permissions import TEAM_ROLES
from jobbro.apps.cases.services import NotAColleague, join_team
from jobbro.apps.cases.services.members import AROUND_CITIZENS, close_membership

from ..covering import Candidate, Period, Spell, cover_spells
from ..enums import CoverReason
from ..facts import partners
from ..models import Absence, Cover
from ..permissions import led_units

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What is the same for every course of one absent colleague."""

    first: tuple[Candidate, ...]
    mates: tuple[UUID, ...]
    away: dict[UUID, list[Period]]
    working: frozenset[UUID]


def arrange_covers(*, actor: Actor, user_id: UUID, at: datetime, on: date) -> int:
    """Each course whose contact person is away has somebody standing in; how many courses changed.

    For the colleague and everybody of their mini-teams, since one who is away stands in for nobody. Only courses that
    the actor carries: those of the own mini-team, for a team lead those of the led units.
    """
    teams = Position.objects.standing(on=on).filter(user_id=user_id, team__isnull=False).values("team_id")
    mates = Position.objects.standing(on=on).filter(team_id__in=teams).values("user_id")
    absences = _not_over(on=on).filter(Q(user_id=user_id) | Q(user_id__in=mates)).order_by("from_on", "pk")
    return sum(_arrange(actor=actor, absence=absence, at=at, on=on) for absence in list(absences))


def end_covers_of_case(*, actor: Actor, case: Case, on: date) -> None:
    """Nobody stands in for the citizen any more: there is another contact person."""
    for cover in _standing(actor=actor, on=on).filter(case=case).select_for_update(of=("self",)):
        _close(cover, on=on)


def end_covers_of_absence(*, actor: Actor, absence: Absence, on: date) -> None:
    """The absence is over: who stood in does so no more."""
    for cover in _standing(actor=actor, on=on).filter(absence=absence).select_for_update(of=("self",)):
        _close(cover, on=on)


def _not_over(*, on: date) -> "QuerySet[Absence]":
    return Absence.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), called_off_at__isnull=True)


def _standing(*, actor: Actor, on: date) -> "QuerySet[Cover]":
    """Covers of today and of days to come."""
    return Cover.objects.visible_to(actor).filter(Q(until_on__isnull=True) | Q(until_on__gte=on))


def _arrange(*, actor: Actor, absence: Absence, at: datetime, on: date) -> int:
    around = _around(absence=absence, on=on)
    period = Period(max(absence.from_on, on), absence.until_on)
    given: Counter[UUID] = Counter()
    changed = 0
    for case in _led_cases(actor=actor, user_id=absence.user_id, on=on):
        candidates = _candidates(case, absence=absence, around=around, given=given)
        spells = cover_spells(period=period, candidates=candidates, away=around.away)
        given.update(spell.candidate.user_id for spell in spells if spell.candidate)
        changed += _write(actor=actor, case=case, absence=absence, spells=spells, at=at, on=on)
    return changed


def _led_cases(*, actor: Actor, user_id: UUID, on: date) -> list[Case]:
    """Courses the actor carries and the colleague is the contact person for, with those around the citizen."""
    own = [position.team_id for position in actor.positions if position.team_id and position.role in TEAM_ROLES]
    carried = Q(team__in=own) | Q(team__unit__in=led_units(actor))
    leads = CaseMember.objects.standing(on=on).filter(user_id=user_id, role=MemberRole.LEAD)
    cases = Case.objects.visible_to(actor).filter(carried, pk__in=leads.values("case_id"))
    return list(cases.exclude(state=State.CLOSED).prefetch_related("members", "covers").order_by("pk"))


def _around(*, absence: Absence, on: date) -> _Around:
    teams = Position.objects.standing(on=on).filter(user_id=absence.user_id, team__isnull=False).values("team_id")
    positions = Position.objects.standing(on=on).filter(role__in=AROUND_CITIZENS, user__is_active=True)
    mates = positions.filter(team_id__in=teams, role__in=TEAM_ROLES).exclude(user_id=absence.user_id)
    named = [Candidate(user_id=absence.cover_id, reason=CoverReason.NAMED)] if absence.cover_id else []
    pair = partners(on=on).get(absence.user_id, ())
    units = Position.objects.standing(on=on).filter(user_id=absence.user_id).values("unit_id")
    near = positions.filter(Q(unit_id__in=units) | Q(user_id=absence.cover_id))
    return _Around(
        first=(*named, *(Candidate(user_id=user_id, reason=CoverReason.PAIR) for user_id in pair)),
        mates=tuple(sorted(set(mates.values_list("user_id", flat=True)))),
        away=_away(positions=near, on=on),
        working=frozenset(near.values_list("user_id", flat=True)),
    )


def _away(*, positions: "QuerySet[Position]", on: date) -> dict[UUID, list[Period]]:
    """By colleague the days they are not there: absences, and what comes after their last role."""
    found: dict[UUID, list[Period]] = {}
    for row in _not_over(on=on).filter(user_id__in=positions.values("user_id")):
        found.setdefault(row.user_id, []).append(Period(row.from_on, row.until_on))
    last: dict[UUID, list[date | None]] = {}
    for user_id, until_on in positions.values_list("user_id", "until_on"):
        last.setdefault(user_id, []).append(until_on)
    for user_id, days in last.items():
        if None not in days:
            found.setdefault(user_id, []).append(Period(max(day for day in days if day) + DAY, None))
    return found


def _candidates(case: Case, *, absence: Absence, around: _Around, given: Counter[UUID]) -> tuple[Candidate, ...]:
    """Who is asked first: the one named, the buddy, buddies around the citizen, then the mini-team by turns."""
    buddies = [
        Candidate(user_id=member.user_id, reason=CoverReason.BUDDY)
        for member in sorted(case.members.all(), key=lambda member: (member.from_on, member.pk))
        if member.role == MemberRole.BUDDY and member.until_on is None
    ]
    first = {one.user_id: one for one in (*buddies[::-1], *around.first[::-1])}
    ordered = [first[user_id] for user_id in dict.fromkeys(one.user_id for one in (*around.first, *buddies))]
    turns = sorted((given[user_id], user_id) for user_id in around.mates if user_id not in first)
    candidates = (*ordered, *(Candidate(user_id=user_id, reason=CoverReason.MINI_TEAM) for _, user_id in turns))
    return tuple(one for one in candidates if one.user_id in around.working and one.user_id != absence.user_id)


def _write(*, actor: Actor, case: Case, absence: Absence, spells: Iterable[Spell], at: datetime, on: date) -> bool:
    """The covers of this absence are these from today on; False when they were so already."""
    wanted = [(one.candidate, one.from_on, one.until_on) for one in spells if one.candidate]
    standing = [
        cover
        for cover in case.covers.all()
        if cover.absence_id == absence.pk and (cover.until_on is None or cover.until_on >= on)
    ]
    before = sorted((max(cover.from_on, on), cover.user_id, cover.until_on) for cover in standing)
    if before == sorted((from_on, one.user_id, until_on) for one, from_on, until_on in wanted):
        return False
    for cover in standing:
        _close(cover, on=on)
    for candidate, from_on, until_on in wanted:
        _stand_in(actor=actor, case=case, absence=absence, spell=(candidate, from_on, until_on), at=at)
    record_event(verb=Verb.COVER_ARRANGED, citizen_id=case.citizen_id, subject=absence, detail={"covers": len(wanted)})
    return True


def _stand_in(
    *,
    actor: Actor,
    case: Case,
    absence: Absence,
    spell: tuple[Candidate, date, date | None],
    at: datetime,
) -> None:
    candidate, from_on, until_on = spell
    Cover(
        citizen_id=case.citizen_id,
        case=case,
        absence=absence,
        user_id=candidate.user_id,
        reason=candidate.reason,
        from_on=from_on,
        until_on=until_on,
        arranged_by_id=actor.id,
        arranged_at=at,
    ).save(force_insert=True)
    there = CaseMember.objects.standing(on=from_on).filter(case=case, user_id=candidate.user_id, until_on__isnull=True)
    if there.exists():
        return
    try:
        join_team(
            actor=actor,
            citizen_id=case.citizen_id,
            user_id=candidate.user_id,
            role=MemberRole.COVER,
            on=from_on,
            until_on=until_on,
        )
    except NotAColleague:
        # Somebody of another unit who is not at work here on that day: the mini-team sees the file anyhow.
        return


def _close(cover: Cover, *, on: date) -> None:
    """Yesterday was the last day, of the cover and of the place in the team around the citizen that came with it."""
    members = CaseMember.objects.filter(
        case_id=cover.case_id, user_id=cover.user_id, role=MemberRole.COVER, from_on=cover.from_on
    )
    for member in members.select_for_update(of=("self",)):
        close_membership(member=member, on=on)
    if cover.from_on >= on:
        cover.delete()
        return
    cover.until_on = on - DAY
    cover.save(update_fields=["until_on"])
