"""Rows to the engine's facts: what was told, and what file and dialogue say already, so that it is not asked again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import Period
from jobbro.apps.screening.facts import local_day
from jobbro.engines.needs import Answer
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.facts import Facts, told_facts
from jobbro.engines.schemes.facts import FactSource as EngineSource
from jobbro.engines.schemes.facts import ToldFact as EngineFact
from jobbro.engines.schemes.rules import FactDefinition, Package

from .enums import FactSource, Standing
from .models import ToldFact

# The words of a benefit period, as people write them, and what they say beyond doubt. Words that leave open which
# group it is, such as kontanthjælp, say nothing here: the question is asked.
BENEFIT_WORDS: Mapping[str, Mapping[str, Value]] = {
    "dagpenge": {"benefit": "unemployment_insurance", "a_kasse_member": True},
    "arbejdsløshedsdagpenge": {"benefit": "unemployment_insurance", "a_kasse_member": True},
    "sygedagpenge": {"benefit": "sickness_benefit"},
    "ledighedsydelse": {"benefit": "fleksjob_approved", "unemployed": True},
    "fleksløntilskud": {"benefit": "fleksjob_approved", "work_form": "fleksjob"},
    "førtidspension": {"benefit": "disability_pension"},
    "revalidering": {"benefit": "vocational_rehabilitation"},
    "revalideringsydelse": {"benefit": "vocational_rehabilitation"},
    "efterløn": {"benefit": "early_retirement_pay"},
    "fleksydelse": {"benefit": "fleksydelse"},
    "seniorpension": {"benefit": "senior_pension"},
    "tidlig pension": {"benefit": "early_pension"},
    "folkepension": {"benefit": "state_pension"},
}


@dataclass(frozen=True, kw_only=True)
class KnownFact:
    """One fact as it stands: its value, or that nobody knows it, with who said so, when, and until when it holds.

    `origin` is where it was found (`cpr`, `municipality`, `benefit`, `topic:hours`); empty when somebody told it.
    """

    code: str
    standing: Standing
    value: Value
    source: FactSource
    observed_on: date
    good_until: date | None = None
    note: str = ""
    origin: str = ""
    row_id: UUID | None = None
    told_by: UUID | None = None

    @property
    def is_known(self) -> bool:
        """Whether it has a value."""
        return self.standing == Standing.TOLD

    def has_expired(self, on: date) -> bool:
        """Whether its time is over."""
        return self.good_until is not None and self.good_until < on


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What is known about a citizen before anybody asks."""

    citizen: Citizen
    periods: tuple[Period, ...]
    answers: tuple[Answer, ...]
    on: date

    @property
    def period(self) -> Period | None:
        """The benefit that holds on the day."""
        standing = (one for one in self.periods if one.from_on <= self.on and (one.until_on or self.on) >= self.on)
        return next(standing, None)

    def answer(self, topic: str) -> Answer | None:
        """The newest answer to a topic of the dialogue; None when it was not told."""
        newest = next((one for one in reversed(self.answers) if one.topic == topic), None)
        return newest if newest is not None and newest.status == "told" else None


@dataclass(frozen=True, kw_only=True)
class Prefilled:
    """A fact found without asking, and the day it is from."""

    value: Value
    observed_on: date


Finder = Callable[[Prior], Prefilled | None]


def _born(prior: Prior) -> Prefilled | None:
    born_on = Cpr.decrypted(bytes(prior.citizen.cpr_cipher)).born_on
    return Prefilled(value=born_on, observed_on=prior.on)


def _lives_here(prior: Prior) -> Prefilled | None:
    # The home municipality is the one that opens the course.
    return Prefilled(value=True, observed_on=local_day(prior.citizen.created_at))


def _said_by_benefit(code: str) -> Finder:
    def find(prior: Prior) -> Prefilled | None:
        period = prior.period
        value = BENEFIT_WORDS.get(period.benefit.strip().casefold(), {}).get(code) if period else None
        return None if period is None or value is None else Prefilled(value=value, observed_on=period.from_on)

    return find


def _wished_hours(prior: Prior) -> Prefilled | None:
    """The most hours a week that were wished for, else the least."""
    answer = prior.answer("hours")
    wished = next((number for number in reversed(answer.numbers) if number is not None), None) if answer else None
    if answer is None or wished is None:
        return None
    return Prefilled(value=float(wished), observed_on=answer.answered_on)


# Fact | where it is from, for people to read | its source | how it is found. The order is that of the questions.
PREFILLED: tuple[tuple[str, str, FactSource, Finder], ...] = (
    ("birth_date", "cpr", FactSource.REGISTER, _born),
    ("registered_in_municipality", "municipality", FactSource.REGISTER, _lives_here),
    ("benefit", "benefit", FactSource.REGISTER, _said_by_benefit("benefit")),
    ("unemployed", "benefit", FactSource.REGISTER, _said_by_benefit("unemployed")),
    ("a_kasse_member", "benefit", FactSource.REGISTER, _said_by_benefit("a_kasse_member")),
    ("work_form", "benefit", FactSource.REGISTER, _said_by_benefit("work_form")),
    ("hours_per_week", "topic:hours", FactSource.DECLARED, _wished_hours),
)
# What the benefit period says holds as long as the period stands.
HOLDS_WITHOUT_END = frozenset({"cpr", "municipality", "benefit"})


def prefilled_facts(*, prior: Prior, package: Package) -> dict[str, KnownFact]:
    """What file, register and dialogue say already, by code."""
    found: dict[str, KnownFact] = {}
    for code, origin, source, find in PREFILLED:
        definition, prefilled = package.facts.get(code), find(prior)
        if definition is None or prefilled is None:
            continue
        found[code] = KnownFact(
            code=code,
            standing=Standing.TOLD,
            value=prefilled.value,
            source=source,
            observed_on=prefilled.observed_on,
            good_until=None
            if origin in HOLDS_WITHOUT_END
            else last_good_day(definition=definition, observed_on=prefilled.observed_on),
            origin=origin,
        )
    return found


def newest_told(*, rows: Iterable[ToldFact], package: Package) -> dict[str, KnownFact]:
    """The newest row of each code that the rules still know; rows come oldest first."""
    newest = {row.code: row for row in rows if row.code in package.facts}
    return {code: _told(row, definition=package.facts[code]) for code, row in newest.items()}


def _told(row: ToldFact, *, definition: FactDefinition) -> KnownFact:
    return KnownFact(
        code=row.code,
        standing=Standing(row.standing),
        value=None if row.value is None else value_from_json(row.value, definition=definition),
        source=FactSource(row.source),
        observed_on=row.observed_on,
        good_until=row.good_until,
        note=row.note,
        row_id=row.pk,
        told_by=row.told_by_id,
    )


def standing_facts(
    *, told: Mapping[str, KnownFact], prefilled: Mapping[str, KnownFact], on: date
) -> dict[str, KnownFact]:
    """What holds on the day, by code: of what was told and what was found, the newest that has not run out.

    What was taken back leaves room for what was found; "nobody knows" stands as told.
    """
    found: dict[str, KnownFact] = {}
    for code in sorted({*told, *prefilled}):
        both = [fact for fact in (told.get(code), prefilled.get(code)) if fact is not None]
        standing = [fact for fact in both if fact.standing != Standing.WITHDRAWN and not fact.has_expired(on)]
        if standing:
            # On the same day what a person told counts.
            found[code] = max(standing, key=lambda fact: (fact.observed_on, not fact.origin))
    return _without_wish(found)


def _without_wish(found: dict[str, KnownFact]) -> dict[str, KnownFact]:
    """Hours that were wished for are those of the job only until there is one."""
    hours, job = found.get("hours_per_week"), found.get("work_form")
    if hours is not None and hours.origin and job is not None and job.value not in (None, "none"):
        del found["hours_per_week"]
    return found


def last_good_day(*, definition: FactDefinition, observed_on: date) -> date | None:
    """The last day on which an answer of that day holds; None when it holds for ever."""
    return observed_on + timedelta(days=definition.good_for_days) if definition.good_for_days else None


def engine_facts(facts: Mapping[str, KnownFact], *, package: Package, on: date) -> Facts:
    """The facts as the engine takes them. Raises `FactError` for a value or a combination it does not allow."""
    told = {
        code: EngineFact(
            value=fact.value,
            source=cast(EngineSource, fact.source.value),
            # A day in the past can be asked about with what is known today.
            observed_on=min(fact.observed_on, on),
            good_until=fact.good_until,
        )
        for code, fact in facts.items()
    }
    return told_facts(told, package=package, on=on)


def value_to_json(value: Value) -> bool | int | float | str | None:
    """The value as it is kept: days as text."""
    return value.isoformat() if isinstance(value, date) else value


def value_from_json(value: Any, *, definition: FactDefinition) -> Value:
    """The value as it was told."""
    if definition.type == "date":
        return date.fromisoformat(str(value))
    if definition.type == "decimal":
        return float(value)
    kept: bool | int | str = value
    return kept
