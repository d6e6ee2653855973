"""The law behind each scheme that can pay for a measure."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jobbro.kernel.because import Source
from jobbro.kernel.strict_yaml import read_yaml
from jobbro.kernel.vocabulary import SCHEMES

FILE = Path(__file__).parent / "payers.yaml"


@cache
def payer_sources() -> Mapping[str, Source]:
    """Scheme code -> the text of law that was read; a scheme whose text was not read is left out.

    Raises `ContentError` with file, line and field for an unknown scheme or one that is given twice.
    """
    return read_payers(FILE)


def read_payers(path: Path) -> Mapping[str, Source]:
    """The sources in a file of payers."""
    document = read_yaml(path)
    found: dict[str, Source] = {}
    for position, row in enumerate(document.value["payers"]):
        field = f"payers[{position}].scheme"
        if row["scheme"] not in SCHEMES:
            raise document.error(field=field, reason=f"unknown scheme {row['scheme']!r}")
        if row["scheme"] in found:
            raise document.error(field=field, reason=f"{row['scheme']!r} is given twice")
        found[row["scheme"]] = Source(
            title=row["title"],
            url=row["url"],
            checked_on=document.value["checked_on"],
            is_confirmed=row["confirmed"],
        )
    return found
