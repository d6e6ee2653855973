"""Reads of courses: the caseload, one citizen's file, what waits, and who may be put where."""

from .around import Choice, colleagues_for, teams_for
from .caseload import CaseloadFilters, CaseloadPage, Due, Sort, Which, caseload
from .choosing import FileWithChoices, RegisterChoices, file_with_choices, register_choices
from .file import CitizenFile, FileMember, FileNote, citizen_file
from .rows import CaseRow
from .search import FoundByCpr, FoundByName, find_by_cpr, find_by_name
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
    "FileWithChoices",
    "FoundByCpr",
    "FoundByName",
    "RegisterChoices",
    "Sort",
    "TeamLoad",
    "UrgentAccess",
    "Which",
    "Worklist",
    "caseload",
    "citizen_file",
    "colleagues_for",
    "file_with_choices",
    "find_by_cpr",
    "find_by_name",
    "register_choices",
    "team_load",
    "teams_for",
    "worklist",
]
