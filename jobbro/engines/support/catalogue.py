"""The catalogue of support measures: read strictly from content files and kept as frozen records."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jobbro.engines.support.payers import FILE as PAYERS_FILE
from jobbro.engines.support.payers import payer_sources
from jobbro.kernel.because import Source
from jobbro.kernel.fit import Measure
from jobbro.kernel.strict_yaml import ContentError, Document, read_yaml
from jobbro.kernel.vocabulary import LANGUAGES, PAYERS, VocabularyError

FOLDER = Path(__file__).with_name("measures")
GROUPS: tuple[str, ...] = (
    "aids",
    "workplace",
    "sensory",
    "working_time",
    "tasks",
    "structure",
    "communication",
    "personal_assistance",
    "mentoring",
    "learning",
    "transport",
    "terms",
)
# Who a measure is for when it is not for all: the web asks, or leaves these measures out.
SITUATIONS: tuple[str, ...] = ("employee", "self_employed", "graduate", "disability_pension")
STATUS_ESTIMATE = "estimate"

_CODE = re.compile(r"[a-z][a-z0-9_]{2,49}")
_HEAD = ("status", "group", "name", "measures")
_REQUIRED = ("code", "name", "text", "relief", "cost", "scheme", "source")
_OPTIONAL = ("situation",)


@dataclass(frozen=True, kw_only=True)
class Texts:
    """One text in every language of the product."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "da" or "en"; raises `ValueError` for another language."""
        if language not in LANGUAGES:
            raise ValueError(f"no text in {language!r}; use one of {', '.join(LANGUAGES)}")
        return self.en if language == "en" else self.da


@dataclass(frozen=True, kw_only=True)
class CatalogueMeasure:
    """One measure as people read it, with the kernel's `Measure` inside.

    `situation` is None when the measure is for all. `source` is the measure's own, or the law of the scheme that can
    pay, None where neither exists. Relief and cost are estimates.
    """

    measure: Measure
    group: str
    name: Texts
    text: Texts
    situation: str | None
    source: Source | None

    @property
    def code(self) -> str:
        """The code of the measure."""
        return self.measure.code


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """All measures in code order, the names of the groups in their order, and the version of the content."""

    entries: tuple[CatalogueMeasure, ...]
    group_names: Mapping[str, Texts]
    status: str
    version: str

    def entry(self, code: str) -> CatalogueMeasure:
        """The entry with this code; raises `KeyError` when there is none."""
        for entry in self.entries:
            if entry.code == code:
                return entry
        raise KeyError(f"no measure {code!r} in the catalogue {self.version[:12]}")

    def measures(self, *, situations: Collection[str] = ()) -> tuple[Measure, ...]:
        """The measures for all, and those for the `situations` the person is known to be in, in code order."""
        unknown = sorted(set(situations) - set(SITUATIONS))
        if unknown:
            raise ValueError(f"unknown situations {', '.join(unknown)}; use {', '.join(SITUATIONS)}")
        return tuple(
            entry.measure for entry in self.entries if entry.situation is None or entry.situation in situations
        )


@cache
def catalogue() -> Catalogue:
    """The catalogue that is shipped, read once."""
    return read_catalogue(FOLDER)


def catalogue_version() -> str:
    """The sha256 (64 hex digits) of the content of the shipped catalogue, kept with every choice that rests on it."""
    return catalogue().version


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue in `folder`: one YAML file for each group of measures.

    Raises `ContentError` with file, line and field for a missing or unknown field, an unknown area, group, scheme or
    situation, a value outside its range, a text that is missing, and a code that is given twice in any of the files.
    """
    entries: dict[str, CatalogueMeasure] = {}
    group_names: dict[str, Texts] = {}
    digest = hashlib.sha256(PAYERS_FILE.read_bytes())
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        document = read_yaml(path)
        group, name = _read_head(document)
        if group in group_names:
            raise document.error(field="group", reason=f"{group!r} has a file already; keep one file a group")
        group_names[group] = name
        for position, _ in enumerate(document.value["measures"]):
            entry = _read_measure(document, field=f"measures[{position}]", position=position, group=group)
            if entry.code in entries:
                raise document.error(field=f"measures[{position}].code", reason=f"{entry.code!r} is given twice")
            entries[entry.code] = entry
    if not entries:
        raise ContentError(file=folder.name, line=1, field="", reason="holds no measures")
    return Catalogue(
        entries=tuple(entries[code] for code in sorted(entries)),
        group_names={group: group_names[group] for group in GROUPS if group in group_names},
        status=STATUS_ESTIMATE,
        version=digest.hexdigest(),
    )


def _read_head(document: Document) -> tuple[str, Texts]:
    head = document.value
    _check_keys(document, value=head, field="", required=_HEAD)
    if head["status"] != STATUS_ESTIMATE:
        raise document.error(field="status", reason=f"must be {STATUS_ESTIMATE!r}: relief and cost are estimates")
    if head["group"] not in GROUPS:
        raise document.error(field="group", reason=f"unknown group {head['group']!r}; use {', '.join(GROUPS)}")
    if not isinstance(head["measures"], list):
        raise document.error(field="measures", reason="must be a list")
    return head["group"], _read_texts(document, value=head["name"], field="name")


def _read_measure(document: Document, *, field: str, position: int, group: str) -> CatalogueMeasure:
    given = document.value["measures"][position]
    _check_keys(document, value=given, field=field, required=_REQUIRED, optional=_OPTIONAL)
    if not isinstance(given["code"], str) or not _CODE.fullmatch(given["code"]):
        raise document.error(field=f"{field}.code", reason=f"{given['code']!r} is not a code; use a-z, 0-9 and _")
    if given["scheme"] not in PAYERS:
        raise document.error(field=f"{field}.scheme", reason=f"unknown payer {given['scheme']!r}")
    if given.get("situation") not in (None, *SITUATIONS):
        raise document.error(field=f"{field}.situation", reason=f"unknown situation {given['situation']!r}")
    if not given["relief"]:
        raise document.error(field=f"{field}.relief", reason="must relieve at least one area")
    try:
        measure = Measure(code=given["code"], relief=given["relief"], cost=given["cost"], scheme=given["scheme"])
    except VocabularyError as error:
        raise document.error(field=f"{field}.{error.path}", reason=error.reason) from error
    return CatalogueMeasure(
        measure=measure,
        group=group,
        name=_read_texts(document, value=given["name"], field=f"{field}.name"),
        text=_read_texts(document, value=given["text"], field=f"{field}.text"),
        situation=given.get("situation"),
        source=_read_source(document, value=given["source"], field=f"{field}.source")
        or payer_sources().get(measure.scheme),
    )


def _read_texts(document: Document, *, value: Any, field: str) -> Texts:
    _check_keys(document, value=value, field=field, required=LANGUAGES)
    for language in LANGUAGES:
        if not isinstance(value[language], str) or not value[language].strip():
            raise document.error(field=f"{field}.{language}", reason="must be a text")
    return Texts(da=value["da"], en=value["en"])


def _read_source(document: Document, *, value: Any, field: str) -> Source | None:
    if value is None:
        return None
    _check_keys(document, value=value, field=field, required=("title", "url", "checked_on"))
    if type(value["checked_on"]) is not date:
        raise document.error(field=f"{field}.checked_on", reason="must be a date, as 2026-03-01")
    if not isinstance(value["title"], str) or not isinstance(value["url"], str):
        raise document.error(field=field, reason="title and url must be text")
    try:
        return Source(title=value["title"], url=value["url"], checked_on=value["checked_on"])
    except ValueError as error:
        raise document.error(field=field, reason=str(error)) from error


def _check_keys(
    document: Document, *, value: Any, field: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> None:
    if not isinstance(value, dict):
        raise document.error(field=field, reason=f"must have the fields {', '.join(required)}")
    prefix = f"{field}." if field else ""
    for key in value:
        if key not in required and key not in optional:
            raise document.error(field=f"{prefix}{key}", reason="is not a known field")
    for key in required:
        if key not in value:
            raise document.error(field=f"{prefix}{key}", reason="is left out; write it, or null where that is allowed")
