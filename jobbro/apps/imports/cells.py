"""Cells that files of several kinds share: numbers of companies, days, yes and no, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jobbro.apps.accounts.services import NewEmployee
from jobbro.apps.cases.services.enrolling import Enrolment
from jobbro.apps.employers.bringing import PartnerRow
from jobbro.apps.employers.numbers import InvalidNumber, read_cvr, read_p_number
from jobbro.apps.jobs.openings_bringing import OpeningRow

from .enums import Fault

DATES = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")
YES, NO = {"ja", "j", "yes", "y", "x", "1", "sand", "true"}, {"nej", "n", "no", "0", "falsk", "false"}
Faults = dict[str, Fault]
Values = Mapping[str, str]


@dataclass(frozen=True)
class Checked:
    """A row that has been looked at: its faults by column, or what it becomes."""

    faults: Faults
    becomes: Enrolment | NewEmployee | PartnerRow | OpeningRow | None


def cvr_of(values: Values) -> str:
    """The eight digits, or "" when there is no CVR number."""
    try:
        return read_cvr(values.get("cvr", ""))
    except InvalidNumber:
        return ""


def note(faults: Faults, code: str, fault: Fault | None) -> None:
    # The first thing that is wrong with a cell is the one to mend first.
    if fault is not None:
        faults.setdefault(code, fault)


def cvr_fault(text: str) -> Fault | None:
    try:
        read_cvr(text)
    except InvalidNumber as invalid:
        return Fault.CVR_CHECK if invalid.code == "check" else Fault.CVR_DIGITS
    return None


def p_number_read(text: str) -> str | None:
    """The ten digits, "" for none told, None for something else."""
    try:
        return read_p_number(text) if text else ""
    except InvalidNumber:
        return None


def yes_no_read(text: str) -> bool | None:
    word = text.casefold()
    return True if word in YES else False if word in NO or not word else None


def day_read(text: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
