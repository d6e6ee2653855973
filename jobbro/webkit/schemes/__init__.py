"""Scheme rules and their answers in words for people; every page that tells them speaks alike."""

from .answers import (
    AmountWords,
    AnswerWords,
    FactWords,
    NoteWords,
    answer_words,
    decides_text,
    fact_words,
    rate_missing,
)
from .conditions import (
    MARK_WORDS,
    Condition,
    ConditionGroup,
    ConditionLine,
    SourceWords,
    Telling,
    condition_tree,
    source_words,
)
from .values import amount_text, language, number_text, question_text, value_text

__all__ = [
    "MARK_WORDS",
    "AmountWords",
    "AnswerWords",
    "Condition",
    "ConditionGroup",
    "ConditionLine",
    "FactWords",
    "NoteWords",
    "SourceWords",
    "Telling",
    "amount_text",
    "answer_words",
    "condition_tree",
    "decides_text",
    "fact_words",
    "language",
    "number_text",
    "question_text",
    "rate_missing",
    "source_words",
    "value_text",
]
