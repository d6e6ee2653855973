"""Rows of open jobs: what is wrong with their cells, and the rows beside the companies and jobs that are known."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.wording import has_cpr
from jobbro.apps.jobs.opening_checking import MANY_PLACES, MOST_HOURS, MOST_PLACES, OpeningDraft
from jobbro.apps.jobs.openings_bringing import (
    Gap,
    OpeningRow,
    PlacedOpening,
    demand_read,
    occupation_read,
    place_openings,
)
from jobbro.apps.jobs.services.openings_import import known_openings
from jobbro.apps.jobs.sheet_words import hours_read, slots_read

from .cells import Checked, Faults, cvr_fault, cvr_of, day_read, note, p_number_read, yes_no_read
from .enums import Addition, Fault, RowState
from .models import ImportBatch, ImportRow
from .sealing import opened

_REFUSED: Mapping[str, tuple[str, Fault]] = {
    Gap.COMPANY: ("cvr", Fault.COMPANY_UNKNOWN),
    Gap.CLOSED: ("cvr", Fault.COMPANY_CLOSED),
    Gap.WORKPLACE: ("workplace", Fault.WORKPLACE_UNKNOWN),
    Gap.WHICH: ("workplace", Fault.WORKPLACE_NEEDED),
    Gap.PLACE: ("workplace", Fault.WORKPLACE_NO_PLACE),
    Gap.DEMAND: ("is_open", Fault.NO_DEMAND),
    Gap.PASSED: ("closes_on", Fault.CLOSES_PASSED),
    "name_none": ("title", Fault.EMPTY),
    "too_long": ("title", Fault.TOO_LONG),
    "cpr": ("description", Fault.CPR_TEXT),
    "opening_hours": ("hours_max", Fault.HOURS_ORDER),
    "opening_fine": ("hours_min", Fault.HOURS_FINE),
    "opening_room": ("hours_min", Fault.HOURS_ROOM),
    "slots_unknown": ("slots", Fault.SLOTS),
    "places_number": ("places", Fault.PLACES),
    "occupation_unknown": ("occupation", Fault.OCCUPATION),
    "skills_many": ("requires", Fault.TOO_LONG),
    "closes_early": ("closes_on", Fault.CLOSES_EARLY),
}
_TEXTS = ("workplace", "title", "description", "wage_text", "requires")


def checked_opening(*, values: Mapping[str, str], faults: Faults) -> Checked:
    """The row by itself: its faults, or the job it describes."""
    note(faults, "cvr", cvr_fault(values.get("cvr", "")))
    p_number = p_number_read(values.get("p_number", ""))
    note(faults, "p_number", Fault.P_NUMBER if p_number is None else None)
    for code in _TEXTS:
        note(faults, code, Fault.CPR_TEXT if has_cpr(values.get(code, "")) else None)
    high = _hours(values.get("hours_max", ""))
    low = _hours(values["hours_min"]) if values.get("hours_min") else high
    note(faults, "hours_max", Fault.HOURS if high is None else None)
    note(faults, "hours_min", Fault.HOURS if low is None and values.get("hours_min") else None)
    if low is not None and high is not None:
        note(faults, "hours_max", Fault.HOURS_ORDER if low > high or not high else None)
    slots = slots_read(values.get("slots", ""))
    note(faults, "slots", Fault.SLOTS if slots is None else None)
    places = _places(values.get("places", ""))
    note(faults, "places", Fault.PLACES if places is None else None)
    occupation = occupation_read(values.get("occupation", ""))
    note(faults, "occupation", Fault.OCCUPATION if occupation is None else None)
    demand = demand_read(values.get("demand", ""))
    note(faults, "demand", Fault.AREAS if demand is None else None)
    days = {code: day_read(values[code]) if values.get(code) else None for code in ("starts_on", "closes_on")}
    for code, day in days.items():
        note(faults, code, Fault.DATE if values.get(code) and day is None else None)
    flags = {code: yes_no_read(values.get(code, "")) for code in ("is_public", "is_open")}
    for code, flag in flags.items():
        note(faults, code, Fault.YES_NO if flag is None else None)
    if faults or low is None or high is None or slots is None or places is None or occupation is None:
        return Checked(faults, None)
    draft = OpeningDraft(
        title=values["title"],
        hours_min=low,
        hours_max=high,
        occupation=occupation,
        description=values.get("description", ""),
        slots=slots,
        requires=tuple(part.strip() for part in values.get("requires", "").split(",") if part.strip()),
        places=places,
        wage_text=values.get("wage_text", ""),
        is_public=bool(flags["is_public"]),
        starts_on=days["starts_on"],
        closes_on=days["closes_on"],
        source_id=values.get("source_id", ""),
    )
    row = OpeningRow(
        cvr=cvr_of(values),
        p_number=p_number or "",
        workplace=values.get("workplace", ""),
        draft=draft,
        demand=demand or {},
        is_open=bool(flags["is_open"]),
    )
    return Checked({}, row)


def opening_identity(values: Mapping[str, str]) -> str:
    """What makes two rows the same job: its number at the company, or its place and name there."""
    cvr = cvr_of(values)
    if not cvr:
        return ""
    if values.get("source_id"):
        return f"{cvr} {values['source_id'].strip()}"
    digits = "".join(sign for sign in values.get("p_number", "") if sign.isdigit())
    place = digits or values.get("workplace", "")
    return f"{cvr} {place} {values.get('title', '')}".casefold()


def settle_openings(*, actor: Actor, batch: ImportBatch, rows: list[ImportRow], on: date) -> None:
    """Rows that are ready are known when the job is there, and to be looked at when they stand twice or clash."""
    ready = [row for row in rows if row.state == RowState.READY and row.cipher is not None]
    seen: set[bytes] = set()
    for row, placed in zip(ready, _placed(actor=actor, batch=batch, rows=ready, on=on), strict=True):
        key = bytes(row.identity) if row.identity is not None else b""
        if key and key in seen:
            _fault(row, "source_id" if _values(batch, row).get("source_id") else "title", Fault.TWICE)
        elif placed.refusal is not None:
            _refuse(row, placed)
        elif placed.is_known:
            row.state = RowState.KNOWN
        seen.add(key)


def opening_additions(
    *, actor: Actor, batch: ImportBatch, rows: list[ImportRow], on: date
) -> dict[int, tuple[Addition, ...]]:
    """What each row that is ready adds or changes, by its number, and what should be looked at once more."""
    ready = [row for row in rows if row.state == RowState.READY and row.cipher is not None]
    found: dict[int, tuple[Addition, ...]] = {}
    for row, placed in zip(ready, _placed(actor=actor, batch=batch, rows=ready, on=on), strict=True):
        first = Addition.OPENING_CHANGE if placed.changes is not None else Addition.OPENING
        places = _places(_values(batch, row).get("places", "")) or 1
        found[row.number] = (first, Addition.MANY_PLACES) if places > MANY_PLACES else (first,)
    return found


def _placed(*, actor: Actor, batch: ImportBatch, rows: list[ImportRow], on: date) -> list[PlacedOpening]:
    told = [_row(batch, row) for row in rows]
    if not told:
        return []
    book = known_openings(actor=actor, municipality=batch.municipality_id, cvrs=[row.cvr for row in told])
    return place_openings(book, told, on=on)


def _row(batch: ImportBatch, row: ImportRow) -> OpeningRow:
    becomes = checked_opening(values=_values(batch, row), faults={}).becomes
    assert isinstance(becomes, OpeningRow), "a row that is ready describes a job"
    return becomes


def _values(batch: ImportBatch, row: ImportRow) -> dict[str, str]:
    assert row.cipher is not None, "a row that is ready has its values"
    return opened(batch_id=batch.pk, cipher=bytes(row.cipher))


def _refuse(row: ImportRow, placed: PlacedOpening) -> None:
    assert placed.refusal is not None
    column, fault = _REFUSED[placed.refusal.code]
    named = placed.refusal.fields[0] if placed.refusal.fields else column
    _fault(row, "requires" if named == "own_skills" else "title" if named == "name" else named, fault)


def _fault(row: ImportRow, column: str, fault: Fault) -> None:
    row.faults, row.state = {**row.faults, column: fault}, RowState.WRONG


def _hours(text: str) -> Decimal | None:
    hours = hours_read(text)
    return hours if hours is not None and hours <= MOST_HOURS else None


def _places(text: str) -> int | None:
    """One when nothing is told; None for what is no number of people."""
    told = text.strip().removesuffix(",0").removesuffix(".0")
    if not told:
        return 1
    is_number = told.isascii() and told.isdigit() and len(told) <= 6
    return int(told) if is_number and 1 <= int(told) <= MOST_PLACES else None
