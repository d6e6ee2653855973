"""`jobbro schemes prove`: properties of the rules proved for everybody, cheap answers held against exact ones."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING

from jobbro.cli.errors import CommandFailed
from jobbro.cli.schemes.reading import add_package, day, package_in
from jobbro.engines.schemes.expressions import Value

if TYPE_CHECKING:
    from jobbro.engines.schemes.proving.people import Agreement, Difference
    from jobbro.engines.schemes.proving.theorems import Theorem

HELP = "prove by z3 that the rules fit together, and that the cheap answers are the exact ones"
SHOWN = 5


def add_arguments(parser: ArgumentParser) -> None:
    """Which rules, and how many people the answers are compared for."""
    add_package(parser)
    parser.add_argument(
        "--persons", type=int, default=100, metavar="N", help="people of whom some facts are known (100)"
    )
    parser.add_argument("--missing", type=float, default=0.4, help="the share of the facts that is not known (0.4)")
    parser.add_argument("--date", type=day, default=None, metavar="D", help="the day they are asked on (today)")
    parser.add_argument("--seed", type=int, default=1, help="other people for another number (1)")


def run(options: Namespace) -> int:
    """Print every theorem and every comparison; 1 when something is refuted or differs."""
    if find_spec("z3") is None:
        raise CommandFailed("Proofs need z3, which comes with the tools of developers: `make setup-dev`.")
    if options.persons < 1 or not 0 <= options.missing <= 1:
        raise CommandFailed("--persons is at least 1, and --missing a share from 0 to 1.", status=2)
    from jobbro.engines.schemes.proving.changes import changes
    from jobbro.engines.schemes.proving.people import agreement
    from jobbro.engines.schemes.proving.theorems import prove

    package = package_in(options.package)
    theorems = prove(package)
    for theorem in theorems:
        print("\n".join(_theorem(theorem)), flush=True)
    on = options.date or date.today()
    found = agreement(package, on=on, persons=options.persons, missing=options.missing, seed=options.seed)
    print("\n".join(_agreement(found)), flush=True)
    made = changes(package, on=on, persons=options.persons, missing=options.missing, seed=options.seed)
    print(f"{made.tried} nearest changes to a yes: {len(made.impossible)} that nobody can make")
    for change in made.impossible[:SHOWN]:
        print(f"  {change}")
    is_proved = all(theorem.is_proved for theorem in theorems) and not made.impossible
    is_exact = not found.outcomes_differing and not found.relevance_differing
    return 0 if is_proved and is_exact else 1


def _theorem(theorem: "Theorem") -> Iterator[str]:
    verdict = "proved" if theorem.is_proved else f"refuted in {len(theorem.refuted)}"
    yield f"{theorem.name}: {verdict} ({theorem.cases} cases)"
    for refutation in theorem.refuted[:SHOWN]:
        yield f"  {refutation.case}: {_person(refutation.person)}"


def _agreement(found: "Agreement") -> Iterator[str]:
    wrong, coarse = _parted(found.outcomes_differing)
    missed = [one for one in found.relevance_differing if not one.cheap]
    needless = [one for one in found.relevance_differing if one.cheap]
    yield f"{found.persons} people, {found.outcomes} outcomes: {len(wrong)} wrong, {len(coarse)} could be known"
    yield f"{found.relevant} facts that matter: {len(missed)} missed, {len(needless)} more asked than needed"
    schemes = Counter(one.scheme for one in (*coarse, *needless))
    if schemes:
        yield f"  {', '.join(f'{scheme} {count}' for scheme, count in schemes.most_common())}"
    for one in (*wrong, *missed, *coarse, *needless)[:SHOWN]:
        yield f"  {one.scheme} {one.fact}: {one.cheap} for {one.exact}: {_person(one.known)}"


def _parted(differing: tuple["Difference", ...]) -> tuple[list["Difference"], list["Difference"]]:
    """The answers that claim what is not so, and those that only know less."""
    return [one for one in differing if one.cheap is not None], [one for one in differing if one.cheap is None]


def _person(person: Mapping[str, Value]) -> str:
    return ", ".join(f"{code} {value}" for code, value in person.items())
