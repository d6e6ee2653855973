"""What is wrong with a row, cell by cell, and what a good row becomes."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.services import NewEmployee, NewPosition
from jobbro.apps.cases.services.enrolling import Enrolment
from jobbro.apps.citizens.contacts import Address, Meeting, Name, NewCitizen
from jobbro.apps.citizens.cpr import Cpr, InvalidCpr
from jobbro.apps.citizens.enums import Channel
from jobbro.apps.employers.bringing import PartnerRow
from jobbro.apps.employers.enums import Sector
from jobbro.apps.employers.numbers import InvalidNumber, read_phone
from jobbro.apps.employers.wording import has_cpr

from .cells import Checked, Faults, Values, cvr_fault, cvr_of, day_read, note, p_number_read, yes_no_read
from .columns import COLUMNS, Column
from .enums import Fault, Kind
from .openings import checked_opening, opening_identity
from .places import Places

SCIENTIFIC = re.compile(r"^\d([.,]\d+)?[eE]\+?\d+$")
PHONE = re.compile(r"^\+?[\d ()\-]{5,20}$")
USERNAME = re.compile(r"^[a-z0-9][a-z0-9._@-]*$")
EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#I/T", "#VÆRDI!", "#NAVN?"}
# Words that Danish and English files use; the labels on screen are translated elsewhere.
CHANNELS: Mapping[Channel, tuple[str, ...]] = {
    Channel.PHONE: ("telefon", "opkald", "tlf", "phone", "telephone"),
    Channel.SMS: ("sms", "besked", "text message", "text"),
    Channel.EMAIL: ("email", "mail", "epost"),
    Channel.LETTER: ("brev", "post", "letter"),
    Channel.DIGITAL_POST: ("digital post", "eboks", "mit dk"),
    Channel.MEETING: ("møde", "fremmøde", "personligt møde", "meeting", "meeting in person"),
    Channel.VIDEO: ("video", "videomøde", "video med undertekster", "video with captions"),
}
ROLES: Mapping[Role, tuple[str, ...]] = {
    Role.TEAM_LEAD: ("teamleder", "leder", "team lead"),
    Role.CASEWORKER: ("sagsbehandler", "jobkonsulent", "rådgiver", "caseworker"),
    Role.JOB_BROKER: ("jobformidler", "virksomhedskonsulent", "job broker"),
    Role.KEY_PERSON: ("nøgleperson", "key person"),
    Role.ADMINISTRATOR: ("administrator", "admin"),
    Role.ANALYST: ("analytiker", "analyst"),
}
SECTORS: Mapping[Sector, tuple[str, ...]] = {
    Sector.PRIVATE: ("privat", "privat virksomhed"),
    Sector.PUBLIC: ("offentlig", "kommune", "region", "stat", "kommunal"),
    Sector.ASSOCIATION: ("forening", "fond", "foundation", "frivillig", "selvejende"),
}
Choice = TypeVar("Choice", bound=TextChoices)


def checked(*, kind: Kind, values: Values, municipality_code: str, places: Places, on: date) -> Checked:
    """The row's faults; without any, the citizen, colleague, company or job that it describes."""
    faults = _plain_faults(columns=COLUMNS[kind], values=values)
    if kind == Kind.CITIZENS:
        return _checked_citizen(values=values, faults=faults, municipality_code=municipality_code, places=places)
    if kind == Kind.EMPLOYERS:
        return _checked_partner(values=values, faults=faults, places=places)
    if kind == Kind.OPENINGS:
        return checked_opening(values=values, faults=faults)
    return _checked_employee(values=values, faults=faults, places=places, on=on)


def proposed_cpr(text: str) -> str:
    """Ten digits where a spreadsheet took the first zero away; "" when that gives no number."""
    digits = text.strip()
    if len(digits) != 9 or not (digits.isascii() and digits.isdigit()):
        return ""
    try:
        return Cpr.read("0" + digits).digits
    except InvalidCpr:
        return ""


def identity_text(*, kind: Kind, values: Values) -> str:
    """What makes two rows belong together: the ten digits, the username, the CVR number; "" when it cannot be read."""
    if kind == Kind.STAFF:
        return values.get("username", "").lower()
    if kind == Kind.EMPLOYERS:
        return cvr_of(values)
    if kind == Kind.OPENINGS:
        return opening_identity(values)
    try:
        return Cpr.read(values.get("cpr", "")).digits
    except InvalidCpr:
        return ""


def _plain_faults(*, columns: tuple[Column, ...], values: Values) -> Faults:
    faults: Faults = {}
    for column in columns:
        value = values.get(column.code, "")
        if not value:
            if column.is_required:
                faults[column.code] = Fault.EMPTY
        elif value.startswith("="):
            faults[column.code] = Fault.FORMULA
        elif value.upper() in EXCEL_ERRORS:
            faults[column.code] = Fault.EXCEL_ERROR
        elif len(value) > column.length and column.code != "cpr":
            faults[column.code] = Fault.TOO_LONG
    return faults


def _checked_citizen(*, values: Values, faults: Faults, municipality_code: str, places: Places) -> Checked:
    note(faults, "cpr", _cpr_fault(values.get("cpr", "")))
    note(faults, "email", _email_fault(values.get("email", "")))
    note(faults, "phone", _phone_fault(values.get("phone", "")))
    note(faults, "postcode", _postcode_fault(values.get("postcode", "")))
    channel = _channel(values.get("channel", ""))
    note(faults, "channel", Fault.CHANNEL if channel is None else None)
    flags = {code: yes_no_read(values.get(code, "")) for code in ("is_protected", "is_easy")}
    for code, flag in flags.items():
        note(faults, code, Fault.YES_NO if flag is None else None)
    team_id = _team(values.get("team", ""), places=places)
    note(faults, "team", Fault.TEAM if team_id is None else None)
    lead_id = _lead(values.get("lead", ""), team_id=team_id, places=places)
    note(faults, "lead", Fault.COLLEAGUE if values.get("lead") and lead_id is None else None)
    if faults or team_id is None or channel is None:
        return Checked(faults, None)
    details = NewCitizen(
        cpr=values["cpr"],
        municipality_code=municipality_code,
        name=Name(
            given_name=values["given_name"],
            family_name=values["family_name"],
            is_protected=bool(flags["is_protected"]),
        ),
        meeting=Meeting(
            channel=channel,
            interpreter=values.get("interpreter", ""),
            companion=values.get("companion", ""),
            is_easy=bool(flags["is_easy"]),
            phone=values.get("phone", ""),
            email=values.get("email", ""),
        ),
        address=Address(
            address=values.get("address", ""), postcode=values.get("postcode", ""), city=values.get("city", "")
        ),
    )
    return Checked({}, Enrolment(details=details, team_id=team_id, lead_user_id=lead_id))


def _checked_employee(*, values: Values, faults: Faults, places: Places, on: date) -> Checked:
    username = values.get("username", "").lower()
    note(faults, "username", Fault.USERNAME if username and not USERNAME.fullmatch(username) else None)
    note(faults, "email", _email_fault(values.get("email", "")))
    note(faults, "phone", _phone_fault(values.get("phone", "")))
    role = _role(values.get("role", ""))
    note(faults, "role", Fault.ROLE if role is None else None)
    unit_id = places.units.get(values.get("unit", "").casefold())
    note(faults, "unit", Fault.UNIT if unit_id is None else None)
    team_id = _team_of_unit(values.get("team", ""), unit_id=unit_id, places=places)
    note(faults, "team", Fault.TEAM if values.get("team") and team_id is None else None)
    from_on = day_read(values["from_on"]) if values.get("from_on") else on
    note(faults, "from_on", Fault.DATE if from_on is None else None)
    if faults or role is None or unit_id is None or from_on is None:
        return Checked(faults, None)
    position = NewPosition(role=role, unit_id=unit_id, team_id=team_id, from_on=from_on)
    employee = NewEmployee(
        username=username,
        display_name=values["display_name"],
        email=values.get("email", ""),
        phone=values.get("phone", ""),
        position=position,
    )
    return Checked({}, employee)


def _checked_partner(*, values: Values, faults: Faults, places: Places) -> Checked:
    note(faults, "cvr", cvr_fault(values.get("cvr", "")))
    p_number = p_number_read(values.get("p_number", ""))
    note(faults, "p_number", Fault.P_NUMBER if p_number is None else None)
    note(faults, "postcode", _postcode_fault(values.get("postcode", "")))
    note(faults, "email", _email_fault(values.get("email", "")))
    phone = _company_phone(values.get("phone", ""))
    note(faults, "phone", Fault.PHONE_DIGITS if phone is None else None)
    is_reached = values.get("phone") or values.get("email")
    note(faults, "contact", Fault.EMPTY if is_reached and not values.get("contact") else None)
    for code in ("name", "workplace", "address", "city", "contact"):
        note(faults, code, Fault.CPR_TEXT if has_cpr(values.get(code, "")) else None)
    sector = _named(values["sector"], SECTORS) if values.get("sector") else Sector.PRIVATE
    note(faults, "sector", Fault.SECTOR if sector is None else None)
    team_id = _team(values.get("team", ""), places=places)
    note(faults, "team", Fault.TEAM if team_id is None else None)
    broker_id = _broker(values.get("broker", ""), team_id=team_id, places=places)
    note(faults, "broker", Fault.COLLEAGUE if team_id is not None and broker_id is None else None)
    if faults or sector is None or team_id is None or broker_id is None:
        return Checked(faults, None)
    texts = {code: values.get(code, "") for code in ("workplace", "address", "postcode", "city", "contact")}
    partner = PartnerRow(
        cvr=cvr_of(values),
        name=values["name"],
        sector=sector,
        team_id=team_id,
        broker_id=broker_id,
        p_number=p_number or "",
        phone=phone or "",
        email=values.get("email", ""),
        **texts,
    )
    return Checked({}, partner)


def _cpr_fault(text: str) -> Fault | None:
    if SCIENTIFIC.fullmatch(text):
        return Fault.CPR_SCIENTIFIC
    if proposed_cpr(text):
        return Fault.CPR_ZERO
    try:
        Cpr.read(text)
    except InvalidCpr as invalid:
        return Fault.CPR_DATE if invalid.code == "date" else Fault.CPR_DIGITS
    return None


def _postcode_fault(text: str) -> Fault | None:
    return Fault.POSTCODE if text and not re.fullmatch(r"\d{4}", text, re.ASCII) else None


def _email_fault(text: str) -> Fault | None:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        return Fault.EMAIL
    return None


def _phone_fault(text: str) -> Fault | None:
    return Fault.PHONE if text and not PHONE.fullmatch(text) else None


def _company_phone(text: str) -> str | None:
    try:
        return read_phone(text) if text else ""
    except InvalidNumber:
        return None


def _channel(text: str) -> Channel | None:
    return _named(text, CHANNELS) if text else Channel.PHONE


def _role(text: str) -> Role | None:
    return _named(text, ROLES)


def _named(text: str, names: Mapping[Choice, tuple[str, ...]]) -> Choice | None:
    """The choice whose code or name this is."""
    word = _plain(text)
    return next((choice for choice, known in names.items() if word in map(_plain, (choice.value, *known))), None)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _team(text: str, *, places: Places) -> UUID | None:
    if not text:
        return places.default_team_id
    found = places.teams.get(text.casefold(), ())
    return found[0][0] if len(found) == 1 else None


def _team_of_unit(text: str, *, unit_id: UUID | None, places: Places) -> UUID | None:
    found = [team for team, unit in places.teams.get(text.casefold(), ()) if unit == unit_id]
    return found[0] if len(found) == 1 else None


def _lead(text: str, *, team_id: UUID | None, places: Places) -> UUID | None:
    if not text or team_id is None:
        return None
    unit = places.unit_of_team.get(team_id)
    return next((user for user, where in places.colleagues.get(text.casefold(), ()) if where == unit), None)


def _broker(text: str, *, team_id: UUID | None, places: Places) -> UUID | None:
    """Somebody who works in the team, or in its whole unit; whoever imports when nobody is named."""
    unit = places.unit_of_team.get(team_id) if team_id else None
    named = places.brokers.get(text.casefold(), ()) if text else places.importer
    return next((user for user, where, team in named if where == unit and team in (None, team_id)), None)
