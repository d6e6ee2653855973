"""Strict JSON reads what JSON is, exactly, and refuses what could be read in two ways."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobbro.kernel.strict_json import parse_json
from jobbro.kernel.strict_yaml import ContentError

SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(
    st.characters(exclude_categories=["Cs"])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=12,
)  # fmt: skip


@given(VALUES, st.booleans())
def test_what_is_json_is_read_as_it_is(value: Any, is_ascii: bool) -> None:
    written = json.dumps(value, ensure_ascii=is_ascii, indent=1).encode()
    assert parse_json(written, file="x.json").value == value


def test_numbers_are_kept_as_they_are_written() -> None:
    found = parse_json(b"[0.1, 2.50, 1e2, -0.0, 12]", file="x.json").value
    assert found == [Decimal("0.1"), Decimal("2.50"), Decimal("100.0"), Decimal("-0.0"), 12]
    assert [type(each) for each in found] == [Decimal] * 4 + [int]


def test_a_number_too_long_to_mean_more_is_the_nearest_double() -> None:
    found = parse_json(b"[0." + b"1" * 5000 + b", 1e-999999999]", file="x.json").value
    assert found == [Decimal(repr(1 / 9)), Decimal("0.0")]


def test_every_field_has_its_line() -> None:
    document = parse_json(b'{\n"a": [\n1,\n{"b": 2}]}', file="x.json")
    assert document.lines == {"": 1, "a": 2, "a[0]": 3, "a[1]": 4, "a[1].b": 4}


@pytest.mark.parametrize(
    "content", [b"01", b"[1,]", b'{"a" 1}', b"{'a': 1}", b'"a\nb"', b"tru", b"+1", b".5", b"[1 2]"]
)
def test_what_is_not_json_is_refused(content: bytes) -> None:
    with pytest.raises(ContentError, match="is not valid JSON"):
        parse_json(content, file="x.json")
