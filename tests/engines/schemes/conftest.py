"""Shared by the tests of schemes: packed bits are turned in plain Python, so nothing is loaded or compiled."""

import sys
from functools import cache
from types import ModuleType

import pytest

from tests.engines.plain_loops import plain_loops


@cache
def _loops() -> ModuleType:
    return plain_loops("jobbro.engines.schemes.planes_loops")


@pytest.fixture(autouse=True)
def loops_in_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    if (planes := sys.modules.get("jobbro.engines.schemes.planes")) is not None:
        monkeypatch.setattr(planes, "_loops", _loops)
