"""`jobbro occupations`: make, look up and search the table of what work asks. Starts without Django."""

from argparse import ArgumentParser, Namespace
from types import ModuleType

from jobbro.cli.occupations import derive, import_packages, search, show

VERBS: dict[str, ModuleType] = {
    "show": show,
    "search": search,
    "import": import_packages,
    "derive": derive,
}


def add_arguments(parser: ArgumentParser) -> None:
    """One verb with its own arguments; `--help` after a verb tells them."""
    verbs = parser.add_subparsers(dest="verb", metavar="verb", required=True)
    for name, module in VERBS.items():
        verb = verbs.add_parser(name, help=module.HELP, description=module.HELP, allow_abbrev=False)
        module.add_arguments(verb)


def run(options: Namespace) -> int:
    """Hand over to the verb."""
    status: int = VERBS[options.verb].run(options)
    return status
