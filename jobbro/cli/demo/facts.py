"""What is known of a citizen for the schemes: facts as they were told, the row of what stands, and kept guidance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.citizens.models import BenefitPeriod
from jobbro.apps.citizens.selectors import Period
from jobbro.apps.guidance.enums import ASSESSED, FactSource, Standing
from jobbro.apps.guidance.facts import (
    KnownFact,
    Prior,
    last_good_day,
    newest_told,
    prefilled_facts,
    standing_facts,
    value_to_json,
)
from jobbro.apps.guidance.kept import kept_answers, kept_facts
from jobbro.apps.guidance.models import GuidanceAnswer, KnownFacts, ToldFact
from jobbro.apps.guidance.reading import read_standing
from jobbro.apps.screening.facts import answer_fact
from jobbro.apps.screening.models import Answer
from jobbro.engines.schemes.explaining import explain
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.loading import load_package
from jobbro.kernel.strict_yaml import read_yaml

from .content import CONTENT
from .courses import Course, Situation

# Facts are told when the needs are agreed; before that nobody has asked.
ASKED = (Situation.NEEDS, Situation.PROPOSED, Situation.PLAN)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A situation: facts, days so long ago, and what the judgements rest on."""

    facts: Mapping[str, Value]
    ago: Mapping[str, int]
    note: str


@cache
def pictures() -> tuple[Picture, ...]:
    """Every situation, as often as it comes."""
    return tuple(
        Picture(facts=one["facts"], ago=one.get("ago", {}), note=one["note"])
        for one in _content()["pictures"]
        for _ in range(one["often"])
    )


@cache
def _content() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(CONTENT / "facts.yaml").value
    return found


def add_facts(course: Course, *, may_keep: bool) -> None:
    """What was told, the row of what is known today, and for some the guidance that was kept."""
    # A die of its own: other parts of the course fall as they did before there were facts.
    rng = Random(f"facts:{course.ids.block}")  # noqa: S311 - the demo is meant to be the same everywhere
    told = _add_told(course, rng=rng) if course.situation in ASKED else []
    standing = _standing(course, told=told, on=course.today)
    _add_known(course, standing=standing)
    if may_keep and told and rng.random() < (1.0 if course.login else 0.15):
        _add_kept(course, told=told, rng=rng)


def _add_told(course: Course, *, rng: Random) -> list[ToldFact]:
    """Most of a picture, fact by fact in one sitting."""
    picture = rng.choice(pictures())
    values = {**picture.facts, **{code: course.span.last - timedelta(days=days) for code, days in picture.ago.items()}}
    if not course.login:
        values = {code: value for code, value in values.items() if rng.random() < 0.8}
    at = course.at(0.7)
    rows = []
    for code, value in values.items():
        at += timedelta(seconds=rng.randrange(20, 90))
        rows.append(_told_row(course, code=code, value=value, at=at, note=picture.note, rng=rng))
    return rows


def _told_row(course: Course, *, code: str, value: Value, at: Any, note: str, rng: Random) -> ToldFact:
    is_judgement = code.startswith(ASSESSED)
    by: User = course.user if course.user and not is_judgement and rng.random() < 0.5 else course.lead
    source = FactSource.DECLARED if by is course.user or rng.random() < 0.7 else FactSource.DOCUMENTED
    row = ToldFact(
        id=course.ids(),
        citizen=course.citizen,
        code=code,
        standing=Standing.TOLD,
        value=value_to_json(value),
        source=FactSource.ASSESSED if is_judgement else source,
        observed_on=at.date(),
        good_until=last_good_day(definition=load_package().facts[code], observed_on=at.date()),
        note=note if is_judgement else "",
        told_by=by,
        told_at=at,
    )
    course.rows.add(row, by=by.pk)
    course.happened(Verb.FACT_TOLD, at=at, by=by.pk, subject=row)
    return row


def _standing(course: Course, *, told: list[ToldFact], on: date) -> dict[str, KnownFact]:
    package = load_package()
    prior = Prior(
        citizen=course.citizen,
        periods=tuple(
            Period(benefit=row.benefit, from_on=row.from_on, until_on=row.until_on)
            for row in reversed(_own(course, BenefitPeriod))
        ),
        answers=tuple(answer_fact(row) for row in _own(course, Answer) if row.topic == "hours"),
        on=on,
    )
    return standing_facts(
        told=newest_told(rows=told, package=package), prefilled=prefilled_facts(prior=prior, package=package), on=on
    )


def _own(course: Course, table: type[Any]) -> list[Any]:
    """The citizen's rows of a table: the last ones, since citizens are added one after the other."""
    found: list[Any] = []
    added: list[tuple[UUID, Any]] = course.rows.by_table.get(table, [])
    for _by, row in reversed(added):
        if row.citizen_id != course.citizen.pk:
            break
        found.insert(0, row)
    return found


def _add_known(course: Course, *, standing: Mapping[str, KnownFact]) -> None:
    ends = {code: fact.good_until for code, fact in standing.items() if fact.is_known and fact.good_until}
    row = KnownFacts(
        id=course.ids(),
        citizen=course.citizen,
        known_at=course.at(1.0),
        good_until={code: day.isoformat() for code, day in ends.items()},
        next_expiry_on=min(ends.values(), default=None),
        **{code: fact.value for code, fact in standing.items()},
    )
    course.rows.add(row, by=course.lead.pk)


def _add_kept(course: Course, *, told: list[ToldFact], rng: Random) -> None:
    """The guidance as it was when the last fact had been told."""
    package, at = load_package(), told[-1].told_at + timedelta(minutes=5)
    standing = _standing(course, told=told, on=at.date())
    reading = read_standing(standing, package=package, on=at.date())
    kept = GuidanceAnswer(
        id=course.ids(),
        citizen=course.citizen,
        package_hash=package.hash,
        decision_on=at.date(),
        facts=kept_facts(reading.used),
        answers=kept_answers(explain(reading.facts, package=package, on=at.date())),
        note=rng.choice(_content()["kept"]),
        kept_by=course.lead,
        kept_at=at,
    )
    course.rows.add(kept, by=course.lead.pk)
    course.happened(Verb.GUIDANCE_KEPT, at=at, by=course.lead.pk, subject=kept)
