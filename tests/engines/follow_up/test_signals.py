"""Each rule of the early signals: when it holds, when it does not, and what it names."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.engines.follow_up import (
    Evidence,
    HelpAsked,
    SickPeriod,
    SupportDue,
    TalkTold,
    rules,
    signals_of,
)
from jobbro.engines.follow_up.signals import checked_rules
from jobbro.kernel.strict_yaml import ContentError, parse_yaml

ON = date(2026, 11, 22)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def talks(*levels: int, party: str = "citizen", area: str = "attention") -> tuple[TalkTold, ...]:
    """A talk a month, the last one yesterday."""
    last = len(levels) - 1
    return tuple(
        TalkTold(
            party=party,
            due_on=ON - days(30 * (last - place) + 1),
            answered_on=ON - days(30 * (last - place)),
            levels={area: level},
        )
        for place, level in enumerate(levels)
    )


def codes(evidence: Evidence) -> list[str]:
    return [one.code for one in signals_of(evidence, on=ON)]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((3, 2, 1), ["harder_twice"]),
        ((4, 3, 2), ["harder_twice"]),
        ((3, 2), []),
        ((4, 2), ["harder_much"]),
        ((4, 4, 2), ["harder_much"]),
        ((4, 2, 1), ["harder_twice"]),
        ((3, 2, 2), []),
        ((1, 2, 1), []),
        ((1, 2, 3), []),
        ((2,), []),
        ((), []),
    ],
)
def test_it_has_become_harder(levels: tuple[int, ...], expected: list[str]) -> None:
    assert codes(Evidence(talks=talks(*levels))) == expected


def test_an_area_that_was_skipped_last_time_says_nothing() -> None:
    told = (*talks(4, 3, 2), TalkTold(party="citizen", due_on=ON, answered_on=ON, levels={"memory": 4}))
    assert codes(Evidence(talks=told)) == []


def test_harder_names_the_area_and_who_said_it() -> None:
    (one,) = signals_of(Evidence(talks=talks(3, 2, 1, party="employer")), on=ON)
    assert (one.area, one.party, one.since) == ("attention", "employer", ON)


@pytest.mark.parametrize(("level", "holds"), [(0, True), (1, True), (2, False), (4, False)])
def test_very_hard_right_now(level: int, holds: bool) -> None:
    assert ("hard_now" in codes(Evidence(talks=talks(level, area="overall")))) is holds


@pytest.mark.parametrize(("late", "holds"), [(13, False), (14, True), (40, True), (-3, False)])
def test_support_that_is_not_in_place(late: int, holds: bool) -> None:
    due = SupportDue(measure="checklists", due_on=ON - days(late))
    assert (codes(Evidence(supports=(due,))) == ["support_late"]) is holds


def test_support_that_does_not_help() -> None:
    told = TalkTold(
        party="citizen", due_on=ON, answered_on=ON, measures={"checklists": "no_help", "mentor": "in_place"}
    )
    (one,) = signals_of(Evidence(talks=(told,)), on=ON)
    assert (one.code, one.measure) == ("support_no_help", "checklists")


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (((-40, -38), (-10, -9)), ["sick_twice"]),
        (((-43, -40), (-10, -9)), []),
        (((-42, -40), (-10, -9)), []),
        (((-41, -40), (-10, -9)), ["sick_twice"]),
        (((-10, -9),), []),
        (((-14, None),), []),
        (((-15, None),), ["sick_long"]),
        (((-15, -1),), []),
        (((-30, -29), (-15, None)), ["sick_twice", "sick_long"]),
        (((5, 9), (-3, -2)), []),
    ],
)
def test_sick_leave(periods: tuple, expected: list[str]) -> None:
    sick = tuple(
        SickPeriod(from_on=ON + days(first), until_on=None if last is None else ON + days(last))
        for first, last in periods
    )
    assert codes(Evidence(sick=sick)) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (((-60, 8), (-5, 6)), ["hours_falling"]),
        (((-60, 6), (-5, 8)), []),
        (((-60, 8), (5, 6)), []),
        (((-60, 8),), []),
        (((-60, 8), (-30, 6), (-5, 7)), []),
    ],
)
def test_hours_that_fall(hours: tuple, expected: list[str]) -> None:
    told = tuple((ON + days(day), Decimal(count)) for day, count in hours)
    assert codes(Evidence(hours=told)) == expected


def unanswered(back: int, *, until: int | None) -> TalkTold:
    asked_until = None if until is None else ON + days(until)
    return TalkTold(party="citizen", due_on=ON - days(back), answered_on=None, asked_until=asked_until)


def test_two_talks_in_a_row_without_an_answer() -> None:
    assert codes(Evidence(talks=(unanswered(60, until=-40), unanswered(20, until=-1)))) == ["no_answer"]
    assert codes(Evidence(talks=(unanswered(60, until=-40), unanswered(20, until=0)))) == []
    assert codes(Evidence(talks=(unanswered(60, until=-40), unanswered(20, until=None)))) == []
    assert codes(Evidence(talks=(unanswered(60, until=-40), *talks(3)))) == []


def test_the_two_see_it_differently() -> None:
    assert codes(Evidence(talks=(*talks(2), *talks(4, party="employer")))) == ["disagree"]
    assert codes(Evidence(talks=(*talks(3), *talks(4, party="employer")))) == []
    assert codes(Evidence(talks=(*talks(2), *talks(4, party="employer", area="memory")))) == []


def test_help_that_was_not_answered_in_time() -> None:
    asked = HelpAsked(party="citizen", asked_on=ON - days(3), answer_by=ON - days(1))
    (one,) = signals_of(Evidence(help=(asked,)), on=ON)
    assert (one.code, one.day) == ("help_late", ON - days(3))
    assert signals_of(Evidence(help=(asked,)), on=ON - days(1)) == ()


LEVELS = st.lists(st.integers(0, 4), max_size=6)


@given(LEVELS, LEVELS)
def test_the_same_evidence_gives_the_same_signals_with_a_key_each(mine: list[int], theirs: list[int]) -> None:
    told = (*talks(*mine), *talks(*theirs, party="employer"))
    found = signals_of(Evidence(talks=told), on=ON)
    assert found == signals_of(Evidence(talks=tuple(reversed(told))), on=ON)
    assert len({(one.code, one.key) for one in found}) == len(found)


def test_new_facts_give_a_new_key() -> None:
    (before,) = signals_of(Evidence(talks=talks(3, 2, 1)), on=ON)
    later = TalkTold(party="citizen", due_on=ON, answered_on=ON, levels={"attention": 0})
    (after,) = signals_of(Evidence(talks=(*talks(3, 2, 1), later)), on=ON)
    assert before.code == after.code
    assert before.key != after.key


def test_every_rule_has_its_sentences_and_a_version() -> None:
    assert rules().version
    for rule in rules().by_code.values():
        for sentence in (rule.own, rule.told):
            assert set(sentence) == {"da", "en"}


GOOD = b"""version: "1"
rules:
- {code: harder_twice, talks: 2, schemes: [], own: {da: "A.", en: "A."}, told: {da: "A.", en: "A."}}
"""


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (b"harder_twice", b"risk_score", "rules[0].code"),
        (b"talks: 2", b"talks: 0", "rules[0].talks"),
        (b"talks: 2", b"talks: true", "rules[0].talks"),
        (b"talks: 2", b"talks: 2, weight: 3", "rules[0].weight"),
        (b'own: {da: "A."', b'own: {da: "A"', "rules[0].own.da"),
        (b'en: "A."}, told', b'sv: "A."}, told', "rules[0].own"),
        (b"schemes: []", b"schemes: [nothing]", "rules[0].schemes"),
        (b'version: "1"', b"version: 1", "rules"),
        (b"talks: 2", b"talks: 2", "rules"),
    ],
)
def test_a_rule_file_that_is_wrong_says_where(before: bytes, after: bytes, field: str) -> None:
    with pytest.raises(ContentError) as caught:
        checked_rules(parse_yaml(GOOD.replace(before, after, 1), file="signals.yaml"))
    assert caught.value.field == field


def test_a_rule_twice_is_refused() -> None:
    line = GOOD.split(b"rules:\n")[1]
    with pytest.raises(ContentError, match="twice"):
        checked_rules(parse_yaml(GOOD + line, file="signals.yaml"))
