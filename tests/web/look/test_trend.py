"""How it goes from talk to talk, as a picture with the same in words."""

from datetime import date

import pytest

from jobbro.webkit.charts import trend_picture
from jobbro.webkit.charts.trend import MOST_TALKS

WORDS = {4: "let", 3: "lidt svært", 2: "svært", 1: "meget svært", 0: "umuligt"}


def told(*levels: int | None) -> list[tuple[date, int | None]]:
    return [(date(2026, 1, place + 1), level) for place, level in enumerate(levels)]


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ((), ()),
        ((2,), ("svært",)),
        ((3, 1), ("lidt svært", "meget svært")),
        ((2, 2), ("svært",)),
        ((1, None), ("meget svært",)),
    ],
)
def test_the_title_says_what_is_seen(levels: tuple, words: tuple[str, ...]) -> None:
    title = trend_picture(label="Huske", told=told(*levels), words=WORDS).title
    assert title.startswith("Huske")
    assert all(word in title for word in words)


def test_better_is_higher_and_a_talk_without_an_answer_breaks_the_line() -> None:
    picture = trend_picture(label="Huske", told=told(4, 3, None, 2, 0), words=WORDS)
    heights = [talk.y for talk in picture.talks]
    assert heights[0] < heights[1] < heights[3] < heights[4]
    assert heights[2] is None
    assert [len(line.split()) for line in picture.lines] == [2, 2]
    assert picture.talks[2].told
    assert all(talk.x + picture.radius <= picture.width for talk in picture.talks)


def test_only_the_newest_talks_are_drawn_and_every_one_is_told() -> None:
    picture = trend_picture(label="Huske", told=told(*[2] * 12), words=WORDS)
    assert len(picture.talks) == MOST_TALKS
    assert picture.talks[-1].day == "12.1.26"
    assert {talk.told for talk in picture.talks} == {"svært"}
