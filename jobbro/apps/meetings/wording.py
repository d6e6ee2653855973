"""What people write about a meeting is checked: no CPR number, and short enough to keep."""

from jobbro.apps.employers.wording import has_cpr
from jobbro.apps.jobs.task_checking import keepable

from .refusals import Refused


def checked_line(text: str, *, field: str, most: int, is_needed: bool = False) -> str:
    """One line of text. Refused: `needed`, `too_long`, `cpr`."""
    kept = " ".join(keepable(text).split())
    if is_needed and not kept:
        raise Refused("needed", fields=(field,))
    if len(kept) > most:
        raise Refused("too_long", fields=(field,), values={"most": most})
    if has_cpr(kept):
        raise Refused("cpr", fields=(field,))
    return kept
