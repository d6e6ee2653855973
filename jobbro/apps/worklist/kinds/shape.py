"""What is said of a kind of need, to employees and to the citizen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..enums import By, WaitsOn

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, kw_only=True)
class Own:
    """What the citizen reads of a need, in both texts. `url`: where they do it themselves; empty when others do it.

    `when` says for whose turn the words are; None: whoever's.
    """

    text: "StrPromise"
    easy: "StrPromise"
    url: str = ""
    by: By = By.SUBJECT
    when: WaitsOn | None = None


@dataclass(frozen=True, kw_only=True)
class NeedKind:
    """One kind of need: what it is called, what there is to do, and the address where it is done.

    `is_since`: the day says since when it waits, not by when. Without `own` the need is the employees' own.
    """

    code: str
    label: "StrPromise"
    sentence: "StrPromise"
    url: str
    by: By = By.SUBJECT
    is_since: bool = False
    own: tuple[Own, ...] = ()
