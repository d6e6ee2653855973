"""Many citizens come to the service at once, as an import brings them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_events
from jobbro.apps.citizens.contacts import NewCitizen
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.models import Citizen, Contact
from jobbro.apps.citizens.permissions import can_register_citizen

from ..enums import MemberRole
from ..models import Case, CaseMember
from .members import colleague_in
from .moving import open_team

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """One citizen to be registered, with team and contact person."""

    details: NewCitizen
    team_id: UUID
    lead_user_id: UUID | None = None


def open_cases(*, actor: Actor, enrolments: Sequence[Enrolment], at: datetime, on: date) -> int:
    """Every citizen is registered with an open course, as `open_case` would; returns how many.

    Raises InvalidCpr, TeamNotOpen, NotAColleague, and IntegrityError for a CPR number that is registered already.
    """
    _check(actor=actor, enrolments=enrolments, on=on)
    citizens = [_citizen(actor=actor, details=entry.details, at=at) for entry in enrolments]
    pairs = list(zip(citizens, enrolments, strict=True))
    cases = [Case(citizen=citizen, team_id=entry.team_id, opened_on=on, last_step_on=on) for citizen, entry in pairs]
    Citizen.objects.bulk_create(citizens, batch_size=BATCH)
    Contact.objects.bulk_create([_contact(citizen=c, details=e.details) for c, e in pairs], batch_size=BATCH)
    Case.objects.bulk_create(cases, batch_size=BATCH)
    CaseMember.objects.bulk_create(
        [
            CaseMember(citizen=citizen, case=case, user_id=entry.lead_user_id, role=MemberRole.LEAD, from_on=on)
            for (citizen, entry), case in zip(pairs, cases, strict=True)
            if entry.lead_user_id is not None
        ],
        batch_size=BATCH,
    )
    ids = [citizen.pk for citizen in citizens]
    record_events(verb=Verb.CITIZEN_REGISTERED, citizen_ids=ids)
    record_events(verb=Verb.CASE_OPENED, citizen_ids=ids)
    return len(ids)


def _check(*, actor: Actor, enrolments: Sequence[Enrolment], on: date) -> None:
    for code in {entry.details.municipality_code for entry in enrolments}:
        if not can_register_citizen(actor, municipality_code=code):
            raise PermissionDenied
    places = {(entry.team_id, entry.details.municipality_code): entry for entry in enrolments}
    units = {team_id: open_team(team_id=team_id, municipality_code=code, on=on).unit_id for team_id, code in places}
    for user_id, unit_id in {(e.lead_user_id, units[e.team_id]) for e in enrolments if e.lead_user_id is not None}:
        colleague_in(user_id=user_id, unit_id=unit_id, on=on)


def _citizen(*, actor: Actor, details: NewCitizen, at: datetime) -> Citizen:
    cpr = Cpr.read(details.cpr)
    return Citizen(
        municipality_id=details.municipality_code,
        cpr_cipher=cpr.encrypted(),
        cpr_key=cpr.key,
        given_name=details.name.given_name,
        family_name=details.name.family_name,
        is_protected=details.name.is_protected,
        channel=details.meeting.channel,
        interpreter=details.meeting.interpreter,
        companion=details.meeting.companion,
        is_easy=details.meeting.is_easy,
        created_by=actor.id,
        created_at=at,
    )


def _contact(*, citizen: Citizen, details: NewCitizen) -> Contact:
    meeting = details.meeting
    return Contact(citizen=citizen, phone=meeting.phone, email=meeting.email, **asdict(details.address))
