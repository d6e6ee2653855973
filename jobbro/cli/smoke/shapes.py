"""What the parts of a smoke run hand to each other."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Place(StrEnum):
    """Whose a thing is, as seen by the visitor."""

    NONE = ""
    OWN = "own"
    # In the visitor's municipality, but nobody's business of theirs.
    NEAR = "near"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


# To these three a page must give one and the same answer.
CLOSED = (Place.NEAR, Place.FOREIGN, Place.UNKNOWN)


@dataclass(frozen=True)
class Page:
    """One address of the product, and what its view says of itself."""

    name: str
    route: str
    arguments: tuple[str, ...]
    rule: str
    allowed: frozenset[str]
    writes: bool


@dataclass(frozen=True)
class Person:
    """A citizen as the database knows them; nothing of it is ever printed but the id."""

    id: UUID
    names: tuple[tuple[str, ...], ...]
    cpr: str
    municipality: str


@dataclass(frozen=True)
class Visitor:
    """Somebody who visits every page; `user_id` is None for a stranger.

    `moving`: people the wall hides whose names the pages of a move show them.
    """

    label: str
    user_id: UUID | None
    citizen_id: UUID | None
    seen: frozenset[UUID]
    moving: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Visit:
    """One request to make."""

    page: str
    visitor: str
    method: str
    place: Place
    path: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    visit: Visit
    status: int
    queries: int
    milliseconds: float
    request_id: str
    location: str
    kind: str
    body: bytes


@dataclass(frozen=True)
class Problem:
    """Something that must not happen, in one sentence."""

    visit: Visit | None
    sentence: str

    def __str__(self) -> str:
        if self.visit is None:
            return self.sentence
        where = f" ({self.visit.place})" if self.visit.place else ""
        return f"{self.visit.method} {self.visit.page}{where} as {self.visit.visitor}: {self.sentence}"
