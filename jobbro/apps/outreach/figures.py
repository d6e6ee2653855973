"""Small numbers are hidden so that nobody can be guessed from them, nor worked out from the others."""

from collections.abc import Mapping

FEWEST = 5


def hide_small(counts: Mapping[str, int], *, total: int, parts: tuple[str, ...]) -> dict[str, int | None]:
    """Each count, or None where it is hidden. `parts` add up to `total`, the others stand alone.

    Hidden is every number from 1 to 4, and more of the parts, smallest first, while the hidden ones could be worked out
    from the total; a total below 5 hides everything. 0 may be told: it is of nobody. A number that differs from the
    total by 1 to 4 is hidden too: it would tell of the few who are not in it.
    """
    if 0 < total < FEWEST:
        return dict.fromkeys(counts)
    shown: dict[str, int | None] = {
        code: None if _is_small(count) or (code not in parts and _is_small(total - count)) else count
        for code, count in counts.items()
    }
    while _is_told([counts[code] for code in parts if shown[code] is None]):
        others = [code for code in parts if shown[code]]
        if not others:
            break
        shown[min(others, key=lambda code: counts[code])] = None
    return shown


def _is_told(hidden: list[int]) -> bool:
    """Whether the sum of what is hidden tells each of them: one alone, less than 5 together, all 1 or all 4."""
    return len(hidden) == 1 or _is_small(sum(hidden)) or set(hidden) in ({1}, {FEWEST - 1})


def _is_small(count: int) -> bool:
    return 0 < count < FEWEST
