"""`jobbro schemes check`: whether the rules are whole, sourced and tested."""

from argparse import ArgumentParser, Namespace
from datetime import date

from jobbro.cli.errors import CommandFailed
from jobbro.cli.schemes.reading import add_package, day
from jobbro.engines.schemes.checking import Report, check_folder
from jobbro.kernel.strict_yaml import ContentError

HELP = "look the rules over: schema, sources, questions, thresholds tested, nothing unused"
MARKS = {"V": "read", "D": "derived", "U": "unconfirmed", "C": "sources conflict", "S": "sources silent"}


def add_arguments(parser: ArgumentParser) -> None:
    """Which rules, and the day that counts as today."""
    add_package(parser)
    parser.add_argument("--date", type=day, default=None, metavar="D", help="the day that counts as today (today)")


def run(options: Namespace) -> int:
    """Print figures, then what must be mended; 1 when something must."""
    try:
        report = check_folder(options.package, on=options.date or date.today())
    except ContentError as error:
        raise CommandFailed(str(error)) from error
    except OSError as error:
        raise CommandFailed(f"{error.filename} cannot be read: {error.strerror}.") from error
    print("\n".join(_lines(report)))
    return 1 if report.findings else 0


def _lines(report: Report) -> list[str]:
    package = report.package
    figures = [
        f"{one.name:<12}{one.covered:>5} of {one.total:<5} {one.percent:>5.1f} %  with {one.demand}"
        for one in report.coverage
    ]
    marks = ", ".join(f"{report.marks.get(mark, 0)} {name}" for mark, name in MARKS.items())
    versions = sum(len(scheme.versions) for scheme in package.schemes.values())
    return [
        f"{len(package.schemes)} schemes in {versions} versions, package {package.hash[:16]}",
        *figures,
        f"sources     {marks}; last looked at from {report.read_on[0]} to {report.read_on[1]}",
        *(f"{finding}" for finding in report.findings),
        f"{len(report.findings)} to mend" if report.findings else "Nothing to mend.",
    ]
