"""People at a partner outside the municipality: a login with a last day, and the day it ends."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.accounts.services.staff import one_time_password
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.employers.services.locking import checked_phone, plain_words

from ..models import ExternalPerson
from ..refusals import NotNow, NotThere, Refused
from .partners import locked_partner, standing_partner

# Access is given for a year at most; then somebody looks at it again.
LONGEST_ACCESS = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    """Somebody at the partner, and the last day of their access."""

    name: str
    email: str
    until_on: date
    title: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ExternalLogin:
    """The login of somebody at a partner. The password is told once and must be changed at the first login."""

    person: ExternalPerson
    username: str
    password: str


def add_external_person(*, actor: Actor, external_actor_id: UUID, draft: PersonDraft, on: date) -> ExternalLogin:
    """The partner has one more person with a login, from today to a last day.

    Refused: `over`, `words`, `too_long`, `cpr`, `email`, `phone`, `day_past`, `far`.
    """
    partner = standing_partner(actor=actor, external_actor_id=external_actor_id, on=on)
    name = plain_words(draft.name, field="name", longest=120)
    if not draft.email.strip():
        raise Refused("email", fields=("email",))
    _refuse_day(draft.until_on, on=on)
    phone = checked_phone(draft.phone)
    user, password = _account(name=name, email=draft.email.strip(), phone=phone)
    person = ExternalPerson(
        external_actor=partner,
        user=user,
        name=name,
        title=plain_words(draft.title, field="title", longest=120, is_needed=False),
        email=draft.email.strip(),
        phone=phone,
        added_by_id=actor.id,
        from_on=on,
        until_on=draft.until_on,
    )
    person.save(force_insert=True)
    record_event(verb=Verb.EXTERNAL_PERSON_ADDED, subject=person, detail={"until_on": draft.until_on.isoformat()})
    return ExternalLogin(person=person, username=user.username, password=password)


def end_external_person(*, actor: Actor, person_id: UUID, until_on: date | None, on: date) -> ExternalPerson:
    """The person's last day is this one, also a later one than before; without a day it ends at once.

    Raises NotThere, NotNow for one who has ended. Refused: `day_past`, `far`.
    """
    person = _standing_person(actor=actor, person_id=person_id, on=on)
    if until_on is not None:
        _refuse_day(until_on, on=on)
    last_day = until_on or on - timedelta(days=1)
    # One who came today leaves one day in the past: the history tells the rest.
    person.from_on, person.until_on = min(person.from_on, last_day), last_day
    person.save(update_fields=["from_on", "until_on"])
    record_event(verb=Verb.EXTERNAL_PERSON_ENDED, subject=person, detail={"until_on": last_day.isoformat()})
    return person


def renew_external_login(*, actor: Actor, person_id: UUID, on: date) -> ExternalLogin:
    """The person has a new login; the one before opens nothing any more. Raises NotThere, NotNow."""
    person = _standing_person(actor=actor, person_id=person_id, on=on)
    user, password = _account(name=person.name, email=person.email, phone=person.phone)
    person.user = user
    person.save(update_fields=["user"])
    record_event(verb=Verb.EXTERNAL_PERSON_ADDED, subject=person, detail={"user": str(user.pk)})
    return ExternalLogin(person=person, username=user.username, password=password)


def _account(*, name: str, email: str, phone: str) -> tuple[User, str]:
    password = one_time_password()
    user = User(
        username=f"partner-{secrets.token_hex(4)}",
        kind=Kind.EXTERNAL,
        display_name=name,
        email=email,
        phone=phone,
        password=make_password(password),
        must_change_password=True,
    )
    user.save(force_insert=True)
    return user, password


def _standing_person(*, actor: Actor, person_id: UUID, on: date) -> ExternalPerson:
    rows = ExternalPerson.objects.visible_to(actor)
    partner_id = rows.filter(pk=person_id).values_list("external_actor_id", flat=True).first()
    if partner_id is None:
        raise NotThere
    partner = locked_partner(actor=actor, external_actor_id=partner_id)
    person: ExternalPerson = rows.select_for_update(of=("self",)).get(pk=person_id)
    if person.until_on is not None and person.until_on < on:
        raise NotNow
    person.external_actor = partner
    return person


def _refuse_day(until_on: date, *, on: date) -> None:
    if until_on < on:
        raise Refused("day_past", fields=("until_on",))
    if until_on - on > LONGEST_ACCESS:
        raise Refused("far", fields=("until_on",))
