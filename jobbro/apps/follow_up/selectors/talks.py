"""One talk as the party answers it, or as somebody of the municipality notes it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.placements.models import Placement

from ..answers import Answers, Asked, answers_of, asked_of
from ..enums import TalkParty
from ..facts import Binding, party_talks
from ..models import Talk
from ..permissions import can_follow_up, party_of
from ..reading import asked_for, binding_for, placement_for, rhythm_of, talk_to_have
from ..rhythms import InForce


@dataclass(frozen=True, kw_only=True)
class OwnTalk:
    """A talk of the citizen or the company. `asked` is None when there is no talk to have now."""

    placement: Placement
    party: TalkParty
    asked: Asked | None
    answers: Answers
    due_on: date | None
    is_begun: bool
    name: str
    coming: date | None


@dataclass(frozen=True, kw_only=True)
class HeldTalk:
    """What somebody of the municipality asks on the telephone; `due_on` is None when today's talk has been held."""

    placement: Placement
    citizen: Citizen
    party: TalkParty
    asked: Asked | None
    answers: Answers
    due_on: date | None


def own_talk(*, actor: Actor, placement_id: UUID, on: date) -> OwnTalk | None:
    """The talk that the actor can have now; None when the placement is not theirs. At most eight queries."""
    placement = placement_for(actor=actor, placement_id=placement_id)
    if placement is None or placement.starts_on is None:
        return None
    party = party_of(actor, citizen_id=placement.citizen_id, company_id=placement.company_id)
    if party is None:
        return None
    rhythm = rhythm_of(actor=actor, placement=placement, on=on)
    talks = _talks(actor, placement, party)
    found = talk_to_have(placement=placement, talks=talks, rhythm=rhythm, on=on)
    binding = binding_for(actor=actor, placement=placement)
    row = found.row if found else None
    asked = _asked(actor, placement, party, row=row, binding=binding, rhythm=rhythm, on=on) if found else None
    return OwnTalk(
        placement=placement,
        party=party,
        asked=asked,
        answers=answers_of(row.answers) if row else Answers(),
        due_on=found.due_on if found else None,
        is_begun=bool(row and row.answers),
        name=binding.name,
        coming=rhythm.due(starts_on=placement.starts_on, on=on, ended_on=placement.ended_on).coming,
    )


def held_talk(*, actor: Actor, placement_id: UUID, party: TalkParty, on: date) -> HeldTalk | None:
    """What to ask the party now; None when the placement is not the actor's."""
    placement = placement_for(actor=actor, placement_id=placement_id) if can_follow_up(actor) else None
    citizen = citizen_for(actor=actor, citizen_id=placement.citizen_id) if placement else None
    if placement is None or citizen is None:
        return None
    rhythm = rhythm_of(actor=actor, placement=placement, on=on)
    talks = _talks(actor, placement, party)
    found = talk_to_have(placement=placement, talks=talks, rhythm=rhythm, on=on, is_extra=True)
    row = found.row if found else None
    binding = binding_for(actor=actor, placement=placement)
    return HeldTalk(
        placement=placement,
        citizen=citizen,
        party=party,
        asked=_asked(actor, placement, party, row=row, binding=binding, rhythm=rhythm, on=on) if found else None,
        answers=answers_of(row.answers) if row else Answers(),
        due_on=found.due_on if found else None,
    )


def _talks(actor: Actor, placement: Placement, party: TalkParty) -> list[Talk]:
    return party_talks(Talk.objects.visible_to(actor).filter(placement=placement, party=party), party=party)


def _asked(
    actor: Actor,
    placement: Placement,
    party: TalkParty,
    *,
    row: Talk | None,
    binding: Binding,
    rhythm: InForce,
    on: date,
) -> Asked:
    """What the row asks; without one, what it would ask today."""
    if row is None:
        return asked_for(actor=actor, placement=placement, party=party, binding=binding, rhythm=rhythm, on=on)
    return asked_of(row.asked)
