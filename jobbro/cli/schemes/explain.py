"""`jobbro schemes explain`: what each scheme says about one person, and why."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date

from jobbro.cli.schemes.reading import add_facts, add_package, check_scheme, facts_in, package_in
from jobbro.cli.schemes.tree import tree_of
from jobbro.engines.schemes.explaining import explain

HELP = "answer every scheme for the person in a file of facts"


def add_arguments(parser: ArgumentParser) -> None:
    """The file, the day, and how the answer is shown."""
    add_facts(parser)
    add_package(parser)
    parser.add_argument("--scheme", metavar="CODE", help="only this scheme")
    parser.add_argument("--tree", action="store_true", help="every condition as a readable tree, in Danish")


def run(options: Namespace) -> int:
    """Print the answers as JSON, or as trees."""
    on = options.date or date.today()
    package = package_in(options.package)
    check_scheme(options.scheme, package=package)
    facts = facts_in(options.facts, package=package, on=on)
    answers = [answer for answer in explain(facts, package=package, on=on) if options.scheme in (None, answer.scheme)]
    if options.tree:
        print("\n\n".join(tree_of(answer) for answer in answers))
    else:
        print(json.dumps([answer.as_json() for answer in answers], ensure_ascii=False, indent=2))
    return 0
