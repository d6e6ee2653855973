"""What work asks, as a form: one choice an area, five sentences each, in the five groups."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from jobbro.apps.jobs.selectors.tasks_demand import GroupAsked

from .labels import AREA_LABELS, DEMAND_WORDS, GROUP_LABELS, Label


class LevelsForm(forms.Form):
    """The first sentence of each area says that nothing is asked there."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    tells_optional = False

    def __init__(self, *args: Any, groups: Iterable[GroupAsked], nothing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = {area.code: area.sentences for group in groups for area in (*group.asked, *group.others)}
        for code, sentences in areas.items():
            self.fields[code] = forms.TypedChoiceField(
                label=str(AREA_LABELS[code]),
                coerce=int,
                empty_value=None,
                required=False,
                choices=list(enumerate((nothing, *sentences))),
                widget=forms.RadioSelect,
            )
        self.areas = tuple(areas)

    @property
    def levels(self) -> dict[str, int]:
        """The levels that were chosen."""
        return {code: self.cleaned_data[code] or 0 for code in self.areas}


def levels_initial(groups: Iterable[GroupAsked], *, demand: Mapping[str, int], seen: str) -> dict[str, Any]:
    """The levels as they stand."""
    codes = [area.code for group in groups for area in (*group.asked, *group.others)]
    return {**dict.fromkeys(codes, 0), **demand, "seen": seen}


def level_sections(groups: Iterable[GroupAsked], *, form: LevelsForm) -> list[dict[str, Any]]:
    """The form by group for `parts/_levels.html`: areas that ask something first, the others in a fold."""
    return [
        {
            "label": GROUP_LABELS[group.code],
            "asked": [form[area.code] for area in group.asked],
            "others": [form[area.code] for area in group.others],
            "is_open": any(area.code in form.errors for area in group.others),
            "lines": level_lines(group),
        }
        for group in groups
    ]


def level_lines(group: GroupAsked) -> list[tuple[Label, Label, str]]:
    """Area, word and sentence of everything the work asks in the group."""
    return [(AREA_LABELS[area.code], DEMAND_WORDS[area.level], area.sentences[area.level - 1]) for area in group.asked]
