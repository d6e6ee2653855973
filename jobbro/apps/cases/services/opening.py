"""A citizen comes to the service."""

from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.contacts import NewCitizen
from jobbro.apps.citizens.services import register_citizen

from ..enums import MemberRole
from ..models import Case, CaseMember
from .members import colleague_in
from .moving import open_team


def open_case(
    *, actor: Actor, details: NewCitizen, team_id: UUID, lead_user_id: UUID | None, at: datetime, on: date
) -> Case:
    """The citizen is registered, their course is open in the team, and the contact person is named: one act.

    Raises InvalidCpr, CitizenAlreadyRegistered, TeamNotOpen, NotAColleague.
    """
    team = open_team(team_id=team_id, municipality_code=details.municipality_code, on=on)
    if lead_user_id is not None:
        colleague_in(user_id=lead_user_id, unit_id=team.unit_id, on=on)
    citizen = register_citizen(actor=actor, details=details, at=at)
    case = Case(citizen=citizen, team=team, opened_on=on, last_step_on=on)
    case.save(force_insert=True)
    if lead_user_id is not None:
        CaseMember(citizen=citizen, case=case, user_id=lead_user_id, role=MemberRole.LEAD, from_on=on).save(
            force_insert=True
        )
    record_event(verb=Verb.CASE_OPENED, citizen_id=citizen.pk, subject=case)
    return case
