"""Which question to ask next: the one after which, on average, the fewest are left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Literal

from jobbro.engines.schemes.deciding import Decider, Finding, decider_of
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.facts import Facts
from jobbro.engines.schemes.logic import Values
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import FactDefinition, Package
from jobbro.engines.schemes.sweeping import able_to, mark_asked, never_settled, open_facts

Asked = Literal["citizen", "employer", "caseworker"]
Answers = tuple[tuple[Value, float], ...]

TOPIC_CHANGE = 0.5
"""What leaving the topic of the last question costs, in questions."""

NOT_FOR_EMPLOYERS = ("person", "health", "benefit")
"""What an employer is never asked about: who somebody is, how they are, and what they live on."""

POINTS = 10
"""How many quantile points stand for a number or a date of which no shares are known."""

YEARS_BACK = 10
"""How far back such a date is looked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A fact to ask about. `expected_left` is how many questions are left after it on average, of `open_facts` now."""

    fact: FactDefinition
    schemes: tuple[str, ...]
    open_facts: int
    expected_left: float
    score: float


def next_question(
    facts: Facts, *, package: Package, on: date, may_ask: Asked = "citizen", last_topic: str | None = None
) -> Question | None:
    """The best question, or None when no answer of the one who `may_ask` names can change an outcome."""
    ranked = ranked_questions(facts, package=package, on=on, may_ask=may_ask, last_topic=last_topic)
    return ranked[0] if ranked else None


def ranked_questions(
    facts: Facts, *, package: Package, on: date, may_ask: Asked = "citizen", last_topic: str | None = None
) -> tuple[Question, ...]:
    """Every question that still matters, best first; equals stand in the order of their codes.

    The score is the expected number of questions left, by the shares of the caseload as a whole (never of the person's
    group), plus `TOPIC_CHANGE` for another topic than the last, plus what the fact costs to ask.
    """
    decider = decider_of(resolve(package, on))
    values = facts.known(on)
    findings = decider.findings(values)
    unanswerable = decider.mask(facts.unanswerable(on))
    open_in = open_facts(decider, findings, unanswerable=unanswerable)
    askable = _askable(decider, open_in.values(), package=package, may_ask=may_ask)
    expected = _expected_left(
        decider,
        askable,
        values=values,
        findings=findings,
        never=never_settled(findings, unanswerable),
        answers=_answers(package, on),
    )
    questions = [
        Question(
            fact=fact,
            schemes=tuple(code for code, mask in open_in.items() if mask & decider.bits[fact.code]),
            open_facts=len(askable),
            expected_left=expected[fact.code],
            score=expected[fact.code] + fact.cost + TOPIC_CHANGE * (last_topic not in (None, fact.topic)),
        )
        for fact in askable
    ]
    return tuple(sorted(questions, key=lambda question: (question.score, question.fact.code)))


def can_be_asked(fact: FactDefinition, *, may_ask: Asked) -> bool:
    """Judgements are made by caseworkers alone; an employer is asked about the job, never about the person."""
    if may_ask == "caseworker":
        return True
    if fact.is_assessed:
        return False
    return may_ask != "employer" or not (fact.is_sensitive or fact.topic in NOT_FOR_EMPLOYERS)


def _askable(decider: Decider, masks: Iterable[int], *, package: Package, may_ask: Asked) -> list[FactDefinition]:
    codes = decider.codes(reduce(or_, masks, 0))
    return [package.facts[code] for code in codes if can_be_asked(package.facts[code], may_ask=may_ask)]


def _expected_left(
    decider: Decider,
    askable: list[FactDefinition],
    *,
    values: Values,
    findings: list[Finding],
    never: frozenset[int],
    answers: Mapping[str, Answers],
) -> dict[str, float]:
    """Fact code -> how many of the askable facts still matter after its answer, on average.

    Every possible answer to every question is one bit, so that all of them are judged in one sweep over the trees.
    """
    trial = _Trial(askable, answers=answers)
    conditions = [trial.judge(decider, number, finding, values=values) for number, finding in enumerate(findings)]
    able = able_to(conditions, never=never, cases=trial.all)
    matters: dict[int, int] = {}
    for code, tree in decider.trees.items():
        if decider.roots[code](findings)[0] is None:
            mark_asked(tree, conditions, able=able, cases=trial.all, into=matters)
    counts = trial.counts(decider, matters, findings=findings)
    return {
        fact.code: sum(share * counts[start + number] for number, (_, share) in enumerate(answers[fact.code]))
        for fact, start in zip(askable, trial.starts, strict=True)
    }


class _Trial:
    """Every possible answer to every askable fact, numbered; bit i stands for "answer i were given"."""

    def __init__(self, askable: list[FactDefinition], *, answers: Mapping[str, Answers]) -> None:
        self.answers = answers
        self.starts: list[int] = []
        self.bits_of: dict[str, int] = {}
        self.start_of: dict[str, int] = {}
        self.width = 0
        for fact in askable:
            count = len(answers[fact.code])
            self.starts.append(self.width)
            self.start_of[fact.code] = self.width
            self.bits_of[fact.code] = ((1 << count) - 1) << self.width
            self.width += count
        self.all = (1 << self.width) - 1

    def judge(self, decider: Decider, number: int, finding: Finding, *, values: Values) -> tuple[int, int]:
        """The answers with which the condition holds, and those with which it fails."""
        verdict, open_facts = finding
        if verdict is not None:
            return (self.all, 0) if verdict else (0, self.all)
        # With two facts unknown no single answer settles it.
        if open_facts.bit_count() != 1:
            return 0, 0
        (code,) = decider.codes(open_facts)
        if code not in self.start_of:
            return 0, 0
        judge = decider.conditions[number].judge
        yes, no = 0, 0
        for bit, (value, _) in enumerate(self.answers[code], start=self.start_of[code]):
            verdict = judge({**values, code: value})
            if verdict:
                yes |= 1 << bit
            elif verdict is not None:
                no |= 1 << bit
        return yes, no

    def counts(self, decider: Decider, matters: Mapping[int, int], *, findings: list[Finding]) -> list[int]:
        """For each answer, how many askable facts still matter once it is given."""
        left = dict.fromkeys(self.bits_of, 0)
        for number, answers in matters.items():
            for code in decider.codes(findings[number][1]):
                if code in left:
                    left[code] |= answers & ~self.bits_of[code]
        return column_sums(left.values(), width=self.width)


def column_sums(rows: Iterable[int], *, width: int) -> list[int]:
    """How many of the rows have bit i, for each i below `width`: added up as binary numbers, all columns at once."""
    digits: list[int] = []
    for row in rows:
        carry = row
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    written = [format(digit, f"0{width}b")[::-1] for digit in reversed(digits)]
    return [int("".join(column), 2) for column in zip(*written, strict=True)] if written else [0] * width


@lru_cache(maxsize=50)
def _answers(package: Package, on: date) -> Mapping[str, Answers]:
    """Fact code -> the answers it can get, with their shares."""
    return {code: tuple(_answers_to(fact, package=package, on=on)) for code, fact in package.facts.items()}


def _answers_to(fact: FactDefinition, *, package: Package, on: date) -> Iterator[tuple[Value, float]]:
    shares = package.prior.get(fact.code) or _uniform(fact)
    for value, share in shares:
        if share:
            yield (
                (on + timedelta(days=int(value)) if fact.type == "date" and isinstance(value, (int, float)) else value),
                share,
            )


def _uniform(fact: FactDefinition) -> Answers:
    if fact.type == "bool":
        values: list[Value] = [True, False]
    elif fact.type == "enum":
        values = [choice.code for choice in fact.choices]
    else:
        low, high = fact.range or (-365.0 * YEARS_BACK, 365.0 if fact.may_be_future else 0.0)
        step = (high - low) / POINTS
        points = [low + step * (number + 0.5) for number in range(POINTS)]
        values = [round(point, 2) if fact.type == "decimal" else round(point) for point in points]
    return tuple((value, 1 / len(values)) for value in values)
