"""What changed since last time."""

from typing import Any

import pytest
from hypothesis import given, settings

from jobbro.engines.needs import Answer, Change, changes, profile
from tests.engines.needs.said import said, some_answers

CASES: list[tuple[dict[str, Any] | None, dict[str, Any], str]] = [
    (None, {"level": 3}, "new"),
    (None, {"words": "Ord"}, "new"),
    ({"level": 2}, {"level": 3}, "easier"),
    ({"level": 2}, {"level": 0}, "harder"),
    ({"status": "dont_know"}, {"level": 0}, "now_known"),
    ({"words": "Ord"}, {"level": 4}, "now_known"),
    ({"level": 2}, {"status": "wont_say"}, "no_longer_known"),
    ({"level": 2, "words": "Ord"}, {"level": 2, "words": "Andre ord"}, "words_changed"),
    ({"level": 2}, {"level": 2, "helps": "En vogn"}, "words_changed"),
]


@pytest.mark.parametrize(("before", "after", "kind"), CASES)
def test_an_area_that_changed(before: dict[str, Any] | None, after: dict[str, Any], kind: str) -> None:
    first = [said("lifting", **before)] if before else []
    found = changes(profile(first), profile([*first, said("lifting", day=90, **after)]))
    assert [(change.subject, change.kind) for change in found] == [("lifting", kind)]


def test_levels_before_and_after_are_told() -> None:
    before, after = profile([said("lifting", level=1)]), profile([said("lifting", level=3)])
    assert changes(before, after) == (Change(subject="lifting", kind="easier", level_before=1, level_after=3),)


def test_other_topics_change_too() -> None:
    before = profile([said("hours", numbers=(5, 10)), said("hopes", words="Et job")])
    after = profile([said("hours", numbers=(5, 15)), said("hopes", words="To job"), said("learnt", words="Svejsning")])
    kinds = {change.subject: change.kind for change in changes(before, after)}
    assert kinds == {"hours": "answer_changed", "hopes": "words_changed", "learnt": "new"}


def test_the_same_said_again_is_no_change() -> None:
    first = said("lifting", level=2, words="Ord")
    assert changes(profile([first]), profile([first, said("lifting", level=2, words="Ord", day=90)])) == ()


@settings(max_examples=15, deadline=None)
@given(some_answers())
def test_a_profile_has_not_changed_from_itself(answers: list[Answer]) -> None:
    assert changes(profile(answers), profile(answers)) == ()
