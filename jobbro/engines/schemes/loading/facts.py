"""facts.yaml: everything that can be known, and names for what follows from it."""

from collections.abc import Mapping

from jobbro.engines.schemes.expressions import (
    Compare,
    Expression,
    ExpressionError,
    Membership,
    Settled,
    Test,
    fact_codes,
    parse_expression,
    parse_test,
)
from jobbro.engines.schemes.loading.conditions import check_size, write_out, write_out_expression
from jobbro.engines.schemes.loading.texts import read_optional_text, read_own_text, read_text
from jobbro.engines.schemes.rules import TOPICS, Choice, DerivedFact, FactDefinition, FactType
from jobbro.engines.schemes.units import UnitChecker, dimension_of
from jobbro.kernel.content import Place

TYPES: tuple[FactType, ...] = ("bool", "int", "decimal", "date", "enum")
PERSONAL = ("person", "health", "benefit")
HEALTH_COST = 1.0
LONGEST_GOOD = 36_500
DEEPEST = 20


def read_facts(place: Place) -> Mapping[str, FactDefinition]:
    """Code -> definition of every fact that is told, in file order."""
    found: dict[str, FactDefinition] = {}
    for item in _items(place):
        if "derive" in _map(item):
            continue
        fact = _fact(item)
        if fact.code in found:
            item.refuse(f"the fact {fact.code!r} is given twice")
        found[fact.code] = fact
    return found


def read_derived(place: Place, *, units: UnitChecker) -> Mapping[str, DerivedFact]:
    """Code -> meaning of every derived fact, each written out to told facts. Refuses a cycle."""
    waiting: dict[str, tuple[Place, Place]] = {}
    for item in _items(place):
        if "derive" in _map(item):
            fields = item.fields(required=("code", "type", "derive", "label"), optional=("unit", "topic"))
            waiting[fields["code"].text()] = (fields["derive"], fields["label"])
    found: dict[str, DerivedFact] = {}
    for code in waiting:
        _derive(code, waiting=waiting, found=found, units=units, way=())
    return found


def _derive(
    code: str,
    *,
    waiting: Mapping[str, tuple[Place, Place]],
    found: dict[str, DerivedFact],
    units: UnitChecker,
    way: tuple[str, ...],
) -> None:
    place, label = waiting[code]
    if code in way:
        place.refuse(f"goes in a circle: {' -> '.join((*way[way.index(code) :], code))}")
    if len(way) > DEEPEST:
        place.refuse(f"rests on more than {DEEPEST} derived facts, one behind the other")
    if code in found:
        return
    try:
        raw = _parse(place.text())
        for other in fact_codes(raw) & set(waiting):
            _derive(other, waiting=waiting, found=found, units=units, way=(*way, code))
        definition = _checked(raw, found=found, units=units)
    except ExpressionError as error:
        place.refuse(str(error))
    found[code] = DerivedFact(code=code, label=read_text(label), definition=definition, written=place.text())


def _parse(text: str) -> Expression | Test:
    try:
        return parse_expression(text)
    except ExpressionError:
        return parse_test(text)


def _checked(raw: Expression | Test, *, found: Mapping[str, DerivedFact], units: UnitChecker) -> Expression | Test:
    if isinstance(raw, (Compare, Membership, Settled)):
        test = write_out(raw, found)
        check_size(test)
        units.check(test)
        return test
    expression = write_out_expression(raw, found)
    check_size(expression)
    units.kind(expression)
    return expression


def _items(place: Place) -> tuple[Place, ...]:
    return place.fields(required=("facts",))["facts"].items()


def _map(place: Place) -> dict[str, object]:
    if not isinstance(place.value, dict):
        place.refuse("a map is expected here")
    return place.value


def _fact(place: Place) -> FactDefinition:
    fields = place.fields(
        required=("code", "type", "topic", "label", "q"),
        optional=(
            "unit", "range", "choices", "hint", "easy", "set_by", "note", "register", "sensitive", "cost", "future",
            "good_for_days", "open_to_change", "open_from",
        ),
    )  # fmt: skip
    fact_type = next(name for name in TYPES if name == fields["type"].one_of(TYPES))
    is_sensitive = "sensitive" in fields and bool(fields["sensitive"].one_of(("health",)))
    fact = FactDefinition(
        code=fields["code"].text(),
        type=fact_type,
        unit=_unit(fields.get("unit")),
        topic=fields["topic"].one_of(TOPICS),
        label=read_text(fields["label"]),
        question=read_text(fields["q"]),
        hint=read_optional_text(fields.get("hint")),
        easy=read_optional_text(fields.get("easy")),
        choices=_choices(fields.get("choices")),
        range=_range(fields.get("range")),
        is_register=_flag(fields.get("register")),
        is_sensitive=is_sensitive,
        may_be_future=_flag(fields.get("future")),
        is_open_to_change=_flag(fields.get("open_to_change")),
        open_from=tuple(item.text() for item in fields["open_from"].items()) if "open_from" in fields else (),
        cost=float(fields["cost"].number()) if "cost" in fields else HEALTH_COST * is_sensitive,
        good_for_days=fields["good_for_days"].whole() if "good_for_days" in fields else None,
    )
    _check(place, fact=fact, fields=fields)
    return fact


def _check(place: Place, *, fact: FactDefinition, fields: Mapping[str, Place]) -> None:
    if not fact.code.isascii() or not fact.code.isidentifier() or fact.code in ("p", "true", "false", "decision_date"):
        fields["code"].refuse(f"{fact.code!r} cannot be a code; use lower case letters, digits and _")
    if (fact.type == "enum") != bool(fact.choices):
        place.refuse("choices go with the type enum, and only with it")
    if (fact.type in ("int", "decimal")) != (fact.range is not None):
        place.refuse("range goes with the types int and decimal, and is needed there")
    if fact.is_assessed != ("set_by" in fields):
        place.refuse("set_by: [caseworker] goes with facts that begin with assessed_, and only with them")
    if fact.good_for_days is not None and not 1 <= fact.good_for_days <= LONGEST_GOOD:
        fields["good_for_days"].refuse(f"an answer holds for 1 to {LONGEST_GOOD} days, or for ever without this field")
    if fact.is_open_to_change and (fact.is_sensitive or fact.is_assessed or fact.topic in PERSONAL):
        fields["open_to_change"].refuse("what somebody is, has or lives on is never named as something to change")
    if not set(fact.open_from) <= {choice.code for choice in fact.choices if fact.is_open_to_change}:
        fields["open_from"].refuse("goes with open_to_change, and names choices of the fact")
    if fact.may_be_future and fact.type != "date":
        fields["future"].refuse("only a date can lie in the future")


def _choices(place: Place | None) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for item in place.items() if place else ():
        fields = item.fields(required=("code", "da", "en"))
        choice = Choice(code=fields["code"].text(), text=read_own_text(fields))
        if any(choice.code == other.code for other in found):
            item.refuse(f"the choice {choice.code!r} is given twice")
        found.append(choice)
    return tuple(found)


def _range(place: Place | None) -> tuple[float, float] | None:
    if place is None:
        return None
    bounds = [float(item.number()) for item in place.items()]
    if len(bounds) != 2 or bounds[0] >= bounds[1]:
        place.refuse("a range is [low, high] with low below high")
    return bounds[0], bounds[1]


def _unit(place: Place | None) -> str:
    if place is None:
        return ""
    try:
        dimension_of(place.text())
    except ExpressionError as error:
        place.refuse(str(error))
    return place.text()


def _flag(place: Place | None) -> bool:
    return place is not None and place.boolean()
