"""The answers of the open guide. They live in the form that travels between browser and server, and nowhere else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.http import QueryDict
from django.utils.translation import gettext as _

from jobbro.engines.schemes.expressions import Value, fact_codes
from jobbro.engines.schemes.facts import FactError, Facts, ToldFact, check_value, contradictions_of, told_facts
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.rules import Contradiction, FactDefinition
from jobbro.webkit.schemes import language, question_text

from .doors import DOORS, PERSON, Door, door

State = Literal["told", "dont_know", "skipped"]
FIELD, DOOR_FIELD = "told", "door"
DONT_KNOW, SKIPPED = "?", "-"
LONGEST = 80
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,4})?")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was done with one question, in the order they came."""

    code: str
    state: State
    value: Value = None

    @property
    def written(self) -> str:
        """As it stands in the hidden field."""
        if self.state != "told":
            text = DONT_KNOW if self.state == "dont_know" else SKIPPED
        elif isinstance(self.value, bool):
            text = "true" if self.value else "false"
        else:
            text = self.value.isoformat() if isinstance(self.value, date) else str(self.value)
        return f"{self.code}:{text}"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything answered so far through one door. `problems` says what had to be taken out."""

    door: Door
    told: tuple[Told, ...] = ()
    problems: tuple[str, ...] = ()

    def about(self, code: str) -> Told | None:
        """What was done with this question."""
        return next((told for told in self.told if told.code == code), None)

    def with_told(self, told: Told) -> "Sheet":
        """The same with this answer, in its old place when it was asked before."""
        if self.about(told.code) is None:
            return replace(self, told=(*self.told, told))
        return replace(self, told=tuple(told if one.code == told.code else one for one in self.told))

    def before(self, code: str) -> str:
        """The question that was asked before this one; the last one for a new question; empty at the beginning."""
        codes = [told.code for told in self.told]
        place = codes.index(code) if code in codes else len(codes)
        return codes[place - 1] if place else ""

    def facts(self, *, on: date) -> Facts:
        """For the rules: a skipped question is as one that was never asked."""
        return told_facts(_engine_facts(self.told), package=load_package(), on=on)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The hidden fields that carry it to the next page."""
        return ((DOOR_FIELD, self.door.code), *((FIELD, told.written) for told in self.told))


def read_sheet(post: QueryDict, *, on: date) -> Sheet:
    """What came with the form, each answer checked anew; what cannot be used is left out and told."""
    chosen = post.get(DOOR_FIELD, PERSON)
    sheet = Sheet(door=door(chosen if chosen in DOORS else PERSON))
    written = post.getlist(FIELD)
    unread = len(written) > len(sheet.door.facts)
    for text in written[: len(sheet.door.facts)]:
        told = _read(text, facts=sheet.door, on=on)
        if told is None or sheet.about(told.code) is not None:
            unread = True
        else:
            sheet = sheet.with_told(told)
    if unread:
        problem = _("An earlier answer could not be read and has been left out. The others are still here.")
        sheet = replace(sheet, problems=(problem,))
    return _without_clashes(sheet, on=on)


def clashes_with(told: Told, *, sheet: Sheet, on: date) -> tuple[Contradiction, tuple[str, ...]] | None:
    """The contradiction this answer would make, and the other answers in it."""
    after = sheet.with_told(told)
    found = _clashes(after.told, on=on)
    if not found:
        return None
    codes = frozenset().union(*(fact_codes(test) for test in found[0].tests))
    return found[0], tuple(one.code for one in after.told if one.code in codes and one.code != told.code)


def _without_clashes(sheet: Sheet, *, on: date) -> Sheet:
    """Of answers that cannot all be true the later one is left out."""
    kept: tuple[Told, ...] = ()
    problems = list(sheet.problems)
    for told in sheet.told:
        found = _clashes((*kept, told), on=on)
        if found:
            question = question_text(sheet.door.facts[told.code])
            sentence = _("The answer to “%(question)s” has been left out.") % {"question": question}
            problems.append(f"{found[0].text.in_language(language())} {sentence}")
        else:
            kept = (*kept, told)
    return replace(sheet, told=kept, problems=tuple(problems))


def _clashes(told: Iterable[Told], *, on: date) -> tuple[Contradiction, ...]:
    return contradictions_of(Facts(told=_engine_facts(told)), package=load_package(), on=on)


def _engine_facts(told: Iterable[Told]) -> dict[str, ToldFact]:
    return {one.code: ToldFact(value=one.value) for one in told if one.state != "skipped"}


def _read(text: str, *, facts: Door, on: date) -> Told | None:
    """One hidden field; None when it is not one of ours."""
    code, colon, written = text[:LONGEST].partition(":")
    fact = facts.facts.get(code)
    if fact is None or not colon or len(text) > LONGEST:
        return None
    if written in (DONT_KNOW, SKIPPED):
        return Told(code=code, state="dont_know" if written == DONT_KNOW else "skipped")
    try:
        value = check_value(fact, _value(fact, written), on=on)
    except (FactError, ValueError):
        return None
    return None if value is None else Told(code=code, state="told", value=value)


def _value(fact: FactDefinition, written: str) -> Value:
    """Raises `ValueError` for a text that is not of the fact's type."""
    match fact.type:
        case "bool":
            return {"true": True, "false": False}[written] if written in ("true", "false") else written
        case "date":
            return date.fromisoformat(written)
        case "int" | "decimal":
            if not _NUMBER.fullmatch(written):
                raise ValueError(fact.code)
            return int(written) if fact.type == "int" else float(written)
        case "enum":
            return written
