"""Work cut in shards: three calls, so that the same work runs on threads here or on machines elsewhere."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

Shared = TypeVar("Shared")
Shard = TypeVar("Shard")
Result = TypeVar("Result")
Total = TypeVar("Total")

# Enough shards under way to keep every worker busy, few enough that finished ones do not pile up.
_AHEAD = 2


class Crew(Protocol):
    """Those who do the work. Functions are given by name (they may have to travel), and hold no state."""

    def broadcast(self, shared: Any) -> Any:
        """What every shard needs, sent once; give the answer to `map_shards`."""

    def map_shards(
        self, work: Callable[[Shared, Shard], Result], shards: Iterable[Shard], *, shared: Any
    ) -> Iterator[Result]:
        """`work(shared, shard)` of every shard, in the order of the shards whatever finishes first."""

    def reduce(self, combine: Callable[[Total, Result], Total], results: Iterable[Result], *, start: Total) -> Total:
        """The results combined one after the other, in their order."""

    def close(self) -> None:
        """Nobody works any more."""


class Threads:
    """The crew of one machine: threads that share memory; the loops run without the interpreter lock."""

    def __init__(self, *, workers: int | None = None) -> None:
        self.workers = workers or available_workers()
        self._pool = ThreadPoolExecutor(max_workers=self.workers, thread_name_prefix="matching")

    def broadcast(self, shared: Shared) -> Shared:
        """The thing itself."""
        return shared

    def map_shards(
        self, work: Callable[[Shared, Shard], Result], shards: Iterable[Shard], *, shared: Shared
    ) -> Iterator[Result]:
        """As `Crew`; a failed shard raises when its turn comes, and those that have not begun are not begun."""
        waiting: deque[Future[Result]] = deque()
        try:
            for shard in shards:
                waiting.append(self._pool.submit(work, shared, shard))
                if len(waiting) >= self.workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def reduce(self, combine: Callable[[Total, Result], Total], results: Iterable[Result], *, start: Total) -> Total:
        """As `Crew`."""
        total = start
        for result in results:
            total = combine(total, result)
        return total

    def close(self) -> None:
        """Waits for the threads."""
        self._pool.shutdown(cancel_futures=True)


def available_workers() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
