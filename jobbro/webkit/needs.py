"""Needs in words: what there is to do with the day and the link to the place, and what the citizen reads of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.worklist.enums import By, WaitsOn
from jobbro.apps.worklist.kinds import BY_CODE
from jobbro.apps.worklist.selectors import Need, WorkRow
from jobbro.webkit.dates import spoken_date


@dataclass(frozen=True, kw_only=True)
class NeedShown:
    """A need in words. `when` is empty when no day is known."""

    label: str
    sentence: str
    url: str
    who: str
    when: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class RowShown:
    """A citizen of the list in words: the most urgent need, and the others."""

    row: WorkRow
    first: NeedShown
    others: tuple[NeedShown, ...]
    group: str


@dataclass(frozen=True, kw_only=True)
class OwnNeed:
    """What the citizen reads of a need; `url` leads to it, `is_mine`: it is their turn."""

    text: str
    url: str
    when: str
    is_mine: bool


def rows_shown(
    rows: Iterable[WorkRow], *, wanted: frozenset[str], on: date, is_by_who: bool = False
) -> tuple[RowShown, ...]:
    """The rows of a page; what was asked for stands first, then as the list is sorted."""
    return tuple(_row_shown(row, wanted=wanted, is_by_who=is_by_who, on=on) for row in rows)


def _row_shown(row: WorkRow, *, wanted: frozenset[str], is_by_who: bool, on: date) -> RowShown:
    def place(need: Need) -> tuple[bool, int]:
        is_wanted = not wanted or need.code in wanted or need.waits_on in wanted
        return (not is_wanted, list(WaitsOn).index(need.waits_on) if is_by_who else 0)

    needs = sorted(row.needs, key=place)
    shown = [need_shown(need, citizen_id=row.citizen_id, on=on) for need in needs]
    return RowShown(row=row, first=shown[0], others=tuple(shown[1:]), group=str(needs[0].waits_on.label))


def own_shown(needs: Iterable[Need], *, on: date) -> tuple[NeedShown, ...]:
    """What waits for the reader and is about no citizen."""
    return tuple(need_shown(need, citizen_id=None, on=on) for need in needs)


def need_shown(need: Need, *, citizen_id: UUID | None, on: date) -> NeedShown:
    """A need in words."""
    kind = BY_CODE[need.code]
    is_late = need.due_on is not None and need.due_on < on and not kind.is_since
    return NeedShown(
        label=str(kind.label),
        sentence=str(kind.sentence),
        url=_address(kind.url, kind.by, citizen_id=citizen_id, subject_id=need.subject_id),
        who=_who(need),
        when=_when(need.due_on, is_since=kind.is_since),
        is_late=is_late,
    )


def _who(need: Need) -> str:
    return _("%(name)s’s turn") % {"name": need.user} if need.user else str(need.waits_on.label)


def _when(day: date | None, *, is_since: bool) -> str:
    if day is None:
        return ""
    return _("since %(day)s") % {"day": spoken_date(day=day)} if is_since else spoken_date(day=day)


def _address(name: str, by: By, *, citizen_id: UUID | None, subject_id: UUID | None) -> str:
    if by == By.SUBJECT and subject_id is None:
        return reverse("citizen", args=[citizen_id])
    arguments = {By.CITIZEN: [citizen_id], By.SUBJECT: [subject_id], By.NOTHING: []}[by]
    return reverse(name, args=arguments)


def own_needs(row: WorkRow | None, *, is_easy: bool) -> tuple[OwnNeed, ...]:
    """What the citizen reads: their own turn first, each sentence once; none of what is the employees' alone."""
    if row is None:
        return ()
    told: dict[tuple[str, str], OwnNeed] = {}
    for need in row.needs:
        found = _own(need, citizen_id=row.citizen_id, is_easy=is_easy)
        if found is not None:
            told.setdefault((found.text, found.url), found)
    return tuple(sorted(told.values(), key=lambda need: not need.is_mine))


def _own(need: Need, *, citizen_id: UUID, is_easy: bool) -> OwnNeed | None:
    kind = BY_CODE[need.code]
    own = next((own for own in kind.own if own.when in (None, need.waits_on)), None)
    if own is None:
        return None
    url = _address(own.url, own.by, citizen_id=citizen_id, subject_id=need.subject_id) if own.url else ""
    return OwnNeed(
        text=str(own.easy if is_easy else own.text),
        url=url,
        when=_when(need.due_on, is_since=kind.is_since) if not kind.is_since else "",
        is_mine=need.waits_on == WaitsOn.CITIZEN,
    )
