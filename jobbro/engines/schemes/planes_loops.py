"""The compiled passes over the people of a population."""

# Loops and plain numbers throughout: this is what numba compiles well. Bits stand as `numpy.packbits` sets them.

from __future__ import annotations

from typing import Any

from numba import njit, uint64


@njit(cache=True, nogil=True)
def look_up(places: Any, entries: Any, planes: Any) -> None:
    """Fill `planes` (bits, bytes): bit b of the entry at each one's place.

    Eight people are an 8 x 8 matrix of bits, which is turned (H. S. Warren, Hacker's Delight, 2nd ed., § 7-3).
    """
    people = places.shape[0]
    for byte in range(planes.shape[1]):
        matrix = uint64(0)
        first = 8 * byte
        if first + 8 <= people:
            for row in range(8):
                matrix = (matrix << uint64(8)) | uint64(entries[places[first + row]])
        else:
            for row in range(people - first):
                matrix |= uint64(entries[places[first + row]]) << uint64(56 - 8 * row)
        swap = (matrix ^ (matrix >> uint64(7))) & uint64(0x00AA00AA00AA00AA)
        matrix ^= swap ^ (swap << uint64(7))
        swap = (matrix ^ (matrix >> uint64(14))) & uint64(0x0000CCCC0000CCCC)
        matrix ^= swap ^ (swap << uint64(14))
        swap = (matrix ^ (matrix >> uint64(28))) & uint64(0x00000000F0F0F0F0)
        matrix ^= swap ^ (swap << uint64(28))
        for bit in range(planes.shape[0]):
            planes[bit, byte] = (matrix >> uint64(8 * bit)) & uint64(0xFF)


@njit(cache=True, nogil=True)
def compare(
    left: Any, left_table: Any, right: Any, right_table: Any, signs: int, tolerance: float, yes: Any, no: Any
) -> None:
    """Fill `yes` and `no`: whether the sign of the difference (-1, 0, 1) is among `signs` (bits 0, 1, 2)."""
    people = left.shape[0]
    for byte in range(yes.shape[0]):
        holds = 0
        fails = 0
        first = 8 * byte
        for row in range(min(8, people - first)):
            difference = left_table[left[first + row]] - right_table[right[first + row]]
            sign = 1 + int(difference >= tolerance) - int(difference <= -tolerance)
            is_known = int(difference == difference)
            is_among = (signs >> sign) & is_known
            holds |= is_among << (7 - row)
            fails |= (is_among ^ is_known) << (7 - row)
        yes[byte] = holds
        no[byte] = fails
