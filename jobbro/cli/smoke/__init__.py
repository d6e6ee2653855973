"""The smoke run: the product on a temporary database, every page as every role, and what must never happen."""

from .run import run_smoke

__all__ = ["run_smoke"]
