"""Postcodes: every one has its town, nearly every one a place, and distances are those of a map."""

from pathlib import Path

import pytest

from jobbro.kernel.postcodes import MADE_UP, TABLE, BrokenTable, kilometres, place_of, read_postcodes, town_of

HEADER = "postcode,town,x_km,y_km,position\n"


def apart(one: str, other: str) -> float:
    first, second = place_of(one), place_of(other)
    assert first and second
    return kilometres((first.x, first.y), (second.x, second.y))


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # As the crow flies, measured on a map from town to town.
        ("8000", "5000", 82, 88),
        ("1050", "4000", 28, 34),
        ("9000", "9990", 80, 88),
        ("6700", "7100", 68, 74),
        ("3700", "1050", 140, 155),
        ("8900", "8800", 35, 42),
        ("2100", "2200", 0.5, 4),
        ("6857", "6800", 18, 28),
    ],
)
def test_distances_are_those_of_a_map(one: str, other: str, low: float, high: float) -> None:
    assert low <= apart(one, other) <= high
    assert apart(one, other) == apart(other, one)


def test_every_postcode_has_a_town_and_five_have_no_place() -> None:
    towns, places = read_postcodes(TABLE)
    assert len(towns) == 1089
    assert set(towns) - set(places) == {"1433", "4583", "7755", "8444", "9940"}
    assert (town_of("9940"), place_of("9940")) == ("Læsø", None)
    assert all(place.town == towns[code] and place.postcode == code for code, place in places.items())


def test_the_towns_of_the_demo_are_apart_from_the_real_ones() -> None:
    towns, places = read_postcodes(MADE_UP)
    assert set(towns) == set(places) == {"9995", "9996", "9997"}
    assert max(read_postcodes(TABLE)[0]) == "9990"
    assert town_of("9995") == "Havnekøbing"


def test_what_is_no_postcode_has_neither() -> None:
    for text in ("", "99", "9999", "8000 Aarhus", "٨٠٠٠", "0000"):
        assert place_of(text) is None
        assert town_of(text) == ""
    assert place_of(" 8000 ") == place_of("8000")


def test_distances_are_rounded_to_one_decimal_half_up() -> None:
    assert kilometres((0, 0), (0, 0.25)) == 0.3
    assert kilometres((0, 0), (3, 4)) == 5
    assert kilometres((500, 6000), (500, 6000)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "postcode,town\n",
        HEADER + "8000,Aarhus C,575.20,6224.18\n",
        HEADER + "800,Aarhus C,575.20,6224.18,town\n",
        HEADER + "8000,,575.20,6224.18,town\n",
        HEADER + "8000,Aarhus C,56.15,10.2,town\n",
        HEADER + "8000,Aarhus C,nan,6224.18,town\n",
        HEADER + "8000,Aarhus C,,,town\n",
        HEADER + "8000,Aarhus C,575.20,6224.18,guess\n",
        HEADER + "8000,Aarhus C,575.20,6224.18,town\n8000,Aarhus C,575.20,6224.18,town\n",
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenTable):
        read_postcodes(path)
