"""The occupations in use: look one up, search, and whom to name for the data.

from jobbro.engines.occupations.occupations import occupations
occupations().by_code("5120.1").levels["standing"]
[found.occupation.title for found in occupations().search("rengøringsdame", limit=5)]
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from jobbro.engines.occupations.derived import SHIPPED, TABLE, beside, read_table
from jobbro.engines.occupations.links import ESCO_LABELS, TITLE_LINKS, read_labels, read_title_links
from jobbro.engines.occupations.official import EscoSkills
from jobbro.engines.occupations.records import Attribution, Found, Occupation, TableVersion
from jobbro.engines.occupations.searching import TitleIndex, title_index
from jobbro.engines.occupations.skills import Skills, read_skills, skills_of
from jobbro.engines.occupations.sources import Title
from jobbro.engines.occupations.wording import attributions_of

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

    def search(self, words: str, *, limit: int = 10) -> tuple[Found, ...]:
        """The titles that fit `words` best, at most `limit`, best first; empty when nothing is near.

        `words` may be misspelt, a compound or its parts, another name for the work, or the beginning of a code. The
        index is made at the first search (a fifth of a second), a search takes about a millisecond.
        """
        return self._index.search(words, limit=limit)

    def skills_of(self, code: str) -> Skills:
        """What ESCO says one knows and can do in the occupation; empty until the official package has been imported.

        Raises `KeyError` when there is no such occupation.
        """
        self.by_code(code)
        if self._skills is None:
            return Skills()
        return skills_of(self._titles[code], skills=self._skills)

    @cached_property
    def _labels(self) -> Mapping[str, tuple[str, ...]]:
        return read_labels(beside(self.folder, ESCO_LABELS))

    @cached_property
    def _titles(self) -> Mapping[str, Title]:
        titles = read_title_links(beside(self.folder, TITLE_LINKS), labels=self._labels)
        return {title.code: title for title in titles}

    @cached_property
    def _skills(self) -> EscoSkills | None:
        return read_skills(self.folder)

    @cached_property
    def _index(self) -> TitleIndex:
        return title_index(self.all, titles=tuple(self._titles.values()), labels=self._labels)


def occupations() -> Occupations:
    """The table in use: the one imported on this machine if there is one, else the shipped one. Read once.

    Raises `SourceError` when an imported table was changed by hand so that it cannot be read.
    """
    folder = folder_in_use()
    return _occupations(folder, _state(folder / TABLE))


def imported_folder() -> Path:
    """Where an import puts its tables: `JOBBRO_OCCUPATIONS`, else `occupations` in the data folder."""
    setting = os.environ.get(FOLDER_SETTING)
    if setting and setting != USE_SHIPPED:
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
