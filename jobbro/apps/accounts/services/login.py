"""Logging in and out, and one's own password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.accounts.oidc import NotLetIn, OidcBackend, Refusal, Return
from jobbro.apps.accounts.throttle import attempt_key, forget_failures, note_failure, waiting_time
from jobbro.apps.audit.context import SYSTEM_ACTOR, enter
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event


@dataclass(frozen=True)
class Login:
    """What came of a try: an account, a wait, or neither when name and password do not belong together."""

    account: User | None = None
    wait: timedelta | None = None


@dataclass(frozen=True)
class ProviderLogin:
    """What came of a return from the identity provider: an account, or why not and the `sub` nobody here has."""

    account: User | None = None
    refusal: Refusal | None = None
    subject: str = ""


class PasswordRefused(ValueError):
    """The password cannot be used; `problems` are sentences for the person."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("password refused")
        self.problems = problems


def try_login(*, username: str, password: str, address: str, request_id: UUID, at: datetime) -> Login:
    """The account behind name and password; from then on the transaction acts as that account.

    An unknown name and a wrong password give the same answer after the same work.
    """
    key = attempt_key(username=username, address=address)
    wait = waiting_time(key=key, at=at)
    if wait is not None:
        return Login(wait=wait)
    account = authenticate(None, username=username.strip(), password=password)
    if not isinstance(account, User):
        note_failure(key=key, at=at)
        _note_failed(request_id=request_id)
        return Login()
    forget_failures(key=key)
    enter(actor_id=account.pk, request_id=request_id)
    return Login(account=account)


def try_provider_login(*, returned: Return | None, request_id: UUID) -> ProviderLogin:
    """The account that the identity provider vouches for; from then on the transaction acts as that account.

    None stands for a return that belongs to no login begun here. Raises ProviderAway when the provider does not answer.
    """
    try:
        account = _vouched_for(returned)
    except NotLetIn as refused:
        _note_failed(request_id=request_id, reason=refused.reason)
        return ProviderLogin(refusal=refused.reason, subject=refused.subject)
    enter(actor_id=account.pk, request_id=request_id)
    return ProviderLogin(account=account)


def _vouched_for(returned: Return | None) -> User:
    account = OidcBackend().authenticate(None, returned=returned)
    if account is None:
        raise NotLetIn(Refusal.ANSWER)
    return account


def _note_failed(*, request_id: UUID, reason: str = "") -> None:
    # Nobody is logged in, but every row of the log has an actor: for this one row it is the system.
    enter(actor_id=SYSTEM_ACTOR, request_id=request_id)
    record_event(verb=Verb.LOGIN_FAILED, detail={"reason": reason} if reason else None)
    enter(actor_id=None, request_id=request_id)


def note_logged_in(*, account: User) -> None:
    """The log says that the account has logged in."""
    record_event(verb=Verb.LOGGED_IN, subject=account)


def note_logged_out(*, actor: Actor) -> None:
    """The log says that the actor has logged out."""
    record_event(verb=Verb.LOGGED_OUT, subject=f"user:{actor.id}")


def choose_first_password(*, account_id: UUID, password: str, request_id: UUID) -> User | None:
    """The one-time password is replaced by the person's own; None when that has been done already."""
    enter(actor_id=account_id, request_id=request_id)
    account = User.objects.select_for_update(of=("self",)).filter(pk=account_id, is_active=True).first()
    if account is None or not account.must_change_password:
        enter(actor_id=None, request_id=request_id)
        return None
    if account.check_password(password):
        raise PasswordRefused(["same"])
    _set_password(account=account, password=password)
    return account


def change_password(*, actor: Actor, old: str, new: str) -> User:
    """The actor has a new password; raises PasswordRefused when the old one is wrong or the new one too weak."""
    account = User.objects.select_for_update(of=("self",)).get(pk=actor.id)
    if not account.check_password(old):
        raise PasswordRefused(["old"])
    _set_password(account=account, password=new)
    return account


def _set_password(*, account: User, password: str) -> None:
    try:
        validate_password(password, user=account)
    except ValidationError as problem:
        raise PasswordRefused(list(problem.messages)) from None
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    record_event(verb=Verb.PASSWORD_CHANGED, subject=account)
