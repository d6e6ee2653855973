"""The crew of a cluster: the shards run as Ray tasks, here or on other machines, with the same answers as threads.

What every shard needs travels once into Ray's store; only shards and results travel with each task. A worker that dies
takes its shard with it, and the shard is run again somewhere else: a shard changes nothing outside itself.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, TypeVar

from jobbro.engines.matching.shards import available_workers

Shared = TypeVar("Shared")
Shard = TypeVar("Shard")
Result = TypeVar("Result")
Total = TypeVar("Total")

_AHEAD = 2
# A shard whose worker dies is tried again so many times before the run gives up.
RETRIES = 8


class RayMissing(RuntimeError):
    """Ray is not installed; it is the optional extra `ray`."""


class RayCrew:
    """As `Crew`, on a Ray cluster. Without `address` a cluster of its own is started on this machine and ended again.

    Raises `RayMissing` when Ray is not installed, `ConnectionError` when there is no cluster at `address`.
    """

    def __init__(self, *, workers: int | None = None, address: str | None = None) -> None:
        # Nothing about a run goes to anybody else.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        try:
            ray: Any = import_module("ray")
        except ImportError as error:
            raise RayMissing("Ray is not installed") from error
        self._ray = ray
        own = {"num_cpus": workers or available_workers(), "include_dashboard": False}
        ray.init(address=address or "local", log_to_driver=False, logging_level="ERROR", **({} if address else own))
        self.workers = workers or int(ray.cluster_resources().get("CPU", 1))
        self._run: Any = ray.remote(max_retries=RETRIES, num_cpus=1)(_run)

    def broadcast(self, shared: Any) -> Any:
        """The thing in Ray's store: sent once to each machine, shared by its workers without a copy."""
        return self._ray.put(shared)

    def map_shards(
        self, work: Callable[[Shared, Shard], Result], shards: Iterable[Shard], *, shared: Any
    ) -> Iterator[Result]:
        """As `Crew`."""
        waiting: deque[Any] = deque()
        try:
            for shard in shards:
                waiting.append(self._run.remote(work, shared, shard))
                if len(waiting) >= self.workers * _AHEAD:
                    yield self._ray.get(waiting.popleft())
            while waiting:
                yield self._ray.get(waiting.popleft())
        finally:
            for task in waiting:
                self._ray.cancel(task, force=False)

    def reduce(self, combine: Callable[[Total, Result], Total], results: Iterable[Result], *, start: Total) -> Total:
        """As `Crew`: here, in the order of the shards, so that the total is the same as anywhere."""
        total = start
        for result in results:
            total = combine(total, result)
        return total

    def close(self) -> None:
        """Leaves the cluster, and ends it when it was started here."""
        self._ray.shutdown()


def _run(work: Callable[[Shared, Shard], Result], shared: Shared, shard: Shard) -> Result:
    return work(shared, shard)
