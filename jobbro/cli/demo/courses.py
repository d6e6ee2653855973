"""One citizen with everything around them: who they are, who helps, what they said, what was agreed and how it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.cases.enums import MemberRole, NoteKind
from jobbro.apps.cases.enums import State as CaseState
from jobbro.apps.cases.models import Case, CaseMember, Note
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.enums import Channel, ConsentPurpose
from jobbro.apps.citizens.models import BenefitPeriod, Citizen, Consent, Contact

from .calendar import Span, moment, weekday
from .content import Persona, names, persona, personas, texts
from .ids import Ids
from .numbers import cpr_number, phone_number
from .organisations import Place, add_user
from .writing import EventRow, Rows

QUIET_DAYS = 22


class Situation(StrEnum):
    """How far along the way a citizen is."""

    NOT_BEGUN = "not_begun"
    HALF = "half"
    WAITING = "waiting"
    NEEDS = "needs"
    PROPOSED = "proposed"
    PLAN = "plan"


# Of twenty citizens; shuffled twenty by twenty, so that any part of the set has these shares.
SHARES: Mapping[Situation, int] = {
    Situation.NOT_BEGUN: 3,
    Situation.HALF: 5,
    Situation.WAITING: 1,
    Situation.NEEDS: 3,
    Situation.PLAN: 8,
}


@dataclass(frozen=True, kw_only=True)
class Login:
    """The account of a citizen whom the demo names."""

    username: str
    given: str
    family: str
    is_woman: bool
    persona: str
    situation: Situation
    next_in: int
    is_easy: bool = False


@dataclass(frozen=True, kw_only=True)
class Course:
    """What the parts of one citizen's rows share."""

    rows: Rows
    ids: Ids
    rng: Random
    place: Place
    persona: Persona
    situation: Situation
    citizen: Citizen
    case: Case
    lead: User
    broker: User
    span: Span
    today: date
    user: User | None
    login: Login | None

    def at(self, share: float) -> datetime:
        """A moment so far into the course."""
        return moment(self.span.at(share), rng=self.rng)

    def happened(self, verb: Verb, *, at: datetime, by: UUID, subject: Any = None) -> None:
        """The log of acts tells it."""
        name = f"{subject._meta.model_name}:{subject.pk}" if subject is not None else ""
        self.rows.events.append(EventRow(at=at, actor_id=by, verb=verb.value, citizen_id=self.citizen.pk, subject=name))


def situation_of(number: int) -> Situation:
    """The situation of the citizen with this number, from 0."""
    return _twenty(number // 20)[number % 20]


@cache
def _twenty(block: int) -> tuple[Situation, ...]:
    situations = [situation for situation, count in SHARES.items() for _ in range(count)]
    _random(f"situations:{block}").shuffle(situations)
    return tuple(situations)


def _random(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - the demo is meant to be the same everywhere


def add_course(
    rows: Rows,
    *,
    block: int,
    situation: Situation,
    place: Place,
    password: str,
    today: date,
    taken: set[str],
    login: Login | None = None,
) -> Course:
    """The citizen, their contact details, their course and the people around them."""
    rng, ids = _random(f"citizen:{block}"), Ids(block)
    who = persona(login.persona) if login else rng.choice(_weighted())
    span = _span(today=today, is_active=login is not None, rng=rng)
    is_woman = login.is_woman if login else rng.random() < 0.5
    lead = place.caseworkers[0] if login else rng.choice(place.caseworkers)
    citizen, user = _add_citizen(
        rows,
        ids=ids,
        rng=rng,
        place=place,
        persona=who,
        is_woman=is_woman,
        login=login,
        by=lead.pk,
        on=span.first,
        taken=taken,
        password=password,
    )
    case = _case(citizen, situation=situation, ids=ids, rng=rng, place=place, span=span, today=today, login=login)
    course = Course(
        rows=rows,
        ids=ids,
        rng=rng,
        place=place,
        persona=who,
        situation=situation,
        citizen=citizen,
        case=case,
        lead=lead,
        broker=place.brokers[0] if login else rng.choice(place.brokers),
        span=span,
        today=today,
        user=user,
        login=login,
    )
    rows.add(case, by=lead.pk)
    course.happened(Verb.CITIZEN_REGISTERED, at=citizen.created_at, by=lead.pk, subject=citizen)
    course.happened(Verb.CASE_OPENED, at=citizen.created_at, by=lead.pk, subject=case)
    _add_members(course)
    _add_benefits(course)
    _add_consents(course)
    _add_notes(course)
    return course


@cache
def _weighted() -> tuple[Persona, ...]:
    return tuple(one for one in personas() for _ in range(one.weight))


def _span(*, today: date, is_active: bool, rng: Random) -> Span:
    """From the first day to the last day on which something happened; one in eight has been quiet for long."""
    is_quiet = not is_active and rng.random() < 0.13
    days_ago = rng.randrange(QUIET_DAYS + 2, 64) if is_quiet else rng.randrange(1, 15)
    last = weekday(today - timedelta(days=days_ago))
    return Span(first=weekday(last - timedelta(days=rng.randrange(60, 520))), last=last)


def _add_citizen(
    rows: Rows,
    *,
    ids: Ids,
    rng: Random,
    place: Place,
    persona: Persona,
    is_woman: bool,
    login: Login | None,
    by: UUID,
    on: date,
    taken: set[str],
    password: str,
) -> tuple[Citizen, User | None]:
    given = login.given if login else rng.choice(names().women if is_woman else names().men)
    family = login.family if login else rng.choice(names().family)
    is_easy = login.is_easy if login else persona.is_easy or rng.random() < 0.03
    number = Cpr.read(cpr_number(rng=rng, born=persona.born, is_woman=is_woman, taken=taken))
    user = None
    if login or rng.random() < 0.2:
        user = add_user(
            rows,
            # As the service makes them: the name on a shared computer tells nothing about the person.
            username=login.username if login else f"borger-{rng.getrandbits(48):012x}",
            name=f"{given} {family}",
            password=password if login else "!",
            ids=ids,
            rng=rng,
            kind=Kind.CITIZEN,
            language=persona.language,
            is_easy=is_easy,
        )
    citizen = Citizen(
        id=ids(),
        municipality_id=place.code,
        user=user,
        cpr_cipher=number.encrypted(),
        cpr_key=number.key,
        given_name=given,
        family_name=family,
        is_protected=not login and rng.random() < 0.02,
        channel=Channel(rng.choice(persona.channels)),
        interpreter=persona.interpreter,
        companion=rng.choice(texts()["companions"]) if rng.random() < (0.5 if is_easy else 0.06) else "",
        is_easy=is_easy,
        created_by=by,
        created_at=moment(on, rng=rng),
    )
    rows.add(citizen, by=by)
    rows.add(_contact(citizen, ids=ids, rng=rng, place=place), by=by)
    return citizen, user


def _contact(citizen: Citizen, *, ids: Ids, rng: Random, place: Place) -> Contact:
    street = f"{rng.choice(names().streets)} {rng.randrange(1, 120)}"
    floor = rng.choice(("", "", ", st. tv.", ", 1. th.", ", 2. tv.", ", 3. mf."))
    mail = f"{_ascii(citizen.given_name)}.{_ascii(citizen.family_name)}@{place.mail}" if rng.random() < 0.7 else ""
    return Contact(
        id=ids(),
        citizen=citizen,
        address=street + floor,
        postcode=place.postcode,
        city=place.town,
        phone=phone_number(rng=rng),
        email=mail,
    )


def _ascii(name: str) -> str:
    letters = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", " ": "-"})
    return name.lower().translate(letters)


def _case(
    citizen: Citizen,
    *,
    situation: Situation,
    ids: Ids,
    rng: Random,
    place: Place,
    span: Span,
    today: date,
    login: Login | None,
) -> Case:
    state = CaseState.OPEN if login else _state(situation, rng=rng)
    step, step_on = _next_step(situation, state=state, rng=rng, today=today)
    if login:
        step = texts()["next_steps"][situation][0]
        step_on = today + timedelta(days=login.next_in)
    return Case(
        id=ids(),
        citizen=citizen,
        team=place.team,
        state=state,
        opened_on=span.first,
        closed_on=span.last if state == CaseState.CLOSED else None,
        next_step=step,
        next_step_on=step_on,
        last_step_on=span.last,
    )


def _state(situation: Situation, *, rng: Random) -> CaseState:
    draw = rng.random()
    if situation in (Situation.NEEDS, Situation.PLAN) and draw < 0.08:
        return CaseState.CLOSED
    return CaseState.PAUSED if draw > 0.95 else CaseState.OPEN


def _next_step(situation: Situation, *, state: CaseState, rng: Random, today: date) -> tuple[str, date | None]:
    """Some today, some overdue, most in the weeks to come, some not set."""
    if state != CaseState.OPEN or rng.random() < 0.12:
        return "", None
    text = rng.choice(texts()["next_steps"][situation])
    draw = rng.random()
    if draw < 0.1:
        return text, today
    if draw < 0.22:
        return text, weekday(today - timedelta(days=rng.randrange(2, 12)))
    days = rng.randrange(1, 7) if draw < 0.55 else rng.randrange(7, 40)
    later = today + timedelta(days=days)
    return text, later + timedelta(days=(7 - later.weekday()) if later.weekday() > 4 else 0)


def _add_members(course: Course) -> None:
    first = course.span.first
    former = course.place.former
    began = first
    if former and course.rng.random() < 0.25 and (course.today - first).days > 120:
        began = course.today - timedelta(days=75)
        _add_member(course, user=former[0], role=MemberRole.LEAD, from_on=first, until_on=began - timedelta(days=1))
    _add_member(course, user=course.lead, role=MemberRole.LEAD, from_on=began)
    is_far = course.situation in (Situation.NEEDS, Situation.PROPOSED, Situation.PLAN)
    if course.broker.pk != course.lead.pk and course.rng.random() < (0.85 if is_far else 0.15):
        _add_member(course, user=course.broker, role=MemberRole.BUDDY, from_on=course.span.at(0.4))
    others = [user for user in course.place.caseworkers if user.pk not in (course.lead.pk, course.broker.pk)]
    if others and course.rng.random() < 0.12:
        away = course.today - timedelta(days=course.rng.randrange(0, 5))
        _add_member(course, user=others[0], role=MemberRole.COVER, from_on=away, until_on=away + timedelta(days=14))
    advisers = [user for user in course.place.key_persons if user.pk != course.lead.pk]
    if advisers and course.rng.random() < 0.1:
        _add_member(course, user=advisers[0], role=MemberRole.ADVISER, from_on=course.span.at(0.6))


def _add_member(course: Course, *, user: User, role: MemberRole, from_on: date, until_on: date | None = None) -> None:
    member = CaseMember(
        id=course.ids(),
        citizen=course.citizen,
        case=course.case,
        user=user,
        role=role,
        from_on=from_on,
        until_on=until_on,
    )
    course.rows.add(member, by=course.lead.pk)


def _add_benefits(course: Course) -> None:
    """Dated data on the side: most have one period, some a change."""
    kinds = course.rng.sample(texts()["benefits"], 2)
    began = course.span.first - timedelta(days=course.rng.randrange(0, 400))
    changed = course.span.at(0.5) if course.rng.random() < 0.25 else None
    until = changed - timedelta(days=1) if changed else None
    course.rows.add(
        BenefitPeriod(id=course.ids(), citizen=course.citizen, benefit=kinds[0], from_on=began, until_on=until),
        by=course.lead.pk,
    )
    if changed:
        course.rows.add(
            BenefitPeriod(id=course.ids(), citizen=course.citizen, benefit=kinds[1], from_on=changed),
            by=course.lead.pk,
        )


def _add_consents(course: Course) -> None:
    count = course.rng.choice((0, 0, 1, 1, 2)) if course.situation != Situation.NOT_BEGUN else 0
    for found in course.rng.sample(texts()["consents"], count):
        given_at = course.at(0.45)
        is_withdrawn = course.rng.random() < 0.2
        course.rows.add(
            Consent(
                id=course.ids(),
                citizen=course.citizen,
                purpose=ConsentPurpose(found["purpose"]),
                recipient=found["recipient"],
                given_at=given_at,
                recorded_by=course.lead,
                withdrawn_at=course.at(0.8) if is_withdrawn else None,
            ),
            by=course.lead.pk,
        )


def _add_notes(course: Course) -> None:
    count = course.rng.randrange(1, 3) if course.situation == Situation.NOT_BEGUN else course.rng.randrange(2, 6)
    shared = course.rng.sample(texts()["notes"]["shared"], count)
    internal = course.rng.sample(texts()["notes"]["internal"], 1 if course.rng.random() < 0.3 else 0)
    written = [(note, True) for note in shared] + [(note, False) for note in internal]
    for number, (note, is_shared) in enumerate(written, start=1):
        author = course.lead if course.rng.random() < 0.75 else course.broker
        at = course.at(number / len(written))
        row = Note(
            id=course.ids(),
            citizen=course.citizen,
            case=course.case,
            kind=NoteKind(note["kind"]),
            text=note["text"].format(name=course.citizen.given_name),
            is_shared=is_shared,
            written_by=author,
            written_at=at,
        )
        course.rows.add(row, by=author.pk)
        course.happened(Verb.NOTE_WRITTEN, at=at, by=author.pk, subject=row)
