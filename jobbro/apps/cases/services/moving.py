"""The state of a course, and its team."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.organisations.models import Team, UnitMunicipality

from ..enums import MemberRole, State
from ..models import Case, CaseMember
from ..states import MOVES
from .locking import steered_case
from .members import close_membership, colleague_in


class MoveNotAllowed(ValueError):
    """The course is in a state from which this move does not go; somebody may have moved it meanwhile."""


class TeamNotOpen(LookupError):
    """No such team takes citizens of the municipality today."""


def move_case(*, actor: Actor, citizen_id: UUID, move: str, on: date) -> Case:
    """Pause, resume, close or reopen, as the table of states allows. Raises MoveNotAllowed."""
    case = steered_case(actor=actor, citizen_id=citizen_id)
    before = State(case.state)
    after = MOVES.get((before, move))
    if after is None:
        raise MoveNotAllowed(move)
    case.state, case.last_step_on = after, on
    case.closed_on = on if after == State.CLOSED else None
    case.save(update_fields=["state", "closed_on", "last_step_on"])
    record_event(
        verb=Verb.CASE_MOVED, citizen_id=citizen_id, subject=case, detail={"move": move, "from": before, "to": after}
    )
    return case


def transfer_case(*, actor: Actor, citizen_id: UUID, team_id: UUID, lead_user_id: UUID | None, on: date) -> Case:
    """Another team of the same municipality carries the citizen, with a new contact person when one is named.

    Raises TeamNotOpen, NotAColleague.
    """
    case = steered_case(actor=actor, citizen_id=citizen_id)
    municipality_code = Case.objects.values_list("citizen__municipality_id", flat=True).get(pk=case.pk)
    team = open_team(team_id=team_id, municipality_code=municipality_code, on=on)
    if lead_user_id is not None:
        colleague_in(user_id=lead_user_id, unit_id=team.unit_id, on=on)
        _change_lead(case=case, user_id=lead_user_id, on=on)
    before, case.team, case.last_step_on = case.team_id, team, on
    record_event(
        verb=Verb.CASE_TRANSFERRED, citizen_id=citizen_id, subject=case, detail={"from": before.hex, "to": team.pk.hex}
    )
    case.save(update_fields=["team", "last_step_on"])
    return case


def _change_lead(*, case: Case, user_id: UUID, on: date) -> None:
    for member in CaseMember.objects.filter(case=case, role=MemberRole.LEAD, until_on__isnull=True):
        close_membership(member=member, on=on)
    CaseMember(citizen_id=case.citizen_id, case=case, user_id=user_id, role=MemberRole.LEAD, from_on=on).save(
        force_insert=True
    )


def open_team(*, team_id: UUID, municipality_code: str, on: date) -> Team:
    """The team, when its unit serves the municipality on the day. Raises TeamNotOpen."""
    serving = UnitMunicipality.objects.standing(on=on).filter(unit=OuterRef("unit"), municipality_id=municipality_code)
    team = Team.objects.standing(on=on).filter(Exists(serving), pk=team_id).first()
    if team is None:
        raise TeamNotOpen(team_id)
    return team
