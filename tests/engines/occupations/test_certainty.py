"""How sure a level is follows from how it was reached, and says why in plain words."""

from collections import Counter

import pytest

from jobbro.engines.occupations.certainty import certainty, doubts_about, spread_step
from jobbro.engines.occupations.occupations import attributions, occupations
from jobbro.engines.occupations.records import Certainty, Doubt, Reached, Relation
from jobbro.engines.occupations.wording import certainty_word, doubts, how_reached, prefill_note, why
from jobbro.kernel.vocabulary import AREAS, VocabularyError, check_demand


def doubts_of(area: str = "lifting", **changed: object) -> tuple[Doubt, ...]:
    given: dict[str, object] = {
        "code": "9112.2",
        "reached": Reached.SAME_CODE,
        "relation": Relation.SAME_NAME,
        "match": 4.0,
        "spread": 0,
    }
    return doubts_about(area, **(given | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("area", "changed", "expected"),
    [
        ("lifting", {}, ()),
        ("lifting", {"reached": Reached.SUCCESSOR}, (Doubt.SUCCESSOR,)),
        ("lifting", {"reached": Reached.FAMILY, "match": 1.5}, (Doubt.FAMILY, Doubt.LOOSE_OCCUPATION)),
        ("lifting", {"relation": Relation.BROAD}, (Doubt.LOOSE_TITLE,)),
        ("lifting", {"spread": 1}, (Doubt.SPREAD,)),
        ("lifting", {"spread": 2}, (Doubt.WIDE_SPREAD,)),
        ("lifting", {"code": "5322.1"}, (Doubt.CARE_LIFTING,)),
        ("standing", {"code": "5322.1"}, ()),
        ("memory", {}, (Doubt.INDIRECT,)),
        ("hearing", {}, (Doubt.LITTLE_DIFFERENCE,)),
        ("stress", {"is_partial": True}, (Doubt.MISSING_ELEMENTS,)),
    ],
)
def test_each_doubt_has_its_reason(area: str, changed: dict[str, object], expected: tuple[Doubt, ...]) -> None:
    assert doubts_of(area, **changed) == expected


@pytest.mark.parametrize(("widths", "step"), [(0.0, 0), (0.49, 0), (0.5, 1), (0.99, 1), (1.0, 2), (9.0, 2)])
def test_rows_differ_by_half_or_by_a_whole_level(widths: float, step: int) -> None:
    assert spread_step(widths) == step


def test_a_neighbour_is_always_a_guess_and_no_doubt_is_rather_sure() -> None:
    assert certainty(doubts_of(reached=Reached.NEIGHBOUR, relation=Relation.NEARBY, match=1.0)) is Certainty.GUESS
    assert certainty(()) is Certainty.RATHER_SURE
    assert certainty((Doubt.INDIRECT,)) is Certainty.ROUGHLY


def test_the_table_says_what_the_doubts_say() -> None:
    table = occupations()
    for one in table:
        for area in one.levels:
            assert one.certainty[area] is certainty(doubts(area, of=one)), (one.code, area)


def test_the_weakest_areas_are_never_rather_sure() -> None:
    for area in ("mental_energy", "change", "memory", "sensory_tolerance", "seeing", "hearing"):
        assert Certainty.RATHER_SURE not in Counter(one.certainty.get(area) for one in occupations())


def test_every_level_is_a_demand_in_the_order_of_the_areas() -> None:
    for one in occupations():
        if one.has_profile:
            assert list(one.levels) == list(one.scores) == list(one.certainty) == list(AREAS)
            assert check_demand(one.levels) == one.levels


def test_the_reason_is_told_in_danish_and_english() -> None:
    table = occupations()
    carer, cleaner, officer = (table.by_code(code) for code in ("5322.1", "9112.2", "0110.2"))
    assert "mennesker" in why("lifting", of=carer)
    assert why("standing", of=cleaner) == "Stillingen og de amerikanske tal passer godt sammen."
    assert why("standing", of=officer, language="en").startswith("No data lead to this occupation")
    assert how_reached(cleaner).startswith("Stillingen findes med samme kode")
    assert certainty_word(Certainty.GUESS) == "et gæt"
    assert "bekræftes" in prefill_note()
    with pytest.raises(ValueError, match="no text in 'sv'"):
        why("standing", of=cleaner, language="sv")
    with pytest.raises(VocabularyError):
        why("flying", of=cleaner)


def test_three_sources_are_named_with_their_versions() -> None:
    named = attributions()
    assert [one.code for one in named] == ["onet", "titles", "crosswalk"]
    assert "O*NET 18.1" in named[0].text.en
    assert "USDOL/ETA" in named[0].text.en
    assert "modified" in named[0].text.en
    assert "STAR" in named[1].text.da
    assert "2011/833/EU" in named[1].terms.da
    assert all(one.url.startswith("https://") for one in named)
