"""Subjects that can be known or learnt: which codes each kind has."""

from collections.abc import Sequence

from jobbro.apps.organisations.models import Municipality
from jobbro.kernel.postcodes import town_of
from jobbro.kernel.vocabulary import AREAS, GROUPS, SCHEMES

from .enums import CompetenceKind, Language, Trade

_CODES: dict[str, Sequence[str]] = {
    CompetenceKind.AREA_GROUP: tuple(GROUPS),
    CompetenceKind.AREA: AREAS,
    CompetenceKind.SCHEME: SCHEMES,
    CompetenceKind.LANGUAGE: Language.values,
    CompetenceKind.TRADE: Trade.values,
}
MUNICIPALITY, POSTCODE = "municipality:", "postcode:"


def codes_of(kind: CompetenceKind) -> tuple[str, ...]:
    """The codes of a kind in their order; none for places, which are looked up."""
    return tuple(_CODES.get(kind, ()))


def is_subject(*, kind: str, code: str) -> bool:
    """Whether there is such a subject. A place is a municipality or a postcode that exists."""
    if kind != CompetenceKind.PLACE:
        return code in _CODES.get(kind, ())
    if code.startswith(MUNICIPALITY):
        return Municipality.objects.filter(code=code.removeprefix(MUNICIPALITY)).exists()
    return code.startswith(POSTCODE) and town_of(code.removeprefix(POSTCODE)) != ""
