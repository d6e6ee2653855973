"""What waits for whom over all citizens the actor works with: applications, claims and posts, the nearest day first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.looks import note_person
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import CaseMember

from ..due import CLAIMED, GRANTS, REMIND_OF_END, SHOW_LOST_FOR, Due, due_of_vacancy
from ..enums import State
from ..facts import around_me, newest_decisions
from ..models import Application, Claim, Decision, OwnDeadline, Vacancy
from ..states import OPEN_VACANCY, REFUSED_VACANCY
from .applications import expected_deadline, own_deadlines_for, row_shown

Whose = Literal["own", "team"]
Citizens = QuerySet[Any, Any]
# Longer than any period of complaint or payment: what is older has nothing left that comes next.
LOOK_BACK = timedelta(days=370)
# When a deadline has passed by more than this, the team lead is told too.
LONG_LATE = timedelta(days=7)
RESPONSIBLE = (MemberRole.LEAD, MemberRole.BUDDY)


@dataclass(frozen=True, kw_only=True)
class DueRow:
    """One thing that comes next for one citizen. `scheme` is empty for a post."""

    citizen_id: UUID
    citizen_name: str
    scheme: str
    about: str
    application_id: UUID | None
    vacancy_id: UUID | None
    due: Due
    is_own: bool
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class DeadlinesPage:
    """What comes next, own citizens first: with a day, the nearest first, then without. `more` are not shown."""

    rows: tuple[DueRow, ...]
    more: int
    own: int
    team: int
    whose: Whose


def deadlines_for(*, actor: Actor, whose: Whose, on: date, most: int | None = None) -> DeadlinesPage:
    """What comes next for the citizens the actor stands around, or for all the actor works with. Five queries.

    Only the citizens of the rows are looked at, not those who are counted.
    """
    rows = [*_of_applications(actor=actor, on=on), *_of_vacancies(actor=actor, on=on)]
    own = [row for row in rows if row.is_own]
    chosen = _in_order(own if whose == "own" else rows)
    shown = _looked_at(chosen[:most])
    return DeadlinesPage(rows=shown, more=len(chosen) - len(shown), own=len(own), team=len(rows), whose=whose)


@dataclass(frozen=True, kw_only=True)
class DueCounts:
    """How many deadlines have passed or come by a day; `undated`: the municipality's turn, and no day is set.

    `team_late` is for a team lead: passed by more than a week, of citizens whom they are not responsible for.
    """

    late: int = 0
    soon: int = 0
    undated: int = 0
    team_late: int = 0


def due_counts(*, actor: Actor, on: date, until: date) -> DueCounts:
    """The counts for somebody at work. Cover and advisers count what has passed only; nobody is looked at by name."""
    parts = _my_parts(actor=actor, on=on)
    is_lead = actor.has(Role.TEAM_LEAD)
    if not parts and not is_lead:
        return DueCounts()
    among = None if is_lead else around_me(actor=actor, on=on)
    rows = [*_of_applications(actor=actor, on=on, among=among), *_of_vacancies(actor=actor, on=on, among=among)]
    mine = [row for row in rows if parts.get(row.citizen_id)]
    late = [row for row in rows if row.is_late and row.citizen_id in parts]
    return DueCounts(
        late=len(late),
        soon=sum(row.due.on is not None and on <= row.due.on <= until for row in mine),
        undated=sum(row.due.on is None and row.due.who == "municipality" for row in mine),
        team_late=sum(_is_long_late(row, on=on) for row in rows if not parts.get(row.citizen_id)) if is_lead else 0,
    )


def due_days(*, actor: Actor, on: date) -> dict[date, int]:
    """How many deadlines each day has from today on, of the citizens the actor stands around; nobody by name."""
    own = around_me(actor=actor, on=on)
    rows = [*_of_applications(actor=actor, on=on, among=own), *_of_vacancies(actor=actor, on=on, among=own)]
    return dict(sorted(Counter(row.due.on for row in rows if row.due.on is not None and row.due.on >= on).items()))


def _my_parts(*, actor: Actor, on: date) -> dict[UUID, bool]:
    """The citizens around whom the actor stands, and whether as one who is responsible (contact person or buddy)."""
    found: dict[UUID, bool] = {}
    for citizen_id, role in (
        CaseMember.objects.standing(on=on).filter(user_id=actor.id).values_list("citizen_id", "role")
    ):
        found[citizen_id] = found.get(citizen_id, False) or role in RESPONSIBLE
    return found


def _is_long_late(row: DueRow, *, on: date) -> bool:
    return row.due.on is not None and row.due.on < on - LONG_LATE


def near_deadlines(*, actor: Actor, on: date, until: date, most: int) -> tuple[DueRow, ...]:
    """What comes next for the citizens the actor stands around, passed or due by `until`, the nearest first."""
    own = around_me(actor=actor, on=on)
    rows = [*_of_applications(actor=actor, on=on, among=own), *_of_vacancies(actor=actor, on=on, among=own)]
    near = [row for row in rows if row.due.on is not None and row.due.on <= until]
    return _looked_at(_in_order(near)[:most])


def _looked_at(rows: tuple[DueRow, ...]) -> tuple[DueRow, ...]:
    """The rows, whose citizens are now seen by name."""
    for row in rows:
        note_person(row.citizen_id)
    return rows


def _in_order(rows: Iterable[DueRow]) -> tuple[DueRow, ...]:
    return tuple(
        sorted(rows, key=lambda row: (row.due.on is None, row.due.on or date.max, row.citizen_name, row.about))
    )


def _of_applications(*, actor: Actor, on: date, among: Citizens | None = None) -> Iterator[DueRow]:
    wanted = Application.objects.visible_to(actor).filter(_may_have_more(on))
    if among is not None:
        wanted = wanted.filter(citizen_id__in=among.values("citizen_id"))
    applications = list(
        wanted.annotate(is_own=Exists(around_me(actor=actor, on=on).filter(citizen_id=OuterRef("citizen_id"))))
        .annotate(given_name=F("citizen__given_name"), family_name=F("citizen__family_name"))
        .annotate(municipality=F("citizen__municipality_id"))
        .order_by("id")
    )
    if not applications:
        return
    decisions = newest_decisions(Decision.objects.filter(application__in=wanted.values("pk")))
    claims: dict[UUID, list[Claim]] = {}
    for claim in Claim.objects.filter(application__in=wanted.values("pk")):
        claims.setdefault(claim.application_id, []).append(claim)
    mine = OwnDeadline.objects.filter(municipality_id__in=wanted.values("citizen__municipality_id"))
    own = own_deadlines_for(applications, municipalities=mine)
    for row in applications:
        shown = row_shown(
            row,
            decision=decisions.get(row.pk),
            claims=claims.get(row.pk, ()),
            expected=expected_deadline(row, rows=own, municipality=row.municipality),
            on=on,
        )
        for due in shown.due:
            yield DueRow(
                citizen_id=row.citizen_id,
                citizen_name=f"{row.given_name} {row.family_name}",
                scheme=row.scheme,
                about=shown.about,
                application_id=row.pk,
                vacancy_id=None,
                due=due,
                is_own=row.is_own,
                is_late=due.is_late(on),
            )


def _may_have_more(on: date) -> Q:
    """Not decided; or decided so lately, or granted for so long, that something may still come next."""
    decided = Decision.objects.filter(application_id=OuterRef("pk"))
    lately = decided.filter(received_on__gte=on - LOOK_BACK)
    ends = decided.filter(outcome__in=GRANTS, until_on__range=(on, on + REMIND_OF_END))
    runs = decided.filter(outcome__in=GRANTS).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on - LOOK_BACK - SHOW_LOST_FOR)
    )
    return ~Q(state=State.DECIDED) | Q(Exists(lately)) | Q(Exists(ends)) | Q(Exists(runs), scheme__in=CLAIMED)


def _of_vacancies(*, actor: Actor, on: date, among: Citizens | None = None) -> Iterator[DueRow]:
    wanted = Vacancy.objects.visible_to(actor).filter(
        Q(state__in=OPEN_VACANCY) | Q(state__in=REFUSED_VACANCY, ended_on__gte=on - LOOK_BACK)
    )
    if among is not None:
        wanted = wanted.filter(citizen_id__in=among.values("citizen_id"))
    rows = (
        wanted.annotate(is_own=Exists(around_me(actor=actor, on=on).filter(citizen_id=OuterRef("citizen_id"))))
        .annotate(given_name=F("citizen__given_name"), family_name=F("citizen__family_name"))
        .order_by("id")
    )
    for row in rows:
        for due in due_of_vacancy(row=row, on=on):
            yield DueRow(
                citizen_id=row.citizen_id,
                citizen_name=f"{row.given_name} {row.family_name}",
                scheme="",
                about=f"{row.title}, {row.employer}",
                application_id=None,
                vacancy_id=row.pk,
                due=due,
                is_own=row.is_own,
                is_late=due.is_late(on),
            )
