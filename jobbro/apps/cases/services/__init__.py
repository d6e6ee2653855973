"""Writes about the course of a citizen, one thing a person does at a time."""

from .locking import CaseUnknown, touch_case
from .members import LeadNeeded, NotAColleague, hand_over, join_team, leave_team
from .moving import MoveNotAllowed, TeamNotOpen, move_case, transfer_case
from .opening import open_case
from .steps import set_next_step, write_note
from .urgent import ReasonTooShort, open_urgently, review_urgent_access

__all__ = [
    "CaseUnknown",
    "LeadNeeded",
    "MoveNotAllowed",
    "NotAColleague",
    "ReasonTooShort",
    "TeamNotOpen",
    "hand_over",
    "join_team",
    "leave_team",
    "move_case",
    "open_case",
    "open_urgently",
    "review_urgent_access",
    "set_next_step",
    "touch_case",
    "transfer_case",
    "write_note",
]
