"""Icons of the design system, written into the page so that they print and need no request."""

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SPRITE = Path(__file__).parents[1] / "web/static/vendor/dkfds-11.2.0/img/all-svg-icons.svg"
SYMBOL = re.compile(r'<symbol id="(?P<name>[^"]+)" viewBox="(?P<box>[^"]+)">(?P<shape>.*?)</symbol>', re.DOTALL)


class UnknownIcon(LookupError):
    """A template asked for an icon that the vendored sprite does not have."""


def draw_icon(*, name: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers: the words beside it say the same."""
    if name not in _shapes():
        raise UnknownIcon(f"There is no icon called “{name}” in {SPRITE.name}. Choose one of the ids in that file.")
    box, shape = _shapes()[name]
    return format_html(
        '<svg class="icon-svg" viewBox="{}" width="24" height="24" aria-hidden="true" focusable="false">{}</svg>',
        box,
        shape,
    )


@cache
def _shapes() -> dict[str, tuple[str, SafeString]]:
    found = SYMBOL.finditer(SPRITE.read_text(encoding="utf-8"))
    # The sprite is a vendored file with a checked hash, never something a person typed.
    return {match["name"]: (match["box"], mark_safe(match["shape"])) for match in found}  # noqa: S308
