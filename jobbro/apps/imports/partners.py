"""Rows of companies beside each other and beside the partners that the municipality has."""

from collections.abc import Mapping

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.bringing import Clash, News, PartnerName, Placed, place_rows
from jobbro.apps.employers.selectors import known_partners

from .checking import cvr_of
from .enums import Addition, Fault, RowState
from .models import ImportBatch, ImportRow
from .sealing import opened

_FAULTS: Mapping[Clash, tuple[str, Fault]] = {
    Clash.NAME: ("name", Fault.COMPANY_NAME),
    Clash.P_NUMBER: ("p_number", Fault.P_NUMBER_OTHER),
    Clash.CLOSED: ("cvr", Fault.COMPANY_CLOSED),
    Clash.TWICE: ("cvr", Fault.TWICE),
}
_ADDITIONS: Mapping[News, Addition] = {
    News.COMPANY: Addition.COMPANY,
    News.WORKPLACE: Addition.WORKPLACE,
    News.CONTACT: Addition.CONTACT,
}


def settle_partners(*, actor: Actor, batch: ImportBatch, rows: list[ImportRow]) -> None:
    """Rows that are ready are known when everything in them is, and to be looked at when they clash."""
    ready = [row for row in rows if row.state == RowState.READY and row.cipher is not None]
    for row, placed in zip(ready, _placed(actor=actor, batch=batch, rows=ready), strict=True):
        if placed.clash is not None:
            column, fault = _FAULTS[placed.clash]
            row.faults, row.state = {**row.faults, column: fault}, RowState.WRONG
        elif not placed.news:
            row.state = RowState.KNOWN


def additions(*, actor: Actor, batch: ImportBatch, rows: list[ImportRow]) -> dict[int, tuple[Addition, ...]]:
    """What each row that is ready adds to the partners of today, by its number; each row by itself."""
    ready = [row for row in rows if row.state == RowState.READY and row.cipher is not None]
    cells = {row.number: _partner(batch=batch, row=row) for row in ready}
    municipality, cvrs = batch.municipality_id, [one.cvr for one in cells.values()]
    known = known_partners(actor=actor, municipality=municipality, cvrs=cvrs) if cells else {}
    found = {}
    for number, partner in cells.items():
        alone = {partner.cvr: known[partner.cvr].copy()} if partner.cvr in known else {}
        (placed,) = place_rows(alone, [partner])
        found[number] = tuple(_ADDITIONS[news] for news in placed.news)
    return found


def _placed(*, actor: Actor, batch: ImportBatch, rows: list[ImportRow]) -> list[Placed]:
    partners = [_partner(batch=batch, row=row) for row in rows]
    if not partners:
        return []
    cvrs = [partner.cvr for partner in partners]
    return place_rows(known_partners(actor=actor, municipality=batch.municipality_id, cvrs=cvrs), partners)


def _partner(*, batch: ImportBatch, row: ImportRow) -> PartnerName:
    """Company, workplace and contact of the row."""
    assert row.cipher is not None, "a row that is ready has its values"
    values = opened(batch_id=batch.pk, cipher=bytes(row.cipher))
    digits = "".join(sign for sign in values.get("p_number", "") if sign.isdigit())
    told = {code: values.get(code, "") for code in ("name", "workplace", "address", "postcode", "city", "contact")}
    return PartnerName(cvr=cvr_of(values), p_number=digits, **told)
