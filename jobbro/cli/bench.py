"""`jobbro bench`: one benchmark by name."""

import importlib
import pkgutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from jobbro.cli.database import PROJECT
from jobbro.cli.errors import CommandFailed

SIZES = ("S", "M", "L")


def add_arguments(parser: ArgumentParser) -> None:
    """Which benchmark, how large, and for whom the figures are printed."""
    parser.add_argument("name", help=f"one of: {', '.join(benchmark_names()) or 'none yet'}")
    parser.add_argument("--size", choices=SIZES, default="S", help="small, medium or large input (S)")
    parser.add_argument("--data", type=Path, default=None, metavar="FOLDER", help="titles: the folder of the MELO set")
    parser.add_argument(
        "--alwabp", type=Path, default=None, metavar="FOLDER", help="carve: the ALWABP instances instead"
    )
    parser.add_argument("--seconds", type=float, default=None, help="with --alwabp: the longest for one instance (60)")
    parser.add_argument(
        "--instances", type=int, default=None, help="with --alwabp: the most of each family (by --size)"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def benchmark_names() -> list[str]:
    """The benchmarks there are: modules of `benchmarks/` whose name has no underscore in front."""
    found = pkgutil.iter_modules([str(PROJECT / "benchmarks")])
    return sorted(module.name for module in found if not module.name.startswith("_"))


def run(options: Namespace) -> int:
    """Run it; its `main(size=, as_json=)`, with `data=` if it says NEEDS_DATA, returns an exit status or nothing."""
    if options.name not in benchmark_names():
        raise CommandFailed(
            f"There is no benchmark {options.name!r}. There are: {', '.join(benchmark_names())}.", status=2
        )
    sys.path.insert(0, str(PROJECT))
    benchmark = importlib.import_module(f"benchmarks.{options.name}")
    needs_data = getattr(benchmark, "NEEDS_DATA", False)
    if needs_data != (options.data is not None):
        problem = "needs --data FOLDER" if needs_data else "takes no --data"
        raise CommandFailed(f"The benchmark {options.name} {problem}.", status=2)
    data = {"data": options.data} if needs_data else {}
    alwabp = _alwabp(options, is_taken=getattr(benchmark, "TAKES_ALWABP", False))
    status: int | None = benchmark.main(size=options.size, as_json=options.json, **data, **alwabp)
    return status or 0


def _alwabp(options: Namespace, *, is_taken: bool) -> dict[str, Any]:
    """The arguments of a benchmark that says TAKES_ALWABP; none when nobody asked for those instances."""
    if options.alwabp is None and (options.seconds is not None or options.instances is not None):
        raise CommandFailed("--seconds and --instances go with --alwabp FOLDER.", status=2)
    if options.alwabp is None:
        return {}
    if not is_taken:
        raise CommandFailed(f"The benchmark {options.name} takes no --alwabp.", status=2)
    if options.seconds is not None and not 0 < options.seconds < float("inf"):
        raise CommandFailed("--seconds should be more than 0.", status=2)
    if options.instances is not None and options.instances < 1:
        raise CommandFailed("--instances should be 1 or more.", status=2)
    return {"alwabp": options.alwabp, "seconds": options.seconds, "instances": options.instances}
