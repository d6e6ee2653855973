"""Applications at any point of their way, decisions, posts and claims."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from jobbro.apps.accounts.models import User
from jobbro.apps.applications.enums import (
    Channel,
    ClaimState,
    DocumentState,
    EmployerKind,
    Outcome,
    Route,
    State,
    VacancyState,
)
from jobbro.apps.applications.facts import all_procedures, form_to_keep
from jobbro.apps.applications.models import Application, Claim, Decision, Document, OwnDeadline, Vacancy
from jobbro.apps.citizens.models import Citizen
from tests.factories.rows import write

STARTED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SENT_ON, RECEIVED_ON, DECIDED_ON = date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 25)
VALUES = {
    "name": "Anna Lund",
    "work_form": "employee",
    "employer": "Prøve Bageri",
    "position": "Bager",
    "hours_week": "37",
    "functions": "Løfte sække med mel.",
    "assistance_hours_week": "10",
    "from_on": "2026-04-01",
}
_SENT = (State.SENT, State.ACKNOWLEDGED, State.MORE_WANTED, State.DECIDED, State.COMPLAINED)


def application(
    *,
    citizen: Citizen,
    started_by: User,
    scheme: str = "personlig_assistance",
    state: State = State.DRAFT,
    values: dict[str, str] | None = None,
    decide_by: date | None = None,
    answer_by: date | None = None,
    has_documents: bool = True,
) -> Application:
    """An application in any state, with its checklist; decisions come beside it."""
    procedures = all_procedures()
    procedure = procedures.of(scheme)
    said = VALUES if values is None else values
    is_sent = state in _SENT
    made = write(
        Application(
            citizen=citizen,
            scheme=scheme,
            state=state,
            procedure_version=procedures.version,
            values=said,
            form=form_to_keep(procedure=procedure, citizen=citizen, values=said) if is_sent else None,
            started_by=started_by,
            started_at=STARTED_AT,
            channel=Channel.HERE if is_sent else "",
            sent_on=SENT_ON if is_sent else None,
            received_on=RECEIVED_ON if is_sent and state != State.SENT else None,
            decide_by=decide_by,
            wanted="Send kontrakten." if state == State.MORE_WANTED else "",
            answer_by=answer_by,
            complained_on=DECIDED_ON + timedelta(days=7) if state == State.COMPLAINED else None,
        )
    )
    for place, needed in enumerate(procedure.documents if has_documents else (), start=1):
        write(
            Document(
                citizen=citizen,
                application=made,
                code=needed.code,
                is_required=needed.required,
                state=DocumentState.WANTED,
                place=place,
            )
        )
    return made


def decision(
    *,
    application: Application,
    recorded_by: User,
    outcome: Outcome = Outcome.GRANTED,
    decided_on: date = DECIDED_ON,
    received_on: date | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    hours_week: str | None = None,
    working_hours_week: str | None = None,
) -> Decision:
    """What was decided."""
    return write(
        Decision(
            citizen_id=application.citizen_id,
            application=application,
            outcome=outcome,
            decided_on=decided_on,
            received_on=received_on or decided_on,
            from_on=from_on,
            until_on=until_on,
            hours_week=hours_week and str(Decimal(hours_week)),
            working_hours_week=working_hours_week and str(Decimal(working_hours_week)),
            reference="2026-117",
            recorded_by=recorded_by,
            recorded_at=datetime.combine(decided_on, datetime.min.time(), tzinfo=UTC),
        )
    )


def granted(
    *,
    citizen: Citizen,
    staff: User,
    from_on: date = date(2026, 4, 1),
    until_on: date | None = None,
    hours_week: str = "10",
    working_hours_week: str = "37",
) -> Application:
    """Personal assistance that was granted."""
    made = application(citizen=citizen, started_by=staff, state=State.DECIDED)
    decision(
        application=made,
        recorded_by=staff,
        from_on=from_on,
        until_on=until_on,
        hours_week=hours_week,
        working_hours_week=working_hours_week,
    )
    return made


def vacancy(
    *,
    citizen: Citizen,
    noted_by: User,
    state: VacancyState = VacancyState.NOTED,
    title: str = "Kontorassistent",
    employer: str = "Prøvekøbing Kommune",
    noted_on: date = date(2026, 3, 2),
) -> Vacancy:
    """A post at any step; each step that comes before has its day, a week apart."""
    order = ["noted", "invited", "interviewed", "account_sent", "negotiated", "reasoned_refusal", "vacancy_released"]
    reached = order.index(state) if state in order else 1

    def day(step: int) -> date | None:
        return noted_on + timedelta(weeks=step) if reached >= step else None

    is_ended = state not in order[:6]
    return write(
        Vacancy(
            citizen=citizen,
            title=title,
            employer=employer,
            employer_kind=EmployerKind.MUNICIPALITY,
            route=Route.DIRECT,
            state=state,
            noted_on=noted_on,
            invited_on=day(1),
            interviewed_on=day(2),
            account_on=day(3),
            negotiated_on=day(4),
            refused_on=day(5),
            ended_on=noted_on + timedelta(weeks=6) if is_ended else None,
            noted_by=noted_by,
        )
    )


def claim(
    *,
    application: Application,
    year: int,
    quarter: int,
    hours_used: str = "50",
    state: ClaimState = ClaimState.ENTERED,
    sent_on: date | None = None,
    paid_on: date | None = None,
) -> Claim:
    """The hours of a quarter."""
    return write(
        Claim(
            citizen_id=application.citizen_id,
            application=application,
            year=year,
            quarter=quarter,
            hours_used=hours_used,
            state=state,
            sent_on=sent_on,
            paid_on=paid_on,
        )
    )


def own_deadline(
    *,
    municipality: str,
    recorded_by: User,
    scheme: str = "personlig_assistance",
    value: int = 4,
    unit: str = "weeks",
    from_on: date = date(2026, 1, 1),
    until_on: date | None = None,
    source: str = "Kommunens side om frister",
    url: str = "",
    recorded_at: datetime = STARTED_AT,
) -> OwnDeadline:
    """A municipality's own deadline."""
    return write(
        OwnDeadline(
            municipality_id=municipality,
            scheme=scheme,
            value=value,
            unit=unit,
            from_on=from_on,
            until_on=until_on,
            source=source,
            url=url,
            recorded_by=recorded_by,
            recorded_at=recorded_at,
        )
    )
