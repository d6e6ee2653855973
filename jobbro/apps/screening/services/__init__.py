"""Writes of dialogues: start, answer, pause, finish, open again, and agree."""

from .agreeing import AgreedToOther, NotReady, Outcome, agree_profile
from .answering import AnswerRefused, Draft, StaleAnswer, TopicMissing, keep_both, record_answer
from .dialogues import NothingTold, finish_dialogue, pause_dialogue, reopen_dialogue, start_dialogue
from .locking import CitizenMissing, NothingUnderWay
from .moving import MoveRefused

__all__ = [
    "AgreedToOther",
    "AnswerRefused",
    "CitizenMissing",
    "Draft",
    "MoveRefused",
    "NotReady",
    "NothingTold",
    "NothingUnderWay",
    "Outcome",
    "StaleAnswer",
    "TopicMissing",
    "agree_profile",
    "finish_dialogue",
    "keep_both",
    "pause_dialogue",
    "record_answer",
    "reopen_dialogue",
    "start_dialogue",
]
