"""People who log in: employees in their positions, citizens, and acting as one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor, actor_of
from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.organisations.models import Team, Unit
from tests.factories.organisations import LONG_AGO
from tests.factories.rows import write

PASSWORD = "rigtig-hest-batteri"
_numbers = count(1)


def account(*, name: str, kind: Kind = Kind.STAFF, username: str = "", password: str = "", phone: str = "") -> User:
    """An account; without a password nobody logs in by form."""
    user = User(
        username=username or f"person-{next(_numbers)}",
        kind=kind,
        display_name=name,
        phone=phone,
        password=make_password(password or None),
    )
    return write(user)


def employee(
    *,
    role: Role = Role.CASEWORKER,
    unit: Unit | None = None,
    team: Team | None = None,
    name: str = "Mette Holm",
    username: str = "",
    password: str = "",
    until_on: date | None = None,
) -> User:
    """Somebody who holds one position; the team's unit when no unit is named."""
    user = account(name=name, username=username, password=password, phone="20 30 40 50")
    position(user=user, role=role, unit=unit, team=team, until_on=until_on)
    return user


def position(
    *, user: User, role: Role, unit: Unit | None = None, team: Team | None = None, until_on: date | None = None
) -> Position:
    """One more role for somebody."""
    where = unit or (team.unit if team else None)
    assert where is not None, "a position is in a unit or in a team"
    return write(Position(user=user, role=role, unit=where, team=team, from_on=LONG_AGO, until_on=until_on))


@contextmanager
def acting(user: User) -> Iterator[Actor]:
    """The block runs as this person, as a request of theirs would."""
    with acting_as(user.pk):
        yield actor_of(user=user, on=timezone.localdate())


def log_in(client: Client, user: User) -> Client:
    """The client sends the requests of this person; no password is hashed."""
    session = client.session
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "jobbro.apps.accounts.backends.LocalBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def session_key(user: User) -> str:
    """What a browser's session cookie holds when this person is logged in."""
    return str(log_in(Client(), user).cookies["sessionid"].value)
