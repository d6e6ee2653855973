"""What changed between two profiles of the same person."""

from dataclasses import dataclass
from typing import Literal

from jobbro.engines.needs.profiles import Need, Profile, Told

ChangeKind = Literal["new", "easier", "harder", "now_known", "no_longer_known", "words_changed", "answer_changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change; `subject` is an area or the code of another topic. Levels are None outside the areas."""

    subject: str
    kind: ChangeKind
    level_before: int | None = None
    level_after: int | None = None


def changes(before: Profile, after: Profile) -> tuple[Change, ...]:
    """At most one change a subject, the weightiest: areas in their order, then the other topics in guide order.

    `new`: nothing was said before. `now_known`: something was said before, and now there is a level; `no_longer_known`:
    the level is gone. `easier`, `harder`: another level. `words_changed`: same level, other words or other help.
    `answer_changed`: other choices, numbers or half-days.
    """
    areas = (_need_change(before.need(need.area), need) for need in after.needs)
    known = {told.topic: told for told in before.told}
    topics = (_told_change(known.get(told.topic, Told(topic=told.topic)), told) for told in after.told)
    return tuple(change for change in (*areas, *topics) if change is not None)


def _need_change(before: Need, after: Need) -> Change | None:
    kind = _level_change(before, after)
    if kind is None and (before.words, before.helps) != (after.words, after.helps):
        kind = "words_changed" if _is_said(before) else "new"
    if kind is None:
        return None
    return Change(subject=after.area, kind=kind, level_before=before.level, level_after=after.level)


def _level_change(before: Need, after: Need) -> ChangeKind | None:
    if before.level == after.level:
        return None
    if before.level is None:
        return "now_known" if _is_said(before) else "new"
    if after.level is None:
        return "no_longer_known"
    return "easier" if after.level > before.level else "harder"


def _told_change(before: Told, after: Told) -> Change | None:
    picked = (before.choices, before.numbers, before.slots) != (after.choices, after.numbers, after.slots)
    if not picked and before.words == after.words:
        return None
    if not _is_said(before):
        return Change(subject=after.topic, kind="new")
    return Change(subject=after.topic, kind="answer_changed" if picked else "words_changed")


def _is_said(entry: Need | Told) -> bool:
    return entry.status in ("told", "dont_know", "wont_say")
