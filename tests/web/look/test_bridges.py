"""The bridge in words says what the verdict says: an area is open from demand 2."""

from django.utils import translation

from jobbro.webkit.bridges import bridge_told


def test_a_little_that_nobody_has_talked_about_is_drawn_but_not_open() -> None:
    with translation.override("en"):
        little = bridge_told(capacity={"standing": 4}, demand={"standing": 2, "memory": 1}, support=())
        some = bridge_told(capacity={"standing": 4}, demand={"standing": 2, "memory": 2}, support=())
    assert [row.is_open for row in little.rows] == [False, True] == [row.is_open for row in some.rows]
    assert little.sentence == "The bridge holds without support."
    assert some.sentence == "We have not talked about 1 area yet."
