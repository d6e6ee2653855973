"""Shards on a real Ray cluster of this machine: the answers of threads, also when a worker is killed in the middle."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks._market import made_up_market, write_files
from jobbro.engines.matching.columns import person_columns
from jobbro.engines.matching.market import build_market
from jobbro.engines.matching.ray_crew import RayCrew
from jobbro.engines.matching.reading import read_jobs, read_measures, read_persons
from jobbro.engines.matching.running import match_lines
from jobbro.engines.matching.shards import Crew, Threads

# What Ray calls its workers while they wait and while they work. Its agents begin with `ray::` too, and a machine whose
# agent dies leaves the cluster, the driver with it.
WORKERS = (b"ray::IDLE", b"ray::_run")
SHARDS = [(start, start + 25) for start in range(0, 200, 25)]


@pytest.fixture(scope="module")
def crew() -> Iterator[RayCrew]:
    # By it a worker of this cluster is known from those of a test beside this one.
    os.environ["RAY_JOB_OF"] = str(os.getpid())
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


def test_matching_ends_identically_when_all_workers_are_killed_in_the_middle(crew: RayCrew, tmp_path: Path) -> None:
    tables = made_up_market(persons=20_000, jobs=300, seed=3)
    files = write_files(tables, folder=tmp_path)
    measures = read_measures(files[2])
    codes = {measure.code for measure in measures}
    market = build_market(jobs=read_jobs(files[1], measures=codes), measures=measures)
    persons = person_columns(read_persons(files[0], measures=codes), catalogue=market.catalogue)
    threads = Threads(workers=2)
    right = b"".join(match_lines(persons, market=market, top=20, crew=threads))
    threads.close()
    blocks = match_lines(persons, market=market, top=20, crew=crew)
    found = [next(blocks)]
    assert kill_workers() > 0
    assert b"".join([*found, *blocks]) == right


def kill_workers() -> int:
    """Ray's workers of this test alone, wherever they are in their work."""
    killed = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and is_own_worker(process):
            os.kill(int(process.name), signal.SIGKILL)
            killed += 1
    return killed


def is_own_worker(process: Path) -> bool:
    try:
        words = (process / "cmdline").read_bytes()
        parents = (process / "environ").read_bytes()
    except OSError:
        return False
    return words.startswith(WORKERS) and f"RAY_JOB_OF={os.getpid()}".encode() in parents
