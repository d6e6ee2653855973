"""Which login at the municipality's identity provider belongs to which account."""

from uuid import UUID

from django.db import IntegrityError, transaction

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from .staff import colleague_to_change


class SubjectTaken(ValueError):
    """Another account in the country is connected with this login already."""


def connect_login(*, actor: Actor, user_id: UUID, subject: str) -> User:
    """The colleague gets in with the provider's `sub`; an empty one ends that. Raises SubjectTaken, NotYours."""
    user = colleague_to_change(actor=actor, user_id=user_id)
    user.subject = subject.strip() or None
    try:
        # A savepoint: the wall hides who has it, so only the database can say that it is taken.
        with transaction.atomic():
            user.save(update_fields=["subject"])
    except IntegrityError:
        raise SubjectTaken from None
    record_event(verb=Verb.USER_CHANGED, subject=user, detail={"login_connected": user.subject is not None})
    return user
