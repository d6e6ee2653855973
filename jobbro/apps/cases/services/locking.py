"""The course that a service is about to change, locked; and the date of its last step."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.actor import Actor

from ..models import Case
from ..permissions import can_steer_case, can_work_on_case


class CaseUnknown(LookupError):
    """There is no such course, or the actor may not see it: the two are not told apart."""


def locked_case(*, actor: Actor, citizen_id: UUID) -> Case:
    """The citizen's course, locked until the transaction ends; for those who work on it."""
    case = (
        Case.objects.visible_to(actor)
        .select_related("team")
        .select_for_update(of=("self",))
        .filter(citizen_id=citizen_id)
        .first()
    )
    if case is None:
        raise CaseUnknown(citizen_id)
    if not can_work_on_case(actor):
        raise PermissionDenied
    return case


def steered_case(*, actor: Actor, citizen_id: UUID) -> Case:
    """The same, for those who carry the caseload."""
    case = locked_case(actor=actor, citizen_id=citizen_id)
    if not can_steer_case(actor, team_id=case.team_id, unit_id=case.team.unit_id):
        raise PermissionDenied
    return case


def touch_case(*, citizen_id: UUID, on: date) -> None:
    """Something happened today, so the course is not quiet. For services of the apps above, inside their act."""
    with connection.cursor() as cursor:
        cursor.execute("select touch_case(%s::uuid, %s::date)", [citizen_id, on])
