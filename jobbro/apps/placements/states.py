"""The allowed moves of a round-table, what it can come to, and where that takes the proposal."""

from jobbro.apps.matching.enums import ProposalState

from .enums import IntroductionState, Outcome

MOVES: dict[tuple[IntroductionState, str], IntroductionState] = {
    (IntroductionState.PLANNED, "change"): IntroductionState.PLANNED,
    (IntroductionState.PLANNED, "hold"): IntroductionState.HELD,
    (IntroductionState.PLANNED, "cancel"): IntroductionState.CANCELLED,
    (IntroductionState.HELD, "decide"): IntroductionState.HELD,
}

# Thinking it over leads to one of the three; a trial leads to a start or to nothing. A no stands.
DECISIONS: dict[Outcome, tuple[Outcome, ...]] = {
    Outcome.NONE: (Outcome.TRIAL, Outcome.START, Outcome.THINK, Outcome.NOT_NOW),
    Outcome.THINK: (Outcome.TRIAL, Outcome.START, Outcome.NOT_NOW),
    Outcome.TRIAL: (Outcome.START, Outcome.NOT_NOW),
    Outcome.START: (Outcome.NOT_NOW,),
    Outcome.NOT_NOW: (),
}

# Thinking it over leaves the proposal where it is.
PROPOSAL_AFTER: dict[Outcome, ProposalState] = {
    Outcome.TRIAL: ProposalState.TRIED,
    Outcome.START: ProposalState.AGREED,
    Outcome.NOT_NOW: ProposalState.DECLINED,
}
