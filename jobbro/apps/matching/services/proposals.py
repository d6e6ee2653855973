"""Proposals: somebody picks a job for a person and says why; the proposal moves on, or is declined with a reason."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.wording import has_cpr
from jobbro.apps.jobs.models import Opening
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.engines.matching.as_json import pair_as_json

from ..enums import LIVE, ProposalState, Side
from ..facts import available, pair_of
from ..files import measures_file, rule_version
from ..models import Proposal, ProposalStep
from ..permissions import can_propose, moves_of, side_of
from ..refusals import Changed, NotThere, Refused
from ..selectors.pairs import is_kept_for, is_to_be_had, round_of
from ..selectors.persons import WhyNot, person_input
from ..states import NEXT

LONGEST_WORDS = 2000


def make_proposal(*, actor: Actor, citizen_id: UUID, opening_id: UUID, why: str, at: datetime, on: date) -> Proposal:
    """The job is picked for the person, with all that is needed to reach the same answer again.

    The verdict does not stop anybody: a person decides. Raises NotThere. Refused: `why`, `too_long`, `cpr`, `closed`
    (not open any more, or kept for somebody else), `twice`, `unready` with what has not been told yet.
    """
    # Two who pick at the same time wait for each other here.
    citizen = Citizen.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=citizen_id).first()
    opening: Opening | None = Opening.objects.filter(pk=opening_id).first()
    if citizen is None or opening is None:
        raise NotThere
    if not can_propose(actor, citizen_id):
        raise PermissionDenied
    words = _checked_words(why, field="why", code="why")
    _refuse_closed(opening, citizen_id=citizen_id, on=on)
    if Proposal.objects.visible_to(actor).filter(citizen_id=citizen_id, opening=opening, state__in=LIVE).exists():
        raise Refused("twice")
    made = Proposal(
        citizen_id=citizen_id,
        opening=opening,
        company_id=opening.company_id,
        state_on=on,
        picked_by_id=actor.id,
        picked_side=side_of(actor, citizen_id),
        picked_at=at,
        why=words,
        proposed_round=round_of(actor=actor, citizen_id=citizen_id, opening_id=opening_id),
        **_kept(person=_person_now(actor=actor, citizen_id=citizen_id), opening=opening),
    )
    made.save(force_insert=True)
    _write_step(made, actor=actor, side=side_of(actor, citizen_id), reason=words, at=at)
    record_event(verb=Verb.PROPOSAL_MADE, citizen_id=citizen_id, subject=made)
    return made


def move_proposal(
    *,
    actor: Actor,
    proposal_id: UUID,
    state: ProposalState,
    reason: str,
    at: datetime,
    on: date,
    said_by: Side | None = None,
    seen: str = "",
) -> Proposal:
    """Somebody has moved the proposal; citizen and staff read the reason. `said_by`: whose word staff write down.

    Raises NotThere, PermissionDenied, Changed when it is not in the state `seen`. Refused: `move` (not from here),
    `reason` (a no without one), `too_long`, `cpr`.
    """
    row = _locked(actor=actor, proposal_id=proposal_id)
    if not can_propose(actor, row.citizen_id):
        raise PermissionDenied
    if seen and row.state != seen:
        raise Changed
    if state not in moves_of(actor, citizen_id=row.citizen_id, state=ProposalState(row.state)):
        raise Refused("move", fields=("state",))
    own = side_of(actor, row.citizen_id)
    side = own if own == Side.CITIZEN else said_by or own
    return _moved(row, actor=actor, state=state, side=side, reason=reason, at=at, on=on)


def follow_proposal(
    *, actor: Actor, proposal_id: UUID, state: ProposalState, reason: str, at: datetime, on: date
) -> Proposal:
    """A table or a signature has moved the proposal on; from where it already is, nothing happens.

    For services of the apps above: they have checked who acts. Raises NotThere. Refused: as `move_proposal`.
    """
    row = _locked(actor=actor, proposal_id=proposal_id)
    if row.state == state:
        return row
    if state not in NEXT[ProposalState(row.state)]:
        raise Refused("move", fields=("state",))
    side = side_of(actor, row.citizen_id)
    return _moved(row, actor=actor, state=state, side=side, reason=reason, at=at, on=on)


def _moved(
    row: Proposal, *, actor: Actor, state: ProposalState, side: Side, reason: str, at: datetime, on: date
) -> Proposal:
    is_no = state == ProposalState.DECLINED
    words = _checked_words(reason, field="reason", code="reason" if is_no else "")
    row.state, row.state_on = state, on
    row.save(update_fields=["state", "state_on"])
    _write_step(row, actor=actor, side=side, reason=words, at=at)
    record_event(verb=Verb.PROPOSAL_MOVED, citizen_id=row.citizen_id, subject=row, detail={"state": state})
    return row


def _locked(*, actor: Actor, proposal_id: UUID) -> Proposal:
    rows = Proposal.objects.visible_to(actor).select_for_update(of=("self",))
    row: Proposal | None = rows.filter(pk=proposal_id).first()
    if row is None:
        raise NotThere
    return row


def _checked_words(words: str, *, field: str, code: str) -> str:
    """The words without empty edges; none of them is refused with `code`, when there is one."""
    told = words.strip()
    if code and not told:
        raise Refused(code, fields=(field,))
    if len(told) > LONGEST_WORDS:
        raise Refused("too_long", fields=(field,), values={"most": LONGEST_WORDS})
    if has_cpr(told):
        raise Refused("cpr", fields=(field,))
    return told


def _refuse_closed(opening: Opening, *, citizen_id: UUID, on: date) -> None:
    if not is_to_be_had(opening, on=on) or not is_kept_for(opening, citizen_id=citizen_id):
        raise Refused("closed")


def _person_now(*, actor: Actor, citizen_id: UUID) -> dict[str, Any]:
    found = person_input(actor=actor, citizen_id=citizen_id)
    if isinstance(found, WhyNot):
        raise Refused("unready", values={"missing": found})
    return found.file


def _kept(*, person: dict[str, Any], opening: Opening) -> dict[str, Any]:
    """Everything the answer rests on, and the answer."""
    job = opening_file(opening)
    measures = available(person=person, job=job, measures=measures_file())
    return {
        "rule_version": rule_version(),
        "person_input": person,
        "opening_input": job,
        "measures_input": measures,
        "answer": pair_as_json(pair_of(person=person, job=job, measures=measures)),
    }


def _write_step(row: Proposal, *, actor: Actor, side: Side, reason: str, at: datetime) -> None:
    ProposalStep(
        citizen_id=row.citizen_id,
        proposal=row,
        state=row.state,
        side=side,
        reason=reason,
        made_by_id=actor.id,
        made_at=at,
    ).save(force_insert=True)
