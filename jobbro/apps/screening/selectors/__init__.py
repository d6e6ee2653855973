"""Reads of dialogues, need profiles and agreements."""

from .pages import (
    AgreedBy,
    CoursePage,
    DialoguePage,
    Given,
    NoDialogue,
    Talk,
    course_page,
    dialogue_page,
    topic_page,
)
from .profiles import agreed_profile, current_profile, latest_agreement

__all__ = [
    "AgreedBy",
    "CoursePage",
    "DialoguePage",
    "Given",
    "NoDialogue",
    "Talk",
    "agreed_profile",
    "course_page",
    "current_profile",
    "dialogue_page",
    "latest_agreement",
    "topic_page",
]
