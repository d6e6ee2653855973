"""Fields of a content file read as what its reader expects; anything else is refused with file, line and field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from jobbro.kernel.strict_yaml import Document, read_yaml

HIGHEST_NUMBER = 10**15


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a file and the way to it. Every method raises `ContentError` when the value is not what is asked."""

    document: Document
    field: str
    value: object

    def refuse(self, reason: str) -> NoReturn:
        """Raise `ContentError` for this place."""
        raise self.document.error(field=self.field, reason=reason)

    def fields(self, *, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, "Place"]:
        """The entries of a map in file order; refuses missing and unknown fields."""
        if not isinstance(self.value, dict):
            self.refuse("a map is expected here")
        before = f"{self.field}." if self.field else ""
        found = {name: Place(self.document, f"{before}{name}", value) for name, value in self.value.items()}
        for name, place in found.items():
            if name not in required and name not in optional:
                place.refuse(f"unknown field; known here are {', '.join((*required, *optional))}")
        for name in required:
            if name not in found:
                self.refuse(f"the field {name!r} is needed")
        return found

    def items(self) -> tuple["Place", ...]:
        """The entries of a list that is not empty."""
        if not isinstance(self.value, list) or not self.value:
            self.refuse("a list with at least one entry is expected here")
        return tuple(Place(self.document, f"{self.field}[{at}]", value) for at, value in enumerate(self.value))

    def text(self) -> str:
        """A text that is not empty, without space at its ends."""
        if not isinstance(self.value, str):
            self.refuse("a text is expected here; put it in quotes if it looks like a number, a date or yes and no")
        if not self.value.strip():
            self.refuse("the text is empty")
        return self.value.strip()

    def whole(self) -> int:
        """A whole number."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse("a whole number is expected here")
        return self.value

    def number(self) -> int | float:
        """A finite number of at most fifteen digits before the point."""
        if not isinstance(self.value, (int, float)) or isinstance(self.value, bool):
            self.refuse("a finite number is expected here")
        # Nan is not at most anything; whole numbers beyond this overflow where they meet a decimal one.
        if not abs(self.value) <= HIGHEST_NUMBER:
            self.refuse("a finite number is expected here, of at most fifteen digits before the point")
        return self.value

    def boolean(self) -> bool:
        """True or false, never yes or no."""
        if not isinstance(self.value, bool):
            self.refuse("true or false is expected here")
        return self.value

    def day(self) -> date:
        """A date, written as 2026-02-01."""
        if not isinstance(self.value, date) or isinstance(self.value, datetime):
            self.refuse("a date is expected here, written as 2026-02-01")
        return self.value

    def one_of(self, allowed: Sequence[str]) -> str:
        """A text that is one of `allowed`."""
        value = self.text()
        if value not in allowed:
            self.refuse(f"{value!r} is not known here; use one of {', '.join(allowed)}")
        return value


def read_fields(path: Path) -> Place:
    """The whole of a content file. Raises `ContentError`."""
    document = read_yaml(path)
    return Place(document, "", document.value)
