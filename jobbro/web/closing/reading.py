"""How a course ended, and what a unit keeps of somebody who moved, as the pages show it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jobbro.apps.applications.enums import Outcome
from jobbro.apps.closing.enums import CloseReason
from jobbro.apps.closing.selectors.ending import ClosedPage
from jobbro.apps.closing.selectors.moving import KeptPage
from jobbro.webkit.dates import spoken_date

from .words import REASON_TOLD, lines_of, loose_end_told, scheme_told


def closed_shown(page: ClosedPage) -> dict[str, Any]:
    """The ending line by line; empty when it was closed before endings were written down."""
    closing = page.closing
    if closing is None:
        return {}
    reason = CloseReason(closing.reason)
    return {
        "closed_on": closing.closed_on,
        "reason": str(REASON_TOLD[reason] if page.is_own else reason.label),
        "reason_words": closing.reason_words,
        "reached": lines_of(closing.reached),
        "in_place": lines_of(closing.in_place),
        "contact": contact_told(closing),
        "phone": closing.contact_phone,
        "loose_ends": [loose_end_told(one) for one in closing.loose_ends],
        "last_words": [{"words": one.words, "is_own": one.is_own, "at": one.written_at} for one in page.last_words],
    }


def contact_told(closing: Any) -> str:
    """Who to call, and from when."""
    name = ", ".join(part for part in (closing.contact_name, closing.contact_role) if part)
    return _("%(name)s, from %(day)s") % {"name": name, "day": spoken_date(day=closing.contact_from_on)}


def kept_shown(page: KeptPage) -> dict[str, Any]:
    """What the unit decided, line by line."""
    return {
        "decisions": [
            {
                "scheme": scheme_told(one["scheme"]),
                "outcome": str(Outcome(one["outcome"]).label),
                "decided_on": date.fromisoformat(one["decided_on"]),
                "until_on": date.fromisoformat(one["until_on"]) if one["until_on"] else None,
            }
            for one in page.kept.decisions
        ],
    }
