"""Who has looked at the files, an urgent access that waits for the team lead, and what citizens ask about looks."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.cases.enums import MemberRole, Review
from jobbro.apps.cases.models import BreakGlass, CaseMember, LookQuestion

from .calendar import DENMARK, moment, weekday
from .content import texts
from .courses import Course, Situation
from .writing import LookRow

URGENT_HOURS = 8


def add_looks(course: Course, *, most: int) -> None:
    """The looks of the weeks in which the course moved, by those who work there."""
    for _ in range(course.rng.randrange(2, most + 1)):
        user, role = course.rng.choice(_lookers(course))
        purpose, view, tier = _reason(course, role=role)
        day = weekday(course.span.last - timedelta(days=course.rng.randrange(0, 45)))
        at = moment(max(day, course.span.first), rng=course.rng)
        course.rows.looks.append(_look(course, user=user, role=role, at=at, purpose=purpose, view=view, tier=tier))
    if course.user is not None:
        at = moment(course.span.last, rng=course.rng)
        own = _look(course, user=course.user, role=None, at=at, purpose=Purpose.OWN, view="profile", tier=Tier.HEALTH)
        course.rows.looks.append(own)


def _lookers(course: Course) -> list[tuple[User, Role]]:
    found = [(course.lead, Role.CASEWORKER)] * 4 + [(course.place.lead, Role.TEAM_LEAD)]
    members = {member.user_id: member for member in _members(course)}
    if course.broker.pk in members:
        found += [(course.broker, Role.JOB_BROKER)] * 2
    if any(member.role == MemberRole.ADVISER for member in members.values()):
        found.append((course.place.key_persons[0], Role.KEY_PERSON))
    return found


def _members(course: Course) -> list[CaseMember]:
    """Those around this citizen: they were added last."""
    last = [row for _by, row in course.rows.by_table[CaseMember][-6:] if isinstance(row, CaseMember)]
    return [member for member in last if member.case_id == course.case.pk]


def _reason(course: Course, *, role: Role) -> tuple[Purpose, str, Tier]:
    if role == Role.TEAM_LEAD:
        return Purpose.LEADERSHIP, "citizen", Tier.ORDINARY
    if course.situation == Situation.NOT_BEGUN:
        return Purpose.CASEWORK, "citizen", Tier.ORDINARY
    if role == Role.CASEWORKER and course.rng.random() < 0.4:
        return Purpose.SCREENING, "dialogue", Tier.HEALTH
    has_plan = course.situation in (Situation.PLAN, Situation.PROPOSED)
    return Purpose.CASEWORK, "plan" if has_plan else "citizen", Tier.HEALTH if has_plan else Tier.ORDINARY


def _look(
    course: Course,
    *,
    user: User,
    role: Role | None,
    at: datetime,
    purpose: Purpose,
    view: str,
    tier: Tier,
    text: str = "",
    related: bool = True,
    unit_id: UUID | None = None,
    question: LookQuestion | None = None,
) -> LookRow:
    return LookRow(
        at=at,
        actor_id=user.pk,
        role=role.value if role else "citizen",
        unit_id=(unit_id or course.place.unit_id) if role else None,
        municipality_id=course.place.code,
        citizen_ids=(course.citizen.pk,),
        purpose=purpose.value,
        purpose_text=text,
        view=view,
        kind=Kind.READ.value,
        tier=tier.value,
        related=related,
        question=question,
    )


def add_lists(courses: Iterable[Course]) -> None:
    """The lists in which the employees saw their citizens on the morning of the last weekday."""
    by_lead: dict[UUID, list[Course]] = {}
    for course in courses:
        by_lead.setdefault(course.lead.pk, []).append(course)
    for mine in by_lead.values():
        first = mine[0]
        at = datetime.combine(weekday(first.today - timedelta(days=1)), time(8, 5), tzinfo=DENMARK)
        first.rows.looks.append(
            LookRow(
                at=at,
                actor_id=first.lead.pk,
                role=Role.CASEWORKER.value,
                unit_id=first.place.unit_id,
                municipality_id=first.place.code,
                citizen_ids=tuple(course.citizen.pk for course in mine[:25]),
                purpose=Purpose.WORKLIST.value,
                purpose_text="",
                view="caseload",
                kind=Kind.LIST.value,
                tier=Tier.ORDINARY.value,
                related=True,
            )
        )


def add_urgent_access(course: Course, *, user: User, is_answered: bool) -> None:
    """A colleague from another team opened the file and said why."""
    words = texts()["urgent"]
    day = weekday(course.today - timedelta(days=9 if is_answered else 1))
    opened_at = datetime.combine(day, time(13, 40), tzinfo=DENMARK)
    reason = words["answered" if is_answered else "waiting"]
    access = BreakGlass(
        id=course.ids(),
        citizen=course.citizen,
        user=user,
        reason=reason,
        opened_at=opened_at,
        until_at=opened_at + timedelta(hours=URGENT_HOURS),
        review=Review.IN_ORDER if is_answered else "",
        review_text=words["answer"] if is_answered else "",
        reviewed_by=course.place.lead if is_answered else None,
        reviewed_at=opened_at + timedelta(days=1) if is_answered else None,
    )
    course.rows.add(access, by=user.pk)
    course.rows.looks.append(
        _look(
            course,
            user=user,
            role=Role.CASEWORKER,
            at=opened_at,
            purpose=Purpose.BREAK_GLASS,
            view="citizen",
            tier=Tier.ORDINARY,
            text=reason,
            related=False,
        )
    )


def add_question(course: Course, *, user: User, role: Role, is_answered: bool) -> None:
    """The citizen asks who looked; the team lead has answered, or not yet."""
    looked_at = moment(weekday(course.today - timedelta(days=12 if is_answered else 4)), rng=course.rng)
    asked_at = looked_at + timedelta(days=2)
    question = LookQuestion(
        id=course.ids(),
        citizen=course.citizen,
        text=texts()["answered_question" if is_answered else "question"],
        asked_at=asked_at,
        answer=texts()["answer"] if is_answered else "",
        answered_by=course.place.lead if is_answered else None,
        answered_at=asked_at + timedelta(days=1) if is_answered else None,
    )
    course.rows.looks.append(
        _look(
            course,
            user=user,
            role=role,
            at=looked_at,
            purpose=Purpose.CASEWORK,
            view="citizen",
            tier=Tier.ORDINARY,
            question=question,
        )
    )
