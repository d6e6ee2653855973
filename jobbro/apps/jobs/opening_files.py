"""An open job as matching reads it (contracts, section 3)."""

from typing import Any

from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import AREAS

from .carving_input import number
from .models import Opening


def opening_file(row: Opening) -> dict[str, Any]:
    """The job: nothing of the company but where it is."""
    known = {entry.code for entry in catalogue().entries}
    return {
        "id": str(row.pk),
        "demand": {area: row.demand[area] for area in AREAS if row.demand.get(area)},
        "x": row.x,
        "y": row.y,
        "hours": [number(row.hours_min), number(row.hours_max)],
        "slots": list(row.slots),
        "occupation": row.occupation,
        "requires": sorted(row.requires),
        "places": row.places,
        # A code that has left the catalogue is no support any more; the rest of the job stands.
        "measures": sorted(known.intersection(row.measures)),
    }
