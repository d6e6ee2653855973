"""Many texts as two arrays: they can be kept in a file, mapped into memory and shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Texts:
    """n texts. utf8: all, one after the other. starts: (n + 1,) where each begins, and the end."""

    utf8: NDArray[np.uint8] = field(hash=False, compare=False)
    starts: NDArray[np.int64] = field(hash=False, compare=False)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> str:
        return self.raw(place).decode()

    def __iter__(self) -> Iterator[str]:
        return (raw.decode() for raw in self.all_raw())

    def raw(self, place: int) -> bytes:
        """One text as UTF-8, whose order is that of Unicode code points."""
        return self.utf8[self.starts[place] : self.starts[place + 1]].tobytes()

    def take(self, places: NDArray[np.int64]) -> Texts:
        """The texts at these places, in this order."""
        sizes = np.diff(self.starts)[places]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        entries = np.repeat(self.starts[places] - starts[:-1], sizes) + np.arange(starts[-1])
        return Texts(utf8=frozen(self.utf8[entries]), starts=frozen(starts))

    def with_more(self, more: Texts) -> Texts:
        """These texts and, after them, more."""
        return Texts(
            utf8=frozen(np.concatenate([self.utf8, more.utf8])),
            starts=frozen(np.concatenate([self.starts, self.starts[-1] + more.starts[1:]])),
        )

    def all_raw(self) -> list[bytes]:
        """All texts as UTF-8."""
        whole, starts = self.utf8.tobytes(), self.starts.tolist()
        return [whole[start:stop] for start, stop in pairwise(starts)]

    def place_of(self, text: str) -> int | None:
        """Where a text stands among texts in code order, each once; None when it is not there."""
        wanted, low, high = text.encode(), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.raw(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self.raw(low) == wanted else None


def texts_of(texts: Iterable[str]) -> Texts:
    """The texts as arrays that nobody can write to. Raises `UnicodeEncodeError` for half a character."""
    encoded = [text.encode() for text in texts]
    starts = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in encoded], out=starts[1:])
    return Texts(utf8=np.frombuffer(b"".join(encoded), dtype=np.uint8), starts=frozen(starts))


def frozen(column: NDArray[Any]) -> NDArray[Any]:
    """The column, written to by nobody from now on: compiled loops then know one kind of array, also from a file."""
    column = np.ascontiguousarray(column)
    column.flags.writeable = False
    return column
