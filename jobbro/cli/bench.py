"""`jobbro bench`: one benchmark by name."""

import importlib
import pkgutil
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from jobbro.cli.database import PROJECT
from jobbro.cli.errors import CommandFailed

SIZES = ("S", "M", "L")


def add_arguments(parser: ArgumentParser) -> None:
    """Which benchmark, how large, and for whom the figures are printed."""
    parser.add_argument("name", help=f"one of: {', '.join(benchmark_names()) or 'none yet'}")
    parser.add_argument("--size", choices=SIZES, default="S", help="small, medium or large input (S)")
    parser.add_argument("--data", type=Path, default=None, metavar="FOLDER", help="titles: the folder of the MELO set")
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
    status: int | None = benchmark.main(size=options.size, as_json=options.json, **data)
    return status or 0
