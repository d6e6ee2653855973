"""Small numbers are hidden so that nobody can be guessed from them, nor worked out from the others."""

from collections.abc import Mapping

FEWEST = 5


def hide_small(counts: Mapping[str, int], *, total: int, parts: tuple[str, ...]) -> dict[str, int | None]:
    """Each count, or None where it is hidden. `parts` add up to `total`, the others stand alone.

    Hidden is every number from 1 to 4, and one more of the parts when a single hidden one could be worked out from the
    total; a total below 5 hides everything. 0 may be told: it is of nobody. A number that differs from the total by 1
    to 4 is hidden too: it would tell of the few who are not in it.
    """
    if 0 < total < FEWEST:
        return dict.fromkeys(counts)
    shown: dict[str, int | None] = {
        code: None if _is_small(count) or (code not in parts and _is_small(total - count)) else count
        for code, count in counts.items()
    }
    hidden = [code for code in parts if shown[code] is None]
    if len(hidden) == 1:
        others = [code for code in parts if shown[code]]
        if others:
            shown[min(others, key=lambda code: counts[code])] = None
    return shown


def _is_small(count: int) -> bool:
    return 0 < count < FEWEST
