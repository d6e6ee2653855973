"""An application form between people and the database: filled from what is known, checked when it comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen, Contact
from jobbro.engines.schemes.procedures import DraftField, Procedure

Known = str | int | bool | float | Decimal | date
LONGEST = {"text": 200, "long_text": 20_000}
_HIGHEST = Decimal(1_000_000)


@dataclass(frozen=True, kw_only=True)
class FilledField:
    """A field with its value as text; `is_known` when it was filled in from the case and not typed."""

    field: DraftField
    value: str
    is_known: bool = False

    @property
    def is_left_open(self) -> bool:
        """Whether something that has to be there is not."""
        return self.field.required and not self.value


def fields_for(*, procedure: Procedure, citizen: Citizen) -> tuple[DraftField, ...]:
    """The fields of the form; a protected address is never asked for or copied, the municipality has it."""
    if not citizen.is_protected:
        return procedure.fields
    return tuple(field for field in procedure.fields if field.prefill != "citizen.address")


def words_of_case(*, citizen: Citizen, contact: Contact | None, actor: Actor) -> dict[str, Known]:
    """What the case says of the people in it, by the words of `PREFILL_WORDS`."""
    found: dict[str, Known] = {"citizen.name": citizen.name, "municipality.name": actor.municipality}
    if contact is not None:
        place = " ".join(part for part in (contact.postcode, contact.city) if part)
        found["citizen.phone"], found["citizen.email"] = contact.phone, contact.email
        if not citizen.is_protected:
            found["citizen.address"] = ", ".join(part for part in (contact.address, place) if part)
    if actor.citizen_id is None:
        found["caseworker.name"], found["caseworker.phone"] = actor.name, actor.phone
    return found


def filled_in(*, fields: tuple[DraftField, ...], known: Mapping[str, Known]) -> dict[str, str]:
    """The values that are known, by field; what cannot be an answer of the field is left out."""
    values = {}
    for field in fields:
        value = known.get(field.prefill) if field.prefill else None
        text = "" if value is None else as_text(value)
        if text and problem_with(field, text) is None:
            values[field.code] = text
    return values


def as_text(value: Known) -> str:
    """A fact as a form carries it: days as 2026-03-01, numbers with a point and no needless zeros."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return format(Decimal(str(value)).normalize(), "f")
    return str(value).strip()


def problem_with(field: DraftField, text: str) -> str | None:
    """Why the text is no answer to the field: `too_long`, `number`, `date` or `choice`; None when it is one."""
    if field.kind in LONGEST:
        return "too_long" if len(text) > LONGEST[field.kind] else None
    if field.kind == "number":
        return None if _number(text) is not None else "number"
    if field.kind == "date":
        return None if _day(text) is not None else "date"
    return None if text in {choice.code for choice in field.choices} else "choice"


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= _HIGHEST else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2100 else None


def cleaned(*, fields: tuple[DraftField, ...], values: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The values of the form's own fields, and the codes of those that are no answers."""
    kept = {field.code: values.get(field.code, "").strip() for field in fields}
    wrong = tuple(field.code for field in fields if kept[field.code] and problem_with(field, kept[field.code]))
    return {code: text for code, text in kept.items() if text}, wrong
