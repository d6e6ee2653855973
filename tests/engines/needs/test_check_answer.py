"""Answers that can be kept, and what has to be put right in the others."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.needs import LONGEST_WORDS, check_answer
from tests.engines.needs.said import CODES, GUIDE, answers_to, said

SOUND: list[tuple[str, dict[str, Any]]] = [
    ("lifting", {"level": 0}),
    ("lifting", {"words": "Det gik godt, da vi var to."}),
    ("lifting", {"level": 2, "words": "😀 ‏مرحبا", "helps": "En vogn"}),
    ("lifting", {"status": "dont_know"}),
    ("lifting", {"status": "wont_say", "words": "Det er privat."}),
    ("about_you", {"words": "x" * LONGEST_WORDS}),
    ("hours", {"numbers": (10, 20)}),
    ("hours", {"numbers": (None, 20)}),
    ("slots", {"slots": ("mon_am", "sun_pm")}),
    ("occupations", {"choices": ("gardener", "clerk", "cook")}),
    ("first_body", {"choices": ("all_fine",)}),
    ("first_body", {"choices": ("lifting", "standing", "rest_fine")}),
    ("first_body", {"words": "Min ryg"}),
    ("licences", {"choices": ("no_licence",)}),
]

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("lifting", {}, "empty"),
    ("lifting", {"words": " \n "}, "empty"),
    ("lifting", {"level": 5}, "level_unknown"),
    ("lifting", {"level": -1}, "level_unknown"),
    ("lifting", {"level": 2.0}, "level_unknown"),
    ("lifting", {"level": True}, "level_unknown"),
    ("lifting", {"status": "dont_know", "level": 4}, "content_without_told"),
    ("lifting", {"status": "maybe", "level": 4}, "status_unknown"),
    ("lifting", {"said_by": "employer", "level": 4}, "speaker_unknown"),
    ("about_you", {"words": "x", "level": 4}, "other_kind"),
    ("lifting", {"level": 4, "choices": ("lifting",)}, "other_kind"),
    ("about_you", {"words": "x", "helps": "En vogn"}, "other_kind"),
    ("about_you", {"words": "x" * (LONGEST_WORDS + 1)}, "words_too_long"),
    ("lifting", {"helps": "x" * (LONGEST_WORDS + 1)}, "helps_too_long"),
    ("about_you", {"words": "a\0b"}, "words_unreadable"),
    ("about_you", {"words": "\ud83d"}, "words_unreadable"),
    ("work_should_give", {"choices": ("fame",)}, "choice_unknown"),
    ("work_should_give", {"choices": ("money", "money")}, "choice_twice"),
    ("best_time", {"choices": ("morning", "evening")}, "too_many_choices"),
    ("occupations", {"choices": ("a", "b", "c", "d")}, "too_many_choices"),
    ("occupations", {"choices": (" ",)}, "choice_unknown"),
    ("licences", {"choices": ("no_licence", "crane")}, "choices_contradict"),
    ("first_body", {"choices": ("lifting", "all_fine")}, "choices_contradict"),
    ("first_body", {"choices": ("lifting", "not_now")}, "choices_contradict"),
    ("first_body", {"choices": ("rest_fine", "all_fine")}, "choices_contradict"),
    ("first_body", {"choices": ("rest_fine",)}, "rest_without_ticks"),
    ("first_body", {"choices": ("memory",)}, "choice_unknown"),
    ("hours", {"numbers": (10,)}, "number_count"),
    ("hours", {"numbers": (None, None)}, "empty"),
    ("hours", {"numbers": (20, 10)}, "numbers_crossed"),
    ("hours", {"numbers": (-1, 10)}, "number_out_of_range"),
    ("hours", {"numbers": (1, 61)}, "number_out_of_range"),
    ("hours", {"numbers": (float("nan"), 10)}, "number_not_finite"),
    ("hours", {"numbers": (1, float("inf"))}, "number_not_finite"),
    ("slots", {"slots": ("mon_night",)}, "slot_unknown"),
]


@pytest.mark.parametrize(("topic", "fields"), SOUND)
def test_a_sound_answer_can_be_kept(topic: str, fields: dict[str, Any]) -> None:
    assert check_answer(GUIDE.topic(topic), said(topic, **fields)) == ()


@pytest.mark.parametrize(("topic", "fields", "problem"), REFUSED)
def test_what_has_to_be_put_right_is_named(topic: str, fields: dict[str, Any], problem: str) -> None:
    assert problem in check_answer(GUIDE.topic(topic), said(topic, **fields))


def test_an_answer_to_another_topic_is_refused() -> None:
    assert check_answer(GUIDE.topic("lifting"), said("standing", level=2)) == ("wrong_topic",)


@given(st.sampled_from(CODES).flatmap(lambda code: answers_to(GUIDE.topic(code))))
def test_answers_drawn_for_the_properties_are_sound(answer: Any) -> None:
    assert check_answer(GUIDE.topic(answer.topic), answer) == ()
