"""How often properties of the engines are tried: the thinking is proven in five seconds, by everybody, all the time."""

import gc

from hypothesis import settings

# No database of examples: what once failed becomes a test with a name.
settings.register_profile("engines", max_examples=15, deadline=None, database=None)
settings.load_profile("engines")


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: the collector need not look through it again and again."""
    gc.freeze()
