"""People at the company: whom to ring first, who has left, and who has a login."""

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
from jobbro.apps.organisations.stamps import refuse_stale

from ..models import Company, ContactPerson
from ..permissions import holds_company
from ..refusals import NotNow, Refused
from ..stamps import CONTACT_FIELDS
from .locking import checked_phone, locked_row, open_company, plain_words, workplace_of


@dataclass(frozen=True, kw_only=True)
class ContactDraft:
    """What is written about somebody at the company."""

    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    workplace_id: UUID | None = None
    is_first: bool = False
    sees_wages: bool = False


@dataclass(frozen=True, kw_only=True)
class ContactLogin:
    """The login of somebody at a company. The password is told once and must be changed at the first login."""

    user_id: UUID
    username: str
    password: str


def add_contact(*, actor: Actor, company_id: UUID, draft: ContactDraft, on: date) -> ContactPerson:
    """The company has one more contact from today.

    Refused: `closed`, `workplace`, `words`, `too_long`, `cpr`, and `wages` for those who do not see them themselves.
    """
    company = open_company(actor=actor, company_id=company_id)
    if draft.sees_wages:
        _refuse_wages(company.pk)
    contact = ContactPerson(company=company, from_on=on)
    _write(contact, company=company, draft=draft)
    contact.save(force_insert=True)
    record_event(verb=Verb.CONTACT_ADDED, subject=contact, detail={"company": str(company.pk)})
    return contact


def change_contact(*, actor: Actor, contact_id: UUID, draft: ContactDraft, seen: str, on: date) -> ContactPerson:
    """The contact is as written. Raises `StaleEdit`, and `NotNow` for somebody who has left."""
    contact = _standing_contact(actor=actor, contact_id=contact_id, on=on)
    refuse_stale(contact, *CONTACT_FIELDS, seen=seen)
    if draft.sees_wages and not contact.sees_wages:
        _refuse_wages(contact.company_id)
    _write(contact, company=contact.company, draft=draft)
    contact.save(update_fields=[name for name in CONTACT_FIELDS if name != "until_on"])
    record_event(verb=Verb.CONTACT_CHANGED, subject=contact, detail={"sees_wages": contact.sees_wages})
    return contact


def end_contact(*, actor: Actor, contact_id: UUID, until_on: date | None, on: date) -> ContactPerson:
    """The contact's last day; without a day it ends at once, with what their login opens. Refused: `day_past`."""
    contact = _standing_contact(actor=actor, contact_id=contact_id, on=on)
    if until_on is not None and until_on < on:
        raise Refused("day_past", fields=("until_on",))
    last_day = until_on or on - timedelta(days=1)
    # One who came today leaves one day in the past: the history tells the rest.
    contact.from_on, contact.until_on = min(contact.from_on, last_day), last_day
    contact.save(update_fields=["from_on", "until_on"])
    record_event(verb=Verb.CONTACT_ENDED, subject=contact, detail={"until_on": last_day.isoformat()})
    return contact


def invite_contact(*, actor: Actor, contact_id: UUID, on: date) -> ContactLogin:
    """The contact has a login of their own; one they had before opens nothing any more. Refused: `wages`."""
    contact = _standing_contact(actor=actor, contact_id=contact_id, on=on)
    if contact.sees_wages:
        _refuse_wages(contact.company_id)
    password = one_time_password()
    user = User(
        username=f"virksomhed-{secrets.token_hex(4)}",
        kind=Kind.EMPLOYER,
        display_name=contact.name,
        email=contact.email,
        phone=contact.phone,
        password=make_password(password),
        must_change_password=True,
    )
    user.save(force_insert=True)
    contact.user = user
    contact.save(update_fields=["user"])
    record_event(verb=Verb.CONTACT_INVITED, subject=contact, detail={"user": str(user.pk)})
    return ContactLogin(user_id=user.pk, username=user.username, password=password)


def _refuse_wages(company_id: UUID) -> None:
    """A login that shows wages is handed out by those who see them: whoever makes it is told its password."""
    if not holds_company(company_id):
        raise Refused("wages", fields=("sees_wages",))


def _standing_contact(*, actor: Actor, contact_id: UUID, on: date) -> ContactPerson:
    contact = locked_row(ContactPerson, actor=actor, row_id=contact_id)
    if contact.until_on is not None and contact.until_on < on:
        raise NotNow
    return contact


def _write(contact: ContactPerson, *, company: Company, draft: ContactDraft) -> None:
    contact.name = plain_words(draft.name, field="name", longest=120)
    contact.title = plain_words(draft.title, field="title", longest=120, is_needed=False)
    contact.phone, contact.email = checked_phone(draft.phone), draft.email.strip()
    contact.workplace = workplace_of(company, draft.workplace_id)
    contact.sees_wages, contact.is_first = draft.sees_wages, draft.is_first
    if draft.is_first:
        ContactPerson.objects.filter(company=company, is_first=True).exclude(pk=contact.pk).update(is_first=False)
