"""What goes along with a question from the page it was asked on: a small table of addresses, nothing from the rest."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.urls import Resolver404, resolve

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.applications.selectors.along import along_application, along_vacancy
from jobbro.apps.jobs.selectors.along import along_opening, along_task
from jobbro.apps.key_persons.enums import ContextKind
from jobbro.apps.key_persons.services.questions import Along, ContextItem
from jobbro.apps.matching.selectors.along import along_proposal
from jobbro.apps.plans.along_selectors import along_needs
from jobbro.kernel.vocabulary import AREAS, SCHEMES

Lender = Callable[[Actor, Mapping[str, Any]], Along | None]

LONGEST_PATH = 300


def _application(actor: Actor, named: Mapping[str, Any]) -> Along | None:
    return along_application(actor=actor, application_id=named["application_id"])


def _vacancy(actor: Actor, named: Mapping[str, Any]) -> Along | None:
    return along_vacancy(actor=actor, vacancy_id=named["vacancy_id"])


def _proposal(actor: Actor, named: Mapping[str, Any]) -> Along | None:
    return along_proposal(actor=actor, proposal_id=named["proposal_id"])


def _opening(actor: Actor, named: Mapping[str, Any]) -> Along | None:
    return along_opening(actor=actor, opening_id=named["opening_id"])


def _task(actor: Actor, named: Mapping[str, Any]) -> Along | None:
    return along_task(actor=actor, task_id=named["task_id"])


def _needs(actor: Actor, named: Mapping[str, Any]) -> Along | None:
    return along_needs(actor=actor, citizen_id=named["citizen_id"])


def _scheme(actor: Actor, named: Mapping[str, Any]) -> Along | None:
    if named["scheme"] not in SCHEMES:
        return None
    item = ContextItem(kind=ContextKind.SCHEME, code=named["scheme"])
    return Along(items=(item,), citizen_id=_citizen(named))


def _topic(actor: Actor, named: Mapping[str, Any]) -> Along | None:
    area = named["topic"]
    items = (ContextItem(kind=ContextKind.AREA, code=area),) if area in AREAS else ()
    return Along(items=items, citizen_id=_citizen(named))


_APPLICATION = (
    "application",
    "application_write",
    "application_documents",
    "application_move",
    "claims",
    "claim_enter",
)
LENDERS: dict[str, Lender] = {
    **dict.fromkeys((*_APPLICATION, "claim_move"), _application),
    **dict.fromkeys(("vacancy", "vacancy_negotiate", "vacancy_move"), _vacancy),
    **dict.fromkeys(("application_start", "scheme", "scheme_people", "own_deadline_set"), _scheme),
    **dict.fromkeys(("profile", "dialogue_summary", "dialogue_agree", "support", "plan", "plan_start"), _needs),
    **dict.fromkeys(("proposal", "proposal_move", "introduction_add", "card_make"), _proposal),
    **dict.fromkeys(("opening", "opening_demand", "people_for"), _opening),
    **dict.fromkeys(("task", "task_demand"), _task),
    "dialogue_topic": _topic,
}


def along_of(actor: Actor, path: str) -> Along:
    """What the page at the path lends; nothing when there is no such page or it is not the actor's."""
    if not path.startswith("/") or len(path) > LONGEST_PATH:
        return Along()
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return Along()
    lender = LENDERS.get(match.url_name or "")
    lent = lender(actor, match.kwargs) if lender else None
    return lent or Along(citizen_id=_citizen(match.kwargs) if lender is None else None)


def _citizen(named: Mapping[str, Any]) -> UUID | None:
    found = named.get("citizen_id")
    return found if isinstance(found, UUID) else None
