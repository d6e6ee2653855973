"""The results of the open guide in three quiet groups, and the answers behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jobbro.engines.schemes.explaining import SchemeAnswer
from jobbro.webkit.schemes import AnswerWords, FactWords, answer_words, fact_words, language

from .asking import Course
from .sheets import Sheet, Told


@dataclass(frozen=True, kw_only=True)
class Card:
    """One scheme on the page of results. `relieves` is what it takes off a workplace, for employers."""

    words: AnswerWords
    relieves: str
    is_disputed: bool
    ask: tuple[FactWords, ...]


@dataclass(frozen=True, kw_only=True)
class Results:
    """The three groups: it looks as if, we lack, it does not fit."""

    likely: tuple[Card, ...]
    open: tuple[Card, ...]
    unfit: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One answer to read and change."""

    fact: FactWords
    state: str


def results_of(course: Course, *, sheet: Sheet, is_easy: bool) -> Results:
    """Every scheme of the door in its group, in the order of the rules."""
    cards = [(answer, _card(answer, sheet=sheet, is_easy=is_easy)) for answer in course.answers]
    return Results(
        likely=_group(cards, group="likely"), open=_group(cards, group="open"), unfit=_group(cards, group="unfit")
    )


def told_lines(sheet: Sheet, *, is_easy: bool) -> tuple[Line, ...]:
    """The answers in the order they were given."""
    return tuple(_line(told, sheet=sheet, is_easy=is_easy) for told in sheet.told)


def _line(told: Told, *, sheet: Sheet, is_easy: bool) -> Line:
    words = fact_words(sheet.door.facts[told.code], value=told.value, is_told=told.state != "skipped", is_easy=is_easy)
    return Line(fact=words, state=_("skipped") if told.state == "skipped" else words.value)


def _group(cards: Iterable[tuple[SchemeAnswer, Card]], *, group: str) -> tuple[Card, ...]:
    return tuple(card for answer, card in cards if group_of(answer, card) == group)


def group_of(answer: SchemeAnswer, card: Card) -> str:
    """`likely` as soon as nothing is open but what the municipality judges."""
    if answer.outcome == "no":
        return "unfit"
    return "likely" if answer.outcome == "yes" or not card.words.open else "open"


def _card(answer: SchemeAnswer, *, sheet: Sheet, is_easy: bool) -> Card:
    words = answer_words(answer, is_easy=is_easy)
    relieves = sheet.door.relieves.get(answer.scheme)
    facts = [sheet.door.facts[one.code] for one in words.ask if one.code in sheet.door.facts]
    return Card(
        words=words,
        relieves=relieves.in_language(language()) if relieves else "",
        is_disputed=words.outcome == "unknown" and bool(words.reasons),
        ask=tuple(fact_words(fact, is_easy=is_easy) for fact in facts),
    )


def day_of(course: Course) -> date | None:
    """The day the rules were asked for."""
    return course.answers[0].on if course.answers else None
