"""Job postings of schema.org (JSON-LD in a file or in a web page), read into what an open job needs. Pure parsing."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from jobbro.kernel.strict_json import parse_json
from jobbro.kernel.strict_yaml import ContentError

MAX_BYTES = 1_000_000
MOST_POSTINGS = 50
# Nobody lists more data blocks in one page; each is read whole.
MOST_BLOCKS = 200
LONGEST_TEXT, LONGEST_LINE = 5000, 120
POSTING = "JobPosting"

_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^<>]*>", re.IGNORECASE)
_OPEN = re.compile(r"<!--|<script\b([^<>]*)>", re.IGNORECASE)
_CLOSE = re.compile(r"</script", re.IGNORECASE)
_LD_JSON = re.compile(r"application/ld\+json", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_LINES = re.compile(r"\n\s*\n\s*\n+")


class PostingsUnread(ValueError):
    """Nothing can be read of the file. `code`: too_large, empty, broken, none, many; `line` where it is broken."""

    def __init__(self, code: str, *, line: int = 0) -> None:
        super().__init__(code)
        self.code, self.line = code, line


@dataclass(frozen=True, kw_only=True)
class Salary:
    """What the posting says of pay: kroner or another currency, a range or one number, and by what."""

    low: Decimal
    high: Decimal
    currency: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One posting as it was read. `unread`: fields that stood there in a form that cannot be understood."""

    title: str
    description: str
    employer: str
    cvr: str
    street: str
    postcode: str
    city: str
    employment_types: tuple[str, ...]
    hours_min: Decimal | None
    hours_max: Decimal | None
    closes_on: date | None
    starts_on: date | None
    salary: Salary | None
    category: str
    identifier: str
    places: int
    unread: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What a job needs and the posting does not say."""
        told = {"title": self.title, "hours": self.hours_max, "place": self.postcode or self.city}
        return tuple(name for name, value in told.items() if not value)


def read_postings(content: bytes) -> tuple[Posting, ...]:
    """Every posting of the file in its order. Raises `PostingsUnread`.

    JSON (one object, a list, or `@graph`) is read strictly: no NaN, no key twice, nothing after the end. Of a web page
    every block of `application/ld+json` counts; one that is broken counts only when no other holds a posting.
    """
    if len(content) > MAX_BYTES:
        raise PostingsUnread("too_large")
    stripped = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not stripped:
        raise PostingsUnread("empty")
    found = _from_json(content) if stripped[:1] in b"{[" else _from_page(content)
    if not found:
        raise PostingsUnread("none")
    if len(found) > MOST_POSTINGS:
        raise PostingsUnread("many")
    return tuple(_posting(fields) for fields in found)


def _from_json(content: bytes) -> list[Mapping[str, Any]]:
    try:
        document = parse_json(content, file="posting", max_bytes=MAX_BYTES)
    except ContentError as error:
        raise PostingsUnread("broken", line=error.line) from error
    return list(_postings_in(document.value))


def _from_page(content: bytes) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    broken: PostingsUnread | None = None
    for line, block in _blocks(_decoded(content)):
        try:
            document = parse_json(block.encode("utf-8", "replace"), file="posting", max_bytes=MAX_BYTES)
        except ContentError as error:
            broken = broken or PostingsUnread("broken", line=line + error.line - 1)
            continue
        found += _postings_in(document.value)
    if broken and not found:
        raise broken
    return found


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Danish pages used before UTF-8; every byte means something there.
        return content.decode("cp1252", "replace")


def _blocks(page: str) -> Iterator[tuple[int, str]]:
    """The JSON-LD of a page with the line it begins on; one pass, and what stands in comments is left out.

    The standard library's HTML parser takes time with the square of a hostile page's length; this does not.
    """
    at, count = 0, 0
    while (opened := _OPEN.search(page, at)) and count < MOST_BLOCKS:
        if opened.group().startswith("<!--"):
            end = page.find("-->", opened.end())
            if end < 0:
                return
            at = end + len("-->")
            continue
        closed = _CLOSE.search(page, opened.end())
        end = closed.start() if closed else len(page)
        if _LD_JSON.search(opened.group(1) or ""):
            count += 1
            yield page.count("\n", 0, opened.end()) + 1, page[opened.end() : end]
        at = end + 1


def _postings_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of the type, wherever it stands: alone, in a list, under `@graph` or as an item of a list."""
    if isinstance(value, dict):
        kinds = value.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and name.rpartition("/")[2] == POSTING for name in names):
            yield value
            return
        for inner in value.values():
            yield from _postings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _postings_in(inner)


def _posting(fields: Mapping[str, Any]) -> Posting:
    reading = _Reading(fields)
    employer = reading.parts("hiringOrganization")
    address = reading.address()
    low, high = reading.hours()
    made = Posting(
        title=reading.line("title") or reading.line("name"),
        description=reading.text("description"),
        employer=_line(employer.get("name")),
        cvr=_cvr(employer),
        street=_line(address.get("streetAddress")),
        postcode=_postcode(address.get("postalCode")),
        city=_line(address.get("addressLocality"))[:60],
        employment_types=reading.lines("employmentType"),
        hours_min=low,
        hours_max=high,
        closes_on=reading.day("validThrough"),
        starts_on=reading.day("jobStartDate"),
        salary=reading.salary(),
        category=reading.category(),
        identifier=reading.identifier(),
        places=reading.places(),
    )
    return replace(made, unread=tuple(reading.unread))


class _Reading:
    """The fields of one posting; `unread` gathers those that are there and say nothing we understand."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields
        self.unread: list[str] = []

    def line(self, name: str) -> str:
        return self._told(name, _line(self._fields.get(name)))

    def text(self, name: str) -> str:
        value = self._fields.get(name)
        return self._told(name, plain_text(value) if isinstance(value, str) else "")

    def lines(self, name: str) -> tuple[str, ...]:
        value = self._fields.get(name)
        every = value if isinstance(value, list) else [value]
        return self._told(name, tuple(dict.fromkeys(line for line in map(_line, every[:10]) if line)))

    def parts(self, name: str) -> Mapping[str, Any]:
        value = _first(self._fields.get(name))
        found: Mapping[str, Any] = value if isinstance(value, dict) else {"name": value} if _line(value) else {}
        return self._told(name, found)

    def address(self) -> Mapping[str, Any]:
        place = _first(self._fields.get("jobLocation"))
        inner = _first(place.get("address")) if isinstance(place, dict) else place
        if isinstance(inner, str):
            postcode = re.search(r"\b\d{4}\b", inner)
            inner = {"streetAddress": inner, "postalCode": postcode.group() if postcode else ""}
        return self._told("jobLocation", inner if isinstance(inner, dict) else {})

    def hours(self) -> tuple[Decimal | None, Decimal | None]:
        """Hours a week: one number or two; anything else is not read."""
        value = _first(self._fields.get("workHours"))
        numbers = [value] if isinstance(value, int | Decimal) and not isinstance(value, bool) else []
        if isinstance(value, str) and len(value) <= LONGEST_LINE and ":" not in value:
            # “08:00–16:00” is a time of day, not a number of hours.
            numbers = [Decimal(found.replace(",", ".")) for found in _NUMBER.findall(value)]
        hours = [Decimal(number) for number in numbers]
        is_plain = 1 <= len(hours) <= 2 and all(0 <= number <= 60 for number in hours) and any(hours)
        found = (min(hours), max(hours)) if is_plain else None
        return self._told("workHours", found) or (None, None)

    def day(self, name: str) -> date | None:
        value = self._fields.get(name)
        try:
            found = date.fromisoformat(value[:10]) if isinstance(value, str) else None
        except ValueError:
            found = None
        return self._told(name, found if found and 1990 <= found.year <= 2100 else None)

    def salary(self) -> Salary | None:
        value = _first(self._fields.get("baseSalary"))
        parts = value if isinstance(value, dict) else {"value": value}
        inner = _first(parts.get("value"))
        amounts = inner if isinstance(inner, dict) else {"value": inner}
        low = _amount(amounts.get("minValue", amounts.get("value")))
        high = _amount(amounts.get("maxValue", amounts.get("value")))
        low, high = low or high, high or low
        if low is None or high is None:
            return self._told("baseSalary", None)
        currency = (_line(parts.get("currency")) or _line(self._fields.get("salaryCurrency")) or "DKK")[:3].upper()
        unit = _line(amounts.get("unitText")) or _line(parts.get("unitText"))
        return Salary(low=min(low, high), high=max(low, high), currency=currency, unit=unit.upper()[:10])

    def category(self) -> str:
        value = _first(self._fields.get("occupationalCategory"))
        if isinstance(value, dict):
            value = _line(value.get("codeValue")) or _line(value.get("name"))
        return self._told("occupationalCategory", _line(value))

    def identifier(self) -> str:
        value = _first(self._fields.get("identifier"))
        return self._told("identifier", _line(value.get("value") if isinstance(value, dict) else value))

    def places(self) -> int:
        """How many are sought; one when it is not told, 0 kept as told so that somebody looks."""
        value = self._fields.get("totalJobOpenings")
        if value is None:
            return 1
        text = _line(value)
        if not (text.isascii() and text.isdigit() and len(text) <= 6):
            self.unread.append("totalJobOpenings")
            return 1
        return int(text)

    def _told(self, name: str, found: Any) -> Any:
        if not found and self._fields.get(name) not in (None, "", [], {}):
            self.unread.append(name)
        return found


def plain_text(text: str) -> str:
    """The words of a piece of HTML, with its paragraphs."""
    told = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", text)))
    lines = [_BLANKS.sub(" ", line).strip() for line in _TAG.sub(" ", told).split("\n")]
    return _LINES.sub("\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT]


def _line(value: Any) -> str:
    """A short text or a whole number on one line; "" for anything else."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        value = str(value) if abs(value) < 10**20 else ""
    return " ".join(plain_text(value[:LONGEST_TEXT]).split())[:LONGEST_LINE] if isinstance(value, str) else ""


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else None if isinstance(value, list) else value


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        number = Decimal(value if not isinstance(value, str) else value.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 < number < 10_000_000 else None


def _postcode(value: Any) -> str:
    digits = re.sub(r"\D", "", _line(value))
    return digits if len(digits) == 4 else ""


def _cvr(employer: Mapping[str, Any]) -> str:
    for name in ("taxID", "vatID", "identifier"):
        value = _first(employer.get(name))
        digits = re.sub(r"\D", "", _line(value.get("value") if isinstance(value, dict) else value))
        if len(digits) == 8:
            return digits
    return ""
