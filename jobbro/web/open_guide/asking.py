"""Which question comes next in the open guide, and how many there can be."""

from dataclasses import dataclass
from datetime import date

from jobbro.engines.schemes.asking import next_question
from jobbro.engines.schemes.explaining import SchemeAnswer, explain
from jobbro.engines.schemes.facts import Facts, ToldFact
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import FactDefinition

from .doors import EMPLOYER
from .sheets import Sheet


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where the guide stands: the answers of the schemes, the next question if any, and how many can come at most."""

    answers: tuple[SchemeAnswer, ...]
    following: FactDefinition | None
    most_left: int


def course_of(sheet: Sheet, *, on: date) -> Course:
    """The rules asked with the sheet; only questions of the door that nobody has passed by are left."""
    facts = sheet.facts(on=on)
    answers = tuple(
        answer for answer in explain(facts, package=load_package(), on=on) if answer.scheme in sheet.door.schemes
    )
    question = next_question(
        _without_the_passed(facts, sheet=sheet),
        package=load_package(),
        on=on,
        may_ask="employer" if sheet.door.code == EMPLOYER else "citizen",
        last_topic=_last_topic(sheet),
    )
    return Course(
        answers=answers,
        following=sheet.door.facts[question.fact.code] if question else None,
        most_left=question.open_facts if question else 0,
    )


def _without_the_passed(facts: Facts, *, sheet: Sheet) -> Facts:
    """What this door does not ask, and what was skipped, is not asked: for the choice of question only."""
    skipped = {told.code for told in sheet.told if told.state == "skipped"}
    beside = {code for code in load_package().facts if code not in sheet.door.facts}
    return Facts(told={**facts.told, **{code: ToldFact(value=None) for code in skipped | beside}})


def _last_topic(sheet: Sheet) -> str | None:
    return sheet.door.facts[sheet.told[-1].code].topic if sheet.told else None
