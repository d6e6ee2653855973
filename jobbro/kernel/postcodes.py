"""Danish postcodes: their towns, and roughly where people live there. Sources and licences: docs/postcodes.md."""

import csv
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("postcodes.csv")
# Towns of the demo, which do not exist. The last real postcode is 9990.
MADE_UP = Path(__file__).with_name("postcodes_made_up.csv")
HEADER = ["postcode", "town", "x_km", "y_km", "position"]
POSITIONS = {"town", "area", "geonames", "unknown", "made_up"}
# All of Denmark in UTM zone 32, in kilometres.
EAST, NORTH = (430.0, 905.0), (6030.0, 6415.0)
_POSTCODE = re.compile(r"[0-9]{4}")


class BrokenTable(ValueError):
    """The table of postcodes is not as it should be; says which line."""


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode's place: `x` and `y` are kilometres east and north in ETRS89 / UTM zone 32."""

    postcode: str
    town: str
    x: float
    y: float


def place_of(postcode: str) -> Place | None:
    """Where the postcode is; None for one that is not Danish or whose place is not known."""
    return _places().get(postcode.strip())


def known_places() -> tuple[Place, ...]:
    """Every place, in the order of the tables."""
    return tuple(_places().values())


def town_of(postcode: str) -> str:
    """The post town; "" for a postcode that does not exist."""
    return _towns().get(postcode.strip(), "")


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance as the crow flies, to one decimal; rounded as everywhere (contracts, section 3)."""
    exact = math.dist(one, other)
    return math.floor(10 * exact + 0.5 + 1e-9) / 10


def read_postcodes(path: Path) -> tuple[Mapping[str, str], Mapping[str, Place]]:
    """Towns and places by postcode. Raises `BrokenTable` at the first line that is not as it should be."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or rows[0] != HEADER:
        raise BrokenTable(f"{path.name}: the first line is not {','.join(HEADER)}")
    towns: dict[str, str] = {}
    places: dict[str, Place] = {}
    for number, row in enumerate(rows[1:], start=2):
        try:
            postcode, town, x, y, position = row
            _check(postcode=postcode, town=town, position=position, known=towns)
            towns[postcode] = town
            if position != "unknown" or x or y:
                places[postcode] = Place(postcode, town, _within(x, EAST), _within(y, NORTH))
        except ValueError as error:
            raise BrokenTable(f"{path.name}, line {number}: {error}") from None
    return towns, places


def _check(*, postcode: str, town: str, position: str, known: Mapping[str, str]) -> None:
    if not _POSTCODE.fullmatch(postcode) or postcode in known:
        raise ValueError(f"{postcode!r} is not four digits, or stands twice")
    if not town or town != town.strip() or position not in POSITIONS:
        raise ValueError("the town is empty, or the kind of position unknown")


def _within(text: str, limits: tuple[float, float]) -> float:
    value = float(text)
    if not limits[0] <= value <= limits[1]:
        raise ValueError(f"{text} is not in Denmark")
    return value


@cache
def _read() -> tuple[Mapping[str, str], Mapping[str, Place]]:
    towns, places = read_postcodes(TABLE)
    demo_towns, demo_places = read_postcodes(MADE_UP)
    return {**demo_towns, **towns}, {**demo_places, **places}


def _towns() -> Mapping[str, str]:
    return _read()[0]


def _places() -> Mapping[str, Place]:
    return _read()[1]
