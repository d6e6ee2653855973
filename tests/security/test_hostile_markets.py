"""The kept market (a file that every process maps): whatever lies in its folder, pages and worker go on without it."""

import json
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.matching import market, market_files
from jobbro.apps.matching.market import rules
from jobbro.apps.matching.market_files import newest_base
from tests.factories import openings

pytestmark = pytest.mark.django_db


class Panic:
    """Unpickled it leaves a mark."""

    left: list[str] = []

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Panic.left.append, ("unpickled",))


@pytest.fixture
def kept(settings, tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A market of two jobs in a file, and the database it is for."""
    settings.MARKET_FOLDER = tmp_path / "market"
    market.forget()
    for _ in range(2):
        openings.opening()
    assert market.keep_market()
    (folder,) = settings.MARKET_FOLDER.iterdir()
    yield folder, int(folder.name.partition("-")[0])
    market.forget()


def about(folder: Path, **changed: object) -> None:
    told = json.loads((folder / "about.json").read_text("utf-8"))
    (folder / "about.json").write_text(json.dumps({**told, **changed}), "utf-8")


def header(folder: Path, change: Callable[[dict], None]) -> None:
    """The same market with another header."""
    path = folder / "market"
    whole = path.read_bytes()
    sign, size = whole[:16], int.from_bytes(whole[16:24], "little")
    told = json.loads(whole[24 : 24 + size])
    first = 24 + size + -(24 + size) % 64
    change(told)
    text = json.dumps(told).encode()
    start = sign + len(text).to_bytes(8, "little") + text
    path.write_bytes(start + bytes(-len(start) % 64) + whole[first:])


def pickled(folder: Path) -> None:
    np.save(folder / "closes.npy", np.array([Panic(), Panic()], dtype=object), allow_pickle=True)


def set_column(name: str, value: list) -> Callable[[dict], None]:
    return lambda told: told["columns"].__setitem__(name, value)


def widened(told: dict) -> None:
    kind, _shape, at = told["columns"]["position"]
    told["columns"]["position"] = [kind, [10**15], at]


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no about": lambda folder: (folder / "about.json").unlink(),
    "about of nothing": lambda folder: (folder / "about.json").write_bytes(b""),
    "about a list": lambda folder: (folder / "about.json").write_text("[]"),
    "about a number": lambda folder: (folder / "about.json").write_text("7"),
    "about deep": lambda folder: (folder / "about.json").write_text("[" * 100_000),
    "about no letters": lambda folder: (folder / "about.json").write_bytes(b"\xff\xfe\x00"),
    "place a text": lambda folder: about(folder, place="0"),
    "place nothing": lambda folder: about(folder, place=None),
    "place of another folder": lambda folder: about(folder, place=1),
    "closes empty": lambda folder: (folder / "closes.npy").write_bytes(b""),
    "closes cut": lambda folder: (folder / "closes.npy").write_bytes((folder / "closes.npy").read_bytes()[:-3]),
    "closes half a head": lambda folder: (folder / "closes.npy").write_bytes(b"\x93NUMPY\x01\x00"),
    "closes zip": lambda folder: (folder / "closes.npy").write_bytes(b"PK\x03\x04garbage"),
    "closes pickle": lambda folder: (folder / "closes.npy").write_bytes(pickle.dumps([Panic()])),
    "closes objects": pickled,
    "closes texts": lambda folder: np.save(folder / "closes.npy", np.array(["a", "b"])),
    "closes not numbers": lambda folder: np.save(folder / "closes.npy", np.array([np.nan, np.inf])),
    "closes in rows": lambda folder: np.save(folder / "closes.npy", np.zeros((2, 3), dtype=np.int32)),
    "closes alone": lambda folder: np.save(folder / "closes.npy", np.int32(5)),
    "closes huge": lambda folder: (folder / "closes.npy").write_bytes(
        b"\x93NUMPY\x01\x00v\x00"
        + b"{'descr': '<i4', 'fortran_order': False, 'shape': (999999999999999,), }".ljust(117)
        + b"\n"
    ),
    "market empty": lambda folder: (folder / "market").write_bytes(b""),
    "market cut": lambda folder: (folder / "market").write_bytes((folder / "market").read_bytes()[:-1]),
    "market a folder": lambda folder: ((folder / "market").unlink(), (folder / "market").mkdir()),
    "header long": lambda folder: (folder / "market").write_bytes(b"jobbro market 1\n" + b"\xff" * 8),
    "header a list": lambda folder: (folder / "market").write_bytes(
        b"jobbro market 1\n" + bytes([2]) + bytes(7) + b"[]"
    ),
    "header without size": lambda folder: header(folder, lambda told: told.pop("size")),
    "header without columns": lambda folder: header(folder, lambda told: told.pop("columns")),
    "column missing": lambda folder: header(folder, lambda told: told["columns"].pop("position")),
    "column wide": lambda folder: header(folder, widened),
    "column of objects": lambda folder: header(folder, set_column("position", ["|O", [2], 0])),
    "column of nothing known": lambda folder: header(folder, set_column("position", ["hello", [2], 0])),
    "column negative": lambda folder: header(folder, set_column("position", ["<i4", [-1], 0])),
    "column a text": lambda folder: header(folder, lambda told: told["columns"].__setitem__("position", "x")),
    "codes nothing": lambda folder: header(folder, lambda told: told.__setitem__("codes", None)),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_market_is_passed_by(kept: tuple[Path, int], kind: str) -> None:
    folder, database = kept
    DAMAGE[kind](folder)
    market.forget()
    assert newest_base(database=database, rules=rules()) is None
    with acting_as(SYSTEM_ACTOR):
        found = market.current_snapshot()
    assert len(found.base.market) == 2
    assert Panic.left == []


def test_a_market_is_made_anew_beside_a_damaged_one(kept: tuple[Path, int]) -> None:
    folder, database = kept
    (folder / "closes.npy").write_bytes(b"")
    market.forget()
    with suppress(OSError):
        # Where the new one would lie something is in the way, and is gone after the first try.
        market.keep_market()
    market.keep_market()
    assert newest_base(database=database, rules=rules()) is not None


def test_nothing_is_unpickled_anywhere() -> None:
    source = Path(market_files.__file__).parents[2]
    for path in source.rglob("*.py"):
        text = path.read_text("utf-8")
        assert "np.load(" not in text and "allow_pickle=True" not in text, path
    assert not [path for path in source.rglob("*.py") if "import pickle" in path.read_text("utf-8")]
