"""Half-days in words, and fields to choose them: whole mornings of the week at once, or one by one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from jobbro.kernel.vocabulary import DAYS, SLOTS, WEEKDAYS

DAY_NAMES = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}
HALF_NAMES = {"am": gettext_lazy("morning"), "pm": gettext_lazy("afternoon")}
# Many half-days at one tick, in the order they are offered.
SHORTCUTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "weekday_mornings": (gettext_lazy("Mornings Monday to Friday"), tuple(f"{day}_am" for day in WEEKDAYS)),
    "weekday_afternoons": (gettext_lazy("Afternoons Monday to Friday"), tuple(f"{day}_pm" for day in WEEKDAYS)),
    "weekend": (gettext_lazy("Saturday and Sunday"), tuple(f"{day}_{half}" for day in DAYS[5:] for half in HALF_NAMES)),
}


def slot_label(slot: str) -> str:
    """“mandag formiddag”."""
    return gettext("%(day)s %(half)s") % {"day": DAY_NAMES[slot[:3]], "half": HALF_NAMES[slot[4:]]}


def in_week_order(slots: Iterable[str]) -> tuple[str, ...]:
    """Each half-day once, Monday morning first."""
    wanted = set(slots)
    return tuple(slot for slot in SLOTS if slot in wanted)


def slots_told(slots: Sequence[str]) -> str:
    """The half-days in few words: days that follow each other are one run (“mandag–fredag formiddag”)."""
    days = {day: tuple(half for half in HALF_NAMES if f"{day}_{half}" in slots) for day in DAYS}
    runs: list[tuple[tuple[str, ...], list[str]]] = []
    for day in DAYS:
        if runs and runs[-1][0] == days[day]:
            runs[-1][1].append(day)
        else:
            runs.append((days[day], [day]))
    return ", ".join(_run_told(halves, run) for halves, run in runs if halves)


def _run_told(halves: tuple[str, ...], days: list[str]) -> str:
    first, last = str(DAY_NAMES[days[0]]), str(DAY_NAMES[days[-1]])
    told = first if len(days) == 1 else f"{first}–{last}"
    return told if len(halves) == 2 else f"{told} {HALF_NAMES[halves[0]]}"


def chosen_shortcuts(slots: Sequence[str], *, within: Sequence[str]) -> tuple[str, ...]:
    """The shortcuts that together say exactly these half-days; none when they do not."""
    wanted = set(slots)
    offered = dict(offered_shortcuts(within))
    fitting = [code for code in offered if set(SHORTCUTS[code][1]) & set(within) <= wanted]
    said = {slot for code in fitting for slot in SHORTCUTS[code][1] if slot in within}
    return tuple(fitting) if said == wanted else ()


def offered_shortcuts(within: Sequence[str]) -> list[tuple[str, Any]]:
    """Shortcuts that say something in this week."""
    return [(code, label) for code, (label, slots) in SHORTCUTS.items() if set(slots) & set(within)]


def from_shortcuts(codes: Iterable[str], *, within: Sequence[str]) -> set[str]:
    """The half-days of the shortcuts, as far as they are in this week."""
    return {slot for code in codes for slot in SHORTCUTS[code][1]} & set(within)


class ManyField(forms.MultipleChoiceField):
    """Checkboxes, of which any number may be ticked."""

    def __init__(self, *, choices: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


def slot_choices(slots: Sequence[str]) -> list[tuple[str, str]]:
    """Half-days to choose among, in week order."""
    return [(slot, slot_label(slot)) for slot in in_week_order(slots)]
