"""Ids that are the same on every machine: the shape of UUID version 7, drawn from a counter and a fixed day."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from uuid import UUID

_FIRST = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * 1000
_IN_A_BLOCK = 1000


@dataclass
class Ids:
    """Ids of one block, in order; blocks with different numbers never meet."""

    block: int
    drawn: int = 0

    def __call__(self) -> UUID:
        """The next id. Raises OverflowError after a thousand."""
        if self.drawn >= _IN_A_BLOCK:
            raise OverflowError(f"Block {self.block} has given {_IN_A_BLOCK} ids. Begin another block.")
        milliseconds = _FIRST + self.block * _IN_A_BLOCK + self.drawn
        tail = blake2b(f"{self.block}:{self.drawn}".encode(), digest_size=10).digest()
        self.drawn += 1
        value = (milliseconds << 80) | int.from_bytes(tail, "big")
        value = (value & ~(0xF << 76)) | (7 << 76)
        return UUID(int=(value & ~(0x3 << 62)) | (2 << 62))
