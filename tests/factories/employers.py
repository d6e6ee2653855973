"""Companies as partners: workplaces, contacts and their accounts."""

from datetime import date
from itertools import count

from django.utils import timezone

from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import User
from jobbro.apps.employers.enums import ContactKind, PartnerState, Promiser
from jobbro.apps.employers.models import (
    Company,
    ContactPerson,
    PartnerAgreement,
    Promise,
    RecruitmentNeed,
    Talk,
    Workplace,
    YearlyTalk,
)
from jobbro.apps.organisations.models import Team
from tests.factories.accounts import account, employee
from tests.factories.organisations import LONG_AGO, municipality_of
from tests.factories.organisations import team as new_team
from tests.factories.rows import rows_of, write

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


def company(
    *, team: Team | None = None, broker: User | None = None, name: str = "Bageriet Kornblomst", **fields: object
) -> Company:
    """A partner of the team's municipality; the broker is in the team, or a new one is."""
    team = team or (_team_of(broker) if broker else new_team())
    broker = broker or job_broker(team=team)
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


def _team_of(broker: User) -> Team:
    (held,) = rows_of("select team_id from accounts_position where user_id = $1::uuid", value=broker.pk)
    return Team.objects.select_related("unit").get(pk=held.team_id)


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


def talk(*, company: Company, held_on: date, **fields: object) -> Talk:
    """An entry of the dialogue log, shared with the company unless told otherwise."""
    values = {"kind": ContactKind.VISIT, "text": "Vi gik en tur i bageriet.", **fields}
    return write(Talk(company=company, held_on=held_on, written_by=company.broker, written_at=timezone.now(), **values))


def yearly_talk(*, company: Company, held_on: date) -> YearlyTalk:
    """What both said."""
    said = {"they_said": "Én at ringe til.", "we_said": "Gode opgaver."}
    return write(
        YearlyTalk(company=company, held_on=held_on, written_by=company.broker, written_at=timezone.now(), **said)
    )


def promise(*, company: Company, due_on: date, by: str = Promiser.US, **fields: object) -> Promise:
    """A promise that is open unless told otherwise."""
    values = {"text": "Ringe om mandagen", "promised_on": LONG_AGO, **fields}
    return write(Promise(company=company, by=by, due_on=due_on, written_by=company.broker, **values))


def agreement(*, company: Company, from_on: date = LONG_AGO, until_on: date | None = None) -> PartnerAgreement:
    """An agreement for a period."""
    return write(
        PartnerAgreement(
            company=company,
            title="To besøg om året",
            text="Vi kommer i marts og september.",
            agreed_on=from_on,
            agreed_with="Bente Bager",
            from_on=from_on,
            until_on=until_on,
            written_by=company.broker,
            written_at=timezone.now(),
        )
    )


def need(*, company: Company, **fields: object) -> RecruitmentNeed:
    """Hands that the company needs."""
    values = {"title": "Hjælp til opvasken", "told_on": LONG_AGO, **fields}
    return write(RecruitmentNeed(company=company, **values))
