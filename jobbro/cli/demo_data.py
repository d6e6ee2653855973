"""Fictive data for `jobbro demo` and `jobbro seed`."""

from jobbro.cli.demo.loading import load_demo

__all__ = ["load_demo"]
