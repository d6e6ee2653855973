"""Reads of courses: the caseload, one citizen's file, what waits, and who may be put where."""

from .around import Choice, colleagues_for, teams_for
from .caseload import CaseloadFilters, CaseloadPage, CaseRow, Due, Sort, Which, caseload
from .file import CitizenFile, FileMember, FileNote, citizen_file
from .search import FoundByCpr, find_by_cpr
from .worklist import TeamLoad, UrgentAccess, Worklist, team_load, worklist

__all__ = [
    "CaseRow",
    "CaseloadFilters",
    "CaseloadPage",
    "Choice",
    "CitizenFile",
    "Due",
    "FileMember",
    "FileNote",
    "FoundByCpr",
    "Sort",
    "TeamLoad",
    "UrgentAccess",
    "Which",
    "Worklist",
    "caseload",
    "citizen_file",
    "colleagues_for",
    "find_by_cpr",
    "team_load",
    "teams_for",
    "worklist",
]
