"""Postings of schema.org: what is read, what is left for people, and files that mean harm or are broken."""

import json
import time
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from jobbro.apps.jobs.postings import MAX_BYTES, PostingsUnread, plain_text, read_postings

FULL = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Køkkenmedhjælper",
    "description": "<p>Du rører i gryderne.</p><ul><li>Mandag</li><li>Tirsdag &amp; onsdag</li></ul>",
    "hiringOrganization": {"@type": "Organization", "name": "Kantinen", "taxID": "DK 99000007"},
    "jobLocation": {
        "@type": "Place",
        "address": {"streetAddress": "Prøvevej 1", "postalCode": "9999", "addressLocality": "Prøvekøbing"},
    },
    "employmentType": ["PART_TIME", "TEMPORARY"],
    "workHours": "10-15 timer om ugen",
    "validThrough": "2026-12-31T23:59:00+01:00",
    "jobStartDate": "2027-01-01",
    "baseSalary": {"currency": "DKK", "value": {"minValue": 140, "maxValue": "160,50", "unitText": "HOUR"}},
    "occupationalCategory": {"@type": "CategoryCode", "codeValue": "9412", "name": "Køkkenhjælp"},
    "identifier": {"@type": "PropertyValue", "name": "Kantinen", "value": "K-17"},
    "totalJobOpenings": 2,
}


def _bytes(value: object) -> bytes:
    return json.dumps(value).encode()


def _page(*blocks: str, before: str = "") -> bytes:
    scripts = "".join(f'<script type="application/ld+json">{block}</script>\n' for block in blocks)
    return f"<!doctype html><html><head>{before}{scripts}</head><body>Job</body></html>".encode()


def test_a_whole_posting_is_read() -> None:
    (found,) = read_postings(_bytes(FULL))
    assert (found.title, found.employer, found.cvr) == ("Køkkenmedhjælper", "Kantinen", "99000007")
    assert found.description == "Du rører i gryderne.\nMandag\nTirsdag & onsdag"
    assert (found.street, found.postcode, found.city) == ("Prøvevej 1", "9999", "Prøvekøbing")
    assert (found.hours_min, found.hours_max, found.places) == (Decimal(10), Decimal(15), 2)
    assert (found.closes_on, found.starts_on) == (date(2026, 12, 31), date(2027, 1, 1))
    assert found.salary and (found.salary.low, found.salary.high) == (Decimal(140), Decimal("160.5"))
    assert (found.salary.currency, found.salary.unit) == ("DKK", "HOUR")
    assert (found.category, found.identifier, found.employment_types) == ("9412", "K-17", ("PART_TIME", "TEMPORARY"))
    assert found.missing == () and found.unread == ()


def test_an_almost_empty_posting_says_what_it_does_not_say() -> None:
    (found,) = read_postings(_bytes({"@type": "JobPosting"}))
    assert found.missing == ("title", "hours", "place") and found.unread == () and found.places == 1


@pytest.mark.parametrize(
    "value",
    [
        [FULL, {**FULL, "title": "To"}],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, FULL, {**FULL, "title": "To"}]},
        {"@type": "ItemList", "itemListElement": [{"item": FULL}, {"item": {**FULL, "title": "To"}}]},
        [{**FULL, "@type": ["Thing", "https://schema.org/JobPosting"]}, {**FULL, "title": "To"}],
    ],
)
def test_several_postings_are_found_wherever_they_stand(value: object) -> None:
    assert [one.title for one in read_postings(_bytes(value))] == ["Køkkenmedhjælper", "To"]


def test_a_page_gives_all_its_blocks_but_not_those_in_comments() -> None:
    hidden = f'<!-- <script type="application/ld+json">{json.dumps({**FULL, "title": "Skjult"})}</script> -->'
    page = _page(
        '{"@type": "BreadcrumbList"}', json.dumps(FULL), "{broken", before=hidden + "<script>if(a<b)x()</script>"
    )
    assert [one.title for one in read_postings(page)] == ["Køkkenmedhjælper"]


def test_a_page_in_old_letters_is_read() -> None:
    page = f'<script type="application/ld+json">{json.dumps(FULL, ensure_ascii=False)}</script>'.encode("cp1252")
    assert read_postings(page)[0].title == "Køkkenmedhjælper"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"hej", "none"),
        (b"<html></html>", "none"),
        (_bytes({"@type": "Person"}), "none"),
        (_bytes([]), "none"),
        (b'{"@type": "JobPosting", "title": "K', "broken"),
        (b'{"@type": "JobPosting", "workHours": NaN}', "broken"),
        (b'{"@type": "JobPosting", "workHours": 1e999}', "broken"),
        (b'{"@type": "JobPosting", "title": "a", "title": "b"}', "broken"),
        (b'{"@type": "JobPosting"} {}', "broken"),
        (b"[" * 5000, "broken"),
        (b'{"@type": "JobPosting", "title": "\\ud800"}', "broken"),
        (b'{"@type": "JobPosting", "title": "\xff"}', "broken"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (_bytes([FULL] * 51), "many"),
        (_page('{"@type": "JobPosting", "tit'), "broken"),
        (_page(json.dumps(FULL))[:-200], "broken"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(PostingsUnread) as refused:
        read_postings(content)
    assert refused.value.code == code


def test_the_line_of_the_break_is_told_in_files_and_pages() -> None:
    for content, line in ((b'{\n"@type": "JobPosting",\n"title": NaN}', 3), (_page("\n\n{oops"), 3)):
        with pytest.raises(PostingsUnread) as refused:
            read_postings(content)
        assert refused.value.line == line


@pytest.mark.parametrize(
    ("told", "hours"),
    [
        ("25 timer", ("25", "25")),
        ("mellem 10,5 og 15 timer", ("10.5", "15")),
        (37, ("37", "37")),
        (22.5, ("22.5", "22.5")),
        ("08:00-16:00", None),
        ("Man-fre 8-16, 37 timer", None),
        ("160 timer om måneden", None),
        ("fuld tid", None),
        (True, None),
        ({"value": 3}, None),
        ("0", None),
    ],
)
def test_hours_are_read_only_when_they_are_plain(told: object, hours: tuple[str, str] | None) -> None:
    (found,) = read_postings(_bytes({**FULL, "workHours": told}))
    wanted = tuple(map(Decimal, hours)) if hours else (None, None)
    assert (found.hours_min, found.hours_max) == wanted
    assert ("workHours" in found.unread) == (hours is None)


def test_odd_fields_are_named_and_the_rest_stands() -> None:
    odd = {
        **FULL,
        "title": ["a"],
        "hiringOrganization": 7.5,
        "jobLocation": [],
        "validThrough": "i morgen",
        "jobStartDate": "9999-12-31",
        "baseSalary": {"value": "efter aftale"},
        "totalJobOpenings": "mange",
        "description": {"@value": "x"},
        "identifier": None,
    }
    (found,) = read_postings(_bytes(odd))
    assert set(found.unread) == {
        *(
            "title",
            "hiringOrganization",
            "validThrough",
            "jobStartDate",
            "baseSalary",
            "totalJobOpenings",
            "description",
        )
    }
    assert found.hours_max == 15 and found.identifier == "" and found.places == 1


def test_no_places_are_kept_as_told() -> None:
    assert read_postings(_bytes({**FULL, "totalJobOpenings": 0}))[0].places == 0


def test_words_carry_no_marks() -> None:
    assert plain_text("<script>alert(1)</script><b>Hej</b>&lt;img src=x onerror=alert(1)&gt;") == "alert(1) Hej"
    assert len(plain_text("a" * 9000)) == 5000


@pytest.mark.parametrize(
    "content",
    [
        b"<script " * 120_000,
        b"<!--" * 240_000,
        b"<" * 990_000,
        b'<script type="application/ld+json">' * 28_000,
        _bytes({**FULL, "description": "<" * 900_000}),
        _bytes({**FULL, "description": "&lt;" * 200_000}),
        _bytes({**FULL, "title": " \n" * 300_000}),
    ],
)
def test_hostile_files_take_no_time(content: bytes) -> None:
    started = time.process_time()
    with suppress(PostingsUnread):
        read_postings(content)
    assert time.process_time() - started < 2
