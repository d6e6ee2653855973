"""The table of occupations in use: look one up, search, say how a level was reached and whom to name for the data.

    from jobbro.engines.occupations.occupations import occupations
    occupations().by_code("5120.1").levels["standing"]
    [found.occupation.title for found in occupations().search("rengøringsdame", limit=5)]
    why("lifting", of=occupation, language="da")
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from jobbro.engines.occupations.records import Found, Occupation, TableVersion

if TYPE_CHECKING:
    from jobbro.engines.occupations.searching import TitleIndex


@dataclass(frozen=True, kw_only=True)
class Occupations:
    """All Danish titles in code order, with and without a profile."""

    version: TableVersion
    all: tuple[Occupation, ...]
    _by_code: dict[str, Occupation] = field(repr=False, hash=False)

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Occupation]:
        return iter(self.all)

    def by_code(self, code: str) -> Occupation:
        """The occupation with this code (`5120.1`); raises `KeyError` when there is none."""
        return self._by_code[code]

    def search(self, words: str, *, limit: int = 10) -> Sequence[Found]:
        """The titles that fit `words` best, best first; empty for words that fit nothing."""
        raise NotImplementedError
