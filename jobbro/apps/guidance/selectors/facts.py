"""The facts of one citizen for people to read: what stands, who said so, and everything that was told before."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.guidance.enums import Standing
from jobbro.apps.guidance.facts import KnownFact, value_from_json
from jobbro.apps.guidance.permissions import can_tell_fact
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.rules import FactDefinition, Package

from .guidance import Question, Who, question_about, who_of
from .memory import Memory, memory_of


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """A fact as it stands, and who said so; the name is empty for what was found in file or dialogue."""

    fact: FactDefinition
    known: KnownFact
    told_by: str
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class FactsPage:
    """All facts that stand, in the order of the rules; `gone` were told once and count no more."""

    who: Who
    package: Package
    lines: tuple[FactLine, ...]
    gone: tuple[FactDefinition, ...]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One row of a fact's history."""

    standing: Standing
    value: Value
    source: str
    observed_on: date
    good_until: date | None
    note: str
    told_by: str
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class FactPage:
    """One fact with its question and its history, newest first."""

    who: Who
    package: Package
    question: Question
    line: FactLine | None
    history: tuple[Telling, ...]
    may_tell: bool
    may_withdraw: bool


def facts_for(*, actor: Actor, citizen_id: UUID, on: date) -> FactsPage | None:
    """All facts of a citizen, or None when there is no such citizen for the actor. Seven queries."""
    memory = memory_of(actor=actor, citizen_id=citizen_id, on=on)
    if memory is None:
        return None
    names, standing = _names(memory), memory.standing
    return FactsPage(
        who=who_of(memory, actor=actor),
        package=memory.package,
        lines=tuple(
            _line(standing[code], memory=memory, actor=actor, names=names)
            for code in memory.package.facts
            if code in standing
        ),
        gone=tuple(memory.package.facts[code] for code in memory.told if code not in standing),
    )


def fact_for(*, actor: Actor, citizen_id: UUID, code: str, on: date) -> FactPage | None:
    """One fact; None when citizen or fact is not there for the actor. Seven queries."""
    memory = memory_of(actor=actor, citizen_id=citizen_id, on=on)
    question = question_about(memory, code=code) if memory else None
    if memory is None or question is None:
        return None
    names = _names(memory)
    newest = memory.newest(code)
    may_tell = can_tell_fact(actor, citizen_id, code)
    return FactPage(
        who=who_of(memory, actor=actor),
        package=memory.package,
        question=question,
        line=_line(question.known, memory=memory, actor=actor, names=names) if question.known else None,
        history=tuple(_history(memory, code=code, names=names)),
        may_tell=may_tell,
        may_withdraw=may_tell and newest is not None and newest.standing != Standing.WITHDRAWN,
    )


def _line(known: KnownFact, *, memory: Memory, actor: Actor, names: dict[UUID, str]) -> FactLine:
    return FactLine(
        fact=memory.package.facts[known.code],
        known=known,
        told_by=names.get(known.told_by, "") if known.told_by else "",
        may_change=can_tell_fact(actor, memory.citizen.pk, known.code),
    )


def _history(memory: Memory, *, code: str, names: dict[UUID, str]) -> list[Telling]:
    definition = memory.package.facts[code]
    return [
        Telling(
            standing=Standing(row.standing),
            value=None if row.value is None else value_from_json(row.value, definition=definition),
            source=row.source,
            observed_on=row.observed_on,
            good_until=row.good_until,
            note=row.note,
            told_by=names.get(row.told_by_id, ""),
            told_at=row.told_at,
        )
        for row in reversed(memory.rows)
        if row.code == code
    ]


def _names(memory: Memory) -> dict[UUID, str]:
    """Who told; the citizen's own account is behind the wall for employees, so it is named from the citizen."""
    citizen = memory.citizen
    own = {citizen.user_id: citizen.name} if citizen.user_id else {}
    staff = list({row.told_by_id for row in memory.rows} - set(own))
    return {**own, **dict(User.objects.filter(pk__in=staff).values_list("pk", "display_name"))}
