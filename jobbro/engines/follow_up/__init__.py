"""When short talks are due, which early signals the facts give, and by when a question for help is answered."""

from .rhythm import BadStep, DueDays, Step, days_of, due_day, due_days, read_steps
from .signals import (
    Evidence,
    HelpAsked,
    Rules,
    SickPeriod,
    Signal,
    SupportDue,
    TalkTold,
    rules,
    signals_of,
)
from .workdays import after_workdays, is_workday

__all__ = [
    "BadStep",
    "DueDays",
    "Evidence",
    "HelpAsked",
    "Rules",
    "SickPeriod",
    "Signal",
    "Step",
    "SupportDue",
    "TalkTold",
    "after_workdays",
    "days_of",
    "due_day",
    "due_days",
    "is_workday",
    "read_steps",
    "rules",
    "signals_of",
]
