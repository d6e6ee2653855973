"""Round-tables: planned with a card that holds, held with those who came, and what they came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.models import Card, Proposal
from jobbro.apps.matching.refusals import Refused as ProposalRefused
from jobbro.apps.matching.services.proposals import follow_proposal

from ..enums import IntroductionState, MeetingKind, Outcome, Party, PlacementState, Stance
from ..models import Introduction, Participant, Placement, Said
from ..permissions import can_lay_table, party_of
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_introduction
from ..states import DECISIONS, MOVES, PROPOSAL_AFTER
from ..wording import LONGEST_NAME, LONGEST_REASON, checked_line, checked_words

MOST_SEATS = 12
FARTHEST = timedelta(days=366)
# Where people meet in a room, the room is told.
IN_A_ROOM = (MeetingKind.WORKPLACE, MeetingKind.MUNICIPALITY)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Somebody who is asked to come."""

    party: Party
    name: str
    role: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """When, where and who; the citizen sits there under the name of the card and is not among `seats`."""

    kind: MeetingKind
    meets_at: datetime
    place: str = ""
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a party said. `party` and `name`: when staff write down what somebody else said."""

    text: str
    stance: Stance = Stance.NONE
    party: Party | None = None
    name: str = ""


def plan_introduction(*, actor: Actor, proposal_id: UUID, draft: MeetingDraft, at: datetime, on: date) -> Introduction:
    """A round-table is planned; the proposal is introduced.

    Raises NotThere, PermissionDenied. Refused: `no_card` (none holds today), `planned` (there is one already), `over`
    (the proposal was declined), `place`, `past`, `far`, `seats`, `needed`, `too_long`, `cpr`.
    """
    if not can_lay_table(actor):
        raise PermissionDenied
    proposal = _locked_proposal(actor=actor, proposal_id=proposal_id)
    if proposal.state == ProposalState.DECLINED:
        raise Refused("over")
    card = living_card(proposal_id=proposal.pk, on=on)
    if card is None:
        raise Refused("no_card")
    if Introduction.objects.filter(proposal=proposal, state=IntroductionState.PLANNED).exists():
        raise Refused("planned")
    row = Introduction(
        citizen_id=proposal.citizen_id,
        company_id=proposal.company_id,
        proposal=proposal,
        opening_id=proposal.opening_id,
        card=card,
        name=card.content["name"],
        title=proposal.opening.title,
        made_by_id=actor.id,
        made_at=at,
    )
    _write_meeting(row, draft=draft, at=at)
    row.save(force_insert=True)
    _seat(row, seats=draft.seats)
    if proposal.state == ProposalState.IDEA:
        _follow(row, actor=actor, state=ProposalState.INTRODUCED, reason="", at=at, on=on)
    record_event(verb=Verb.INTRODUCTION_PLANNED, citizen_id=row.citizen_id, subject=row)
    return row


def change_introduction(
    *, actor: Actor, introduction_id: UUID, draft: MeetingDraft, seen: str, at: datetime
) -> Introduction:
    """The meeting that is planned is then, there and with these now. Refused: as `plan_introduction`."""
    row = _locked_for_move(actor=actor, introduction_id=introduction_id, move="change", seen=seen)
    _write_meeting(row, draft=draft, at=at)
    row.save(update_fields=["kind", "place", "meets_at", "changed_at"])
    row.participants.all().delete()
    _seat(row, seats=draft.seats)
    record_event(verb=Verb.INTRODUCTION_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": "changed"})
    return row


def cancel_introduction(*, actor: Actor, introduction_id: UUID, reason: str, seen: str, at: datetime) -> Introduction:
    """The meeting is called off, with a reason that all read. Refused: `needed`, `too_long`, `cpr`."""
    row = _locked_for_move(actor=actor, introduction_id=introduction_id, move="cancel", seen=seen)
    row.state_note = checked_line(reason, field="reason", is_needed=True)
    row.state, row.changed_at = IntroductionState.CANCELLED, at
    row.save(update_fields=["state", "state_note", "changed_at"])
    record_event(verb=Verb.INTRODUCTION_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": "cancelled"})
    return row


def hold_introduction(
    *, actor: Actor, introduction_id: UUID, came: Sequence[UUID], seen: str, at: datetime
) -> Introduction:
    """The meeting was held; `came`: the participants who were there. Refused: `not_yet` before its day, `came`."""
    row = _locked_for_move(actor=actor, introduction_id=introduction_id, move="hold", seen=seen)
    if timezone.localdate(row.meets_at) > timezone.localdate(at):
        raise Refused("not_yet")
    seats = list(row.participants.all())
    if not set(came) & {seat.pk for seat in seats}:
        raise Refused("came", fields=("came",))
    for seat in seats:
        seat.came = seat.pk in set(came)
        seat.save(update_fields=["came"])
    row.state, row.changed_at = IntroductionState.HELD, at
    row.save(update_fields=["state", "changed_at"])
    record_event(verb=Verb.INTRODUCTION_CHANGED, citizen_id=row.citizen_id, subject=row, detail={"what": "held"})
    return row


def say(*, actor: Actor, introduction_id: UUID, words: Words, at: datetime) -> Said:
    """A party has said this, in the own name; staff write down what others said at the table.

    Raises NotThere, PermissionDenied, NotNow when the meeting was called off. Refused: `needed`, `too_long`, `cpr`.
    """
    row: Introduction | None = Introduction.objects.visible_to(actor).filter(pk=introduction_id).first()
    if row is None:
        raise NotThere
    if row.state == IntroductionState.CANCELLED:
        raise NotNow
    own = party_of(actor, citizen_id=row.citizen_id, company_id=row.company_id)
    party = words.party or own
    if own is None or party is None or (party != own and own != Party.MUNICIPALITY):
        raise PermissionDenied
    said = Said(
        citizen_id=row.citizen_id,
        company_id=row.company_id,
        introduction=row,
        party=party,
        name=_speaker(actor=actor, row=row, own=own, party=party, words=words),
        stance=words.stance,
        text=checked_words(words.text, field="text", is_needed=True),
        written_by_id=actor.id,
        noted_by=actor.name if party != own else "",
        written_at=at,
    )
    said.save(force_insert=True)
    record_event(verb=Verb.TABLE_SAID, citizen_id=row.citizen_id, subject=said, detail={"party": party})
    return said


def decide_introduction(
    *, actor: Actor, introduction_id: UUID, outcome: Outcome, reason: str, seen: str, at: datetime, on: date
) -> Introduction:
    """What the table came to, with a reason that all read; the proposal follows.

    Refused: `outcome` (not from here), `needed` (the reason), `agreed` (a no to what all three have signed),
    `proposal` (it was moved elsewhere meanwhile), `too_long`, `cpr`.
    """
    row = _locked_for_move(actor=actor, introduction_id=introduction_id, move="decide", seen=seen)
    if outcome not in DECISIONS[Outcome(row.outcome)]:
        raise Refused("outcome", fields=("outcome",))
    row.outcome_reason = checked_words(reason, field="reason", most=LONGEST_REASON, is_needed=True)
    if outcome == Outcome.NOT_NOW:
        _give_up(row, on=on)
    row.outcome, row.decided_on, row.changed_at = outcome, on, at
    row.save(update_fields=["outcome", "outcome_reason", "decided_on", "changed_at"])
    if outcome in PROPOSAL_AFTER:
        state = PROPOSAL_AFTER[outcome]
        _follow(row, actor=actor, state=state, reason=row.outcome_reason, at=at, on=on)
    record_event(verb=Verb.TABLE_DECIDED, citizen_id=row.citizen_id, subject=row, detail={"outcome": outcome})
    return row


def living_card(*, proposal_id: UUID, on: date) -> Card | None:
    """The card that the company can read today."""
    found: Card | None = Card.objects.filter(
        proposal_id=proposal_id, withdrawn_at__isnull=True, from_on__lte=on, until_on__gte=on
    ).first()
    return found


def _locked_proposal(*, actor: Actor, proposal_id: UUID) -> Proposal:
    rows = Proposal.objects.visible_to(actor).select_related("opening").select_for_update(of=("self",))
    row: Proposal | None = rows.filter(pk=proposal_id).first()
    if row is None:
        raise NotThere
    return row


def _locked_for_move(*, actor: Actor, introduction_id: UUID, move: str, seen: str) -> Introduction:
    if not can_lay_table(actor):
        raise PermissionDenied
    rows = Introduction.objects.visible_to(actor).select_for_update(of=("self",))
    row: Introduction | None = rows.filter(pk=introduction_id).first()
    if row is None:
        raise NotThere
    if seen_introduction(row) != seen:
        raise Changed
    if (IntroductionState(row.state), move) not in MOVES:
        raise NotNow
    return row


def _write_meeting(row: Introduction, *, draft: MeetingDraft, at: datetime) -> None:
    row.place = checked_line(draft.place, field="place")
    if draft.kind in IN_A_ROOM and not row.place:
        raise Refused("place", fields=("place",))
    if draft.meets_at < at:
        raise Refused("past", fields=("meets_on",))
    if draft.meets_at > at + FARTHEST:
        raise Refused("far", fields=("meets_on",))
    row.kind, row.meets_at, row.changed_at = draft.kind, draft.meets_at, at


def _seat(row: Introduction, *, seats: Sequence[Seat]) -> None:
    """The citizen first, then those who are asked; employer and municipality must be among them."""
    missing = {Party.EMPLOYER, Party.MUNICIPALITY} - {seat.party for seat in seats}
    if missing or len(seats) > MOST_SEATS:
        raise Refused("seats", fields=tuple(sorted(missing)), values={"most": MOST_SEATS})
    for seat in (Seat(party=Party.CITIZEN, name=row.name), *seats):
        Participant(
            citizen_id=row.citizen_id,
            company_id=row.company_id,
            introduction=row,
            party=seat.party,
            name=checked_line(seat.name, field=seat.party, most=LONGEST_NAME, is_needed=True),
            role=checked_line(seat.role, field=seat.party, most=LONGEST_NAME),
        ).save(force_insert=True)


def _speaker(*, actor: Actor, row: Introduction, own: Party, party: Party, words: Words) -> str:
    """Under which name it stands: the card's for the citizen, the own, or the one that staff write."""
    if party == Party.CITIZEN:
        return row.name
    if party == own:
        return actor.name
    return checked_line(words.name, field="name", most=LONGEST_NAME, is_needed=True)


def _follow(row: Introduction, *, actor: Actor, state: ProposalState, reason: str, at: datetime, on: date) -> None:
    try:
        follow_proposal(actor=actor, proposal_id=row.proposal_id, state=state, reason=reason, at=at, on=on)
    except ProposalRefused as refusal:
        raise Refused("proposal") from refusal


def _give_up(row: Introduction, *, on: date) -> None:
    """What was being agreed came to nothing; what all three have signed is not undone here."""
    placement = Placement.objects.select_for_update(of=("self",)).filter(proposal_id=row.proposal_id).first()
    if placement is None:
        return
    if placement.state != PlacementState.AGREEING:
        raise Refused("agreed", fields=("outcome",))
    placement.state, placement.state_on = PlacementState.GIVEN_UP, on
    placement.save(update_fields=["state", "state_on"])
