"""Rows of answers as the needs engine knows them, and profiles as they are kept in an agreement."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any, cast

from django.utils import timezone

from jobbro.engines import needs
from jobbro.kernel.vocabulary import AREAS

from .models import Answer

FORMAT = 1


class AgreementUnreadable(ValueError):
    """A kept profile was written in a format that this version does not know."""


def answer_fact(row: Answer) -> needs.Answer:
    """The answer as the engine knows it; its day is the day in local time."""
    return needs.Answer(
        id=str(row.pk),
        topic=row.topic,
        status=cast(needs.Status, row.status),
        said_by=cast(needs.Speaker, row.said_by),
        answered_on=local_day(row.answered_at),
        words=row.words,
        level=row.level,
        choices=tuple(row.choices),
        numbers=tuple(None if number is None else float(number) for number in row.numbers),
        slots=tuple(row.slots),
        helps=row.helps,
    )


def local_day(moment: datetime) -> date:
    """The day of a moment where people live."""
    return timezone.localdate(moment)


def answers_behind(profile: needs.Profile) -> frozenset[str]:
    """Ids of the answers that the profile rests on."""
    sources = [need.source_answer_id for need in profile.needs] + [told.source_answer_id for told in profile.told]
    return frozenset(source for source in sources if source)


def agreed_form(*, answers: Iterable[needs.Answer]) -> tuple[needs.Profile, frozenset[str]]:
    """The profile as it stands when both agree now, and the answers it rests on."""
    given = tuple(answers)
    ids = answers_behind(needs.profile(given))
    return needs.profile(given, agreed=ids), ids


def profile_json(profile: needs.Profile, *, guide_version: str) -> dict[str, Any]:
    """The whole profile for keeping, with the guide and the answers it rests on."""
    return {
        "format": FORMAT,
        "guide_version": guide_version,
        "answers": sorted(answers_behind(profile)),
        "needs": [_plain(asdict(need)) for need in profile.needs],
        "told": [_plain(asdict(told)) for told in profile.told],
    }


def profile_from_json(kept: dict[str, Any]) -> needs.Profile:
    """The profile as it was kept; areas and topics that have come since are untold. Raises AgreementUnreadable."""
    if kept.get("format") != FORMAT:
        raise AgreementUnreadable(f"Format {kept.get('format')!r} of an agreement is unknown; known is {FORMAT}.")
    kept_needs = {entry["area"]: _need(entry) for entry in kept["needs"]}
    kept_told = {entry["topic"]: _told(entry) for entry in kept["told"]}
    others = [topic.code for topic in needs.load_guide().topics if topic.area is None and topic.code not in kept_told]
    return needs.Profile(
        needs=tuple(kept_needs.get(area, needs.Need(area=area)) for area in AREAS),
        told=(*kept_told.values(), *(needs.Told(topic=code) for code in others)),
    )


def agreed_ids(kept: dict[str, Any]) -> frozenset[str]:
    """Ids of the answers that a kept profile rests on."""
    return frozenset(kept["answers"])


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """Dates as text; other values are as JSON has them."""
    plain: dict[str, Any] = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in entry.items()
    }
    return {**plain, "other": _plain(plain["other"])} if plain.get("other") else plain


def _need(entry: dict[str, Any]) -> needs.Need:
    need = needs.Need(**{**entry, "other": None})
    return replace(need, answered_on=_day(entry["answered_on"]), other=_view(entry["other"]))


def _told(entry: dict[str, Any]) -> needs.Told:
    told = needs.Told(**{**entry, **_lists(entry), "other": None})
    return replace(told, answered_on=_day(entry["answered_on"]), other=_view(entry["other"]))


def _view(entry: dict[str, Any] | None) -> needs.View | None:
    if entry is None:
        return None
    return needs.View(**{**entry, **_lists(entry), "answered_on": date.fromisoformat(entry["answered_on"])})


def _lists(entry: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(entry[name]) for name in ("choices", "numbers", "slots")}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
