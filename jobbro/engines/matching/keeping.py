"""A market kept in one file that is mapped into memory: many processes share it, and it is there at once."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from jobbro.engines.matching.layout import Jobs
from jobbro.engines.matching.texts import Texts
from jobbro.engines.matching.whole_files import whole_file
from jobbro.kernel.fit_batch import MeasureTable

if TYPE_CHECKING:
    from jobbro.engines.matching.market import Market

_SIGN = b"jobbro market 1\n"
# Columns begin where processors like to read.
_ALIGNED = 64


class MarketFileError(ValueError):
    """A file does not hold a whole market of this version; make it anew from the jobs."""


def save_market(market: Market, *, path: Path) -> None:
    """The file holds the market, or what it held before; who has it mapped keeps that. Raises `OSError`."""
    columns = _columns_of(market)
    places: dict[str, tuple[str, list[int], int]] = {}
    at = 0
    for name, column in columns.items():
        places[name] = (column.dtype.str, list(column.shape), at)
        at += -(-column.nbytes // _ALIGNED) * _ALIGNED
    told = {
        "columns": places,
        "size": at,
        "codes": market.catalogue.codes,
        "occupations": market.occupations,
        "skills": market.skills,
    }
    header = json.dumps(told).encode()
    with whole_file(path) as stream:
        stream.write(_SIGN + len(header).to_bytes(8, "little") + header)
        stream.write(bytes(-stream.tell() % _ALIGNED))
        for column in columns.values():
            stream.write(column.tobytes())
            stream.write(bytes(-stream.tell() % _ALIGNED))


def load_columns(path: Path) -> tuple[Mapping[str, Any], Mapping[str, NDArray[Any]]]:
    """What was told of a market, and its columns, mapped and not read. Raises `MarketFileError`, `OSError`."""
    with path.open("rb") as stream:
        if stream.read(len(_SIGN)) != _SIGN:
            raise MarketFileError(f"{path.name} is not a market of this version; make it anew")
        length = int.from_bytes(stream.read(8), "little")
        size = os.fstat(stream.fileno()).st_size
        try:
            told = json.loads(stream.read(min(length, size)))
        except (ValueError, RecursionError) as error:
            raise MarketFileError(f"{path.name} is cut off; make it anew") from error
        first = stream.tell() + -stream.tell() % _ALIGNED
    if not isinstance(told, dict) or size != first + told.get("size", 0):
        raise MarketFileError(f"{path.name} is cut off; make it anew")
    whole = np.asarray(np.memmap(path, dtype=np.uint8, mode="r")) if told["size"] else np.empty(first, np.uint8)
    try:
        return told, {name: _mapped(whole, first, *place) for name, place in told["columns"].items()}
    except (AttributeError, LookupError, OverflowError, TypeError, ValueError) as error:
        raise MarketFileError(f"{path.name} is no whole market; make it anew") from error


def parts_of_market(told: Mapping[str, Any], columns: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """The fields of a `Market` but its reliefs."""
    return {
        "catalogue": MeasureTable(codes=tuple(told["codes"]), relief=columns["relief"], cost=columns["cost"]),
        "ids": Texts(utf8=columns["ids"], starts=columns["id_starts"]),
        "occupations": tuple(told["occupations"]),
        "skills": tuple(told["skills"]),
        "jobs": Jobs(**{name: columns[f"jobs.{name}"] for name in Jobs._fields}),
        **{name: columns[name] for name in _OWN},
    }


_OWN = ("places", "position", "least_hours", "most_hours")


def _columns_of(market: Market) -> dict[str, NDArray[Any]]:
    return dict(_each_column(market))


def _each_column(market: Market) -> Iterator[tuple[str, NDArray[Any]]]:
    yield "relief", market.catalogue.relief
    yield "cost", market.catalogue.cost
    yield "ids", market.ids.utf8
    yield "id_starts", market.ids.starts
    for name in _OWN:
        yield name, getattr(market, name)
    for name, column in market.jobs._asdict().items():
        yield f"jobs.{name}", column


def _mapped(whole: NDArray[np.uint8], first: int, kind: str, shape: list[int], at: int) -> NDArray[Any]:
    dtype = np.dtype(kind)
    # Compiled loops read where they are told: nothing here may point beyond the file.
    if min(shape, default=0) < 0 or at < 0 or first + at + math.prod(shape) * dtype.itemsize > len(whole):
        raise ValueError("a column lies beyond the file")
    size = math.prod(shape) * dtype.itemsize
    column = whole[first + at : first + at + size].view(dtype).reshape(shape)
    column.flags.writeable = False
    return column
