"""The words on screen for the shared codes: function areas, their groups, levels, answers and the steps of the way."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobbro.kernel.vocabulary import AREAS, area_labels

Label = str | Promise


def area_label(code: str) -> str:
    """The function area as people call it, in the language of the page."""
    return area_labels("en" if (get_language() or "da").startswith("en") else "da")[code].label


_lazy_area_label = lazy(area_label, str)

AREA_LABELS: Final[Mapping[str, Label]] = {code: _lazy_area_label(code) for code in AREAS}

GROUP_LABELS: Final[Mapping[str, Label]] = {
    "body": _("The body"),
    "senses": _("The senses"),
    "thinking": _("Thinking"),
    "pressure": _("Pressure and energy"),
    "people": _("Other people"),
}

LEVEL_WORDS: Final[Mapping[int | None, Label]] = {
    4: _("without difficulty"),
    3: _("a little hard"),
    2: _("hard"),
    1: _("very hard"),
    0: _("I cannot do that"),
    None: _("not talked about yet"),
}

STATUS_WORDS: Final[Mapping[str, Label]] = {
    "told": _("told in their own words"),
    "dont_know": _("does not know"),
    "wont_say": _("would rather not say"),
    "skipped": _("skipped for now"),
    "opened": _("talked about soon"),
    "not_asked": _("not talked about yet"),
}

LEVEL_SENTENCES: Final[Mapping[int, Label]] = {
    4: _("It goes without difficulty"),
    3: _("It is a little hard"),
    2: _("It is hard"),
    1: _("It is very hard"),
    0: _("I cannot do that"),
}

DEMAND_WORDS: Final[Mapping[int, Label]] = {
    0: _("nothing"),
    1: _("a little"),
    2: _("some"),
    3: _("much"),
    4: _("it is decisive"),
}

WAY_STEPS: Final[Mapping[str, Label]] = {
    "dialogue": _("Dialogue"),
    "needs": _("Needs"),
    "support": _("Support"),
    "plan": _("Plan"),
    "job": _("Job"),
    "follow_up": _("Follow-up"),
}
