"""What stands on a compensation card, in the shape it is kept in and shown in: what is not here, no company gets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jobbro.engines.support.catalogue import CatalogueMeasure, Texts


@dataclass(frozen=True, kw_only=True)
class CardNeed:
    """An area and what the citizen says about it."""

    area: str
    words: str


@dataclass(frozen=True, kw_only=True)
class CardMeasure:
    """Support in the words of the day the card was given: a later catalogue changes no card."""

    code: str
    name: Texts
    text: Texts


@dataclass(frozen=True, kw_only=True)
class CardContent:
    """The whole card: the name as the citizen chose it, the job, needs, support, and a note in their own words."""

    name: str
    job: str
    needs: tuple[CardNeed, ...]
    measures: tuple[CardMeasure, ...]
    note: str

    @property
    def areas(self) -> frozenset[str]:
        """The areas that the card says something about."""
        return frozenset(need.area for need in self.needs)


def kept_content(content: CardContent) -> dict[str, Any]:
    """The card as the row keeps it; `support` has the words of the codes in `measures`."""
    return {
        "name": content.name,
        "job": content.job,
        "needs": [asdict(need) for need in content.needs],
        "measures": [measure.code for measure in content.measures],
        "support": {one.code: {"name": asdict(one.name), "text": asdict(one.text)} for one in content.measures},
        "note": content.note,
    }


def content_of(kept: Mapping[str, Any]) -> CardContent:
    """The card from its row."""
    return CardContent(
        name=kept["name"],
        job=kept["job"],
        needs=tuple(CardNeed(area=need["area"], words=need["words"]) for need in kept["needs"]),
        measures=tuple(
            CardMeasure(
                code=code, name=Texts(**kept["support"][code]["name"]), text=Texts(**kept["support"][code]["text"])
            )
            for code in kept["measures"]
        ),
        note=kept["note"],
    )


def card_measure(entry: CatalogueMeasure) -> CardMeasure:
    """Support as the catalogue tells it now, without who pays for it."""
    return CardMeasure(code=entry.code, name=entry.name, text=entry.text)
