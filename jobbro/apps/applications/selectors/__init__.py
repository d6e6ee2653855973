"""Reads of applications, posts and claims, and of what comes next for whom."""

from .applications import (
    ApplicationPage,
    ApplicationRow,
    ApplicationsPage,
    DecisionShown,
    DocumentShown,
    StartPage,
    application_for,
    applications_of,
    my_due,
    start_for,
)
from .claims import ClaimsPage, QuarterRow, claims_of
from .deadlines import DeadlinesPage, DueCounts, DueRow, deadlines_for, due_counts, due_days, near_deadlines
from .own_deadlines import OwnDeadlinesPage, SchemeDeadline, Version, own_deadline_for, own_deadlines_of
from .vacancies import VacancyPage, VacancyShown, vacancies_of, vacancy_for

__all__ = [
    "ApplicationPage",
    "ApplicationRow",
    "ApplicationsPage",
    "ClaimsPage",
    "DeadlinesPage",
    "DecisionShown",
    "DocumentShown",
    "DueCounts",
    "DueRow",
    "OwnDeadlinesPage",
    "QuarterRow",
    "SchemeDeadline",
    "StartPage",
    "VacancyPage",
    "VacancyShown",
    "Version",
    "application_for",
    "applications_of",
    "claims_of",
    "deadlines_for",
    "due_counts",
    "due_days",
    "my_due",
    "near_deadlines",
    "own_deadline_for",
    "own_deadlines_of",
    "start_for",
    "vacancies_of",
    "vacancy_for",
]
