"""Citizens with their course; named situations beside the plain one. All numbers and names are fictive."""

from datetime import UTC, date, datetime
from itertools import count

from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import SYSTEM_ACTOR
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.enums import Channel
from jobbro.apps.citizens.models import Citizen, Contact
from jobbro.apps.organisations.models import Municipality, Team
from tests.factories import accounts, cases, organisations
from tests.factories.rows import write

# Long enough ago that "just registered by me" shows nobody.
REGISTERED_AT = datetime(2024, 1, 2, 9, tzinfo=UTC)
_serials = count(1)


def cpr() -> Cpr:
    """A number nobody else in this run has; its serial number is not one that is given out for the year."""
    number = next(_serials)
    return Cpr.read(f"{number // 10000 % 28 + 1:02}0290{number % 10000:04}")


def citizen(
    *,
    team: Team | None = None,
    given_name: str = "Anna",
    family_name: str = "Lund",
    number: Cpr | None = None,
    municipality: Municipality | None = None,
    lead: User | None = None,
    has_login: bool = False,
    password: str = "",
    has_case: bool = True,
    state: State = State.OPEN,
    next_step: str = "",
    next_step_on: date | None = None,
    last_step_on: date = date(2026, 1, 5),
    is_protected: bool = False,
    is_easy: bool = False,
    channel: Channel = Channel.PHONE,
    interpreter: str = "",
    companion: str = "",
) -> Citizen:
    """A citizen in the team's caseload (or a new team's), with contact details; `lead` is the contact person."""
    team = team or organisations.team()
    number = number or cpr()
    made = write(
        Citizen(
            municipality=municipality or organisations.municipality_of(team),
            user=_login(name=f"{given_name} {family_name}", password=password) if has_login or password else None,
            cpr_cipher=number.encrypted(),
            cpr_key=number.key,
            given_name=given_name,
            family_name=family_name,
            is_protected=is_protected,
            is_easy=is_easy,
            channel=channel,
            interpreter=interpreter,
            companion=companion,
            created_by=SYSTEM_ACTOR,
            created_at=REGISTERED_AT,
        )
    )
    write(Contact(citizen=made, address="Prøvevej 1", postcode="9999", city="Prøvekøbing", phone="12 34 56 78"))
    if has_case:
        case = cases.case(
            citizen=made,
            team=team,
            state=state,
            next_step=next_step,
            next_step_on=next_step_on,
            last_step_on=last_step_on,
        )
        if lead is not None:
            cases.member(case=case, user=lead, role=MemberRole.LEAD)
    return made


def _login(*, name: str, password: str) -> User:
    return accounts.account(name=name, kind=Kind.CITIZEN, password=password)


def deaf_with_interpreter(*, team: Team | None = None, lead: User | None = None) -> Citizen:
    """Somebody who is met in sign language and never by telephone."""
    return citizen(
        team=team,
        lead=lead,
        given_name="Jens",
        family_name="Aagaard",
        channel=Channel.SMS,
        interpreter="Dansk tegnsprog",
    )


def protected_address(*, team: Team | None = None, lead: User | None = None) -> Citizen:
    """Somebody whose name and address are protected."""
    return citizen(team=team, lead=lead, given_name="Signe", family_name="Ørsted", is_protected=True)


def easy_reader_with_companion(*, team: Team | None = None, lead: User | None = None) -> Citizen:
    """Somebody who reads easy text and brings their sister."""
    return citizen(team=team, lead=lead, given_name="Åse", family_name="Bæk", is_easy=True, companion="Søsteren Karen")
