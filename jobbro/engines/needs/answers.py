"""What was said about one topic, and what has to be put right before it can be kept."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from jobbro.engines.needs.topics import REST_FINE, ROUND_CHOICES, Topic
from jobbro.kernel.vocabulary import SLOTS

Status = Literal["told", "dont_know", "wont_say", "skipped"]
Speaker = Literal["citizen", "caseworker"]
STATUSES: tuple[Status, ...] = get_args(Status)
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)

LONGEST_WORDS = 100_000
MOST_OCCUPATIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to one topic, as it was given.

    `level` is 0-4 (contracts, section 1) or None. `numbers` has a place for each number of the topic, None where the
    person does not know it. `helps` answers the follow-up of an area. Pass answers in the order in which they were
    given: of two on one day the later in the sequence is the newer.
    """

    id: str
    topic: str
    status: Status
    said_by: Speaker
    answered_on: date
    words: str = ""
    level: int | None = None
    choices: tuple[str, ...] = ()
    numbers: tuple[float | None, ...] = ()
    slots: tuple[str, ...] = ()
    helps: str = ""


def check_answer(topic: Topic, answer: Answer) -> tuple[str, ...]:
    """Codes of what has to be put right, in a fixed order; empty when the answer can be kept.

    Words without a level are fine: they stay as words and the level stays None.
    """
    problems = {
        "wrong_topic": answer.topic != topic.code,
        "status_unknown": answer.status not in STATUSES,
        "speaker_unknown": answer.said_by not in SPEAKERS,
        "words_too_long": len(answer.words) > LONGEST_WORDS,
        "helps_too_long": len(answer.helps) > LONGEST_WORDS,
        "words_unreadable": not (_is_readable(answer.words) and _is_readable(answer.helps)),
        "empty": answer.status == "told" and not _has_content(answer),
        "content_without_told": answer.status != "told" and _has_choice(answer),
        "other_kind": not _fits_kind(topic, answer),
        "level_unknown": answer.level is not None and not _is_level(answer.level),
    }
    found = tuple(code for code, is_so in problems.items() if is_so)
    return found + _choice_problems(topic, answer) + _number_problems(topic, answer) + _slot_problems(answer)


def _is_readable(text: str) -> bool:
    """PostgreSQL keeps neither NUL nor half of a surrogate pair."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)


def _has_content(answer: Answer) -> bool:
    return bool(answer.words.strip() or answer.helps.strip()) or _has_choice(answer)


def _has_choice(answer: Answer) -> bool:
    has_number = any(number is not None for number in answer.numbers)
    return answer.level is not None or bool(answer.choices or answer.slots) or has_number


def _fits_kind(topic: Topic, answer: Answer) -> bool:
    used = {
        "level": answer.level is not None or bool(answer.helps),
        "number": bool(answer.numbers),
        "slots": bool(answer.slots),
        "choices": bool(answer.choices),
    }
    kind = "choices" if topic.kind in ("choice", "choices", "ticks", "occupations") else topic.kind
    return not any(is_used for name, is_used in used.items() if name != kind)


def _is_level(level: object) -> bool:
    return isinstance(level, int) and not isinstance(level, bool) and 0 <= level <= 4


def _choice_problems(topic: Topic, answer: Answer) -> tuple[str, ...]:
    """`rest_fine` without ticks is not read as `all_fine`: level 4 is only ever what somebody said outright."""
    chosen = answer.choices
    most = {"choice": 1, "occupations": MOST_OCCUPATIONS}.get(topic.kind, len(topic.choices))
    if topic.most_choices is not None:
        most = topic.most_choices
    problems = {
        "choice_unknown": _has_unknown(topic, chosen),
        "choice_twice": len(set(chosen)) < len(chosen),
        "too_many_choices": bool(chosen) and len(set(chosen)) > most,
        "choices_contradict": len(set(chosen)) > 1 and not set(topic.alone).isdisjoint(chosen),
        "rest_without_ticks": REST_FINE in chosen and set(chosen) <= set(ROUND_CHOICES),
    }
    return tuple(code for code, is_so in problems.items() if is_so)


def _has_unknown(topic: Topic, chosen: Iterable[str]) -> bool:
    if topic.kind == "occupations":
        return not all(code.strip() and _is_readable(code) for code in chosen)
    return bool(topic.choices) and not set(chosen) <= set(topic.choices)


def _number_problems(topic: Topic, answer: Answer) -> tuple[str, ...]:
    if not answer.numbers or topic.kind != "number":
        return ()
    if len(answer.numbers) != len(topic.numbers):
        return ("number_count",)
    pairs = [(field, number) for field, number in zip(topic.numbers, answer.numbers, strict=True) if number is not None]
    if not all(math.isfinite(number) for _field, number in pairs):
        return ("number_not_finite",)
    if not all(field.low <= number <= field.high for field, number in pairs):
        return ("number_out_of_range",)
    given = [number for _field, number in pairs]
    return ("numbers_crossed",) if given != sorted(given) else ()


def _slot_problems(answer: Answer) -> tuple[str, ...]:
    return () if set(answer.slots) <= set(SLOTS) else ("slot_unknown",)
