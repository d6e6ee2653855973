"""The two doors of the guide: what each of them asks, and in whose words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jobbro.engines.schemes.asking import can_be_asked
from jobbro.engines.schemes.duties import load_duty
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import Choice, FactDefinition, Text
from jobbro.kernel.content import Place, read_fields

PERSON, EMPLOYER = "person", "employer"
DOORS = (PERSON, EMPLOYER)
_EMPLOYER_FILE = Path(__file__).with_name("employer.yaml")


@dataclass(frozen=True, kw_only=True)
class Door:
    """What one door asks, by fact code, and which schemes it tells about; `relieves` is in the employer's words."""

    code: str
    facts: Mapping[str, FactDefinition]
    schemes: tuple[str, ...]
    relieves: Mapping[str, Text]


@cache
def door(code: str) -> Door:
    """The door with this code; the person's for any other."""
    return _employers_door() if code == EMPLOYER else _persons_door()


def _persons_door() -> Door:
    package = load_package()
    asked = {code: fact for code, fact in package.facts.items() if can_be_asked(fact, may_ask="citizen")}
    return Door(code=PERSON, facts=asked, schemes=tuple(package.schemes), relieves={})


def _employers_door() -> Door:
    """Raises `ContentError` when the file names a fact, a choice or a scheme that is not in the package."""
    fields = read_fields(_EMPLOYER_FILE).fields(required=("schemes", "questions"))
    told = {**load_duty().relieved_by, **dict(_relief(place) for place in fields["schemes"].items())}
    relieves = {code: told[code] for code in load_package().schemes if code in told}
    facts = {fact.code: fact for fact in map(_employers_fact, fields["questions"].items())}
    return Door(code=EMPLOYER, facts=facts, schemes=tuple(relieves), relieves=relieves)


def _relief(place: Place) -> tuple[str, Text]:
    fields = place.fields(required=("code", "relieves"))
    return fields["code"].one_of(tuple(load_package().schemes)), _text(fields["relieves"])


def _employers_fact(place: Place) -> FactDefinition:
    fields = place.fields(required=("code", "q"), optional=("hint", "choices"))
    facts = load_package().facts
    allowed = tuple(code for code, fact in facts.items() if can_be_asked(fact, may_ask="employer"))
    fact = facts[fields["code"].one_of(allowed)]
    own = fields["choices"].items() if "choices" in fields else ()
    return replace(
        fact,
        question=_text(fields["q"]),
        easy=None,
        hint=_text(fields["hint"]) if "hint" in fields else None,
        choices=tuple(_choice(item, fact) for item in own) or fact.choices,
    )


def _choice(place: Place, fact: FactDefinition) -> Choice:
    fields = place.fields(required=("code", "da", "en"))
    code = fields["code"].one_of(tuple(choice.code for choice in fact.choices))
    return Choice(code=code, text=Text(da=fields["da"].text(), en=fields["en"].text()))


def _text(place: Place) -> Text:
    fields = place.fields(required=("da", "en"))
    return Text(da=fields["da"].text(), en=fields["en"].text())
