"""What citizens have applied for: applications on their way, posts with fortrinsadgang, and claims by quarter."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from jobbro.apps.applications.due import CLAIMED
from jobbro.apps.applications.enums import (
    ClaimState,
    DocumentState,
    EmployerKind,
    NegotiationWay,
    Outcome,
    Route,
    State,
    VacancyState,
)
from jobbro.apps.applications.facts import all_procedures, form_to_keep
from jobbro.apps.applications.models import Application, Claim, Decision, Document, Negotiation, Vacancy
from jobbro.apps.audit.enums import Verb
from jobbro.engines.schemes.claims import claim_from, hours_allowed, quarters
from jobbro.engines.schemes.procedures import DraftField, Procedure

from .calendar import moment, weekday
from .content import texts
from .courses import Course, Situation

SCHEMES = ("personlig_assistance", "paragraf_56", "mentor", "hjaelpemidler", "virksomhedspraktik", "isbryder")
# How many of a hundred applications stand where.
STATES: Mapping[State, int] = {
    State.DRAFT: 20,
    State.READY: 5,
    State.SENT: 10,
    State.ACKNOWLEDGED: 25,
    State.MORE_WANTED: 10,
    State.DECIDED: 25,
    State.COMPLAINED: 5,
}
OUTCOMES = (Outcome.GRANTED, Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED, Outcome.WITHDRAWN)
POSTS = (
    VacancyState.NOTED,
    VacancyState.INVITED,
    VacancyState.INTERVIEWED,
    VacancyState.ACCOUNT_SENT,
    VacancyState.NEGOTIATED,
    VacancyState.REASONED_REFUSAL,
)
_SENT = (State.SENT, State.ACKNOWLEDGED, State.MORE_WANTED, State.DECIDED, State.COMPLAINED)


def add_applications(course: Course) -> None:
    """Some apply; the one with a plan under way and a login has something of everything."""
    if course.situation not in (Situation.NEEDS, Situation.PROPOSED, Situation.PLAN):
        return
    # A source of chance of its own: what other parts of the demo draw stays the same.
    rng = Random(f"applications:{course.citizen.pk}")  # noqa: S311 - the demo is meant to be the same everywhere
    if course.login is not None and course.situation == Situation.PLAN:
        _add_application(course, rng=rng, scheme="personlig_assistance", state=State.DECIDED, outcome=Outcome.GRANTED)
        _add_application(course, rng=rng, scheme="hjaelpemidler", state=State.ACKNOWLEDGED)
        _add_application(course, rng=rng, scheme="mentor", state=State.DRAFT)
        _add_vacancy(course, rng=rng, state=VacancyState.ACCOUNT_SENT)
        return
    chance = 0.45 if course.situation == Situation.PLAN else 0.15
    if rng.random() < chance:
        state = rng.choices(tuple(STATES), weights=tuple(STATES.values()))[0]
        _add_application(course, rng=rng, scheme=rng.choice(SCHEMES), state=state)
    if rng.random() < chance / 5:
        _add_vacancy(course, rng=rng, state=rng.choice(POSTS))


def _add_application(course: Course, *, rng: Random, scheme: str, state: State, outcome: Outcome | None = None) -> None:
    procedures = all_procedures()
    procedure = procedures.of(scheme)
    began = weekday(course.today - timedelta(days=_days_ago(state, rng=rng)))
    values = _values(course, procedure=procedure, rng=rng, began=began)
    if state == State.DRAFT:
        values.pop("functions", None)
    is_sent = state in _SENT
    received = began + timedelta(days=2)
    row = Application(
        id=course.ids(),
        citizen=course.citizen,
        scheme=scheme,
        state=state,
        procedure_version=procedures.version,
        values=values,
        form=form_to_keep(procedure=procedure, citizen=course.citizen, values=values) if is_sent else None,
        started_by=course.lead,
        started_at=moment(began, rng=rng),
        channel=procedure.form.channel if is_sent else "",
        sent_on=began + timedelta(days=1) if is_sent else None,
        received_on=received if is_sent and state != State.SENT else None,
        decide_by=received + timedelta(weeks=rng.choice((4, 6))) if state in _SENT[1:] and rng.random() < 0.8 else None,
        wanted=rng.choice(texts()["applications"]["wanted"]) if state == State.MORE_WANTED else "",
        answer_by=course.today + timedelta(days=rng.randrange(-3, 12)) if state == State.MORE_WANTED else None,
        complained_on=course.today - timedelta(days=8) if state == State.COMPLAINED else None,
    )
    course.rows.add(row, by=course.lead.pk)
    course.happened(Verb.APPLICATION_STARTED, at=row.started_at, by=course.lead.pk, subject=row)
    _add_documents(course, row=row, procedure=procedure, is_sent=is_sent, on=began)
    if state in (State.DECIDED, State.COMPLAINED):
        drawn = outcome or (Outcome.REFUSED if state == State.COMPLAINED else rng.choice(OUTCOMES))
        _add_decision(course, row=row, rng=rng, outcome=drawn, received=received)


def _days_ago(state: State, *, rng: Random) -> int:
    return rng.randrange(200, 320) if state == State.DECIDED else rng.randrange(25, 60) if state in _SENT else 7


def _values(course: Course, *, procedure: Procedure, rng: Random, began: date) -> dict[str, str]:
    """An answer to each field that has to be filled in."""
    words = texts()["applications"]
    employer, position = rng.choice(words["employers"]), rng.choice(words["positions"])
    own: Mapping[str, str] = {
        "name": course.citizen.name,
        "employer": employer,
        "position": position,
        "functions": rng.choice(words["functions"]),
        "hours_week": rng.choice(("37", "30", "25", "18.5")),
        "assistance_hours_week": rng.choice(("5", "7.5", "10")),
    }
    fields = [field for field in procedure.fields if field.required and field.prefill != "citizen.address"]
    return {field.code: own.get(field.code) or _answer(field, rng=rng, began=began, words=words) for field in fields}


def _answer(field: DraftField, *, rng: Random, began: date, words: Mapping[str, Any]) -> str:
    if field.kind == "choice":
        return rng.choice(field.choices).code
    if field.kind == "date":
        return (began + timedelta(days=rng.randrange(20, 60))).isoformat()
    if field.kind == "number":
        return str(rng.choice((12, 18, 24)))
    return str(rng.choice(words["words"] if field.kind == "long_text" else words["positions"]))


def _add_documents(course: Course, *, row: Application, procedure: Procedure, is_sent: bool, on: date) -> None:
    for place, needed in enumerate(procedure.documents, start=1):
        is_here = is_sent and needed.required
        document = Document(
            id=course.ids(),
            citizen=course.citizen,
            application=row,
            code=needed.code,
            is_required=needed.required,
            state=DocumentState.HERE if is_here else DocumentState.WANTED,
            state_on=on if is_here else None,
            reference=f"{on.year}-{place:03}" if is_here else "",
            place=place,
        )
        course.rows.add(document, by=course.lead.pk)


def _add_decision(course: Course, *, row: Application, rng: Random, outcome: Outcome, received: date) -> None:
    late = course.today - timedelta(days=20) if row.state == State.COMPLAINED else received + timedelta(days=21)
    decided = weekday(max(received, late))
    is_grant = outcome in (Outcome.GRANTED, Outcome.PARTLY)
    has_hours = is_grant and row.scheme in CLAIMED
    decision = Decision(
        id=course.ids(),
        citizen=course.citizen,
        application=row,
        outcome=outcome,
        decided_on=max(decided, received),
        received_on=max(decided, received),
        from_on=decided.replace(day=1) if is_grant else None,
        until_on=course.today + timedelta(days=rng.choice((30, 300, 700))) if is_grant else None,
        hours_week=Decimal(rng.choice(("5", "7.5", "10"))) if has_hours else None,
        working_hours_week=Decimal(37) if has_hours else None,
        reference=f"{decided.year}-{rng.randrange(1000, 9999)}",
        recorded_by=course.lead,
        recorded_at=moment(max(decided, received), rng=rng),
    )
    course.rows.add(decision, by=course.lead.pk)
    course.happened(Verb.DECISION_RECORDED, at=decision.recorded_at, by=course.lead.pk, subject=decision)
    if has_hours:
        _add_claims(course, row=row, decision=decision, rng=rng)


def _add_claims(course: Course, *, row: Application, decision: Decision, rng: Random) -> None:
    """Older quarters are paid, the newest that is over waits for its claim."""
    assert decision.from_on is not None
    assert decision.hours_week is not None
    over = [
        quarter
        for quarter in quarters(from_on=decision.from_on, until_on=course.today)
        if quarter.until_on < course.today - timedelta(days=25)
    ]
    for number, quarter in enumerate(over, start=1):
        exact = hours_allowed(hours_week=Fraction(decision.hours_week), quarter=quarter)
        is_newest = number == len(over)
        sent = None if is_newest else claim_from(quarter) + timedelta(days=rng.randrange(3, 14))
        claim = Claim(
            id=course.ids(),
            citizen=course.citizen,
            application=row,
            year=quarter.year,
            quarter=quarter.number,
            hours_used=Decimal(int(float(exact) * rng.uniform(0.7, 1.0))),
            state=ClaimState.ENTERED if sent is None else ClaimState.PAID,
            sent_on=sent,
            paid_on=sent + timedelta(days=10) if sent else None,
        )
        course.rows.add(claim, by=course.lead.pk)


def _add_vacancy(course: Course, *, rng: Random, state: VacancyState) -> None:
    words, reached = texts()["applications"], POSTS.index(state)
    noted = weekday(course.today - timedelta(days=7 * (reached + 1)))
    days = [noted + timedelta(days=7 * step) if reached >= step else None for step in range(len(POSTS))]
    row = Vacancy(
        id=course.ids(),
        citizen=course.citizen,
        title=rng.choice(words["posts"]),
        employer=rng.choice(words["public"]),
        employer_kind=EmployerKind.MUNICIPALITY,
        route=rng.choice(tuple(Route)),
        state=state,
        noted_on=noted,
        invited_on=days[1],
        interviewed_on=days[2],
        account_on=days[3],
        negotiated_on=days[4],
        refused_on=days[5],
        noted_by=course.lead,
    )
    course.rows.add(row, by=course.lead.pk)
    course.happened(Verb.VACANCY_NOTED, at=moment(noted, rng=rng), by=course.lead.pk, subject=row)
    if row.negotiated_on is not None:
        _add_minutes(course, row=row, on=row.negotiated_on, rng=rng)


def _add_minutes(course: Course, *, row: Vacancy, on: date, rng: Random) -> None:
    words = texts()["applications"]
    minutes = Negotiation(
        id=course.ids(),
        citizen=course.citizen,
        vacancy=row,
        held_on=on,
        way=rng.choice(tuple(NegotiationWay)),
        participants=[f"En leder fra {row.employer}", f"{course.lead.display_name}, kommunen"],
        employer_said=words["employer_said"],
        municipality_said=words["municipality_said"],
        recorded_by=course.lead,
        recorded_at=moment(on, rng=rng),
    )
    course.rows.add(minutes, by=course.lead.pk)
