"""Which characters the bundled fonts can draw, and what stands in for those they cannot."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
STAND_IN = "□"
# They draw nothing by themselves; some turn the reading order around or pick another picture.
INVISIBLE = {
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    0xFEFF,
    *range(0xE0000, 0xE0200),
}


def printable(text: str) -> tuple[str, bool]:
    """The text as it can be printed, and whether every character of it could be: the others show as a square."""
    composed = unicodedata.normalize("NFC", text)
    kept = [char for char in composed if ord(char) not in INVISIBLE and (char == "\n" or char >= " ")]
    known = _characters()
    printed = "".join(char if char == "\n" or ord(char) in known else STAND_IN for char in kept)
    return printed, STAND_IN not in printed


def plainest(text: str) -> str:
    """Only characters of the text font and no marks to be joined: whatever was written, this can be printed."""
    basic = _characters_of(FONTS / "IBMPlexSans_400Regular.ttf")
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        char if char == "\n" or (ord(char) in basic and not unicodedata.combining(char)) else STAND_IN
        for char in composed
        if char == "\n" or char >= " "
    )


@cache
def _characters() -> frozenset[int]:
    return frozenset().union(*(_characters_of(path) for path in FONTS.glob("*_400Regular.ttf")))


@cache
def _characters_of(path: Path) -> frozenset[int]:
    """The code points in the font's character map (OpenType `cmap`, formats 4 and 12)."""
    font = path.read_bytes()
    table = _table(font, tag=b"cmap")
    count = struct.unpack_from(">H", font, table + 2)[0]
    offsets = {struct.unpack_from(">HHI", font, table + 4 + 8 * number)[2] for number in range(count)}
    found: set[int] = set()
    for offset in offsets:
        found.update(_mapped(font, table + offset))
    return frozenset(found)


def _table(font: bytes, *, tag: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    for number in range(count):
        name, _checksum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"The font has no table {tag!r}; vendor it again.")


def _mapped(font: bytes, at: int) -> Iterator[int]:
    kind = struct.unpack_from(">H", font, at)[0]
    if kind == 12:
        for group in range(struct.unpack_from(">I", font, at + 12)[0]):
            first, last, _glyph = struct.unpack_from(">III", font, at + 16 + 12 * group)
            yield from range(first, last + 1)
    elif kind == 4:
        yield from _mapped_in_segments(font, at)


def _mapped_in_segments(font: bytes, at: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts = at + 14, at + 16 + 2 * segments
    deltas, ranges = starts + 2 * segments, starts + 4 * segments
    for number in range(segments):
        first, last, delta, reach = (
            struct.unpack_from(">H", font, base + 2 * number)[0] for base in (starts, ends, deltas, ranges)
        )
        for char in range(first, min(last, 0xFFFE) + 1):
            glyph = char + delta
            if reach:
                glyph = struct.unpack_from(">H", font, ranges + 2 * number + reach + 2 * (char - first))[0]
            if glyph & 0xFFFF:
                yield char
