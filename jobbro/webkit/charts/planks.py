"""Planks: the one mark that all our pictures are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["solid", "hatched", "hollow", "dashed", "none"]

SLOTS = 4
HATCH_STEP = 9.0


@dataclass(frozen=True, kw_only=True)
class Plank:
    """A plank at its place; `hatch` is the path of its stripes, `base` the line drawn where none is asked for."""

    kind: Kind
    x: float
    y: float
    width: float
    height: float
    hatch: str

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def base(self) -> float:
        return self.y + self.height - 2


def repeat(*, kind: Kind, times: int) -> tuple[Kind, ...]:
    """The same plank so many times."""
    return (kind,) * times


def lay_planks(
    *, kinds: Sequence[Kind], x: float = 1, y: float = 1, width: float = 74, height: float = 26, gap: float = 8
) -> tuple[Plank, ...]:
    """The planks side by side from `x`, filled up with empty places to four."""
    places = [*kinds, *repeat(kind="none", times=SLOTS - len(kinds))]
    return tuple(
        _plank(kind=kind, x=x + place * (width + gap), y=y, width=width, height=height)
        for place, kind in enumerate(places)
    )


def _plank(*, kind: Kind, x: float, y: float, width: float, height: float) -> Plank:
    hatch = hatch_path(x=x, y=y, width=width, height=height) if kind == "hatched" else ""
    return Plank(kind=kind, x=x, y=y, width=width, height=height, hatch=hatch)


def hatch_path(*, x: float, y: float, width: float, height: float) -> str:
    """Slanting stripes cut exactly at the edge of the rectangle: no pattern or clip path, so no ids that may clash."""
    count = int((width + height) / HATCH_STEP)
    return " ".join(
        _stripe(reach=(number + 0.5) * HATCH_STEP, x=x, y=y, width=width, height=height) for number in range(count)
    )


def _stripe(*, reach: float, x: float, y: float, width: float, height: float) -> str:
    left, bottom = max(0.0, reach - height), min(height, reach)
    right, top = min(width, reach), max(0.0, reach - width)
    return f"M{x + left:.1f} {y + bottom:.1f}L{x + right:.1f} {y + top:.1f}"
