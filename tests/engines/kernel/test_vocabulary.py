"""The vocabulary is the one of the contracts, and refuses everything else with the path of the field."""

from __future__ import annotations

import pytest

from jobbro.kernel.vocabulary import (
    AREAS,
    GROUP_OF,
    GROUPS,
    ICF,
    PAYERS,
    SCHEMES,
    VocabularyError,
    area_labels,
    check_capacity,
    check_demand,
    check_level,
    check_relief,
)


def test_areas_stand_in_contract_order() -> None:
    assert AREAS == (
        "lifting",
        "standing",
        "sitting",
        "walking",
        "bending_reaching",
        "hand_use",
        "stamina",
        "seeing",
        "hearing",
        "sensory_tolerance",
        "climate_tolerance",
        "attention",
        "memory",
        "planning",
        "learning",
        "reading_writing",
        "numbers",
        "mental_energy",
        "pace",
        "stress",
        "change",
        "speaking",
        "cooperation",
        "customer_contact",
    )


def test_every_area_has_one_group_and_icf_codes() -> None:
    assert list(GROUPS) == ["body", "senses", "thinking", "pressure", "people"]
    assert set(GROUP_OF) == set(ICF) == set(AREAS)
    assert all(ICF[area] for area in AREAS)


def test_fifteen_schemes_and_two_payers_beside_them() -> None:
    assert len(SCHEMES) == len(set(SCHEMES)) == 15
    assert (*SCHEMES, "employer", "none") == PAYERS


@pytest.mark.parametrize("language", ["da", "en"])
def test_labels_exist_for_every_area(language: str) -> None:
    labels = area_labels(language)
    assert tuple(labels) == AREAS
    assert all(label.label.strip() and label.explanation.endswith(".") for label in labels.values())


def test_danish_labels_are_those_of_the_contract() -> None:
    labels = area_labels("da")
    assert labels["bending_reaching"].label == "Bøje, vride og række"
    assert labels["stress"].label == "Pres og følelsesmæssig belastning"
    assert labels["customer_contact"].label == "Kontakt med kunder og borgere"


def test_labels_in_another_language_are_refused() -> None:
    with pytest.raises(ValueError, match="use one of da, en"):
        area_labels("sv")


@pytest.mark.parametrize("value", [True, False, 1.0, float("nan"), float("inf"), "2", None, -1, 5, [2]])
def test_a_level_is_a_whole_number_from_0_to_4(value: object) -> None:
    with pytest.raises(VocabularyError, match=r"^tasks\[3\]\.lifting: must be a whole number from 0 to 4, not "):
        check_level(value, path="tasks[3].lifting")


def test_capacity_keeps_unknown_apart_from_zero_and_from_left_out() -> None:
    assert check_capacity({"pace": 0, "lifting": None}) == {"lifting": None, "pace": 0}
    assert list(check_capacity({"pace": 0, "lifting": None})) == ["lifting", "pace"]


def test_a_null_demand_is_refused() -> None:
    with pytest.raises(VocabularyError) as caught:
        check_demand({"pace": None}, path="tasks[0].demand")
    assert caught.value.path == "tasks[0].demand.pace"
    assert "a job says what it asks" in caught.value.reason


@pytest.mark.parametrize("check", [check_capacity, check_demand, check_relief])
@pytest.mark.parametrize("value", [{"flying": 1}, {1: 1}, {"lifting": True}, ["lifting"], None, "lifting"])
def test_bad_maps_are_refused(check: object, value: object) -> None:
    with pytest.raises(VocabularyError):
        check(value)  # type: ignore[operator]


def test_relief_is_from_1_to_4() -> None:
    assert check_relief({"lifting": 4}) == {"lifting": 4}
    with pytest.raises(VocabularyError, match=r"relief\.lifting: must be a whole number from 1 to 4, not 0"):
        check_relief({"lifting": 0})
