"""Markets kept in files: the worker writes them, every process of the machine maps them into its memory.

A folder a market, its name the database and the place of the history it goes to; one array a file, so that processes
share the pages. It holds open jobs and nothing of persons. What is damaged, or made for another database or other
rules, is passed by.
"""

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from jobbro.engines.matching import layout, market
from jobbro.engines.matching import texts as texts_module
from jobbro.engines.matching.layout import Jobs
from jobbro.engines.matching.market import Market, reliefs_of
from jobbro.engines.matching.texts import Texts
from jobbro.kernel.fit import Measure
from jobbro.kernel.fit_batch import measure_table

from .open_jobs import BaseMarket

log = logging.getLogger(__name__)
# Raise it with every change of how a market lies in files; how it lies in memory is told by the engine's own text.
FORMAT = 1
# Whoever has mapped an older one keeps it; two are enough for those who are just beginning.
KEPT = 2


def newest_base(*, database: int, rules: str, measures: tuple[Measure, ...], after: int = -1) -> BaseMarket | None:
    """The newest market made for this database and these rules, if it goes beyond a place of the history."""
    for place, folder in _newest_first(database):
        if place <= after:
            return None
        try:
            base = _load(folder, rules=rules, measures=measures)
        except (OSError, ValueError, KeyError):
            log.warning("a market file cannot be read and is passed by")
            continue
        if base is not None:
            return base
    return None


def save_base(base: BaseMarket, *, database: int, rules: str) -> None:
    """The market is in a file, whole or not at all; those that are older than the newest two are gone."""
    folder = Path(settings.MARKET_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        for name, column in _arrays(base):
            np.save(fresh / f"{name}.npy", column, allow_pickle=False)
        about = {
            "format": _format(),
            "cluster": _cluster(),
            "rules": rules,
            "place": base.place,
            "occupations": base.market.occupations,
            "skills": base.market.skills,
        }
        (fresh / "about.json").write_text(json.dumps(about), "utf-8")
        fresh.chmod(0o755)
        fresh.replace(folder / f"{database}-{base.place}")
    except OSError:
        # The same place twice is the same market.
        shutil.rmtree(fresh, ignore_errors=True)
        if not (folder / f"{database}-{base.place}").is_dir():
            raise
    for _, old in list(_newest_first(database))[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _newest_first(database: int) -> Iterator[tuple[int, Path]]:
    folder = Path(settings.MARKET_FOLDER)
    found = [(path.name.partition("-")[2], path) for path in folder.glob(f"{database}-*")]
    yield from sorted(((int(place), path) for place, path in found if place.isdecimal()), reverse=True)


def _arrays(base: BaseMarket) -> Iterator[tuple[str, NDArray[Any]]]:
    whole = base.market
    ours: dict[str, NDArray[Any]] = {
        "closes": base.closes,
        "utf8": whole.ids.utf8,
        "starts": whole.ids.starts,
        "places": whole.places,
        "position": whole.position,
        "least_hours": whole.least_hours,
        "most_hours": whole.most_hours,
    }
    yield from ours.items()
    yield from ((f"jobs_{name}", column) for name, column in whole.jobs._asdict().items())


def _load(folder: Path, *, rules: str, measures: tuple[Measure, ...]) -> BaseMarket | None:
    about = json.loads((folder / "about.json").read_text("utf-8"))
    if about["format"] != _format() or about["rules"] != rules or about["cluster"] != _cluster():
        return None
    catalogue = measure_table(measures)
    whole = Market(
        catalogue=catalogue,
        ids=Texts(utf8=_mapped(folder, "utf8"), starts=_mapped(folder, "starts")),
        places=_mapped(folder, "places"),
        position=_mapped(folder, "position"),
        least_hours=_mapped(folder, "least_hours"),
        most_hours=_mapped(folder, "most_hours"),
        occupations=tuple(about["occupations"]),
        skills=tuple(about["skills"]),
        jobs=Jobs(**{name: _mapped(folder, f"jobs_{name}") for name in Jobs._fields}),
        reliefs=reliefs_of(catalogue),
    )
    return BaseMarket(market=whole, closes=_mapped(folder, "closes"), place=about["place"])


def _mapped(folder: Path, name: str) -> NDArray[Any]:
    """The array, read-only; an empty one cannot be mapped and is read. Raises ValueError when the file is cut off."""
    path = folder / f"{name}.npy"
    with path.open("rb") as file:
        version = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, _ = read(file)
    if 0 in shape:
        return np.load(path, allow_pickle=False)
    return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)


@cache
def _format() -> str:
    """Another version of the engine may read the same arrays otherwise."""
    texts = [Path(str(module.__file__)).read_bytes() for module in (layout, market, texts_module)]
    return f"{FORMAT} {sha256(b''.join(texts)).hexdigest()}"


def _cluster() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select app_cluster()")
        return int(cursor.fetchone()[0])
