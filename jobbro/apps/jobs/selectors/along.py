"""What a job or a task lends to a question to the key persons: what it asks, not where it is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.key_persons.enums import ContextKind
from jobbro.apps.key_persons.services.questions import Along, ContextItem
from jobbro.kernel.vocabulary import AREAS

from ..models import Opening, Task


def along_opening(*, actor: Actor, opening_id: UUID) -> Along | None:
    """What the open job asks."""
    return _asked(Opening.objects.visible_to(actor).filter(pk=opening_id).values_list("demand", flat=True).first())


def along_task(*, actor: Actor, task_id: UUID) -> Along | None:
    """What the task asks."""
    return _asked(Task.objects.visible_to(actor).filter(pk=task_id).values_list("demand", flat=True).first())


def _asked(demand: Mapping[str, Any] | None) -> Along | None:
    if demand is None:
        return None
    items = (
        ContextItem(kind=ContextKind.DEMAND, code=area, level=int(demand[area])) for area in AREAS if demand.get(area)
    )
    return Along(items=tuple(items))
