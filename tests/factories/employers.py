"""Companies as partners: workplaces, contacts and their accounts."""

from datetime import date
from itertools import count

from django.utils import timezone

from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import User
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.employers.models import Company, ContactPerson, Workplace
from jobbro.apps.organisations.models import Team
from tests.factories.accounts import account, employee
from tests.factories.organisations import LONG_AGO, municipality_of
from tests.factories.organisations import team as new_team
from tests.factories.rows import write

_numbers = count(10)
_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def cvr() -> str:
    """A number with a right check digit that no real company has been looked up for."""
    while True:
        digits = f"{next(_numbers) * 7919 % 10_000_000:07d}"
        rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
        if digits[0] != "0" and rest != 1:
            return f"{digits}{(11 - rest) % 11}"


def job_broker(*, team: Team | None = None, name: str = "Jonas Bro") -> User:
    """Somebody who holds relations with companies."""
    return employee(role=Role.JOB_BROKER, team=team or new_team(), name=name)


def company(*, broker: User | None = None, name: str = "Bageriet Kornblomst", **fields: object) -> Company:
    """A partner of the broker's municipality, held by the broker's team."""
    broker = broker or job_broker()
    team = broker.positions.get().team
    assert team is not None
    values = {"cvr": cvr(), "name": name, "state": PartnerState.PARTNER, "state_on": LONG_AGO, **fields}
    return write(
        Company(
            municipality=municipality_of(team),
            team=team,
            broker=broker,
            created_by=broker,
            created_at=timezone.now(),
            **values,
        )
    )


def workplace(*, company: Company, name: str = "Butikken på Torvet", **fields: object) -> Workplace:
    """A place where the company's people work, five mornings a week."""
    slots = [f"{day}_{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]
    return write(Workplace(company=company, name=name, **{"slots": slots, **fields}))


def contact(
    *,
    company: Company,
    name: str = "Bente Bager",
    user: User | None = None,
    until_on: date | None = None,
    **fields: object,
) -> ContactPerson:
    """Somebody at the company; the first contact unless told otherwise."""
    values = {"is_first": True, **fields}
    return write(ContactPerson(company=company, name=name, user=user, from_on=LONG_AGO, until_on=until_on, **values))


def employer_user(*, company: Company, name: str = "Bente Bager", password: str = "", **fields: object) -> User:
    """Somebody at the company who can log in and see the own company."""
    user = account(name=name, kind=Kind.EMPLOYER, password=password)
    contact(company=company, name=name, user=user, **fields)
    return user
