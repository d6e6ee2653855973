"""Early signals by plain rules: each names its reason. Never a number of risk, never an order of persons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from jobbro.kernel.strict_yaml import Document, read_yaml
from jobbro.kernel.vocabulary import LANGUAGES, SCHEMES

FILE = Path(__file__).with_name("signals.yaml")
Party = Literal["citizen", "employer"]
PARTIES: tuple[Party, ...] = ("citizen", "employer")
# What a talk asks about besides the areas of the bridge.
OVERALL = "overall"
NO_HELP = "no_help"
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "harder_twice": ("talks",),
    "harder_much": ("levels",),
    "hard_now": ("level",),
    "support_late": ("days",),
    "support_no_help": (),
    "sick_twice": ("times", "weeks"),
    "sick_long": ("days",),
    "hours_falling": (),
    "no_answer": ("talks",),
    "disagree": ("levels",),
    "help_late": (),
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: its numbers, its two sentences by language, and the schemes to look at when it holds."""

    code: str
    numbers: Mapping[str, int]
    own: Mapping[str, str]
    told: Mapping[str, str]
    schemes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """All rules of one version, in the order of the file."""

    version: str
    by_code: Mapping[str, Rule]


@dataclass(frozen=True, kw_only=True)
class TalkTold:
    """One talk of one party. `levels`: area or `overall` -> 0-4, what was not answered is left out.

    `answered_on` is None for a talk that was asked for and not answered; `asked_until` is when it could be no longer.
    """

    party: Party
    due_on: date
    answered_on: date | None
    asked_until: date | None = None
    levels: Mapping[str, int] = field(default_factory=dict, hash=False)
    measures: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class SupportDue:
    """A support that was to be in place by a day and is not."""

    measure: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class SickPeriod:
    """A sick leave, without a cause; `until_on` is None while it lasts."""

    from_on: date
    until_on: date | None


@dataclass(frozen=True, kw_only=True)
class HelpAsked:
    """A question for help that has not been answered."""

    party: Party
    asked_on: date
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything the rules look at, about one person at one workplace. `hours`: (from, hours a week) as agreed."""

    talks: tuple[TalkTold, ...] = ()
    supports: tuple[SupportDue, ...] = ()
    sick: tuple[SickPeriod, ...] = ()
    hours: tuple[tuple[date, Decimal], ...] = ()
    help: tuple[HelpAsked, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A rule holds. `key` names the facts: answered once, it is quiet until there are new ones.

    `values` stand in the sentence: `area`, `measure` and `party` are codes, days are days; the web has the words.
    """

    code: str
    key: str
    since: date
    party: Party | None = None
    area: str = ""
    measure: str = ""
    day: date | None = None
    count: int = 0
    before: Decimal | None = None
    after: Decimal | None = None


def signals_of(evidence: Evidence, *, on: date) -> tuple[Signal, ...]:
    """Every rule that holds on the day, in the order of the rules; the same evidence gives the same signals."""
    known = rules().by_code
    found = [
        *_of_talks(evidence, known=known),
        *_of_support(evidence, known=known, on=on),
        *_of_sickness(evidence, known=known, on=on),
        *_hours_falling(evidence, on=on),
        *_unanswered(evidence, known=known, on=on),
        *_disagreements(evidence, known=known),
        *_late_help(evidence, on=on),
    ]
    order = list(known)
    return tuple(sorted(found, key=lambda one: (order.index(one.code), one.party or "", one.area, one.measure)))


def _answered(evidence: Evidence, party: Party) -> list[TalkTold]:
    told = [talk for talk in evidence.talks if talk.party == party and talk.answered_on is not None]
    return sorted(told, key=lambda talk: talk.due_on)


def _day(talk: TalkTold) -> date:
    return talk.answered_on or talk.due_on


def _of_talks(evidence: Evidence, *, known: Mapping[str, Rule]) -> Iterator[Signal]:
    for party in PARTIES:
        talks = _answered(evidence, party)
        if not talks:
            continue
        last = talks[-1]
        stamp = f"{party}:{last.due_on}"
        for area in sorted({area for talk in talks for area in talk.levels}):
            levels = [talk.levels[area] for talk in talks if area in talk.levels]
            if area not in last.levels:
                continue
            if _fell_in_a_row(levels, times=known["harder_twice"].numbers["talks"]):
                yield Signal(code="harder_twice", key=f"{stamp}:{area}", since=_day(last), party=party, area=area)
            elif len(levels) > 1 and levels[-2] - levels[-1] >= known["harder_much"].numbers["levels"]:
                yield Signal(code="harder_much", key=f"{stamp}:{area}", since=_day(last), party=party, area=area)
        if last.levels.get(OVERALL, 4) <= known["hard_now"].numbers["level"]:
            yield Signal(code="hard_now", key=stamp, since=_day(last), party=party)
        for measure in sorted(code for code, how in last.measures.items() if how == NO_HELP):
            yield Signal(
                code="support_no_help", key=f"{stamp}:{measure}", since=_day(last), party=party, measure=measure
            )


def _fell_in_a_row(levels: Sequence[int], *, times: int) -> bool:
    newest = levels[-times - 1 :]
    return len(newest) == times + 1 and all(later < earlier for earlier, later in pairwise(newest))


def _of_support(evidence: Evidence, *, known: Mapping[str, Rule], on: date) -> Iterator[Signal]:
    late = timedelta(days=known["support_late"].numbers["days"])
    for support in sorted(evidence.supports, key=lambda one: (one.due_on, one.measure)):
        if support.due_on + late <= on:
            yield Signal(
                code="support_late",
                key=f"{support.measure}:{support.due_on}",
                since=support.due_on + late,
                measure=support.measure,
                day=support.due_on,
            )


def _of_sickness(evidence: Evidence, *, known: Mapping[str, Rule], on: date) -> Iterator[Signal]:
    periods = sorted((one for one in evidence.sick if one.from_on <= on), key=lambda one: one.from_on)
    if not periods:
        return
    twice = known["sick_twice"].numbers
    recent = [one for one in periods if one.from_on > on - timedelta(weeks=twice["weeks"])]
    if len(recent) >= twice["times"]:
        newest = recent[-1].from_on
        yield Signal(code="sick_twice", key=str(newest), since=newest, count=len(recent))
    days = timedelta(days=known["sick_long"].numbers["days"])
    for one in periods:
        if one.until_on is None and one.from_on + days < on:
            yield Signal(code="sick_long", key=str(one.from_on), since=one.from_on + days, day=one.from_on)


def _hours_falling(evidence: Evidence, *, on: date) -> Iterator[Signal]:
    begun = [step for step in sorted(evidence.hours) if step[0] <= on]
    if len(begun) > 1 and begun[-1][1] < begun[-2][1]:
        day, after = begun[-1]
        yield Signal(code="hours_falling", key=f"{day}:{after}", since=day, before=begun[-2][1], after=after)


def _unanswered(evidence: Evidence, *, known: Mapping[str, Rule], on: date) -> Iterator[Signal]:
    wanted = known["no_answer"].numbers["talks"]
    for party in PARTIES:
        talks = sorted((one for one in evidence.talks if one.party == party), key=lambda one: one.due_on)
        newest = talks[-wanted:]
        if len(newest) == wanted and all(_is_unanswered(one, on=on) for one in newest):
            since = newest[-1].asked_until or newest[-1].due_on
            yield Signal(code="no_answer", key=f"{party}:{newest[-1].due_on}", since=since, party=party)


def _is_unanswered(talk: TalkTold, *, on: date) -> bool:
    return talk.answered_on is None and talk.asked_until is not None and talk.asked_until < on


def _disagreements(evidence: Evidence, *, known: Mapping[str, Rule]) -> Iterator[Signal]:
    ours, theirs = _answered(evidence, "citizen"), _answered(evidence, "employer")
    if not ours or not theirs:
        return
    mine, other = ours[-1], theirs[-1]
    for area in sorted(set(mine.levels) & set(other.levels)):
        if abs(mine.levels[area] - other.levels[area]) >= known["disagree"].numbers["levels"]:
            key = f"{mine.due_on}:{other.due_on}:{area}"
            yield Signal(code="disagree", key=key, since=max(_day(mine), _day(other)), area=area)


def _late_help(evidence: Evidence, *, on: date) -> Iterator[Signal]:
    for one in sorted(evidence.help, key=lambda asked: (asked.answer_by, asked.party)):
        if one.answer_by < on:
            key = f"{one.party}:{one.asked_on}:{one.answer_by}"
            yield Signal(code="help_late", key=key, since=one.answer_by, party=one.party, day=one.asked_on)


@cache
def rules() -> Rules:
    """The rules as they are in force. Raises ContentError with file and line."""
    return checked_rules(read_yaml(FILE))


def checked_rules(document: Document) -> Rules:
    """The document as rules: every code once, with the numbers it needs and whole sentences. Raises ContentError."""
    listed = document.value.get("rules") if isinstance(document.value, dict) else None
    if not isinstance(listed, list) or not isinstance(document.value.get("version"), str):
        raise document.error(field="rules", reason="needs a version (text) and a list of rules")
    found = {}
    for place, value in enumerate(listed):
        rule = _checked(value, document=document, field=f"rules[{place}]")
        if rule.code in found:
            raise document.error(field=f"rules[{place}].code", reason=f"{rule.code} stands twice")
        found[rule.code] = rule
    if left := [code for code in _NEEDED if code not in found]:
        raise document.error(field="rules", reason=f"no rule for {', '.join(left)}")
    return Rules(version=document.value["version"], by_code=found)


def _checked(value: Any, *, document: Document, field: str) -> Rule:
    code = str(value.get("code")) if isinstance(value, dict) else ""
    if code not in _NEEDED:
        raise document.error(field=f"{field}.code", reason=f"unknown rule {code!r}")
    if unknown := sorted(set(value) - {"code", "own", "told", "schemes", *_NEEDED[code]}):
        raise document.error(field=f"{field}.{unknown[0]}", reason="unknown field")
    for name in _NEEDED[code]:
        if not isinstance(value.get(name), int) or isinstance(value[name], bool) or value[name] < 1:
            raise document.error(field=f"{field}.{name}", reason="must be a whole number from 1")
    for name in ("own", "told"):
        _check_sentence(value.get(name), document=document, field=f"{field}.{name}")
    return Rule(
        code=code,
        numbers={name: value[name] for name in _NEEDED[code]},
        own=value["own"],
        told=value["told"],
        schemes=_checked_schemes(value.get("schemes"), document=document, field=f"{field}.schemes"),
    )


def _check_sentence(value: Any, *, document: Document, field: str) -> None:
    if not isinstance(value, dict) or sorted(value) != sorted(LANGUAGES):
        raise document.error(field=field, reason=f"needs {' and '.join(LANGUAGES)}")
    for language, text in value.items():
        if not isinstance(text, str) or not text.strip().endswith("."):
            raise document.error(field=f"{field}.{language}", reason="must be a whole sentence")


def _checked_schemes(value: Any, *, document: Document, field: str) -> tuple[str, ...]:
    codes: Iterable[Any] = value if isinstance(value, list) else [None]
    found = tuple(codes)
    if unknown := [code for code in found if code not in SCHEMES]:
        raise document.error(field=field, reason=f"unknown scheme {unknown[0]!r}")
    return found
