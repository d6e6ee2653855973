"""The next question leaves the fewest on average; it goes only to who may be asked, and only about what matters."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from textwrap import dedent

import pytest

from jobbro.engines.schemes.asking import Question, column_sums, next_question, ranked_questions
from jobbro.engines.schemes.deciding import decider_of
from jobbro.engines.schemes.explaining import explain
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.facts import Facts, ToldFact
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.logic import judge_of_tree
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import Package
from tests.engines.schemes.people import ON, random_facts
from tests.engines.schemes.small_package import FILES, small_package, write_package

PACKAGE = load_package()
NOTHING = Facts(told={})


def with_answer(facts: Facts, code: str, value: object) -> Facts:
    return Facts(told={**facts.told, code: ToldFact(value=value)})  # type: ignore[arg-type]


def open_codes(facts: Facts) -> set[str]:
    decider = decider_of(resolve(PACKAGE, ON))
    findings = decider.findings(facts.known(ON))
    return {code for root in decider.roots.values() for code in decider.codes(root(findings)[1])}


def expected_left(facts: Facts, question: Question, *, askable: set[str]) -> float:
    """The definition, read plainly: give each answer, judge everything again, count what still matters."""
    total = 0.0
    for value, share in PACKAGE.prior[question.fact.code]:
        if question.fact.type == "date":
            assert isinstance(value, (int, float))
            value = ON + timedelta(days=int(value))
        total += share * len(
            (open_codes(with_answer(facts, question.fact.code, value)) & askable) - {question.fact.code}
        )
    return total


@pytest.mark.parametrize("seed", range(6))
def test_the_expectation_is_that_of_judging_everything_again(seed: int) -> None:
    facts = random_facts(PACKAGE, random=Random(seed), known=0.2 + 0.1 * seed)
    questions = ranked_questions(facts, package=PACKAGE, on=ON, may_ask="caseworker")
    askable = {question.fact.code for question in questions}
    assert askable == open_codes(facts)
    for question in questions[:: 1 + len(questions) // 6]:
        assert question.expected_left == pytest.approx(expected_left(facts, question, askable=askable))


def test_every_question_matters_to_a_scheme_that_is_open() -> None:
    facts = random_facts(PACKAGE, random=Random(7))
    asked = {answer.scheme: answer.ask for answer in explain(facts, package=PACKAGE, on=ON)}
    for question in ranked_questions(facts, package=PACKAGE, on=ON, may_ask="caseworker"):
        assert question.schemes == tuple(scheme for scheme, codes in asked.items() if question.fact.code in codes)
        assert question.schemes


@pytest.mark.parametrize(
    ("may_ask", "is_assessed", "is_sensitive"),
    [("citizen", False, True), ("employer", False, False), ("caseworker", True, True)],
)
def test_only_a_caseworker_judges_and_no_employer_is_asked_about_health(
    may_ask: str, is_assessed: bool, is_sensitive: bool
) -> None:
    questions = ranked_questions(NOTHING, package=PACKAGE, on=ON, may_ask=may_ask)  # type: ignore[arg-type]
    assert any(question.fact.is_assessed for question in questions) == is_assessed
    assert any(question.fact.is_sensitive for question in questions) == is_sensitive


def test_what_could_not_be_answered_is_not_asked_again() -> None:
    first = next_question(NOTHING, package=PACKAGE, on=ON)
    assert first
    again = ranked_questions(with_answer(NOTHING, first.fact.code, None), package=PACKAGE, on=ON)
    assert again
    assert first.fact.code not in {question.fact.code for question in again}


def test_questions_end_when_all_schemes_are_settled() -> None:
    whole = random_facts(PACKAGE, random=Random(3), known=1.0)
    told = Facts(told={})
    for _ in range(len(PACKAGE.facts)):
        question = next_question(told, package=PACKAGE, on=ON, may_ask="caseworker")
        if question is None:
            break
        assert question.fact.code not in told.told
        fact = whole.told.get(question.fact.code, ToldFact(value=None))
        told = Facts(told={**told.told, question.fact.code: fact})
    else:
        pytest.fail("the questions do not end")
    asked = explain(told, package=PACKAGE, on=ON)
    assert [answer.outcome for answer in asked] == [a.outcome for a in explain(whole, package=PACKAGE, on=ON)]


def test_staying_with_a_topic_counts() -> None:
    by_code = {question.fact.code: question for question in ranked_questions(NOTHING, package=PACKAGE, on=ON)}
    staying = ranked_questions(NOTHING, package=PACKAGE, on=ON, last_topic="benefit")
    for question in staying:
        away = question.fact.topic != "benefit"
        assert question.score == pytest.approx(by_code[question.fact.code].score + 0.5 * away)


def test_health_costs_more_to_ask() -> None:
    for question in ranked_questions(NOTHING, package=PACKAGE, on=ON):
        assert question.score == pytest.approx(question.expected_left + question.fact.cost)
        assert (question.fact.cost > 0) >= question.fact.is_sensitive


def test_the_same_facts_give_the_same_question() -> None:
    facts = random_facts(PACKAGE, random=Random(11), known=0.3)
    turned = Facts(told=dict(reversed(facts.told.items())))
    assert next_question(facts, package=PACKAGE, on=ON) == next_question(turned, package=PACKAGE, on=ON)


def test_before_there_were_rules_nothing_is_asked() -> None:
    assert next_question(NOTHING, package=PACKAGE, on=date(1900, 1, 1)) is None


@pytest.mark.parametrize("width", [1, 5, 64, 130])
def test_columns_are_added_up(width: int) -> None:
    random = Random(width)
    rows = [random.getrandbits(width) for _ in range(23)]
    assert column_sums(rows, width=width) == [sum(row >> place & 1 for row in rows) for place in range(width)]
    assert column_sums([], width=width) == [0] * width


def test_a_fact_without_shares_gets_even_ones(tmp_path: Path) -> None:
    package = small_package(tmp_path)
    told = Facts(
        told={
            "assessed_lasting": ToldFact(value=True),
            "start_on": ToldFact(value=date(2025, 1, 1)),
            "graduated_on": ToldFact(value=date(2024, 1, 1)),
            "unemployed": ToldFact(value=True),
        }
    )
    on = date(2026, 1, 2)  # fleksjob has ended
    work, days = sorted(ranked_questions(told, package=package, on=on), key=lambda question: question.fact.code)[::-1]
    assert (work.fact.code, days.fact.code) == ("work_form", "days")
    # With work it is a yes already; without, it takes 100 days, as seven of ten points between 0 and 366 are.
    assert work.expected_left == pytest.approx(1 / 3)
    assert days.expected_left == pytest.approx(3 / 10)


GATED = """{any: [
  {all: [{id: g1, test: "unemployed is true", da: "x", en: "x"}, {id: g2, test: "days >= 10", da: "x", en: "x"}]},
  {none: [{id: g3, judgement: true, test: "assessed_lasting is true", da: "x", en: "x"},
          {all: [{id: g4, test: "hours > 20", da: "x", en: "x"},
                 {id: g5, test: "has_work is true", da: "x", en: "x"}]}]}
]}"""
GATED_ANSWERS = {
    "unemployed": (True, False),
    "days": (9, 10),
    "assessed_lasting": (True, False),
    "hours": (20, 21),
    "work_form": ("employee", "none"),
}


def test_after_i_do_not_know_only_what_can_still_change_the_outcome_is_asked(gated: Package) -> None:
    """Held against every way of answering the rest, what nobody knows staying unknown."""
    asked_less = 0
    for how in product(("unknown", "dont_know", 0, 1), repeat=len(GATED_ANSWERS)):
        known = {
            code: values[chosen] if isinstance(chosen, int) else None
            for (code, values), chosen in zip(GATED_ANSWERS.items(), how, strict=True)
            if chosen != "unknown"
        }
        told = Facts(told={code: ToldFact(value=value) for code, value in known.items()})
        (found,) = [one for one in explain(told, package=gated, on=GATED_ON) if one.scheme == "fleksjob"]
        assert set(found.ask) == changing(known, package=gated), known
        asked_less += found.outcome == "unknown" and not found.ask and len(known) < len(GATED_ANSWERS)
    assert asked_less


GATED_ON = date(2024, 6, 30)


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Package:
    head, _ = FILES["rules/fleksjob.yaml"].split("when:")
    rule = f"{dedent(head).rstrip()}\n  when: {GATED}"
    return load_package(write_package(tmp_path_factory.mktemp("gated"), rules_fleksjob__yaml=rule))


def changing(known: dict[str, Value], *, package: Package) -> set[str]:
    """The open facts of which two answers, all others alike, give two outcomes."""
    outcome = resolve(package, GATED_ON).schemes["fleksjob"].outcome
    assert outcome is not None
    judge = judge_of_tree(outcome)
    asked = [code for code in GATED_ANSWERS if code not in known]
    verdicts = {
        given: judge({**known, **dict(zip(asked, given, strict=True))})
        for given in product(*(GATED_ANSWERS[code] for code in asked))
    }
    return {
        code
        for place, code in enumerate(asked)
        if any(
            verdicts[given] is not verdicts[(*given[:place], other, *given[place + 1 :])]
            for given in verdicts
            for other in GATED_ANSWERS[code]
        )
    }
