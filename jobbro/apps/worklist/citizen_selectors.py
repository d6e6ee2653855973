"""What one citizen waits for, read by themselves: needs, the next step, the next meeting, whom to ring."""

from dataclasses import dataclass
from datetime import date, datetime

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.meetings.selectors.lists import MeetingLine, my_meetings

from .facts import NextStep, Person, own_step, people_to_ring
from .selectors import WorkRow, needs_of


@dataclass(frozen=True, kw_only=True)
class Now:
    """What happens now. `meeting` is None when none is planned; `people`: the contact person first."""

    row: WorkRow | None
    step: NextStep
    meeting: MeetingLine | None
    people: tuple[Person, ...]


def what_waits(*, actor: Actor, on: date, at: datetime) -> Now:
    """Of the citizen that the actor is. Seven queries at most."""
    assert actor.citizen_id is not None
    return Now(
        row=needs_of(actor=actor, citizen_id=actor.citizen_id, on=on),
        step=own_step(actor=actor),
        meeting=next(iter(my_meetings(actor=actor, at=at).coming), None),
        people=people_to_ring(actor=actor, on=on),
    )
