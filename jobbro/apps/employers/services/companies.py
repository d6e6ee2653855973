"""Companies: added once a municipality, changed, moved to another hand, at rest or closed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import CASEWORK_ROLES
from jobbro.apps.accounts.models import Position
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.organisations.models import Team, UnitMunicipality
from jobbro.apps.organisations.stamps import refuse_stale

from ..enums import PartnerState, Sector
from ..models import Company
from ..numbers import InvalidNumber, read_cvr
from ..permissions import can_keep_companies, holds_company
from ..refusals import HeldAlready, NotNow, Refused
from ..stamps import COMPANY_FIELDS, STATE_FIELDS
from ..states import MOVES
from .locking import checked_phone, locked_company, plain_words

LONGEST_NOTE = 200


@dataclass(frozen=True, kw_only=True)
class CompanyDraft:
    """What is written about a company, and who holds the relation: a broker in a team."""

    name: str
    team_id: UUID
    broker_id: UUID
    sector: str = Sector.PRIVATE
    trade: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


def add_company(*, actor: Actor, cvr: str, municipality: str, draft: CompanyDraft, on: date, at: datetime) -> Company:
    """The municipality has one more partner, new. Raises `HeldAlready`.

    Refused: `cvr_digits`, `cvr_check`, `municipality`, `holder`, `words`, `too_long`, `phone`.
    """
    if not can_keep_companies(actor):
        raise PermissionDenied
    number = checked_cvr(cvr)
    if municipality not in actor.codes:
        raise Refused("municipality", fields=("municipality",))
    _refuse_second(municipality=municipality, cvr=number)
    company = Company(
        municipality_id=municipality,
        cvr=number,
        state=PartnerState.NEW,
        state_on=on,
        created_by_id=actor.id,
        created_at=at,
    )
    _write(company, draft=draft, on=on)
    company.save(force_insert=True)
    record_event(verb=Verb.COMPANY_ADDED, subject=company)
    return company


def change_company(*, actor: Actor, company_id: UUID, draft: CompanyDraft, seen: str, on: date) -> Company:
    """The company is as written. Raises `StaleEdit`; refused: as `add_company`, `not_yours`."""
    company = locked_company(actor=actor, company_id=company_id)
    refuse_stale(company, *COMPANY_FIELDS, seen=seen)
    if (draft.team_id, draft.broker_id) != (company.team_id, company.broker_id) and not holds_company(company.pk):
        # Wages are for those who hold the relation: they hand it over, nobody takes it.
        raise Refused("not_yours", fields=("holder",))
    _write(company, draft=draft, on=on)
    company.save(update_fields=COMPANY_FIELDS)
    record_event(verb=Verb.COMPANY_CHANGED, subject=company)
    return company


def move_company(*, actor: Actor, company_id: UUID, move: str, note: str, seen: str, on: date) -> Company:
    """The partnership begins, rests, goes on, or the company has closed. Raises `StaleEdit`, `NotNow`."""
    company = locked_company(actor=actor, company_id=company_id)
    refuse_stale(company, *STATE_FIELDS, seen=seen)
    state = MOVES.get((PartnerState(company.state), move))
    if state is None:
        raise NotNow
    company.state_note = plain_words(note, field="note", longest=LONGEST_NOTE, is_needed=False)
    company.state, company.state_on = state, on
    company.save(update_fields=STATE_FIELDS)
    record_event(verb=Verb.COMPANY_MOVED, subject=company, detail={"state": state})
    return company


def checked_cvr(text: str) -> str:
    """The eight digits. Refused: `cvr_digits`, `cvr_check`."""
    try:
        return read_cvr(text)
    except InvalidNumber as invalid:
        raise Refused(f"cvr_{invalid.code}", fields=("cvr",)) from None


def _refuse_second(*, municipality: str, cvr: str) -> None:
    # Two people who add the same company at once take turns here, so that the second is told whose it is.
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s::text, 0))", [f"employers_company.{municipality}.{cvr}"]
        )
    held = Company.objects.filter(municipality_id=municipality, cvr=cvr).select_related("broker", "team").first()
    if held is not None:
        raise HeldAlready(company_id=held.pk, name=held.name, broker=held.broker.display_name, team=held.team.name)


def _write(company: Company, *, draft: CompanyDraft, on: date) -> None:
    if draft.sector not in Sector.values:
        raise Refused("sector", fields=("sector",))
    if (draft.team_id, draft.broker_id) != (company.team_id, company.broker_id):
        refuse_stranger(draft, municipality=company.municipality_id, on=on)
    company.name = plain_words(draft.name, field="name", longest=120)
    company.trade = plain_words(draft.trade, field="trade", longest=120, is_needed=False)
    company.sector, company.phone, company.email, company.website = (
        draft.sector,
        checked_phone(draft.phone),
        draft.email.strip(),
        draft.website.strip(),
    )
    company.team_id, company.broker_id = draft.team_id, draft.broker_id


def refuse_stranger(draft: CompanyDraft, *, municipality: str, on: date) -> None:
    """Who holds the relation works today in the team's unit, which serves the municipality."""
    units = UnitMunicipality.objects.standing(on=on).filter(municipality_id=municipality).values("unit_id")
    team = Team.objects.standing(on=on).filter(pk=draft.team_id, unit_id__in=units).first()
    if team is None:
        raise Refused("holder", fields=("holder",))
    held = Position.objects.standing(on=on).filter(
        user_id=draft.broker_id, role__in=CASEWORK_ROLES, user__is_active=True, unit_id=team.unit_id
    )
    if not any(position.team_id in (None, team.pk) for position in held):
        raise Refused("holder", fields=("holder",))
