"""CVR numbers, P-numbers and telephone numbers as people write them, and citizens' numbers that stay out."""

import pytest

from jobbro.apps.employers.numbers import LONGEST_PHONE, InvalidNumber, read_cvr, read_p_number, read_phone
from jobbro.apps.employers.wording import has_cpr

CHECKED = "12345674"


@pytest.mark.parametrize("written", [CHECKED, "12 34 56 74", "12-34-56-74", "DK12345674", " dk 12345674 "])
def test_a_cvr_number_is_read_as_people_write_it(written: str) -> None:
    assert read_cvr(written) == CHECKED


@pytest.mark.parametrize("written", ["", "1234567", "123456740", "02345678", "1234567x", "１２３４５６７４"])
def test_what_has_not_eight_digits_is_no_cvr_number(written: str) -> None:
    with pytest.raises(InvalidNumber) as told:
        read_cvr(written)
    assert told.value.code == "digits"


def test_every_single_wrong_digit_is_found() -> None:
    for place in range(8):
        for digit in "0123456789":
            other = CHECKED[:place] + digit + CHECKED[place + 1 :]
            if other != CHECKED:
                with pytest.raises(InvalidNumber):
                    read_cvr(other)


def test_digits_that_changed_places_are_found() -> None:
    for place in range(7):
        swapped = [*CHECKED]
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        with pytest.raises(InvalidNumber):
            read_cvr("".join(swapped))


def test_a_p_number_has_ten_digits() -> None:
    assert read_p_number("1 012 345 678") == "1012345678"
    for wrong in ("", "123", "10123456789", "101234567x"):
        with pytest.raises(InvalidNumber):
            read_p_number(wrong)


@pytest.mark.parametrize("text", ["Om 010190-1234.", "3112991234", "Nr. 240671 0101 her"])
def test_a_citizens_number_is_noticed(text: str) -> None:
    assert has_cpr(text)


@pytest.mark.parametrize(
    "text",
    ["Ring 12 34 56 78", "9900000001", "P-nr. 1012345678", "P-nummer: 1012345678", "CVR 12345674", "den 01-01-2026"],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert not has_cpr(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12345678", "12 34 56 78"),
        (" 12 34 56 78 ", "12 34 56 78"),
        ("12-34-56-78", "12 34 56 78"),
        ("+45 12345678", "12 34 56 78"),
        ("(+45) 12 34 56 78", "12 34 56 78"),
        ("004512345678", "12 34 56 78"),
        ("+46 8 123 456 78", "+46 8 123 456 78"),
        ("0046812345678", "+46812345678"),
        ("+1 (212) 555-0123", "+1 212 555 0123"),
        ("+358 1 2 3 4 5 6 7 8 9 0", "+3581234567890"),
    ],
)
def test_a_telephone_number_is_read_as_people_write_it(written: str, read: str) -> None:
    assert read_phone(written) == read
    assert len(read) <= LONGEST_PHONE and read_phone(read) == read


@pytest.mark.parametrize(
    "written",
    [
        *("1234567", "123456789", "ring til Bente", "12 34 56 7x", "+45 1234567", "+45 123456789", "0045"),
        *("46 8 123 456 78", "+0 12345678", "+4612", "+1234567890123456", "١٢٣٤٥٦٧٨", "12 34 56 78 lokal 9", "+", ""),
    ],
)
def test_what_is_no_telephone_number_is_refused(written: str) -> None:
    with pytest.raises(InvalidNumber):
        read_phone(written)
