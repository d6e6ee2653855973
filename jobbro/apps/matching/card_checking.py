"""What a citizen chose for a card, checked: only agreed needs, their own words, nobody's number, a year at most."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.wording import has_cpr

from .card_content import CardContent, CardMeasure, CardNeed
from .refusals import Refused

USUAL_MONTHS, MOST_MONTHS = 3, 12
LONGEST_SENTENCE = 300
LONGEST_NOTE = 1000
LONGEST_REASON = 200


@dataclass(frozen=True, kw_only=True)
class CardChoice:
    """What the company is to see, and for how long: nothing is in it that the citizen has not chosen."""

    is_full_name: bool
    needs: tuple[CardNeed, ...]
    measures: tuple[str, ...]
    note: str
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class CardOffer:
    """What a card can be made of: the job, areas of the agreed needs, and support of the pair and of the plan."""

    citizen: Citizen
    job: str
    areas: Collection[str]
    measures: tuple[CardMeasure, ...]


def chosen_content(*, choice: CardChoice, offer: CardOffer, on: date) -> CardContent:
    """The card exactly as it will be shown.

    Raises Refused: `area`, `measure` (not offered), `words` (a need without), `empty`, `too_long`, `cpr`, `past`,
    `order`, `long`, `protected` (the full name of somebody whose name is protected).
    """
    _check_period(choice, on=on)
    if choice.is_full_name and offer.citizen.is_protected:
        raise Refused("protected", fields=("name",))
    needs = tuple(CardNeed(area=need.area, words=need.words.strip()) for need in choice.needs)
    areas = [need.area for need in needs]
    if not set(areas) <= set(offer.areas) or len(set(areas)) < len(areas):
        raise Refused("area")
    offered = {measure.code: measure for measure in offer.measures}
    if not set(choice.measures) <= set(offered):
        raise Refused("measure")
    note = choice.note.strip()
    _check_words(needs=needs, note=note)
    if not (needs or choice.measures or note):
        raise Refused("empty")
    return CardContent(
        name=offer.citizen.name if choice.is_full_name else offer.citizen.given_name,
        job=offer.job,
        needs=needs,
        measures=tuple(measure for code, measure in offered.items() if code in choice.measures),
        note=note,
    )


def checked_reason(reason: str, *, is_own: bool) -> str:
    """Why somebody else gives the card; the citizen needs no reason. Raises Refused `on_behalf`, `too_long`, `cpr`."""
    if is_own:
        return ""
    words = reason.strip()
    if not words:
        raise Refused("on_behalf", fields=("on_behalf",))
    _check_text(words, field="on_behalf", most=LONGEST_REASON)
    return words


def months_after(day: date, *, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _check_period(choice: CardChoice, *, on: date) -> None:
    if choice.from_on < on:
        raise Refused("past", fields=("from_on",))
    if choice.until_on < choice.from_on:
        raise Refused("order", fields=("until_on",))
    if choice.until_on > months_after(choice.from_on, months=MOST_MONTHS):
        raise Refused("long", fields=("until_on",))


def _check_words(*, needs: tuple[CardNeed, ...], note: str) -> None:
    for need in needs:
        if not need.words:
            raise Refused("words", fields=(f"words_{need.area}",))
        _check_text(need.words, field=f"words_{need.area}", most=LONGEST_SENTENCE)
    _check_text(note, field="note", most=LONGEST_NOTE)


def _check_text(words: str, *, field: str, most: int) -> None:
    if len(words) > most:
        raise Refused("too_long", fields=(field,))
    if has_cpr(words):
        raise Refused("cpr", fields=(field,))
