"""Reads of citizens."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor

from .contacts import Address, Meeting, Name, address_of, meeting_of, name_of, version_of
from .enums import ConsentPurpose
from .models import BenefitPeriod, Citizen, Consent
from .permissions import can_change_benefit, can_change_contact, can_change_name


@dataclass(frozen=True, kw_only=True)
class ContactCard:
    """How to meet a citizen, ready for a form. `address` is None when it is protected and was not asked for."""

    citizen_id: UUID
    full_name: str
    name: Name
    meeting: Meeting
    address: Address | None
    version: str
    can_change: bool
    can_change_name: bool


@dataclass(frozen=True, kw_only=True)
class GivenConsent:
    """One consent, standing or taken back."""

    id: UUID
    purpose: ConsentPurpose
    recipient: str
    given_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Consents:
    """A citizen's consents, newest first."""

    citizen_id: UUID
    full_name: str
    standing: tuple[GivenConsent, ...]
    withdrawn: tuple[GivenConsent, ...]


@dataclass(frozen=True, kw_only=True)
class Period:
    """A benefit in its dates."""

    benefit: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, kw_only=True)
class Benefits:
    """A citizen's benefit periods, newest first."""

    citizen_id: UUID
    full_name: str
    periods: tuple[Period, ...]
    can_change: bool

    @property
    def current(self) -> Period | None:
        """The period without an end."""
        return next((period for period in self.periods if period.until_on is None), None)


def citizen_for(*, actor: Actor, citizen_id: UUID) -> Citizen | None:
    """The citizen, or None when there is none or the actor may not see them: the two are not told apart."""
    return Citizen.objects.visible_to(actor).select_related("municipality").filter(pk=citizen_id).first()


def contact_card(*, actor: Actor, citizen_id: UUID, with_protected: bool = False) -> ContactCard | None:
    """The citizen's contact details. A protected address comes only to the citizen, or when it is asked for."""
    citizen = Citizen.objects.visible_to(actor).select_related("contact").filter(pk=citizen_id).first()
    if citizen is None:
        return None
    is_open = with_protected or not citizen.is_protected or actor.citizen_id == citizen.pk
    return ContactCard(
        citizen_id=citizen.pk,
        full_name=citizen.name,
        name=name_of(citizen=citizen),
        meeting=meeting_of(citizen=citizen, contact=citizen.contact),
        address=address_of(contact=citizen.contact) if is_open else None,
        version=version_of(citizen=citizen, contact=citizen.contact),
        can_change=can_change_contact(actor, citizen),
        can_change_name=can_change_name(actor, citizen),
    )


def consents_of(*, actor: Actor, citizen_id: UUID) -> Consents | None:
    """What the citizen lets us share, and what they have taken back."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    rows = Consent.objects.filter(citizen=citizen).select_related("recorded_by").order_by("-given_at", "-pk")
    given = [
        GivenConsent(
            id=row.pk,
            purpose=ConsentPurpose(row.purpose),
            recipient=row.recipient,
            given_at=row.given_at,
            recorded_by=row.recorded_by.display_name,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    ]
    return Consents(
        citizen_id=citizen.pk,
        full_name=citizen.name,
        standing=tuple(consent for consent in given if consent.withdrawn_at is None),
        withdrawn=tuple(consent for consent in given if consent.withdrawn_at is not None),
    )


def benefits_of(*, actor: Actor, citizen_id: UUID) -> Benefits | None:
    """Which benefit the citizen received when."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    return Benefits(
        citizen_id=citizen.pk,
        full_name=citizen.name,
        periods=benefit_periods(actor=actor, citizen_id=citizen_id),
        can_change=can_change_benefit(actor),
    )


def benefit_periods(*, actor: Actor, citizen_id: UUID) -> tuple[Period, ...]:
    """The citizen's benefit periods, newest first; none when there is no such citizen for the actor. One query."""
    rows = BenefitPeriod.objects.visible_to(actor).filter(citizen_id=citizen_id).order_by("-from_on")
    return tuple(Period(benefit=row.benefit, from_on=row.from_on, until_on=row.until_on) for row in rows)
