"""The proposal on paper: an accessible PDF of one page."""

from .document import PrintedProposal, ProposalWords, proposal_pdf

__all__ = ["PrintedProposal", "ProposalWords", "proposal_pdf"]
