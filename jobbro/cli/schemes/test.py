"""`jobbro schemes test`: the worked examples, and whether they would notice a wrong rule."""

from argparse import ArgumentParser, Namespace

from jobbro.cli.errors import CommandFailed
from jobbro.cli.schemes.reading import add_package, check_scheme, package_in
from jobbro.engines.schemes.examples import Example, failures_of, read_examples
from jobbro.engines.schemes.mutating import Mutant, survivors
from jobbro.engines.schemes.rules import Package
from jobbro.kernel.strict_yaml import ContentError

HELP = "run the worked examples; --mutate tells how many wrong rules they would catch"
WANTED_PERCENT = 90.0


def add_arguments(parser: ArgumentParser) -> None:
    """Which rules and schemes, and whether each condition is changed for the worse."""
    add_package(parser)
    parser.add_argument("--scheme", metavar="CODE", help="only the examples of this scheme")
    parser.add_argument("--mutate", action="store_true", help="change every condition in turn, and see who notices")


def run(options: Namespace) -> int:
    """Print every failure; 1 when there is one, or when too few changed rules are caught."""
    package = package_in(options.package)
    check_scheme(options.scheme, package=package)
    try:
        examples = [one for one in read_examples(options.package) if options.scheme in (None, one.scheme)]
    except ContentError as error:
        raise CommandFailed(str(error)) from error
    failures = [failure for example in examples for failure in failures_of(example, package=package)]
    for failure in failures:
        print(f"{failure.example.scheme}: {failure}")
    failed = len({id(failure.example) for failure in failures})
    print(f"{len(examples) - failed} of {len(examples)} examples hold")
    if failures or not examples:
        return 1
    return _mutate(package, examples=examples) if options.mutate else 0


def _mutate(package: Package, *, examples: list[Example]) -> int:
    made, alive = survivors(package, examples)
    for mutant in alive:
        print(f"not caught: {mutant}")
    for scheme in package.schemes:
        _tell(scheme, made=[one for one in made if one.scheme == scheme], alive=alive)
    return 0 if _tell("all", made=made, alive=alive) >= WANTED_PERCENT else 1


def _tell(name: str, *, made: list[Mutant], alive: list[Mutant]) -> float:
    if not made:
        return 100.0
    caught = len(made) - len([one for one in made if one in alive])
    percent = 100.0 * caught / len(made)
    print(f"{name:<32}{caught:>5} of {len(made):<5} {percent:>5.1f} % of the changed conditions are caught")
    return percent
