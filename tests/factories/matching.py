"""Proposals with their steps and all that they keep, as the service would have made them."""

from datetime import UTC, datetime

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.jobs.models import Opening
from jobbro.apps.jobs.opening_files import opening_file
from jobbro.apps.matching.enums import ProposalState, Side
from jobbro.apps.matching.facts import available, pair_of
from jobbro.apps.matching.files import measures_file, rule_version
from jobbro.apps.matching.models import Proposal, ProposalStep
from jobbro.engines.matching.as_json import pair_as_json
from tests.factories.openings import opening as new_opening
from tests.factories.rows import write

PICKED_AT = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
# The states that lie behind each state.
WAY = {
    ProposalState.IDEA: (ProposalState.IDEA,),
    ProposalState.INTRODUCED: (ProposalState.IDEA, ProposalState.INTRODUCED),
    ProposalState.TRIED: (ProposalState.IDEA, ProposalState.INTRODUCED, ProposalState.TRIED),
    ProposalState.AGREED: (ProposalState.IDEA, ProposalState.INTRODUCED, ProposalState.AGREED),
    ProposalState.DECLINED: (ProposalState.IDEA, ProposalState.DECLINED),
}


def person_content(*, citizen: Citizen, opening: Opening | None = None, **fields: object) -> dict:
    """What matching reads of somebody who can stand a little less than most, near the opening, every half-day."""
    slots = [f"{day}_{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]
    return {
        "id": str(citizen.pk),
        "capacity": {"standing": 2, "lifting": 1},
        "x": opening.x if opening else 0.0,
        "y": opening.y if opening else 0.0,
        "max_km": 20,
        "hours": [8, 15],
        "slots": slots,
        "wishes": {},
        "skills": [],
        "measures": [one["code"] for one in measures_file()],
        **fields,
    }


def proposal(
    *,
    citizen: Citizen,
    by: User,
    opening: Opening | None = None,
    state: ProposalState = ProposalState.IDEA,
    why: str = "Anna vil gerne arbejde i et bageri.",
    person: dict | None = None,
    **fields: object,
) -> Proposal:
    """An idea picked by staff, or by the citizen when `by` is their own account; with the steps of its way so far."""
    opening = opening or new_opening()
    person, job = person or person_content(citizen=citizen, opening=opening), opening_file(opening)
    measures = available(person=person, job=job, measures=measures_file())
    side = Side.CITIZEN if by.pk == citizen.user_id else Side.MUNICIPALITY
    values = {
        "picked_side": side,
        "picked_at": PICKED_AT,
        "rule_version": rule_version(),
        "person_input": person,
        "opening_input": job,
        "measures_input": measures,
        "answer": pair_as_json(pair_of(person=person, job=job, measures=measures)),
        **fields,
    }
    made = write(
        Proposal(
            citizen=citizen,
            opening=opening,
            company_id=opening.company_id,
            state=state,
            state_on=PICKED_AT.date(),
            picked_by=by,
            why=why,
            **values,
        )
    )
    for step in WAY[state]:
        reason = {ProposalState.IDEA: why, ProposalState.DECLINED: "Der er for langt."}.get(step, "")
        write(
            ProposalStep(
                citizen=citizen,
                proposal=made,
                state=step,
                side=side,
                reason=reason,
                made_by=by,
                made_at=PICKED_AT,
            )
        )
    return made
