"""prior.yaml: shares in the caseload as a whole, never of a person's group; they only order the questions."""

from collections.abc import Mapping

from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition
from jobbro.kernel.content import Place

Shares = tuple[tuple[Value, float], ...]


def read_prior(place: Place, *, facts: Mapping[str, FactDefinition]) -> Mapping[str, Shares]:
    """Fact code -> (value, share) pairs; a date's values are days from the decision date."""
    fields = place.fields(required=("shares",), optional=("source", "mark", "note"))
    if not isinstance(fields["shares"].value, dict):
        fields["shares"].refuse("a map from fact code to shares is expected here")
    entries = fields["shares"].fields(required=(), optional=tuple(facts))
    return {code: _shares(entry, fact=facts[code]) for code, entry in entries.items()}


def _shares(place: Place, *, fact: FactDefinition) -> Shares:
    if fact.type in ("bool", "enum"):
        return _shares_of_values(place, fact=fact)
    points = [item.number() for item in place.items()]
    if points != sorted(points):
        place.refuse("quantile points stand from the least to the greatest")
    return tuple((point, 1 / len(points)) for point in points)


def _shares_of_values(place: Place, *, fact: FactDefinition) -> Shares:
    allowed = ("true", "false") if fact.type == "bool" else tuple(choice.code for choice in fact.choices)
    fields = place.fields(required=allowed)
    shares = {name: float(share.number()) for name, share in fields.items()}
    total = sum(shares.values())
    if min(shares.values()) < 0 or abs(total - 1) > 0.001:
        place.refuse(f"shares are 0 or more and add up to 1, not {total:g}")
    return tuple((name == "true" if fact.type == "bool" else name, share / total) for name, share in shares.items())
