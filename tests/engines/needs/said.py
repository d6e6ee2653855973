"""Answers for the tests: short to write by hand, and drawn at random for properties."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from jobbro.engines.needs import ROUND_CHOICES, STATUSES, Answer, Topic, load_guide
from jobbro.kernel.vocabulary import SLOTS

GUIDE = load_guide()
TODAY = date(2026, 3, 2)
CODES = [topic.code for topic in GUIDE.topics]
_IDS = count(1)


def said(topic: str, *, day: int = 0, **fields: Any) -> Answer:
    """An answer by the citizen, `day` days after TODAY, told unless said otherwise."""
    given = {"id": f"a{next(_IDS)}", "status": "told", "said_by": "citizen"} | fields
    return Answer(topic=topic, answered_on=TODAY + timedelta(days=day), **given)


@st.composite
def answers_to(draw: st.DrawFn, topic: Topic, *, day: int = 0) -> Answer:
    """Any sound answer to the topic."""
    status = draw(st.sampled_from(STATUSES))
    said_by = draw(st.sampled_from(("citizen", "caseworker")))
    content = draw(_content(topic)) if status == "told" else {}
    return said(topic.code, day=day, status=status, said_by=said_by, **content)


def _content(topic: Topic) -> st.SearchStrategy[dict[str, Any]]:
    words = st.just({"words": "Mine egne ord"})
    if topic.kind == "level":
        return words | st.integers(0, 4).map(lambda level: {"level": level, "words": "Sådan går det"})
    if topic.kind == "ticks":
        areas = [code for code in topic.choices if code not in ROUND_CHOICES]
        ticks = st.lists(st.sampled_from(areas), unique=True, min_size=1).map(tuple)
        alone = st.sampled_from(("all_fine", "not_now")).map(lambda code: {"choices": (code,)})
        with_rest = ticks.map(lambda codes: {"choices": (*codes, "rest_fine")})
        return words | alone | ticks.map(lambda codes: {"choices": codes}) | with_rest
    if topic.kind == "slots":
        return st.lists(st.sampled_from(SLOTS), unique=True, min_size=1).map(lambda slots: {"slots": tuple(slots)})
    if topic.kind == "choices":
        return st.sampled_from(topic.choices).map(lambda code: {"choices": (code,)})
    return words


@st.composite
def some_answers(draw: st.DrawFn, *, distinct_days: bool = False) -> list[Answer]:
    """Up to ten sound answers to any topics, in the order given."""
    codes = draw(st.lists(st.sampled_from(CODES), max_size=10))
    return [draw(answers_to(GUIDE.topic(code), day=at if distinct_days else 0)) for at, code in enumerate(codes)]
