"""The built-in table of occupations: what they ask in the 24 areas, as a prefill that a person confirms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jobbro.engines.support.catalogue import Texts
from jobbro.kernel.strict_yaml import Document, read_yaml
from jobbro.kernel.vocabulary import AREAS, VocabularyError, check_demand

TABLE = Path(__file__).with_name("occupations.yaml")
STATUS_PREFILL = "prefill"

_CODE = re.compile(r"\d{4}(\.\d{1,3})+")
_HEAD = ("status", "note", "sources", "areas", "occupations")
_ROW = ("code", "da", "en", "levels")


@dataclass(frozen=True, kw_only=True)
class Occupation:
    """A Danish job title by DISCO code, with the demand (0-4 in all 24 areas) of an average such job."""

    code: str
    name: Texts
    demand: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class OccupationSource:
    """Whom to name for the data, and where it is."""

    attribution: str
    url: str


@dataclass(frozen=True, kw_only=True)
class OccupationTable:
    """All occupations in code order; `status` is always "prefill", `note` says so in words."""

    occupations: tuple[Occupation, ...]
    status: str
    note: Texts
    sources: tuple[OccupationSource, ...]

    def occupation(self, code: str) -> Occupation:
        """The occupation with this code; raises `KeyError` when there is none."""
        for occupation in self.occupations:
            if occupation.code == code:
                return occupation
        raise KeyError(f"no occupation {code!r} in the built-in table")


@cache
def occupation_table() -> OccupationTable:
    """The table that is shipped, read once. Sources: O*NET 18.1, ESCO and STAR; see `sources` in the table."""
    return read_occupations(TABLE)


def read_occupations(path: Path) -> OccupationTable:
    """The table in the YAML file at `path`.

    Raises `ContentError` with file, line and field when a field is missing or unknown, the areas are not those of the
    vocabulary in its order, a level is not 0-4, or a code is no DISCO code or given twice.
    """
    document = read_yaml(path)
    head = document.value
    _check_keys(document, value=head, field="", keys=_HEAD)
    if head["status"] != STATUS_PREFILL:
        raise document.error(field="status", reason=f"must be {STATUS_PREFILL!r}")
    if head["areas"] != list(AREAS):
        raise document.error(field="areas", reason=f"must be {', '.join(AREAS)}, in this order")
    for name in ("sources", "occupations"):
        if not isinstance(head[name], list) or not head[name]:
            raise document.error(field=name, reason="must be a list that holds something")
    rows = [_read_row(document, position=position) for position in range(len(head["occupations"]))]
    _refuse_repeated_codes(document, rows=rows)
    _check_keys(document, value=head["note"], field="note", keys=("da", "en"))
    return OccupationTable(
        occupations=tuple(sorted(rows, key=lambda row: row.code)),
        status=STATUS_PREFILL,
        note=Texts(
            da=_text(document, "note.da", head["note"]["da"]), en=_text(document, "note.en", head["note"]["en"])
        ),
        sources=tuple(_read_source(document, position=position) for position in range(len(head["sources"]))),
    )


def _read_row(document: Document, *, position: int) -> Occupation:
    path = f"occupations[{position}]"
    row = document.value["occupations"][position]
    _check_keys(document, value=row, field=path, keys=_ROW)
    if not isinstance(row["code"], str) or not _CODE.fullmatch(row["code"]):
        raise document.error(field=f"{path}.code", reason=f"{row['code']!r} is not a DISCO code in quotes")
    if not isinstance(row["levels"], list) or len(row["levels"]) != len(AREAS):
        raise document.error(field=f"{path}.levels", reason=f"must be a list of {len(AREAS)} levels")
    try:
        demand = check_demand(dict(zip(AREAS, row["levels"], strict=True)), path="levels")
    except VocabularyError as error:
        raise document.error(field=f"{path}.{error.path}", reason=error.reason) from error
    name = Texts(da=_text(document, f"{path}.da", row["da"]), en=_text(document, f"{path}.en", row["en"]))
    return Occupation(code=row["code"], name=name, demand=demand)


def _read_source(document: Document, *, position: int) -> OccupationSource:
    path = f"sources[{position}]"
    source = document.value["sources"][position]
    _check_keys(document, value=source, field=path, keys=("attribution", "url"))
    return OccupationSource(
        attribution=_text(document, f"{path}.attribution", source["attribution"]),
        url=_text(document, f"{path}.url", source["url"]),
    )


def _refuse_repeated_codes(document: Document, *, rows: list[Occupation]) -> None:
    seen: set[str] = set()
    for position, row in enumerate(rows):
        if row.code in seen:
            raise document.error(field=f"occupations[{position}].code", reason=f"{row.code!r} is given twice")
        seen.add(row.code)


def _check_keys(document: Document, *, value: Any, field: str, keys: tuple[str, ...]) -> None:
    if not isinstance(value, dict) or set(value) != set(keys):
        raise document.error(field=field, reason=f"must have exactly the fields {', '.join(keys)}")


def _text(document: Document, field: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise document.error(field=field, reason="must be a text")
    return value
