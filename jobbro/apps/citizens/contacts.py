"""What a form says about a citizen, and the mark that shows whether somebody else changed it meanwhile."""

from dataclasses import astuple, dataclass
from hashlib import sha256

from .enums import Channel
from .models import Citizen, Contact


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """How the citizen wants to be met."""

    channel: Channel = Channel.PHONE
    interpreter: str = ""
    companion: str = ""
    is_easy: bool = False
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where the citizen lives."""

    address: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, kw_only=True)
class Name:
    """What the citizen is called, and whether name and address are protected."""

    given_name: str
    family_name: str
    is_protected: bool = False


@dataclass(frozen=True, kw_only=True)
class NewCitizen:
    """A citizen to be registered. `cpr` is the number as typed."""

    cpr: str
    municipality_code: str
    name: Name
    meeting: Meeting = Meeting()
    address: Address = Address()


@dataclass(frozen=True, kw_only=True)
class ContactChange:
    """The contact form as sent. What is None was not on the form and stays as it is."""

    meeting: Meeting | None = None
    address: Address | None = None
    name: Name | None = None


def meeting_of(*, citizen: Citizen, contact: Contact) -> Meeting:
    return Meeting(
        channel=Channel(citizen.channel),
        interpreter=citizen.interpreter,
        companion=citizen.companion,
        is_easy=citizen.is_easy,
        phone=contact.phone,
        email=contact.email,
    )


def address_of(*, contact: Contact) -> Address:
    return Address(address=contact.address, postcode=contact.postcode, city=contact.city)


def name_of(*, citizen: Citizen) -> Name:
    return Name(given_name=citizen.given_name, family_name=citizen.family_name, is_protected=citizen.is_protected)


def version_of(*, citizen: Citizen, contact: Contact) -> str:
    """A short mark of everything that the contact forms can change; equal when nobody changed anything."""
    parts = (meeting_of(citizen=citizen, contact=contact), address_of(contact=contact), name_of(citizen=citizen))
    text = "\x1f".join(str(value) for part in parts for value in astuple(part))
    return sha256(f"{citizen.pk}\x1f{text}".encode()).hexdigest()[:20]
