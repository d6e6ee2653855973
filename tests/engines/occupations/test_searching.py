"""A title is found by what people call it, misspelt, taken apart or by another name."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.occupations.ranking import label_index
from jobbro.engines.occupations.records import FoundBy
from jobbro.engines.occupations.weighing import gram_index
from jobbro.engines.occupations.words import Splitter, stem, with_danish_letters, words


@pytest.mark.parametrize(
    ("written", "title", "found_by"),
    [
        ("Kok", "Kok", FoundBy.SAME_NAME),
        ("butiksassistent", "Butiksassistent", FoundBy.SAME_NAME),
        ("IT supporter", "IT-supporter", FoundBy.SAME_NAME),
        ("bus chauffør", "Buschauffør", FoundBy.SAME_NAME),
        ("paedagogmedhjaelper", "Pædagogmedhjælper", FoundBy.SAME_NAME),
        ("sygplejeske", "Sygeplejerske", FoundBy.SPELLING),
        ("viceværd", "Vicevært", FoundBy.SPELLING),
        ("rengoringsassistent", "Rengøringsassistent", FoundBy.SPELLING),
        ("elektrikerne", "Elektriker", FoundBy.WORDS),
        ("skraldemand", "Renovationsarbejder", FoundBy.OTHER_NAME),
        ("hjemmehjælper", "Social- og sundhedshjælper", FoundBy.OTHER_NAME),
        ("kassedame", "Kasseassistent", FoundBy.OTHER_NAME),
        ("5120.1", "Kok", FoundBy.SAME_CODE),
    ],
)
def test_the_title_comes_first(written: str, title: str, found_by: FoundBy) -> None:
    first = occupations().search(written, limit=5)[0]
    assert (first.occupation.title, first.found_by) == (title, found_by)


def test_every_title_finds_itself_first() -> None:
    for one in list(occupations())[::23]:
        first = occupations().search(one.title, limit=1)[0]
        assert (first.occupation.code, first.found_by, first.matched) == (one.code, FoundBy.SAME_NAME, one.title)


def test_a_title_comes_once_and_the_best_first() -> None:
    found = occupations().search("lagermedarbejder", limit=20)
    assert len({one.occupation.code for one in found}) == len(found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize("written", ["", "   ", "!?", "qqqqq", "xyzzy"])
def test_what_fits_nothing_finds_nothing(written: str) -> None:
    assert occupations().search(written) == ()


@pytest.mark.parametrize("limit", [0, -1])
def test_no_answers_are_asked_for(limit: int) -> None:
    assert occupations().search("kok", limit=limit) == ()
    assert occupations().search("5120", limit=limit) == ()


@given(st.text(max_size=300))
def test_whatever_is_written_is_answered(written: str) -> None:
    found = occupations().search(written, limit=3)
    assert len(found) <= 3
    assert all(0 <= one.score <= 1 for one in found)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("rengøringsassistent", ("rengøring", "assistent")),
        ("kontormedhjælper", ("kontor", "medhjælper")),
        ("assistent", ("assistent",)),
        ("ukendtord", ("ukendtord",)),
        ("", ("",)),
    ],
)
def test_compounds_come_apart_at_words_that_stand_alone(word: str, parts: tuple[str, ...]) -> None:
    assert Splitter(["rengøring", "assistent", "kontor", "medhjælper", "og"]).parts(word) == parts


def test_endings_fall_but_a_stem_stays() -> None:
    assert {stem(word) for word in ("sygeplejerske", "sygeplejersker", "sygeplejerskerne", "sygeplejerskens")} == {
        "sygeplejersk"
    }
    assert (stem("kok"), stem("sø")) == ("kok", "sø")
    assert with_danish_letters("paedagog") == "pædagog"
    assert words("Operatør, jern & metal") == ["operatør", "jern", "metal"]


def test_the_weights_are_the_cosine_by_hand() -> None:
    index = gram_index(["ab", "abc"])
    # " ab" is in both, "ab " in the first, "abc" and "bc " in the second.
    rare, common = 1 + math.log(3 / 2), 1.0
    asked = math.hypot(common, rare)
    assert index.scores("ab").tolist() == pytest.approx([1.0, common**2 / (asked * math.hypot(common, rare, rare))])


def test_what_is_not_known_lowers_the_score() -> None:
    index = gram_index(["kok", "bager"])
    assert index.scores("kok")[0] > index.scores("kok zzz")[0] > 0


def test_another_name_of_the_group_decides_between_equals() -> None:
    index = label_index(["montør", "montør", "elektriker", "gulvlægger"], group_of=[0, 1, 1, 0])
    scores = index.scores("montør elektriker")
    assert scores[1] > scores[0]
    assert np.isfinite(scores).all()
