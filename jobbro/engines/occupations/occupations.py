"""The occupations in use: look one up, search, and whom to name for the data.

from jobbro.engines.occupations.occupations import occupations
occupations().by_code("5120.1").levels["standing"]
[found.occupation.title for found in occupations().search("rengøringsdame", limit=5)]
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from jobbro.engines.occupations.derived import read_table
from jobbro.engines.occupations.records import Attribution, Occupation, TableVersion
from jobbro.engines.occupations.wording import attributions_of

SHIPPED = Path(__file__).with_name("table")
TABLE = "occupations.csv"
FOLDER_SETTING = "JOBBRO_OCCUPATIONS"
USE_SHIPPED = "shipped"

_PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, kw_only=True)
class Occupations:
    """All Danish titles in code order, with and without a profile, and which table they are from."""

    version: TableVersion
    all: tuple[Occupation, ...]
    folder: Path
    _by_code: Mapping[str, Occupation] = field(repr=False, hash=False)

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Occupation]:
        return iter(self.all)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def by_code(self, code: str) -> Occupation:
        """The occupation with this code (`5120.1`); raises `KeyError` when there is none."""
        return self._by_code[code]


def occupations() -> Occupations:
    """The table in use: the one imported on this machine if there is one, else the shipped one. Read once.

    Raises `SourceError` when an imported table was changed by hand so that it cannot be read.
    """
    folder = folder_in_use()
    return _occupations(folder, _state(folder / TABLE))


def imported_folder() -> Path:
    """Where an import puts its tables: `JOBBRO_OCCUPATIONS`, else `occupations` in the data folder."""
    if setting := os.environ.get(FOLDER_SETTING):
        return Path(setting)
    return Path(os.environ.get("JOBBRO_DATA") or _PROJECT / ".data") / "occupations"


def folder_in_use() -> Path:
    """The folder of the table in use; `JOBBRO_OCCUPATIONS=shipped` leaves an imported one aside."""
    folder = imported_folder()
    is_imported = os.environ.get(FOLDER_SETTING) != USE_SHIPPED and (folder / TABLE).is_file()
    return folder if is_imported else SHIPPED


def _state(path: Path) -> tuple[int, int]:
    """Changes when the file does: a server that runs takes a new table into use by itself."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=2)
def _occupations(folder: Path, state: tuple[int, int]) -> Occupations:
    table = read_table(folder / TABLE)
    by_code = {one.code: one for one in table.occupations}
    return Occupations(version=table.version, all=table.occupations, folder=folder, _by_code=by_code)


def attributions() -> tuple[Attribution, ...]:
    """Whom to name on the page of data sources, with the versions in use."""
    return attributions_of(occupations().version)
