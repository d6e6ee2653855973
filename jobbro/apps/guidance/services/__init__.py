"""Writes of guidance: tell a fact, take one back, keep an answer, bring what is known up to date."""

from .keeping import keep_guidance
from .knowing import refresh_known
from .telling import LONGEST_NOTE, FactDraft, tell_fact, withdraw_fact

__all__ = ["LONGEST_NOTE", "FactDraft", "keep_guidance", "refresh_known", "tell_fact", "withdraw_fact"]
