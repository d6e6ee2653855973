"""The words on screen for the shared codes: function areas, their groups, levels and the steps of the way."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise

AREA_LABELS: Final[Mapping[str, Label]] = {
    "lifting": _("Lifting and carrying"),
    "standing": _("Standing"),
    "sitting": _("Sitting"),
    "walking": _("Walking and getting about"),
    "bending_reaching": _("Bending, twisting and reaching"),
    "hand_use": _("Using your hands"),
    "stamina": _("Physical stamina"),
    "seeing": _("Seeing"),
    "hearing": _("Hearing"),
    "sensory_tolerance": _("Noise, light and bustle"),
    "climate_tolerance": _("Dust, cold and heat"),
    "attention": _("Concentration"),
    "memory": _("Remembering"),
    "planning": _("Overview and structure"),
    "learning": _("Learning new things"),
    "reading_writing": _("Reading and writing"),
    "numbers": _("Sums and numbers"),
    "mental_energy": _("Mental energy"),
    "pace": _("Working pace"),
    "stress": _("Pressure and emotional strain"),
    "change": _("Changes and surprises"),
    "speaking": _("Speaking and conversation"),
    "cooperation": _("Working with others"),
    "customer_contact": _("Contact with customers and citizens"),
}

AREA_GROUPS: Final[Mapping[str, tuple[Label, tuple[str, ...]]]] = {
    "body": (
        _("The body"),
        ("lifting", "standing", "sitting", "walking", "bending_reaching", "hand_use", "stamina"),
    ),
    "senses": (_("The senses"), ("seeing", "hearing", "sensory_tolerance", "climate_tolerance")),
    "thinking": (
        _("Thinking"),
        ("attention", "memory", "planning", "learning", "reading_writing", "numbers"),
    ),
    "pressure": (_("Pressure and energy"), ("mental_energy", "pace", "stress", "change")),
    "people": (_("Other people"), ("speaking", "cooperation", "customer_contact")),
}

LEVEL_WORDS: Final[Mapping[int | None, Label]] = {
    4: _("without difficulty"),
    3: _("a little hard"),
    2: _("hard"),
    1: _("very hard"),
    0: _("I cannot do that"),
    None: _("not talked about yet"),
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
