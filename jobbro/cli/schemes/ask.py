"""`jobbro schemes ask`: the question to ask next about one person."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any, get_args

from jobbro.cli.schemes.facts import listed
from jobbro.cli.schemes.reading import add_facts, add_package, facts_in, package_in
from jobbro.engines.schemes.asking import Asked, Question, next_question
from jobbro.engines.schemes.rules import TOPICS

HELP = "print the next question for the person in a file of facts; null when nothing more can change an answer"


def add_arguments(parser: ArgumentParser) -> None:
    """The file, the day, who is asked, and what was asked last."""
    add_facts(parser)
    add_package(parser)
    parser.add_argument("--of", choices=get_args(Asked), default="citizen", help="who is asked (citizen)")
    parser.add_argument("--last-topic", choices=TOPICS, default=None, help="the topic of the last question")


def run(options: Namespace) -> int:
    """Print the question as JSON."""
    on = options.date or date.today()
    package = package_in(options.package)
    facts = facts_in(options.facts, package=package, on=on)
    question = next_question(facts, package=package, on=on, may_ask=options.of, last_topic=options.last_topic)
    print(json.dumps(question and _asked(question), ensure_ascii=False, indent=2))
    return 0


def _asked(question: Question) -> dict[str, Any]:
    return (
        {"fact": question.fact.code}
        | listed(question.fact, schemes=question.schemes)
        | {
            "open_facts": question.open_facts,
            "expected_left": round(question.expected_left, 2),
        }
    )
