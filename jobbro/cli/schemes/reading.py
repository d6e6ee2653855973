"""Rule packages and files of facts read from disk; what is wrong becomes a sentence with file and line."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from jobbro.cli.errors import CommandFailed
from jobbro.engines.schemes.expressions import fact_codes
from jobbro.engines.schemes.facts import FactError, Facts, read_facts
from jobbro.engines.schemes.loading import FOLDER, load_package
from jobbro.engines.schemes.rules import FactDefinition, Package
from jobbro.kernel.strict_yaml import ContentError, Document, read_yaml

FIRST_YEAR, LAST_YEAR = 1900, 2199


def add_package(parser: ArgumentParser) -> None:
    """`--package`: a folder other than the one that comes with the product."""
    parser.add_argument("--package", type=Path, default=FOLDER, metavar="FOLDER", help="another folder of rules")


def add_facts(parser: ArgumentParser) -> None:
    """A file of facts, and the day of the decision."""
    parser.add_argument("facts", type=Path, metavar="FACTS.yaml", help="a flat map from fact code to value")
    parser.add_argument("--date", type=day, default=None, metavar="D", help="the day of the decision (today)")


def day(written: str) -> date:
    """A date given as an argument, in a year in which somebody can ask."""
    try:
        found = date.fromisoformat(written)
    except ValueError as error:
        raise ArgumentTypeError(f"{written!r} is not a date, written as 2026-02-01") from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ArgumentTypeError(f"{written} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return found


def check_scheme(code: str | None, *, package: Package) -> None:
    """Raise `CommandFailed` for a code that is no scheme."""
    if code is not None and code not in package.schemes:
        raise CommandFailed(f"Der er ingen ordning {code!r}. Der er: {', '.join(package.schemes)}.", status=2)


def package_in(folder: Path) -> Package:
    """The checked package. Raises `CommandFailed` with file, line and field."""
    try:
        return load_package(folder)
    except ContentError as error:
        raise CommandFailed(str(error)) from error
    except OSError as error:
        raise CommandFailed(f"{error.filename} cannot be read: {error.strerror}.") from error


def facts_in(path: Path, *, package: Package, on: date) -> Facts:
    """The checked facts of a file. Raises `CommandFailed`, in Danish, with file and line."""
    document = _document(path)
    given = {} if document.value is None else document.value
    try:
        return read_facts(given, package=package, on=on)
    except FactError as error:
        line = _line(error, document=document, package=package)
        raise CommandFailed(f"{path.name}, linje {line}: {_sentence(error, package=package)}") from error


def _document(path: Path) -> Document:
    try:
        return read_yaml(path)
    except ContentError as error:
        reasons = (sentence for start, sentence in _BROKEN.items() if error.reason.startswith(start))
        sentence = next(reasons, f"Filen kan ikke læses som en liste af oplysninger ({error.reason}).")
        raise CommandFailed(f"{path.name}, linje {error.line}: {sentence}") from error
    except OSError as error:
        raise CommandFailed(f"{path} kan ikke læses. Findes filen, og må du læse den?") from error


def _line(error: FactError, *, document: Document, package: Package) -> int:
    for contradiction in package.contradictions:
        if contradiction.id == error.code and error.reason == "contradiction":
            codes = [code for test in contradiction.tests for code in sorted(fact_codes(test))]
            return max((document.lines[code] for code in codes if code in document.lines), default=1)
    return document.lines.get(error.code, 1)


def _sentence(error: FactError, *, package: Package) -> str:
    if error.reason == "contradiction":
        return next(one.text.da for one in package.contradictions if one.id == error.code)
    if error.code not in package.facts:
        return _WITHOUT_DEFINITION.get(error.reason, error.message).format(code=error.code)
    fact = package.facts[error.code]
    if error.reason == "wrong_type":
        return f"{error.code} ({fact.label.da}) skal være {_TYPES[fact.type]}."
    return _SENTENCES[error.reason].format(
        code=error.code,
        label=fact.label.da,
        choices=", ".join(choice.code for choice in fact.choices),
        **_bounds(fact),
    )


def _bounds(fact: FactDefinition) -> Mapping[str, str]:
    low, high = fact.range or (0, 0)
    return {"low": f"{low:g}".replace(".", ","), "high": f"{high:g}".replace(".", ",")}


_BROKEN = {
    "aliases and anchors": "Henvisninger med & og * er ikke tilladt. Skriv værdien helt ud.",
    "the tag": "Typer med ! er ikke tilladt. Skriv kun værdien.",
    "nested deeper": "Der er for mange lag. Skriv én linje for hver oplysning.",
    "larger than": "Filen er for stor til at være oplysninger om én person.",
    "is not UTF-8": "Filen skal være gemt som UTF-8.",
    "is given twice": "Den samme oplysning står to gange. Behold den ene.",
    "every key must be text": "Før kolonet skal der stå en kode. Skriv den i anførselstegn, hvis den ligner et tal.",
    "cannot be read": "Værdien findes ikke, for eksempel en dato, der ikke er i kalenderen.",
    "yes could": "Skriv true for ja og false for nej.",
    "no could": "Skriv true for ja og false for nej.",
    "is not valid YAML": "Linjen kan ikke læses. Der skal stå en kode, et kolon, et mellemrum og en værdi.",
}
_TYPES = {
    "bool": "true eller false",
    "int": "et helt tal",
    "decimal": "et tal",
    "date": "en dato, skrevet som 2026-02-01",
    "enum": "en tekst",
}
_WITHOUT_DEFINITION: Mapping[str, str] = {
    "unknown_code": "{code} kendes ikke i reglerne. Skriv `jobbro schemes facts` for at se, hvad der kan oplyses.",
    "wrong_type": "Filen skal have én linje for hver oplysning: en kode, et kolon og en værdi.",
}
_SENTENCES: Mapping[str, str] = {
    "not_a_choice": "{code} ({label}) skal være en af disse: {choices}.",
    "out_of_range": "{code} ({label}) skal være fra {low} til {high}.",
    "not_finite": "{code} ({label}) skal være et almindeligt tal.",
    "too_many_decimals": "{code} ({label}) kan højst have 2 decimaler.",
    "in_the_future": "{code} ({label}) ligger efter afgørelsens dag. Ret datoen, eller vælg en anden dag med --date.",
}
