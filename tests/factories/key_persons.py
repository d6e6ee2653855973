"""The register, questions and knowledge."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.key_persons.enums import AdviserKind, Model, QuestionState
from jobbro.apps.key_persons.models import AdviceModel, Adviser, Away, Entry, Question
from jobbro.apps.organisations.models import Municipality, Team, Unit
from tests.factories import accounts, organisations
from tests.factories.organisations import LONG_AGO
from tests.factories.rows import write

ASKED_AT = datetime(2026, 11, 18, 9, tzinfo=UTC)


class House:
    """A unit with two teams, a lead, a key person, an analyst, two caseworkers; and a stranger from elsewhere."""

    def __init__(self) -> None:
        self.municipality = organisations.municipality(name="Prøvekøbing")
        self.unit = organisations.unit(self.municipality)
        self.team = organisations.team(unit=self.unit, name="Team Havn")
        self.other_team = organisations.team(unit=self.unit, name="Team Bro")
        self.lead = accounts.employee(role=Role.TEAM_LEAD, unit=self.unit, name="Lone Leder")
        self.karin = accounts.employee(role=Role.KEY_PERSON, unit=self.unit, name="Karin Ravn")
        self.analyst = accounts.employee(role=Role.ANALYST, unit=self.unit, name="Anders Skov")
        self.mette = accounts.employee(team=self.team, name="Mette Holm")
        self.peter = accounts.employee(team=self.other_team, name="Peter Aagaard")
        self.far_unit = organisations.unit(organisations.municipality(name="Fjernby"), name="Fjern")
        self.stranger = accounts.employee(role=Role.KEY_PERSON, unit=self.far_unit, name="Frits Fjern")


def adviser(
    *,
    user: User,
    unit: Unit,
    team: Team | None = None,
    kind: AdviserKind | None = None,
    schemes: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
    from_on: date = LONG_AGO,
    until_on: date | None = None,
) -> Adviser:
    """Somebody in the register: with a team a resource person, without one a key person."""
    kind = kind or (AdviserKind.RESOURCE_PERSON if team else AdviserKind.KEY_PERSON)
    row = Adviser(user=user, unit=unit, team=team, kind=kind, schemes=list(schemes), groups=list(groups))
    row.from_on, row.until_on = from_on, until_on
    return write(row)


def away(*, adviser: Adviser, cover: Adviser | None = None, days: int = 3) -> Away:
    """Away from today, for some days."""
    today = timezone.localdate()
    return write(
        Away(adviser=adviser, cover=cover, from_on=today, until_on=today + timedelta(days=days), noted_by=adviser.user)
    )


def model(*, unit: Unit, model: Model, by: User, answer_days: int = 2) -> AdviceModel:
    """The model that the unit has had for long."""
    return write(AdviceModel(unit=unit, model=model, answer_days=answer_days, chosen_by=by, from_on=LONG_AGO))


def question(
    *,
    asker: User,
    unit: Unit,
    team: Team | None = None,
    text: str = "Kan en § 56-aftale gælde fra første fraværsdag?",
    state: QuestionState = QuestionState.ASKED,
    taken_by: User | None = None,
    schemes: tuple[str, ...] = (),
    groups: tuple[str, ...] = (),
    name_marks: tuple[str, ...] = (),
    directed_to: User | None = None,
    asked_at: datetime = ASKED_AT,
    due_on: date = date(2026, 11, 20),
    answer_minutes: int | None = None,
) -> Question:
    """A question as it stands."""
    is_answered = state == QuestionState.ANSWERED or answer_minutes is not None
    return write(
        Question(
            asker=asker,
            unit=unit,
            team=team,
            text=text,
            schemes=list(schemes),
            groups=list(groups),
            name_marks=list(name_marks),
            directed_to=directed_to,
            state=state,
            asked_at=asked_at,
            due_on=due_on,
            taken_by=taken_by,
            taken_at=asked_at if taken_by else None,
            answered_at=asked_at + timedelta(hours=2) if is_answered else None,
            answer_minutes=(answer_minutes or 120) if is_answered else None,
            closed_at=asked_at + timedelta(days=1) if state == QuestionState.CLOSED else None,
        )
    )


def entry(
    *,
    municipality: Municipality,
    by: User,
    title: str = "Hvornår gælder en § 56-aftale?",
    answer: str = "Den gælder fra den dag, kommunen har godkendt aftalen. Arbejdsgiveren får refusion fra første dag.",
    schemes: tuple[str, ...] = ("paragraf_56",),
    groups: tuple[str, ...] = (),
    is_wide: bool = False,
    check_on: date = date(2027, 11, 1),
    valid_until: date | None = None,
    withdrawn_at: datetime | None = None,
) -> Entry:
    """Knowledge; its words and its first version are written by the database."""
    return write(
        Entry(
            municipality=municipality,
            is_wide=is_wide,
            title=title,
            answer=answer,
            schemes=list(schemes),
            groups=list(groups),
            check_on=check_on,
            valid_until=valid_until,
            withdrawn_at=withdrawn_at,
            changed_by=by,
            changed_at=ASKED_AT,
        )
    )
