"""What every act begins with: the row locked, the right to change it, and that nobody changed it meanwhile."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen

from ..enums import State, VacancyState
from ..facts import seen_application, seen_vacancy
from ..models import Application, Vacancy
from ..refusals import Changed, NotNow, NotThere
from ..states import MOVES, VACANCY_MOVES


def locked_citizen(*, actor: Actor, citizen_id: UUID) -> Citizen:
    """Whoever starts something of which there is one a citizen takes turns here."""
    citizen: Citizen | None = (
        Citizen.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=citizen_id).first()
    )
    if citizen is None:
        raise NotThere
    return citizen


def locked_application(*, actor: Actor, application_id: UUID, seen: str | None = None) -> Application:
    """Every change of an application takes turns on its row."""
    rows = Application.objects.visible_to(actor).select_for_update(of=("self",))
    row: Application | None = rows.select_related("citizen").filter(pk=application_id).first()
    if row is None:
        raise NotThere
    if seen is not None and seen_application(row) != seen:
        raise Changed
    return row


def locked_vacancy(*, actor: Actor, vacancy_id: UUID, seen: str | None = None) -> Vacancy:
    """Every change of a post takes turns on its row."""
    row: Vacancy | None = (
        Vacancy.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=vacancy_id).first()
    )
    if row is None:
        raise NotThere
    if seen is not None and seen_vacancy(row) != seen:
        raise Changed
    return row


def moved(state: str, move: str) -> State:
    """Where the application stands after the move; raises `NotNow`."""
    try:
        return MOVES[State(state), move]
    except KeyError as error:
        raise NotNow from error


def moved_vacancy(state: str, move: str) -> VacancyState:
    """Where the post stands after the move; raises `NotNow`."""
    try:
        return VACANCY_MOVES[VacancyState(state), move]
    except KeyError as error:
        raise NotNow from error
