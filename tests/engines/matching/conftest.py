"""The loops of matching as plain Python: what they say is proven here, that the machine says the same in tests/cli."""

from collections.abc import Iterator

import pytest

from jobbro.engines.matching import changes, listing, writing
from jobbro.engines.matching.spread import bidding, graph
from jobbro.kernel import fit_batch
from tests.engines.plain_loops import plain_loops

LOOPS = (
    (listing, "_loops", "loops"),
    (writing, "_loops", "writing_loops"),
    (changes, "_loops", "changes_loops"),
    (graph, "loops", "spread.auction_loops"),
    (bidding, "loops", "spread.auction_loops"),
)


@pytest.fixture(autouse=True, scope="package")
def _plainly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, name, where in LOOPS:
            loops = plain_loops(f"jobbro.engines.matching.{where}")
            patch.setattr(module, name, lambda loops=loops: loops)
        search = plain_loops("jobbro.kernel.fit_search").search
        patch.setattr(fit_batch, "_search", lambda: search)
        yield
