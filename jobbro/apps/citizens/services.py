"""Writes about citizens: registering, contact, consents, benefit periods, their own login."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Kind
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event

from .contacts import ContactChange, NewCitizen, version_of
from .cpr import Cpr
from .enums import ConsentPurpose
from .guessing import refuse_guessing
from .models import BenefitPeriod, Citizen, Consent, Contact
from .permissions import (
    can_change_benefit,
    can_change_consent,
    can_change_contact,
    can_change_name,
    can_invite_citizen,
    can_register_citizen,
)


class CitizenUnknown(LookupError):
    """There is no such citizen, or the actor may not see them: the two are not told apart."""


class CitizenAlreadyRegistered(ValueError):
    """The CPR number already belongs to a citizen of the municipality."""


class ContactChangedMeanwhile(ValueError):
    """Somebody else changed the details after the form was opened. Nothing was written."""


class PeriodNotInOrder(ValueError):
    """The new period begins before the one that holds now; `begins_on` says when that one began."""

    def __init__(self, begins_on: date) -> None:
        super().__init__(begins_on.isoformat())
        self.begins_on = begins_on


class LoginExists(ValueError):
    """The citizen already has a login."""


@dataclass(frozen=True)
class CitizenLogin:
    """A citizen's new login. The password is told once and must be changed at the first login."""

    user_id: UUID
    username: str
    password: str


def register_citizen(*, actor: Actor, details: NewCitizen, at: datetime) -> Citizen:
    """The citizen and their contact details exist. Raises InvalidCpr, CitizenAlreadyRegistered or TooManyGuesses."""
    if not can_register_citizen(actor, municipality_code=details.municipality_code):
        raise PermissionDenied
    refuse_guessing(actor=actor, at=at)
    cpr = Cpr.read(details.cpr)
    meeting, name = details.meeting, details.name
    citizen = Citizen(
        municipality_id=details.municipality_code,
        cpr_cipher=cpr.encrypted(),
        cpr_key=cpr.key,
        given_name=name.given_name,
        family_name=name.family_name,
        is_protected=name.is_protected,
        channel=meeting.channel,
        interpreter=meeting.interpreter,
        companion=meeting.companion,
        is_easy=meeting.is_easy,
        created_by=actor.id,
        created_at=at,
    )
    _insert_once(citizen)
    Contact.objects.create(citizen=citizen, phone=meeting.phone, email=meeting.email, **asdict(details.address))
    record_event(verb=Verb.CITIZEN_REGISTERED, citizen_id=citizen.pk, subject=citizen)
    return citizen


def _insert_once(citizen: Citizen) -> None:
    # A savepoint, so that the request can still answer after the unique key has said no.
    try:
        with transaction.atomic():
            citizen.save(force_insert=True)
    except IntegrityError as refused:
        if _constraint(refused) == "citizen_once_in_municipality":
            # The refusal tells that somebody is registered, so it leaves a trace and is counted.
            record_event(verb=Verb.REGISTRATION_REFUSED)
            raise CitizenAlreadyRegistered from None
        raise


def _constraint(refused: IntegrityError) -> str:
    return getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None) or ""


def change_contact(*, actor: Actor, citizen_id: UUID, change: ContactChange, version: str, at: datetime) -> Citizen:
    """The details are as sent. Raises ContactChangedMeanwhile when `version` is not the one that stands."""
    citizen = _locked_citizen(actor=actor, citizen_id=citizen_id)
    contact = Contact.objects.select_for_update(of=("self",)).get(citizen=citizen)
    if not can_change_contact(actor, citizen) or (change.name and not can_change_name(actor, citizen)):
        raise PermissionDenied
    if version != version_of(citizen=citizen, contact=contact):
        raise ContactChangedMeanwhile
    _apply(citizen=citizen, contact=contact, change=change)
    citizen.save(update_fields=[*_NAME_FIELDS, *_MEETING_FIELDS])
    contact.save(update_fields=["address", "postcode", "city", "phone", "email"])
    record_event(verb=Verb.CITIZEN_CHANGED, citizen_id=citizen.pk, subject=citizen)
    return citizen


_NAME_FIELDS = ("given_name", "family_name", "is_protected")
_MEETING_FIELDS = ("channel", "interpreter", "companion", "is_easy")


def _apply(*, citizen: Citizen, contact: Contact, change: ContactChange) -> None:
    if change.name:
        for field in _NAME_FIELDS:
            setattr(citizen, field, getattr(change.name, field))
    if change.meeting:
        for field in _MEETING_FIELDS:
            setattr(citizen, field, getattr(change.meeting, field))
        contact.phone, contact.email = change.meeting.phone, change.meeting.email
    if change.address:
        contact.address, contact.postcode, contact.city = (
            change.address.address,
            change.address.postcode,
            change.address.city,
        )


def _locked_citizen(*, actor: Actor, citizen_id: UUID) -> Citizen:
    citizen = Citizen.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=citizen_id).first()
    if citizen is None:
        raise CitizenUnknown(citizen_id)
    return citizen


def give_consent(*, actor: Actor, citizen_id: UUID, purpose: ConsentPurpose, recipient: str, at: datetime) -> Consent:
    """The citizen lets us share with the recipient; the same consent twice is one consent."""
    citizen = _locked_citizen(actor=actor, citizen_id=citizen_id)
    if not can_change_consent(actor, citizen):
        raise PermissionDenied
    standing = Consent.objects.filter(
        citizen=citizen, purpose=purpose, recipient=recipient, withdrawn_at__isnull=True
    ).first()
    if standing is not None:
        return standing
    consent = Consent.objects.create(
        citizen=citizen, purpose=purpose, recipient=recipient, given_at=at, recorded_by_id=actor.id
    )
    record_event(verb=Verb.CONSENT_GIVEN, citizen_id=citizen.pk, subject=consent, detail={"purpose": str(purpose)})
    return consent


def give_consent_for_card(*, actor: Actor, citizen_id: UUID, recipient: str, at: datetime) -> Consent:
    """One consent for one compensation card: each card has its own, so that both end together."""
    return _own_consent(
        actor=actor, citizen_id=citizen_id, purpose=ConsentPurpose.EMPLOYER_CARD, recipient=recipient, at=at
    )


def give_consent_for_engagement(*, actor: Actor, citizen_id: UUID, recipient: str, at: datetime) -> Consent:
    """One consent for one piece of work with a partner outside the municipality: taking it back ends that one."""
    return _own_consent(
        actor=actor, citizen_id=citizen_id, purpose=ConsentPurpose.EXTERNAL_ACTOR, recipient=recipient, at=at
    )


def _own_consent(*, actor: Actor, citizen_id: UUID, purpose: ConsentPurpose, recipient: str, at: datetime) -> Consent:
    citizen = _locked_citizen(actor=actor, citizen_id=citizen_id)
    if not can_change_consent(actor, citizen):
        raise PermissionDenied
    consent = Consent(
        citizen=citizen,
        purpose=purpose,
        recipient=recipient,
        given_at=at,
        recorded_by_id=actor.id,
    )
    consent.save(force_insert=True)
    record_event(
        verb=Verb.CONSENT_GIVEN, citizen_id=citizen.pk, subject=consent, detail={"purpose": str(consent.purpose)}
    )
    return consent


def withdraw_consent(*, actor: Actor, citizen_id: UUID, consent_id: UUID, at: datetime) -> Consent:
    """Nothing more is shared on this consent; taking it back twice is once."""
    citizen = _locked_citizen(actor=actor, citizen_id=citizen_id)
    if not can_change_consent(actor, citizen):
        raise PermissionDenied
    consent = Consent.objects.select_for_update(of=("self",)).filter(citizen=citizen, pk=consent_id).first()
    if consent is None:
        raise CitizenUnknown(consent_id)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        record_event(verb=Verb.CONSENT_WITHDRAWN, citizen_id=citizen.pk, subject=consent)
    return consent


def set_benefit_period(*, actor: Actor, citizen_id: UUID, benefit: str, from_on: date) -> BenefitPeriod:
    """The benefit holds from the day on; the one before it ends the day before. Raises PeriodNotInOrder."""
    if not can_change_benefit(actor):
        raise PermissionDenied
    citizen = _locked_citizen(actor=actor, citizen_id=citizen_id)
    latest = BenefitPeriod.objects.filter(citizen=citizen).order_by("from_on").last()
    if latest is not None and latest.from_on >= from_on:
        raise PeriodNotInOrder(latest.from_on)
    if latest is not None and (latest.until_on is None or latest.until_on >= from_on):
        latest.until_on = from_on - timedelta(days=1)
        latest.save(update_fields=["until_on"])
    period = BenefitPeriod.objects.create(citizen=citizen, benefit=benefit, from_on=from_on)
    record_event(verb=Verb.BENEFIT_CHANGED, citizen_id=citizen.pk, subject=period)
    return period


def end_benefit_period(*, actor: Actor, citizen_id: UUID, until_on: date) -> BenefitPeriod:
    """The benefit that holds now ends on this day. Raises PeriodNotInOrder, or CitizenUnknown when none holds."""
    if not can_change_benefit(actor):
        raise PermissionDenied
    citizen = _locked_citizen(actor=actor, citizen_id=citizen_id)
    period = BenefitPeriod.objects.filter(citizen=citizen, until_on__isnull=True).order_by("from_on").last()
    if period is None:
        raise CitizenUnknown(citizen_id)
    if until_on < period.from_on:
        raise PeriodNotInOrder(period.from_on)
    period.until_on = until_on
    period.save(update_fields=["until_on"])
    record_event(verb=Verb.BENEFIT_CHANGED, citizen_id=citizen.pk, subject=period)
    return period


def invite_citizen_login(*, actor: Actor, citizen_id: UUID) -> CitizenLogin:
    """The citizen has an account of their own, with a password to be changed at the first login. Raises LoginExists."""
    if not can_invite_citizen(actor):
        raise PermissionDenied
    citizen = _locked_citizen(actor=actor, citizen_id=citizen_id)
    if citizen.user_id is not None:
        raise LoginExists
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    # Nothing about the person: the name is typed on shared computers.
    user = User(
        username=f"borger-{secrets.token_hex(4)}",
        kind=Kind.CITIZEN,
        display_name=citizen.name,
        password=make_password(password),
        must_change_password=True,
        is_easy=citizen.is_easy,
    )
    user.save(force_insert=True)
    citizen.user = user
    citizen.save(update_fields=["user"])
    record_event(verb=Verb.USER_ADDED, citizen_id=citizen.pk, subject=user)
    return CitizenLogin(user_id=user.pk, username=user.username, password=password)
