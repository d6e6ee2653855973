"""Markets kept in files: the worker writes them, every process of the machine maps them into its memory.

A folder a market, its name the database and the place of the history it goes to. It holds open jobs and nothing of
persons. What is damaged, or made for another database or other rules, is passed by.
"""

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import connection

from jobbro.engines.matching.market import Market

from .open_jobs import BaseMarket

log = logging.getLogger(__name__)
# Whoever has mapped an older one keeps it; two are enough for those who are just beginning.
KEPT = 2


def newest_base(*, database: int, rules: str, after: int = -1) -> BaseMarket | None:
    """The newest market made for this database and these rules, if it goes beyond a place of the history."""
    for place, folder in _newest_first(database):
        if place <= after:
            return None
        try:
            base = _load(folder, place=place, rules=rules)
        except Exception:
            # Whatever a damaged file can raise: the jobs are in the table too.
            log.warning("a market file cannot be read and is passed by")
            continue
        if base is not None:
            return base
    return None


def save_base(base: BaseMarket, *, database: int, rules: str) -> None:
    """The market is in a file, whole or not at all; those that are older than the newest two are gone."""
    folder = Path(settings.MARKET_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{database}-{base.place}"
    fresh = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        base.market.save(fresh / "market")
        np.save(fresh / "closes.npy", base.closes, allow_pickle=False)
        about = {"cluster": _cluster(), "rules": rules, "place": base.place}
        (fresh / "about.json").write_text(json.dumps(about), "utf-8")
        fresh.chmod(0o755)
        fresh.replace(made)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        # The same place twice is the same market, unless the one that is there cannot be used: then it makes room.
        if newest_base(database=database, rules=rules, after=base.place - 1) is not None:
            return
        shutil.rmtree(made, ignore_errors=True)
        raise
    for _, old in list(_newest_first(database))[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _newest_first(database: int) -> Iterator[tuple[int, Path]]:
    folder = Path(settings.MARKET_FOLDER)
    found = [(path.name.partition("-")[2], path) for path in folder.glob(f"{database}-*")]
    yield from sorted(((int(place), path) for place, path in found if place.isdecimal()), reverse=True)


def _load(folder: Path, *, place: int, rules: str) -> BaseMarket | None:
    about = json.loads((folder / "about.json").read_text("utf-8"))
    if about["rules"] != rules or about["cluster"] != _cluster():
        return None
    market = Market.load(folder / "market")
    with (folder / "closes.npy").open("rb") as stream:
        closes = np.lib.format.read_array(stream, allow_pickle=False)
    if closes.dtype != np.int32 or closes.shape != (len(market),):
        raise ValueError("the file does not hold a day for each job")
    if about["place"] != place:
        raise ValueError("the file says another place of the history than its folder")
    return BaseMarket(market=market, closes=closes, place=place)


def _cluster() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select app_cluster()")
        return int(cursor.fetchone()[0])
