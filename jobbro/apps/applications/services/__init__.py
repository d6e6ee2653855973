"""Writes of applications, documents, posts and claims: one function, one thing a person does."""

from .applications import (
    MoveDetails,
    move_application,
    start_application,
    write_application,
)
from .claims import ClaimDraft, enter_claim, move_claim
from .deciding import DecisionDraft, decide_application
from .documents import DocumentDraft, change_documents
from .own_deadlines import OwnDeadlineDraft, set_own_deadline
from .vacancies import NegotiationDraft, VacancyDraft, ask_opinion, move_vacancy, negotiate_vacancy, note_vacancy

__all__ = [
    "ClaimDraft",
    "DecisionDraft",
    "DocumentDraft",
    "MoveDetails",
    "NegotiationDraft",
    "OwnDeadlineDraft",
    "VacancyDraft",
    "ask_opinion",
    "change_documents",
    "decide_application",
    "enter_claim",
    "move_application",
    "move_claim",
    "move_vacancy",
    "negotiate_vacancy",
    "note_vacancy",
    "set_own_deadline",
    "start_application",
    "write_application",
]
