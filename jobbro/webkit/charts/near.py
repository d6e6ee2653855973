"""Partners around a person as a picture: rings of distance and numbered marks. The table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

SIZE = 560
MIDDLE = SIZE / 2
REACH = 250.0
RINGS = (5, 10, 20, 30, 50)
# Marks nearer to each other than this would hide each other, and become one.
ROOM = 30.0
SIGN_WIDTH, PADDING, LONGEST = 9, 14, 9


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Numbers at one spot, drawn around its middle."""

    label: str
    x: float
    y: float
    width: int

    @property
    def left(self) -> float:
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - 12, 1)

    @property
    def text_y(self) -> float:
        return round(self.y + 5, 1)


@dataclass(frozen=True, kw_only=True)
class Ring:
    """A distance from the person; its words stand below it, where the person's own marks are not."""

    km: int
    radius: float

    @property
    def text_y(self) -> float:
        return round(MIDDLE + self.radius + 15, 1)


@dataclass(frozen=True, kw_only=True)
class NearPicture:
    """All that is drawn, in pixels; north is up."""

    rings: tuple[Ring, ...]
    marks: tuple[Mark, ...]
    size: int = SIZE
    middle: float = MIDDLE


def near_picture(spots: Sequence[tuple[int, float, float]], *, km: int) -> NearPicture:
    """`spots` are number, kilometres east and kilometres north of the person; `km` is the outermost ring."""
    scale = REACH / km
    rings = tuple(Ring(km=ring, radius=round(ring * scale, 1)) for ring in (*(r for r in RINGS if r < km), km))
    groups: list[tuple[float, float, list[int]]] = []
    for number, east, north in spots:
        x, y = _beside_the_person(MIDDLE + east * scale, MIDDLE - north * scale)
        same = next((group for group in groups if hypot(group[0] - x, group[1] - y) < ROOM), None)
        if same is None:
            groups.append((x, y, [number]))
        else:
            same[2].append(number)
    return NearPicture(rings=rings, marks=tuple(_mark(*group) for group in groups))


def numbers_text(numbers: Sequence[int]) -> str:
    """1–3, 5; so many that there is no room: the first and how many more."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    text = ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)
    return text if len(text) <= LONGEST else f"{min(numbers)} +{len(numbers) - 1}"


def _beside_the_person(x: float, y: float) -> tuple[float, float]:
    return (x, y) if hypot(x - MIDDLE, y - MIDDLE) >= ROOM else (MIDDLE, MIDDLE - ROOM)


def _mark(x: float, y: float, numbers: list[int]) -> Mark:
    label = numbers_text(numbers)
    return Mark(label=label, x=round(x, 1), y=round(y, 1), width=max(26, len(label) * SIGN_WIDTH + PADDING))
