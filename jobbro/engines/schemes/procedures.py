"""How each scheme is applied for: who, to whom, on which form, with which documents, steps, deadlines and complaint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jobbro.engines.schemes.rules import Mark, Text

FOLDER = Path(__file__).with_name("package") / "procedures"

ACTORS = ("citizen", "employer", "municipality", "education")
RECEIVERS = ("home_municipality", "employer", "education")
PAYEES = ("citizen", "employer", "education", "mentor", "nobody")
CHANNELS = ("here", "vitas", "virk", "digital_post", "employer")
FIELD_KINDS = ("text", "long_text", "date", "number", "choice")
UNITS = ("days", "weeks", "months")
CLAIM_PERIODS = ("quarter", "month", "absence", "year")
MARKS = ("V", "D", "U", "C")
# What a case knows about the people in it; everything else a field is filled from is the code of a fact.
PREFILL_WORDS = (
    "citizen.name",
    "citizen.address",
    "citizen.phone",
    "citizen.email",
    "caseworker.name",
    "caseworker.phone",
    "municipality.name",
    "employer.name",
    "employer.contact",
    "employer.phone",
)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Where a statement was read and how sure it is: V read, D derived, U unconfirmed, C the sources disagree.

    `url` is None where only the name of the place is known.
    """

    title: str
    url: str | None
    checked_on: date
    mark: Mark

    @property
    def is_settled(self) -> bool:
        """Whether it may be told as a fact."""
        return self.mark in ("V", "D")


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form that is used; `code` is None where there is no form with a number. `channel` is the usual way."""

    code: str | None
    name: Text
    url: str | None
    channel: str
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class NeededDocument:
    """Something that goes with the application. About health only a reference and a date are kept."""

    code: str
    text: Text
    required: bool
    reference_only: bool
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class ProcedureStep:
    """What happens, who does it, and after how many days at the latest, when somebody has said so."""

    code: str
    text: Text
    actor: str
    days: int | None
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class DraftChoice:
    """One answer of a field with fixed answers."""

    code: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class DraftField:
    """A field of the application. `prefill` is one of `PREFILL_WORDS`, the code of a fact, or None."""

    code: str
    label: Text
    hint: Text | None
    kind: str
    required: bool
    prefill: str | None
    choices: tuple[DraftChoice, ...]


@dataclass(frozen=True, kw_only=True)
class ClaimRule:
    """How money is claimed after a grant: how often, how far back in months, and when it is paid."""

    every: str
    pay_within_days: int | None
    back_months: int | None
    form: Text
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """How a decision is complained about, in weeks; `reconsider_weeks` None where nobody looks at it again first."""

    within_weeks: int
    reconsider_weeks: int | None
    to: Text
    text: Text
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class DecisionDeadline:
    """A municipality's own deadline. `from_on` None: the day it began was not seen; `until_on` is the last day."""

    municipality: str
    value: int
    unit: str
    from_on: date | None
    until_on: date | None
    reference: Reference

    def holds(self, on: date) -> bool:
        """Whether the deadline is that of an application received on this day."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, kw_only=True)
class ProcedureNote:
    """Something worth knowing before one applies."""

    text: Text
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """The whole procedure of one scheme."""

    scheme: str
    title: Text
    short: Text
    applicants: tuple[str, ...]
    to: str
    payee: str
    form: Form
    documents: tuple[NeededDocument, ...]
    steps: tuple[ProcedureStep, ...]
    fields: tuple[DraftField, ...]
    claims: ClaimRule | None
    complaint: Complaint
    deadlines: tuple[DecisionDeadline, ...]
    notes: tuple[ProcedureNote, ...]

    def field(self, code: str) -> DraftField | None:
        """The field with this code, if the form has it."""
        return next((field for field in self.fields if field.code == code), None)

    def deadline_for(self, *, municipality: str, on: date) -> DecisionDeadline | None:
        """The municipality's own deadline for an application received on a day; None when it is not known here."""
        own = [row for row in self.deadlines if row.municipality == municipality and row.holds(on)]
        return max(own, key=lambda row: row.from_on or date.min, default=None)


@dataclass(frozen=True, kw_only=True)
class Procedures:
    """The procedures of all schemes, and the sha256 of the files they were read from."""

    by_scheme: Mapping[str, Procedure]
    version: str

    def of(self, scheme: str) -> Procedure:
        """The procedure of a scheme; raises `KeyError` when there is none."""
        return self.by_scheme[scheme]
