"""Kept guidance: as it was given, and whether it comes out the same when it is worked out again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.guidance.kept import facts_from_kept, kept_answers
from jobbro.apps.guidance.models import GuidanceAnswer
from jobbro.apps.guidance.reading import read_standing
from jobbro.engines.schemes.explaining import explain
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import Package


@dataclass(frozen=True, kw_only=True)
class KeptLine:
    """One kept answer in a list."""

    id: UUID
    kept_at: datetime
    kept_by: str
    decision_on: date
    possible: int
    open: int
    note: str


@dataclass(frozen=True, kw_only=True)
class KeptAnswers:
    """A citizen's kept answers, newest first."""

    citizen_id: UUID
    name: str
    is_own: bool
    answers: tuple[KeptLine, ...]


@dataclass(frozen=True, kw_only=True)
class KeptAnswer:
    """One kept answer whole. `is_same` tells whether it comes out the same today; None when its rules have changed.

    `others` are the schemes that would be answered otherwise by the rules of today.
    """

    citizen_id: UUID
    name: str
    is_own: bool
    id: UUID
    kept_at: datetime
    kept_by: str
    decision_on: date
    package_hash: str
    note: str
    facts: dict[str, Any]
    answers: tuple[dict[str, Any], ...]
    package: Package
    is_same: bool | None
    others: tuple[str, ...]


def kept_guidance(*, actor: Actor, citizen_id: UUID) -> KeptAnswers | None:
    """The kept answers, or None when there is no such citizen for the actor. Three queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    if citizen is None:
        return None
    rows = list(
        GuidanceAnswer.objects.visible_to(actor)
        .filter(citizen_id=citizen_id)
        .select_related("kept_by")
        .order_by("-kept_at", "-id")
    )
    return KeptAnswers(
        citizen_id=citizen_id,
        name=citizen.name,
        is_own=actor.citizen_id == citizen_id,
        answers=tuple(_line(row) for row in rows),
    )


def _line(row: GuidanceAnswer) -> KeptLine:
    outcomes = [answer["outcome"] for answer in row.answers]
    return KeptLine(
        id=row.pk,
        kept_at=row.kept_at,
        kept_by=row.kept_by.display_name,
        decision_on=row.decision_on,
        possible=outcomes.count("yes"),
        open=outcomes.count("unknown"),
        note=row.note,
    )


def kept_answer(*, actor: Actor, citizen_id: UUID, answer_id: UUID) -> KeptAnswer | None:
    """One kept answer, worked out again and compared; None when it is not there for the actor. Three queries."""
    citizen = citizen_for(actor=actor, citizen_id=citizen_id)
    row = GuidanceAnswer.objects.visible_to(actor).filter(citizen_id=citizen_id, pk=answer_id).first()
    if citizen is None or row is None:
        return None
    package = load_package()
    anew = {answer["scheme"]: answer for answer in _worked_out(row, package=package)}
    others = tuple(answer["scheme"] for answer in row.answers if anew.get(answer["scheme"]) != answer)
    name = User.objects.filter(pk=row.kept_by_id).values_list("display_name", flat=True).first()
    return KeptAnswer(
        citizen_id=citizen_id,
        name=citizen.name,
        is_own=actor.citizen_id == citizen_id,
        id=row.pk,
        kept_at=row.kept_at,
        kept_by=name or "",
        decision_on=row.decision_on,
        package_hash=row.package_hash,
        note=row.note,
        facts=row.facts,
        answers=tuple(row.answers),
        package=package,
        is_same=not others if row.package_hash == package.hash else None,
        others=others,
    )


def _worked_out(row: GuidanceAnswer, *, package: Package) -> list[dict[str, Any]]:
    """The answers of today's rules to the kept facts on the kept day."""
    standing = facts_from_kept(row.facts, package=package)
    reading = read_standing(standing, package=package, on=row.decision_on)
    return kept_answers(explain(reading.facts, package=package, on=row.decision_on))
