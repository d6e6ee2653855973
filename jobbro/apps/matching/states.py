"""The allowed moves of a proposal, from idea to agreed."""

from .enums import ProposalState

# A job can begin without a trial; a live proposal can always be declined. What was declined is proposed anew.
NEXT: dict[ProposalState, tuple[ProposalState, ...]] = {
    ProposalState.IDEA: (ProposalState.INTRODUCED, ProposalState.DECLINED),
    ProposalState.INTRODUCED: (ProposalState.TRIED, ProposalState.AGREED, ProposalState.DECLINED),
    ProposalState.TRIED: (ProposalState.AGREED, ProposalState.DECLINED),
    ProposalState.AGREED: (ProposalState.DECLINED,),
    ProposalState.DECLINED: (),
}
# What a citizen does on their own; the other moves follow from a table or from signatures, or staff make them.
CITIZEN_MOVES = (ProposalState.DECLINED,)
