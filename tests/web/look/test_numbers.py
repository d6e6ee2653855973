"""Numbers as people write them, in Danish and in English."""

import pytest

from jobbro.engines.schemes.loading import load_package
from jobbro.web.guidance.forms import value_field
from jobbro.webkit.fields import plain_number


@pytest.mark.parametrize(
    ("written", "read"),
    [("7,5", "7.5"), ("7.5", "7.5"), ("12.500", "12500"), ("12,500", "12500"), ("12 500", "12500"),
     ("1.200,50 kr.", "1200.50"), ("1,200.50", "1200.50"), ("37", "37"), ("150.000", "150000")],
)  # fmt: skip
def test_a_group_of_three_digits_is_thousands(written: str, read: str) -> None:
    assert plain_number(written) == read


def test_a_yearly_income_is_not_divided_by_a_thousand() -> None:
    field = value_field(load_package().facts["business_income_year"], label="x")

    assert field.clean("150.000") == 150_000
