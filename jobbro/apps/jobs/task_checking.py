"""What a task must be to stand on the list: hours that its half-days can hold, in the workplace's own week."""

import re
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from jobbro.apps.employers.models import Workplace
from jobbro.apps.employers.wording import has_cpr
from jobbro.kernel.vocabulary import SLOT_POSITION, SLOTS

from .refusals import Refused

LONGEST_NAME, LONGEST_PLACE, LONGEST_SKILL, LONGEST_NOTE, MOST_SKILLS = 120, 60, 60, 2000, 12
# Twice what a search takes.
MOST_LISTED = 1000
HUNDREDTH = Decimal("0.01")
# Signs that no XML can hold: one of them in one name would keep everybody from the spreadsheet of the whole list.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    """A task as somebody wrote it. No half-days means all of the week; a new post wins over a known one."""

    name: str
    hours: Decimal
    slots: tuple[str, ...] = ()
    place: str = ""
    holder_id: UUID | None = None
    new_holder: str = ""
    note: str = ""
    requires: tuple[str, ...] = ()
    is_core: bool = False


def checked_slots(slots: tuple[str, ...], *, workplace: Workplace) -> list[str]:
    """The half-days in week order; none chosen means all of the workplace's. Refused: `slots_none`, `slots_outside`."""
    wanted = set(slots) or set(workplace.slots)
    if not wanted:
        raise Refused("slots_none", fields=("slots",))
    outside = wanted - set(workplace.slots or SLOTS)
    if outside:
        in_order = sorted(outside, key=lambda slot: SLOT_POSITION.get(slot, len(SLOTS)))
        raise Refused("slots_outside", fields=("slots",), values={"slots": tuple(in_order)})
    return [slot for slot in SLOTS if slot in wanted]


def checked_hours(hours: Decimal, *, slots: list[str], workplace: Workplace) -> Decimal:
    """Hours to 0.01. Refused: `hours_number`, `hours_fine`, `hours_week` and `hours_slots` with the most there is."""
    if not hours.is_finite() or hours <= 0:
        raise Refused("hours_number", fields=("hours",))
    week = len(workplace.slots or SLOTS) * workplace.slot_hours
    if hours > week:
        raise Refused("hours_week", fields=("hours",), values={"most": week})
    if hours != hours.quantize(HUNDREDTH):
        raise Refused("hours_fine", fields=("hours",))
    room = len(slots) * workplace.slot_hours
    if hours > room:
        raise Refused("hours_slots", fields=("hours",), values={"most": room, "count": len(slots)})
    return hours.quantize(HUNDREDTH)


def checked_name(name: str) -> str:
    """Refused: `name_none`, `too_long`, `cpr`."""
    kept = " ".join(keepable(name).split())
    if not kept:
        raise Refused("name_none", fields=("name",))
    if len(kept) > LONGEST_NAME:
        raise Refused("too_long", fields=("name",), values={"most": LONGEST_NAME})
    refuse_cpr(kept, field="name")
    return kept


def checked_skills(skills: tuple[str, ...]) -> list[str]:
    """Each skill once, as given. Refused: `too_long`, `skills_many`."""
    kept = list(dict.fromkeys(" ".join(keepable(skill).split()) for skill in skills if keepable(skill).strip()))
    if any(len(skill) > LONGEST_SKILL for skill in kept):
        raise Refused("too_long", fields=("own_skills",), values={"most": LONGEST_SKILL})
    if len(kept) > MOST_SKILLS:
        raise Refused("skills_many", fields=("requires",), values={"most": MOST_SKILLS})
    return kept


def checked_text(text: str, *, most: int, field: str) -> str:
    """Refused: `too_long`, `cpr`."""
    kept = keepable(text).strip()
    if len(kept) > most:
        raise Refused("too_long", fields=(field,), values={"most": most})
    refuse_cpr(kept, field=field)
    return kept


def refuse_cpr(text: str, *, field: str) -> None:
    """Refused: `cpr`. Companies read what is written about tasks and jobs."""
    if has_cpr(text):
        raise Refused("cpr", fields=(field,))


def keepable(text: str) -> str:
    """The text without signs that draw nothing and break files."""
    return _UNKEEPABLE.sub("", text)
