"""People questioned until nothing more matters: by the product, by forms in a fixed order, and by one who knows all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks._certificates import fewest_questions
from jobbro.engines.schemes.asking import can_be_asked, next_question
from jobbro.engines.schemes.deciding import Decider, decider_of
from jobbro.engines.schemes.expressions import Value
from jobbro.engines.schemes.facts import Facts, ToldFact
from jobbro.engines.schemes.resolving import resolve
from jobbro.engines.schemes.rules import TOPICS, Package

Choose = Callable[[Facts, str | None], str | None]


@dataclass(kw_only=True)
class _Asker:
    """Asks as the citizen can answer: no judgements."""

    package: Package
    on: date
    milliseconds: list[float] = field(default_factory=list)

    @property
    def decider(self) -> Decider:
        return decider_of(resolve(self.package, self.on))

    @property
    def askable(self) -> list[str]:
        return [code for code in self.decider.facts if can_be_asked(self.package.facts[code], may_ask="citizen")]

    def product(self, facts: Facts, last_topic: str | None) -> str | None:
        """The product's next question, timed."""
        start = time.perf_counter()
        question = next_question(facts, package=self.package, on=self.on, last_topic=last_topic)
        self.milliseconds.append(1e3 * (time.perf_counter() - start))
        return question.fact.code if question else None

    def form(self, order: Sequence[str]) -> Choose:
        """The first question in a fixed order that can still matter."""

        def choose(facts: Facts, last_topic: str | None) -> str | None:
            findings = self.decider.findings(facts.known(self.on))
            matters = {code for root in self.decider.roots.values() for code in self.decider.codes(root(findings)[1])}
            matters -= facts.unanswerable(self.on)
            return next((code for code in order if code in matters), None)

        return choose

    def questions(self, person: Mapping[str, Value], choose: Choose, *, known: Sequence[str]) -> int:
        """How many questions until none is left."""
        told = {code: ToldFact(value=person[code]) for code in known if person[code] is not None}
        count, last_topic = 0, None
        while code := choose(Facts(told=told), last_topic):
            told[code] = ToldFact(value=person[code])
            last_topic = self.package.facts[code].topic
            count += 1
        return count

    def fewest(self, person: Mapping[str, Value], *, known: Sequence[str]) -> int:
        """The least that any way of asking could do."""
        found = [code for code in known if person[code] is not None]
        askable = [code for code in self.askable if code not in found]
        return fewest_questions(self.decider, {**person, "decision_date": self.on}, known=found, askable=askable)


def question_figures(people: Sequence[Mapping[str, Value]], *, package: Package, on: date) -> dict[str, Any]:
    """Means and ratios, without anything known beforehand and with what registers know."""
    asker = _Asker(package=package, on=on)
    registers = [code for code, fact in package.facts.items() if fact.is_register]
    return {
        "persons": len(people),
        "nothing_known": _compared(asker, people, known=()),
        "registers_known": _compared(asker, people, known=registers),
        "next_question_ms": {
            "mean": round(float(np.mean(asker.milliseconds)), 2),
            "p95": round(float(np.percentile(asker.milliseconds, 95)), 2),
        },
    }


def _compared(asker: _Asker, people: Sequence[Mapping[str, Value]], *, known: Sequence[str]) -> dict[str, Any]:
    facts = asker.package.facts
    by_topic = sorted(asker.askable, key=lambda code: (TOPICS.index(facts[code].topic), list(facts).index(code)))
    counts = {
        "product": [asker.questions(person, asker.product, known=known) for person in people],
        "form_by_topic": [asker.questions(person, asker.form(by_topic), known=known) for person in people],
        "form_in_file_order": [asker.questions(person, asker.form(asker.askable), known=known) for person in people],
    }
    if find_spec("clingo"):
        counts["fewest_possible"] = [asker.fewest(person, known=known) for person in people]
    means = {name: float(np.mean(found)) for name, found in counts.items()}
    whole_form = len([code for code in asker.askable if code not in known])
    return {
        "mean": {name: round(mean, 2) for name, mean in means.items()} | {"whole_form": whole_form},
        "product_p90": int(np.percentile(counts["product"], 90)),
        "ratio_to": {name: round(means["product"] / mean, 3) for name, mean in means.items() if name != "product"}
        | {"whole_form": round(means["product"] / whole_form, 3)},
    }
