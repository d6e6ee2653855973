"""What a talk asks and what was answered: the shape that is kept, and what may stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from jobbro.apps.employers.wording import has_cpr
from jobbro.apps.jobs.task_checking import keepable
from jobbro.kernel.vocabulary import AREAS, LEVEL_MAX, LEVEL_MIN

from .enums import HoursFit, SupportState
from .refusals import Refused

LONGEST_WORDS = 2000
MOST_AREAS, MOST_MEASURES = 4, 6


@dataclass(frozen=True, kw_only=True)
class AskedMeasure:
    """A support with its name, as it was called when the talk was asked for."""

    code: str
    da: str
    en: str

    def name(self, language: str) -> str:
        return self.en if language == "en" else self.da


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one talk asks: a few areas, the support, and within how many working days help answers."""

    areas: tuple[str, ...] = ()
    measures: tuple[AskedMeasure, ...] = ()
    answer_days: int = 1

    @property
    def codes(self) -> frozenset[str]:
        """The support that is asked about."""
        return frozenset(measure.code for measure in self.measures)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was answered; what was skipped is None or left out."""

    overall: int | None = None
    areas: Mapping[str, int] = field(default_factory=dict, hash=False)
    measures: Mapping[str, SupportState] = field(default_factory=dict, hash=False)
    hours: HoursFit | None = None
    words: str = ""
    wants_talk: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Answers()


def kept_asked(asked: Asked) -> dict[str, Any]:
    """What is asked, as the row keeps it."""
    measures = [{"code": one.code, "name": {"da": one.da, "en": one.en}} for one in asked.measures]
    return {"areas": list(asked.areas), "measures": measures, "answer_days": asked.answer_days}


def asked_of(kept: Mapping[str, Any]) -> Asked:
    """What is asked, from its row."""
    return Asked(
        areas=tuple(kept["areas"]),
        measures=tuple(
            AskedMeasure(code=one["code"], da=one["name"]["da"], en=one["name"]["en"]) for one in kept["measures"]
        ),
        answer_days=kept["answer_days"],
    )


def kept_answers(answers: Answers) -> dict[str, Any]:
    """The answers as the row keeps them; what was skipped is left out."""
    told: dict[str, Any] = {
        "overall": answers.overall,
        "areas": dict(answers.areas),
        "measures": {code: str(state) for code, state in answers.measures.items()},
        "hours": str(answers.hours) if answers.hours else None,
        "words": answers.words,
        "wants_talk": answers.wants_talk,
    }
    return {name: value for name, value in told.items() if value not in (None, "", {}, False)}


def answers_of(kept: Mapping[str, Any]) -> Answers:
    """The answers from their row."""
    return Answers(
        overall=kept.get("overall"),
        areas=dict(kept.get("areas", {})),
        measures={code: SupportState(state) for code, state in kept.get("measures", {}).items()},
        hours=HoursFit(kept["hours"]) if kept.get("hours") else None,
        words=kept.get("words", ""),
        wants_talk=bool(kept.get("wants_talk")),
    )


def levels_of(answers: Answers) -> dict[str, int]:
    """Area or `overall` -> level, of what was answered."""
    overall = {} if answers.overall is None else {"overall": answers.overall}
    return {**overall, **answers.areas}


def checked_answers(answers: Answers, *, asked: Asked) -> Answers:
    """The answers, if they are answers to what is asked. Refused: `level`, `measure`, `too_long`, `cpr`."""
    levels = [*answers.areas.values(), *([] if answers.overall is None else [answers.overall])]
    if not set(answers.areas) <= set(asked.areas) & set(AREAS) or any(
        not LEVEL_MIN <= level <= LEVEL_MAX for level in levels
    ):
        raise Refused("level")
    if not set(answers.measures) <= asked.codes:
        raise Refused("measure")
    return replace(answers, words=checked_words(answers.words, field="words"))


def checked_words(text: str, *, field: str, is_needed: bool = False) -> str:
    """Words of somebody, without a citizen's number. Refused: `needed`, `too_long`, `cpr`."""
    kept = keepable(text).replace("\r\n", "\n").strip()
    if is_needed and not kept:
        raise Refused("needed", fields=(field,))
    if len(kept) > LONGEST_WORDS:
        raise Refused("too_long", fields=(field,), values={"most": LONGEST_WORDS})
    if has_cpr(kept):
        raise Refused("cpr", fields=(field,))
    return kept
