"""Compiled loops as plain Python: what they say is proven here in no time, that the machine says the same elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np


def plain_loops(name: str) -> ModuleType:
    """The module of loops with nothing compiled: numba takes seconds to load, and more to compile anew."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    with patch.dict(sys.modules, {"numba": SimpleNamespace(njit=_as_it_is, uint64=np.uint64)}):
        spec.loader.exec_module(module)
    return module


def _as_it_is(**_options: Any) -> Callable[[Any], Any]:
    return lambda function: function
