"""The loops of matching as plain Python: what they say is proven here, that the machine says the same in tests/cli."""

import pytest

from jobbro.engines.matching import changes, listing, writing
from tests.engines.plain_loops import plain_loops

MODULES = {listing: "loops", writing: "writing_loops", changes: "changes_loops"}


@pytest.fixture(autouse=True, scope="package")
def _plainly() -> object:
    with pytest.MonkeyPatch.context() as patch:
        for module, name in MODULES.items():
            loops = plain_loops(f"jobbro.engines.matching.{name}")
            patch.setattr(module, "_loops", lambda loops=loops: loops)
        yield
