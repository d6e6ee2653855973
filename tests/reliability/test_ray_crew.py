"""Shards on a real Ray cluster of this machine: the answers of threads, also when a worker is killed in the middle."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from jobbro.engines.matching.ray_crew import RayCrew
from jobbro.engines.matching.shards import Crew, Threads

SHARDS = [(start, start + 25) for start in range(0, 200, 25)]


@pytest.fixture(scope="module")
def crew() -> Iterator[RayCrew]:
    crew = RayCrew(workers=2)
    yield crew
    crew.close()


def total_of(shared: np.ndarray, shard: tuple[int, int]) -> tuple[int, int]:
    return shard[0], int(shared[shard[0] : shard[1]].sum())


def total_with_an_accident(shared: tuple[np.ndarray, str], shard: tuple[int, int]) -> tuple[int, int]:
    """The first worker that takes the middle shard is killed at work, as by an operator or a broken machine."""
    numbers, mark = shared
    if shard[0] == 100 and not Path(mark).exists():
        Path(mark).write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return total_of(numbers, shard)


def failing(shared: np.ndarray, shard: tuple[int, int]) -> tuple[int, int]:
    if shard[0] == 100:
        raise ValueError("this shard cannot be done")
    return total_of(shared, shard)


def totals(crew: Crew, work, shared) -> list[tuple[int, int]]:
    results = crew.map_shards(work, SHARDS, shared=crew.broadcast(shared))
    return crew.reduce(lambda found, one: [*found, one], results, start=[])


def test_ray_says_what_threads_say(crew: RayCrew) -> None:
    numbers = np.arange(200) ** 2
    threads = Threads(workers=2)
    assert totals(crew, total_of, numbers) == totals(threads, total_of, numbers)
    threads.close()


def test_a_killed_worker_changes_nothing(crew: RayCrew, tmp_path: Path) -> None:
    numbers, mark = np.arange(200), str(tmp_path / "killed")
    assert totals(crew, total_with_an_accident, (numbers, mark)) == [total_of(numbers, shard) for shard in SHARDS]
    assert Path(mark).exists()


def test_a_shard_that_cannot_be_done_is_told(crew: RayCrew) -> None:
    with pytest.raises(ValueError, match="cannot be done"):
        totals(crew, failing, np.arange(200))


def test_shards_that_are_not_wanted_any_more_are_dropped(crew: RayCrew) -> None:
    results = crew.map_shards(total_of, iter(SHARDS), shared=crew.broadcast(np.arange(200)))
    assert next(results) == (0, 300)
    results.close()
    assert totals(crew, total_of, np.arange(200)) == [total_of(np.arange(200), shard) for shard in SHARDS]
