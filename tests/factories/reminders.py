"""Staff with an address, and deadlines to be reminded of."""

from datetime import date

from jobbro.apps.accounts.models import User
from jobbro.apps.applications.enums import State
from jobbro.apps.applications.models import Application
from jobbro.apps.citizens.models import Citizen
from tests.factories import applications
from tests.factories.rows import run


def reachable(user: User, address: str, *, language: str = "da") -> User:
    """The account has an e-mail address and a language."""
    statement = f"update accounts_user set email = '{address}', language = '{language}' where id = $1::uuid"
    run(statement, value=user.pk)
    user.email, user.language = address, language
    return user


def deadline(*, citizen: Citizen, staff: User, on: date, scheme: str = "personlig_assistance") -> Application:
    """An application that is to be decided by a day."""
    return applications.application(
        citizen=citizen, started_by=staff, scheme=scheme, state=State.ACKNOWLEDGED, decide_by=on, has_documents=False
    )
