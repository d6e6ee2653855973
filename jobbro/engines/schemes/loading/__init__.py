"""A folder of YAML files as one checked rule package; nothing is half loaded."""

import hashlib
from functools import cache
from pathlib import Path

from jobbro.engines.schemes.loading.conditions import Conditions
from jobbro.engines.schemes.loading.contradictions import read_contradictions
from jobbro.engines.schemes.loading.facts import read_derived, read_facts
from jobbro.engines.schemes.loading.parameters import read_parameters
from jobbro.engines.schemes.loading.prior import read_prior
from jobbro.engines.schemes.loading.schemes import read_scheme
from jobbro.engines.schemes.rules import Package, Scheme
from jobbro.engines.schemes.units import UnitChecker
from jobbro.kernel.content import read_fields
from jobbro.kernel.vocabulary import SCHEMES

FOLDER = Path(__file__).parents[1] / "package"


@cache
def load_package(folder: Path = FOLDER) -> Package:
    """The rule package in `folder`, checked whole; the built-in one when none is named.

    Raises `ContentError` with file, line and field for anything that is not the format of docs/schemes.md.
    """
    facts_file = read_fields(folder / "facts.yaml")
    facts = read_facts(facts_file)
    parameters = read_parameters(read_fields(folder / "parameters.yaml"))
    derived = read_derived(facts_file, units=UnitChecker(facts=facts, parameters=parameters))
    conditions = Conditions(units=UnitChecker(facts=facts, parameters=parameters), derived=derived)
    return Package(
        facts=facts,
        derived=derived,
        parameters=parameters,
        schemes=_schemes(folder / "rules", conditions=conditions),
        contradictions=read_contradictions(read_fields(folder / "contradictions.yaml"), conditions=conditions),
        prior=read_prior(read_fields(folder / "prior.yaml"), facts=facts),
        hash=package_hash(folder),
    )


def package_hash(folder: Path) -> str:
    """SHA-256 over names and contents of all files that decide an answer, in order of their names."""
    digest = hashlib.sha256()
    for path in [*sorted(folder.glob("*.yaml")), *sorted((folder / "rules").glob("*.yaml"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _schemes(folder: Path, *, conditions: Conditions) -> dict[str, Scheme]:
    found: dict[str, Scheme] = {}
    for path in sorted(folder.glob("*.yaml")):
        place = read_fields(path)
        scheme = read_scheme(place, conditions=conditions)
        if scheme.code != path.stem:
            place.refuse(f"the file is named {path.stem} and holds {scheme.code}; let them be the same")
        found[scheme.code] = scheme
    return {code: found[code] for code in SCHEMES if code in found}
