"""Which one change would open most jobs, as sentences with a way to act."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.engines.matching.changes import Change, ChangeKind
from jobbro.webkit.one_change import change_told, opens_told


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """A change, what it would give, and where it is made."""

    text: str
    opens: str
    url: str
    label: str


def change_lines(changes: tuple[Change, ...], *, citizen_id: UUID) -> tuple[ChangeLine, ...]:
    """The changes as sentences, most jobs first; none of them has to be wanted."""
    return tuple(_line(one, citizen_id=citizen_id) for one in changes)


def _line(one: Change, *, citizen_id: UUID) -> ChangeLine:
    if one.kind == ChangeKind.ANSWER:
        address, label = reverse("dialogue_topic", args=[citizen_id, one.code]), _("Talk about it")
    elif one.kind == ChangeKind.MEASURE:
        address, label = reverse("guidance", args=[citizen_id]), _("See which schemes could help")
    else:
        address, label = reverse("work_wish", args=[citizen_id]), _("Change the work wish")
    return ChangeLine(
        text=change_told(kind=one.kind, code=one.code),
        opens=opens_told(opens=one.opens, settles=one.settles),
        url=address,
        label=label,
    )
