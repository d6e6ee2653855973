"""Links to all talks that are due for the citizens somebody helps: as many presses of one button, in one."""

from dataclasses import dataclass
from datetime import date, datetime

from jobbro.apps.accounts.actor import Actor

from ..refusals import NotNow, NotThere, Refused
from ..selectors.signals import watch_page
from .talks import Address, send_link

# One press takes a moment; what is left is there at the next.
MOST_AT_ONCE = 40


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How many links are on their way, and how many talks are to be rung about instead."""

    sent: int
    to_ring: int


def ask_all_due(*, actor: Actor, address: Address, at: datetime, on: date) -> Asked:
    """Every due talk of the actor's own citizens that no link is out for gets one. Raises PermissionDenied."""
    watched = watch_page(actor=actor, is_mine=True, on=on).watched
    wanted = [
        (one.placement.pk, party)
        for one in watched
        for party, talk in one.due
        if talk.row is None or talk.row.asked_until is None or talk.row.asked_until < on
    ]
    sent = to_ring = 0
    for placement_id, party in wanted[:MOST_AT_ONCE]:
        try:
            send_link(actor=actor, placement_id=placement_id, party=party, address=address, at=at, on=on)
        except (Refused, NotNow, NotThere):
            to_ring += 1
        else:
            sent += 1
    return Asked(sent=sent, to_ring=to_ring)
