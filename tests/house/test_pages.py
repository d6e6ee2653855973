"""Every page says who may open it and why, and a change of that is seen in review."""

from collections import Counter
from pathlib import Path

import pytest

from jobbro.apps.audit.enums import Purpose
from tests.house.addresses import Address, addresses

PAGES = Path(__file__).parent / "pages.txt"


def _line(address: Address) -> str:
    methods = "GET POST" if getattr(address.view, "page_writes", False) else "GET"
    rule = getattr(address.view, "page_rule", None)
    purpose = getattr(address.view, "page_purpose", None)
    return f"{address.name} | {rule.name if rule else 'NO RULE'} | {purpose or '-'} | {methods}"


def table() -> str:
    """The table of pages as it is now."""
    head = "# page | who may open it | purpose of a look | methods\n"
    return head + "".join(f"{_line(address)}\n" for address in addresses())


def test_every_view_has_a_rule() -> None:
    assert [a.route for a in addresses() if not hasattr(a.view, "page_rule")] == []


def test_every_address_has_one_name() -> None:
    names = Counter(address.name for address in addresses())
    assert "" not in names
    assert [name for name, count in names.items() if count > 1] == []


def test_a_page_about_a_person_names_its_purpose() -> None:
    about = [a for a in addresses() if "citizen_id" in a.arguments]
    assert [a.name for a in about if getattr(a.view, "page_purpose", None) not in Purpose.values] == []


def test_only_the_return_from_the_identity_provider_writes_on_get() -> None:
    assert [a.name for a in addresses() if getattr(a.view, "page_writes_on_get", False)] == ["oidc_return"]


def test_the_table_of_pages_is_the_reviewed_one() -> None:
    now = table()
    if PAGES.read_text(encoding="utf-8") != now:
        proposal = PAGES.with_suffix(".new")
        proposal.write_text(now, encoding="utf-8")
        pytest.fail(f"Who may open what has changed. Review {proposal.name} and let it take the place of {PAGES.name}.")
