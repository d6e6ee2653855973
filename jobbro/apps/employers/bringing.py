"""Many rows of companies beside what is known: what each row adds, and where it cannot be right."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from .enums import Sector


class News(StrEnum):
    """What a row adds."""

    COMPANY = "company"
    WORKPLACE = "workplace"
    CONTACT = "contact"


class Clash(StrEnum):
    """Why a row cannot be brought in."""

    NAME = "name"
    P_NUMBER = "p_number"
    CLOSED = "closed"
    TWICE = "twice"


@dataclass(frozen=True, kw_only=True)
class PartnerName:
    """What a row is about: a company, perhaps one of its workplaces, perhaps somebody there."""

    cvr: str
    name: str
    workplace: str = ""
    p_number: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    contact: str = ""

    @property
    def workplace_name(self) -> str:
        """What the workplace is called; the company's own name when only its place is told. "" for no workplace."""
        has_place = self.p_number or self.address or self.postcode or self.city
        return self.workplace or (self.name if has_place else "")


@dataclass(frozen=True, kw_only=True)
class PartnerRow(PartnerName):
    """A row as it is to be brought in, with who holds the relation."""

    team_id: UUID
    broker_id: UUID
    sector: str = Sector.PRIVATE
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class KnownWorkplace:
    """A workplace by its number and its name."""

    id: UUID | None
    p_number: str
    name: str


@dataclass
class KnownPartner:
    """A company as it stands, and as rows before have made it."""

    id: UUID | None
    name: str
    is_closed: bool = False
    workplaces: list[KnownWorkplace] = field(default_factory=list)
    contacts: set[str] = field(default_factory=set)
    # Those of the contacts that rows before have added.
    added: set[str] = field(default_factory=set)

    def copy(self) -> "KnownPartner":
        """The same, to be changed apart."""
        return replace(self, workplaces=list(self.workplaces), contacts=set(self.contacts), added=set(self.added))


@dataclass(frozen=True)
class Placed:
    """What a row adds, or why it cannot. Neither: everything in it is known."""

    news: tuple[News, ...] = ()
    clash: Clash | None = None


Book = dict[str, KnownPartner]


def place_rows(book: Book, rows: Iterable[PartnerName]) -> list[Placed]:
    """Each row in turn; the book then holds what the rows before have added."""
    return [_place(book, row) for row in rows]


def found_workplace(partner: KnownPartner, row: PartnerName) -> KnownWorkplace | None:
    """The workplace with the row's P-number, or else with its name."""
    by_number = (place for place in partner.workplaces if row.p_number and place.p_number == row.p_number)
    wanted = row.workplace_name.casefold()
    by_name = (place for place in partner.workplaces if wanted and place.name.casefold() == wanted)
    return next(by_number, None) or next(by_name, None)


def is_other_number(place: KnownWorkplace, row: PartnerName) -> bool:
    """The same name with another P-number."""
    return bool(place.p_number and row.p_number and place.p_number != row.p_number)


def _place(book: Book, row: PartnerName) -> Placed:
    partner = book.get(row.cvr)
    news: list[News] = []
    if partner is None:
        partner = KnownPartner(id=None, name=row.name)
        news.append(News.COMPANY)
    elif partner.id is None and partner.name.casefold() != row.name.casefold():
        return Placed(clash=Clash.NAME)
    place = found_workplace(partner, row)
    if place is not None and is_other_number(place, row):
        return Placed(clash=Clash.P_NUMBER)
    if place is None and row.workplace_name:
        news.append(News.WORKPLACE)
    if row.contact and row.contact.casefold() not in partner.contacts:
        news.append(News.CONTACT)
    if not news:
        return Placed(clash=Clash.TWICE if _stands_above(partner, place, row) else None)
    if partner.is_closed:
        return Placed(clash=Clash.CLOSED)
    book[row.cvr] = _grown(partner, row, news)
    return Placed(news=tuple(news))


def _stands_above(partner: KnownPartner, place: KnownWorkplace | None, row: PartnerName) -> bool:
    """What the row says was added by a row before it."""
    is_new_place = place is not None and place.id is None
    return partner.id is None or is_new_place or row.contact.casefold() in partner.added


def _grown(partner: KnownPartner, row: PartnerName, news: list[News]) -> KnownPartner:
    if News.WORKPLACE in news:
        partner.workplaces.append(KnownWorkplace(None, row.p_number, row.workplace_name))
    if News.CONTACT in news:
        partner.contacts.add(row.contact.casefold())
        partner.added.add(row.contact.casefold())
    return partner
