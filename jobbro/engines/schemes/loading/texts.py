"""Texts and sources as they stand in every file of the package."""

import re
from collections.abc import Mapping
from dataclasses import replace

from jobbro.engines.schemes.rules import Mark, SourceReference, Text
from jobbro.kernel.content import Place

MARKS: tuple[Mark, ...] = ("V", "D", "U", "C", "S")
LANGUAGES = ("da", "en")
_PLACEHOLDER = re.compile(r"\{([^}]*)\}")


def read_text(place: Place) -> Text:
    """A map of da and en."""
    fields = place.fields(required=LANGUAGES)
    return Text(da=fields["da"].text(), en=fields["en"].text())


def read_optional_text(place: Place | None) -> Text | None:
    """A text, or None when the field is left out."""
    return None if place is None else read_text(place)


def read_own_text(fields: Mapping[str, Place]) -> Text:
    """The da and en fields that stand directly in a map."""
    return Text(da=fields["da"].text(), en=fields["en"].text())


def placeholders(text: Text) -> frozenset[str]:
    """The parameter codes named as {p.code} in either language; other braces come back as they stand."""
    names = _PLACEHOLDER.findall(text.da) + _PLACEHOLDER.findall(text.en)
    return frozenset(name.removeprefix("p.") if name.startswith("p.") else f"{{{name}}}" for name in names)


def read_source(place: Place, *, inherited: SourceReference | None = None) -> SourceReference:
    """A whole source, or the parts of it that differ from the inherited one."""
    names = ("law", "paragraph", "url", "checked_on", "mark")
    if inherited is None:
        fields = place.fields(required=names, optional=("act",))
        return SourceReference(
            law=fields["law"].text(),
            paragraph=fields["paragraph"].text(),
            url=_address(fields["url"]),
            checked_on=fields["checked_on"].day(),
            mark=read_mark(fields["mark"]),
            act=fields["act"].text() if "act" in fields else "",
        )
    fields = place.fields(required=(), optional=(*names, "act"))
    found = inherited
    if "law" in fields:
        found = replace(found, law=fields["law"].text(), act="")
    if "paragraph" in fields:
        found = replace(found, paragraph=fields["paragraph"].text())
    if "url" in fields:
        found = replace(found, url=_address(fields["url"]))
    if "checked_on" in fields:
        found = replace(found, checked_on=fields["checked_on"].day())
    if "mark" in fields:
        found = replace(found, mark=read_mark(fields["mark"]))
    return replace(found, act=fields["act"].text()) if "act" in fields else found


def read_mark(place: Place) -> Mark:
    """V, D, U, C or S."""
    value = place.one_of(MARKS)
    return next(mark for mark in MARKS if mark == value)


def _address(place: Place) -> str:
    value = place.text()
    if not value.startswith("https://"):
        place.refuse(f"{value!r} is not an https address")
    return value
