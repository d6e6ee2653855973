"""Reads of guidance: the page, what would be otherwise, the facts behind it, and what was kept."""

from .answers import KeptAnswer, KeptAnswers, kept_answer, kept_guidance
from .facts import FactPage, FactsPage, fact_for, facts_for
from .guidance import GuidancePage, Supposed, WhatIfPage, guidance_for, what_if
from .outcomes import scheme_answers, scheme_outcomes

__all__ = [
    "FactPage",
    "FactsPage",
    "GuidancePage",
    "KeptAnswer",
    "KeptAnswers",
    "Supposed",
    "WhatIfPage",
    "fact_for",
    "facts_for",
    "guidance_for",
    "kept_answer",
    "kept_guidance",
    "scheme_answers",
    "scheme_outcomes",
    "what_if",
]
