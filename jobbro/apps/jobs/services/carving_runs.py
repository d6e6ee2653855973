"""A search at work: the worker thinks in the name of whoever asked, tells how far it is, and keeps what it found."""

import logging
import time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from jobbro.apps.accounts.actor import Actor, actor_of
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.engines.carving.model import Progress

from ..carving_search import Listeners, Thinking, search
from ..enums import CarvingState
from ..models import Carving
from ..states import is_lost
from ..waiting import FEWEST, persons_waiting

log = logging.getLogger(__name__)
# How often the page can see news, and how often the worker looks whether it should stop.
TELL_EVERY_SECONDS = 1.0


def run_search(*, carving_id: UUID, user_id: UUID) -> None:
    """The search has ended: done, stopped or failed, with the best that was found and its bound."""
    thinking = _claimed(carving_id=carving_id, user_id=user_id)
    if thinking is None:
        return
    teller = _Teller(carving_id=carving_id, user_id=user_id)
    try:
        answer = search(thinking, listeners=Listeners(tell=teller.tell, show=teller.show, is_stopped=teller.is_stopped))
    except Exception:
        log.exception("a search for carved jobs went wrong")
        teller.keep({"state": CarvingState.FAILED, "failure": "engine", "ended_at": timezone.now()})
        return
    teller.show(answer)
    state = CarvingState.STOPPED if teller.is_stop_asked else CarvingState.DONE
    teller.keep({"state": state, "ended_at": timezone.now()})


def _claimed(*, carving_id: UUID, user_id: UUID) -> Thinking | None:
    """What to think about, when the search still waits and whoever asked may still see it."""
    with acting_as(user_id):
        actor = _actor(user_id)
        rows = Carving.objects.visible_to(actor).select_for_update(of=("self",))
        row: Carving | None = rows.filter(pk=carving_id).first()
        if row is None or not (row.state == CarvingState.WAITING or is_lost(row, at=timezone.now())):
            return None
        if row.started_by_id != user_id:
            # Nobody thinks in the name of somebody else, whatever stands in the queue.
            return None
        persons = _persons(row, actor=actor)
        if row.is_for_profile and len(persons) < FEWEST:
            # Since the search was ordered some were closed or moved.
            row.state, row.failure, row.ended_at = CarvingState.FAILED, "few_wait", timezone.now()
            row.save(update_fields=["state", "failure", "ended_at"])
            return None
        row.state, row.progress_at = CarvingState.RUNNING, timezone.now()
        row.save(update_fields=["state", "progress_at"])
        return Thinking(half=row.workplace_input, persons=persons, seconds=row.seconds)


def _persons(row: Carving, *, actor: Actor) -> tuple[dict[str, Any], ...]:
    if row.is_for_profile:
        return persons_waiting(actor=actor, half=row.workplace_input)
    return tuple(row.persons.order_by("key").values_list("person_input", flat=True))


def _actor(user_id: UUID) -> Actor:
    return actor_of(user=User.objects.get(pk=user_id), on=timezone.localdate())


class _Teller:
    """Writes how far the search is, at most once a second, each time in a short transaction of its own."""

    def __init__(self, *, carving_id: UUID, user_id: UUID) -> None:
        self.carving_id, self.user_id = carving_id, user_id
        self.is_stop_asked = False
        self._told_at = 0.0
        self._newest: Progress | None = None

    def tell(self, progress: Progress) -> None:
        """Remember the newest; it is written at the next look."""
        self._newest = progress

    def show(self, answer: dict[str, Any]) -> None:
        """What has been found so far can be looked at while the search goes on."""
        best = answer["suggestions"][0]
        self.keep(
            {
                "answer": answer,
                "value": Decimal(str(best["value"])),
                "bound": Decimal(str(best["bound"])),
                "progress_at": timezone.now(),
            }
        )

    def is_stopped(self) -> bool:
        """Whether somebody wants the search to end; looks at most once a second."""
        if time.monotonic() - self._told_at >= TELL_EVERY_SECONDS:
            self._told_at = time.monotonic()
            changes: dict[str, Any] = {"progress_at": timezone.now()}
            if self._newest is not None:
                changes |= {"value": self._newest.value, "bound": self._newest.bound}
            self.keep(changes)
        return self.is_stop_asked

    def keep(self, changes: dict[str, Any]) -> None:
        """Write, and see whether the search should end: asked to stop, ended by others, or no longer to be seen."""
        with acting_as(self.user_id):
            rows = Carving.objects.visible_to(_actor(self.user_id)).select_for_update(of=("self",))
            row: Carving | None = rows.filter(pk=self.carving_id, state=CarvingState.RUNNING).first()
            self.is_stop_asked = row is None or row.stop_asked
            if row is not None:
                for name, value in changes.items():
                    setattr(row, name, value)
                row.save(update_fields=[*changes])
