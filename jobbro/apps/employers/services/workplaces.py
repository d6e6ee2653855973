"""Workplaces: where the company's people work, what the place can offer, and its week."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.organisations.stamps import refuse_stale
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.postcodes import place_of, town_of
from jobbro.kernel.vocabulary import SLOTS

from ..enums import Feature
from ..models import Company, Workplace
from ..numbers import InvalidNumber, read_p_number
from ..refusals import Refused
from ..stamps import WORKPLACE_FIELDS
from .locking import locked_row, open_company, plain_words

MOST_SLOT_HOURS = 12


@dataclass(frozen=True, kw_only=True)
class WorkplaceDraft:
    """What is written about a workplace."""

    name: str
    p_number: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    directions: str = ""
    measures: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    offers_note: str = ""
    slots: tuple[str, ...] = ()
    slot_hours: Decimal = Decimal(4)
    closed_on: date | None = None


def add_workplace(*, actor: Actor, company_id: UUID, draft: WorkplaceDraft) -> Workplace:
    """The company has one more workplace.

    Refused: `closed`, `p_number`, `p_number_taken`, `name_taken`, `postcode`, `measure`, `feature`, `slots`,
    `slot_hours`, `words`, `too_long`, `cpr`.
    """
    company = open_company(actor=actor, company_id=company_id)
    workplace = Workplace(company=company)
    _write(workplace, company=company, draft=draft)
    workplace.save(force_insert=True)
    record_event(verb=Verb.WORKPLACE_ADDED, subject=workplace, detail={"company": str(company.pk)})
    return workplace


def change_workplace(*, actor: Actor, workplace_id: UUID, draft: WorkplaceDraft, seen: str) -> Workplace:
    """The workplace is as written. Raises `StaleEdit`; refused as in `add_workplace`, but for `closed`."""
    workplace = locked_row(Workplace, actor=actor, row_id=workplace_id)
    refuse_stale(workplace, *WORKPLACE_FIELDS, seen=seen)
    _write(workplace, company=workplace.company, draft=draft)
    workplace.save(update_fields=[*WORKPLACE_FIELDS, "x", "y"])
    record_event(verb=Verb.WORKPLACE_CHANGED, subject=workplace)
    return workplace


def _write(workplace: Workplace, *, company: Company, draft: WorkplaceDraft) -> None:
    _refuse_unknown(draft)
    workplace.name = plain_words(draft.name, field="name", longest=120)
    workplace.p_number = _p_number(draft.p_number)
    _refuse_twice(workplace, company=company)
    workplace.address = plain_words(draft.address, field="address", longest=120, is_needed=False)
    _place(workplace, postcode=_postcode(draft.postcode), city=draft.city)
    workplace.directions = plain_words(draft.directions, field="directions", is_needed=False)
    workplace.offers_note = plain_words(draft.offers_note, field="offers_note", is_needed=False)
    workplace.measures = sorted(set(draft.measures))
    workplace.features = [feature for feature in Feature.values if feature in draft.features]
    workplace.slots = [slot for slot in SLOTS if slot in draft.slots]
    workplace.slot_hours = draft.slot_hours
    workplace.closed_on = draft.closed_on


def _place(workplace: Workplace, *, postcode: str, city: str) -> None:
    """The town follows from the postcode when nothing else was written; so does where it is on a map."""
    place = place_of(postcode)
    workplace.postcode, workplace.city = postcode, city.strip()[:60] or town_of(postcode)
    workplace.x, workplace.y = (place.x, place.y) if place else (None, None)


def _refuse_unknown(draft: WorkplaceDraft) -> None:
    if not set(draft.measures) <= {entry.code for entry in catalogue().entries}:
        raise Refused("measure", fields=("measures",))
    if not set(draft.features) <= set(Feature.values):
        raise Refused("feature", fields=("features",))
    if not set(draft.slots) <= set(SLOTS):
        raise Refused("slots", fields=("slots",))
    if not draft.slot_hours.is_finite() or not 0 < draft.slot_hours <= MOST_SLOT_HOURS:
        raise Refused("slot_hours", fields=("slot_hours",))


def _p_number(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return read_p_number(text)
    except InvalidNumber:
        raise Refused("p_number", fields=("p_number",)) from None


def _postcode(text: str) -> str:
    postcode = text.strip()
    if postcode and not (len(postcode) == 4 and postcode.isascii() and postcode.isdigit()):
        raise Refused("postcode", fields=("postcode",))
    return postcode


def _refuse_twice(workplace: Workplace, *, company: Company) -> None:
    others = Workplace.objects.filter(company=company).exclude(pk=workplace.pk)
    if others.filter(name=workplace.name).exists():
        raise Refused("name_taken", fields=("name",))
    if workplace.p_number and others.filter(p_number=workplace.p_number).exists():
        raise Refused("p_number_taken", fields=("p_number",))
