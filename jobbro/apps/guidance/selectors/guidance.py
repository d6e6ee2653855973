"""What the page of guidance shows: every scheme answered, the next question, and what the schemes would relieve."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.guidance.enums import FactSource, Standing
from jobbro.apps.guidance.facts import KnownFact
from jobbro.apps.guidance.permissions import can_assess, can_keep_guidance, can_tell_facts
from jobbro.apps.guidance.reading import Reading, read_standing
from jobbro.apps.guidance.relief import Relief, capacity_of, relief_for, wished_work
from jobbro.apps.screening.facts import profile_from_json
from jobbro.apps.screening.work import known_work
from jobbro.engines.needs import Profile
from jobbro.engines.schemes.asking import ranked_questions
from jobbro.engines.schemes.explaining import SchemeAnswer, explain
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition, Package
from jobbro.engines.support.occupations import Occupation

from .memory import Memory, memory_of


@dataclass(frozen=True, kw_only=True)
class Who:
    """Whose guidance it is, and what the actor may do with it."""

    citizen_id: UUID
    name: str
    is_own: bool
    may_tell: bool
    may_assess: bool
    may_keep: bool


@dataclass(frozen=True, kw_only=True)
class Question:
    """The fact to ask about, the newest row of it, and what is known of it already."""

    fact: FactDefinition
    seen: UUID | None
    known: KnownFact | None


@dataclass(frozen=True, kw_only=True)
class GuidancePage:
    """All that the page of guidance shows."""

    who: Who
    package: Package
    decision_on: date
    answers: tuple[SchemeAnswer, ...]
    standing: Mapping[str, KnownFact]
    reading: Reading
    question: Question | None
    profile: Profile
    relief: Relief | None
    other_work: tuple[Occupation, ...]

    @property
    def has_needs(self) -> bool:
        """Whether anybody has told how work goes in at least one area."""
        return any(need.level is not None for need in self.profile.needs)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One scheme before and after."""

    before: SchemeAnswer
    after: SchemeAnswer

    @property
    def is_other(self) -> bool:
        """Whether the outcome, or whether it is a right, is another."""
        return (self.before.outcome, self.before.kind) != (self.after.outcome, self.after.kind)


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """What somebody supposes: another day of decision, other facts, another work. Nothing of it is stored."""

    decision_on: date
    values: Mapping[str, Value]
    work: str = ""


@dataclass(frozen=True, kw_only=True)
class WhatIfPage:
    """The answers as they are, and as they would be."""

    now: GuidancePage
    then: GuidancePage
    changes: tuple[Change, ...]


def guidance_for(*, actor: Actor, citizen_id: UUID, on: date) -> GuidancePage | None:
    """Guidance for a citizen today, or None when there is no such citizen for the actor. Six queries."""
    memory = memory_of(actor=actor, citizen_id=citizen_id, on=on)
    return guidance_of(memory, actor=actor, standing=memory.standing, on=on) if memory else None


def what_if(*, actor: Actor, citizen_id: UUID, on: date, supposed: Supposed | None) -> WhatIfPage | None:
    """What would be otherwise; with nothing supposed both sides are the same. Six queries, nothing stored."""
    memory = memory_of(actor=actor, citizen_id=citizen_id, on=on)
    if memory is None:
        return None
    now = guidance_of(memory, actor=actor, standing=memory.standing, on=on)
    then = now
    if supposed is not None:
        standing = {**memory.standing, **_supposed_facts(supposed.values, on=on)}
        then = guidance_of(memory, actor=actor, standing=standing, on=supposed.decision_on, work=supposed.work)
    changes = tuple(Change(before=one, after=other) for one, other in zip(now.answers, then.answers, strict=True))
    return WhatIfPage(now=now, then=then, changes=changes)


def guidance_of(
    memory: Memory,
    *,
    actor: Actor,
    standing: Mapping[str, KnownFact],
    on: date,
    work: str = "",
) -> GuidancePage:
    """Guidance with these facts on this day of decision."""
    reading = read_standing(standing, package=memory.package, on=on)
    answers = explain(reading.facts, package=memory.package, on=on)
    profile = _profile(memory)
    wished = _work(profile, chosen=work)
    return GuidancePage(
        who=who_of(memory, actor=actor),
        package=memory.package,
        decision_on=on,
        answers=answers,
        standing=standing,
        reading=reading,
        question=_question(memory, actor=actor, reading=reading, on=on),
        profile=profile,
        relief=relief_for(
            capacity=capacity_of(profile),
            work=wished[0],
            answers=answers,
            work_form=standing["work_form"].value if "work_form" in standing else None,
        )
        if wished
        else None,
        other_work=wished[1:],
    )


def who_of(memory: Memory, *, actor: Actor) -> Who:
    """The citizen, and what the actor may do."""
    citizen = memory.citizen
    return Who(
        citizen_id=citizen.pk,
        name=citizen.name,
        is_own=actor.citizen_id == citizen.pk,
        may_tell=can_tell_facts(actor, citizen.pk),
        may_assess=can_assess(actor),
        may_keep=can_keep_guidance(actor),
    )


def _profile(memory: Memory) -> Profile:
    """The needs as both agreed them, as on the pages of support; before that, as they have been told."""
    agreements = memory.course.agreements
    return profile_from_json(agreements[0].profile) if agreements else memory.course.profile


def _work(profile: Profile, *, chosen: str) -> tuple[Occupation, ...]:
    wished = wished_work(profile)
    others = known_work((chosen,))
    return (*others, *(one for one in wished if one.code != chosen))


def _supposed_facts(values: Mapping[str, Value], *, on: date) -> dict[str, KnownFact]:
    return {
        code: KnownFact(
            code=code, standing=Standing.TOLD, value=value, source=FactSource.DECLARED, observed_on=on, origin="what_if"
        )
        for code, value in values.items()
    }


def question_about(memory: Memory, *, code: str) -> Question | None:
    """The question of one fact, asked or not; None when the rules know no such fact."""
    definition = memory.package.facts.get(code)
    if definition is None:
        return None
    newest = memory.newest(code)
    return Question(fact=definition, seen=newest.pk if newest else None, known=memory.standing.get(code))


def _question(memory: Memory, *, actor: Actor, reading: Reading, on: date) -> Question | None:
    """What to ask this actor next: judgements only those who assess, and nothing that was left out as a clash.

    The next question stays near the topic of what was told last.
    """
    if not can_tell_facts(actor, memory.citizen.pk):
        return None
    ranked = ranked_questions(
        reading.facts,
        package=memory.package,
        on=on,
        may_ask="caseworker" if can_assess(actor) else "citizen",
        last_topic=memory.last_topic,
    )
    best = next((one.fact.code for one in ranked if one.fact.code not in reading.left_out), None)
    return question_about(memory, code=best) if best else None
