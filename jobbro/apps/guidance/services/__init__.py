"""Writes of guidance: tell a fact, take one back, keep an answer."""

from .keeping import keep_guidance
from .telling import LONGEST_NOTE, FactDraft, tell_fact, withdraw_fact

__all__ = ["LONGEST_NOTE", "FactDraft", "keep_guidance", "tell_fact", "withdraw_fact"]
