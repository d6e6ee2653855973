"""The bakery of two journeys: its posts, its 25 tasks, the two people who look for work, and who holds the relation."""

from collections.abc import Mapping
from dataclasses import dataclass

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Team
from jobbro.apps.screening.enums import State
from jobbro.kernel.vocabulary import GROUPS
from tests.factories import citizens, screening
from tests.factories.accounts import PASSWORD

MORNINGS, AFTERNOONS = "Formiddage mandag til fredag", "Eftermiddage mandag til fredag"


@dataclass(frozen=True, kw_only=True)
class Post:
    """Somebody's job at the bakery: what an hour costs, and how much of it may be given away."""

    name: str
    hourly: str
    percent: str


@dataclass(frozen=True, kw_only=True)
class BakeryTask:
    """A task as the broker writes it; `picked` is typed and then chosen among the suggestions of the library."""

    name: str
    hours: str
    post: str
    picked: str = ""
    mornings: bool = True
    afternoons: bool = False
    place: str = ""
    alike: str = ""
    is_core: bool = False

    @property
    def times(self) -> tuple[str, ...]:
        """The half-days to tick."""
        return (MORNINGS,) * self.mornings + (AFTERNOONS,) * self.afternoons


BAKER, CONFECTIONER, SHOP, DRIVER = "Bager", "Konditor", "Butiksassistent", "Chauffør"
POSTS = (
    Post(name=BAKER, hourly="280", percent="40"),
    Post(name=CONFECTIONER, hourly="262,50", percent="45"),
    Post(name=SHOP, hourly="190", percent="50"),
    Post(name=DRIVER, hourly="205", percent="30"),
)


def _own(name: str, *, hours: str, post: str, place: str, alike: str, **times: bool) -> BakeryTask:
    return BakeryTask(name=name, hours=hours, post=post, place=place, alike=alike, **times)


def _known(name: str, *, typed: str, hours: str, post: str, **times: bool) -> BakeryTask:
    return BakeryTask(name=name, picked=typed, hours=hours, post=post, **times)


AFTER_LUNCH = {"mornings": False, "afternoons": True}
ALL_DAY = {"afternoons": True}
TASKS = (
    _known("Veje råvarer af", typed="veje råvarer", hours="5", post=BAKER),
    _known("Lægge papir på plader", typed="papir på plader", hours="2,5", post=BAKER),
    _own("Vaske bageforme", hours="4", post=BAKER, place="Opvask", alike="vaske plader"),
    _known("Passe ovnen", typed="passe ovnen", hours="18", post=BAKER, is_core=True),
    _known("Røre dej på maskine", typed="røre dej", hours="12", post=BAKER, is_core=True),
    _known("Fylde dej i forme", typed="fylde dej", hours="3,5", post=BAKER),
    _known("Sætte brød til afkøling", typed="afkøling", hours="3", post=BAKER),
    _known("Vaske plader og forme", typed="vaske plader", hours="6", post=BAKER),
    _known("Skrabe og tørre borde af", typed="tørre borde", hours="2,5", post=BAKER, **ALL_DAY),
    _known("Feje og vaske gulvet i bageriet", typed="feje gulvet", hours="4", post=BAKER, **AFTER_LUNCH),
    _known("Hente mel og tunge råvarer", typed="hente mel", hours="2", post=BAKER),
    _known("Fylde creme i kager", typed="creme i kager", hours="6", post=CONFECTIONER),
    _known("Pynte kager til bestilling", typed="pynte kager", hours="12", post=CONFECTIONER, is_core=True),
    _known("Skære frugt og hakke nødder", typed="skære frugt", hours="3", post=CONFECTIONER),
    _known("Pensle og drysse", typed="pensle", hours="4", post=CONFECTIONER),
    _known("Folde kageæsker", typed="folde kageæsker", hours="3", post=SHOP, **AFTER_LUNCH),
    _known("Sætte mærker på varer", typed="mærker på varer", hours="3", post=SHOP, **ALL_DAY),
    _known("Pakke kager", typed="pakke kager", hours="5", post=SHOP),
    _known("Ekspedere ved disken", typed="ekspedere ved disken", hours="26", post=SHOP, **ALL_DAY),
    _known("Fylde disken op", typed="fylde disken", hours="6", post=SHOP),
    _own("Pudse montren", hours="2", post=SHOP, place="Butik", alike="tørre borde", **ALL_DAY),
    _own("Rense kaffemaskinen", hours="1,5", post=SHOP, place="Butik", alike="vaske skåle", **AFTER_LUNCH),
    _own("Skrive ugens tilbud på tavlen", hours="0,5", post=SHOP, place="Butik", alike="prisskilte", **ALL_DAY),
    _known("Tømme skrald og folde pap", typed="tømme skrald", hours="2,5", post=SHOP, **AFTER_LUNCH),
    _known("Køre brød ud til kunder", typed="køre brød ud", hours="10", post=DRIVER),
)


def who_tires_on_the_feet(*, team: Team, by: User, family_name: str = "Lund") -> Citizen:
    """Somebody who lifts and stands little, and likes people."""
    anna = citizens.citizen(team=team, lead=by, given_name="Anna", family_name=family_name, password=PASSWORD)
    _agree(anna, by=by, levels={"lifting": 2, "standing": 3, "stamina": 2, "climate_tolerance": 2})
    return anna


def who_needs_quiet(*, team: Team, by: User, family_name: str = "Aagaard") -> Citizen:
    """Somebody who is strong, and works best without customers and without haste."""
    per = citizens.citizen(team=team, lead=by, given_name="Per", family_name=family_name, password=PASSWORD)
    _agree(per, by=by, levels={"pace": 2, "stress": 1, "change": 2, "customer_contact": 0, "numbers": 2})
    return per


def _agree(citizen: Citizen, *, by: User, levels: Mapping[str, int]) -> None:
    """A finished dialogue: these areas at these levels, and the rest goes without trouble."""
    held = screening.dialogue(citizen=citizen, state=State.AGREED, started_by=by)
    rounds = [
        screening.answer(dialogue=held, topic=f"first_{group}", by=by, choices=_ticked(areas, levels=levels))
        for group, areas in GROUPS.items()
    ]
    told = [screening.answer(dialogue=held, topic=area, by=by, level=level) for area, level in levels.items()]
    screening.agreement(dialogue=held, answers=(*rounds, *told), by=by)


def _ticked(areas: tuple[str, ...], *, levels: Mapping[str, int]) -> tuple[str, ...]:
    named = tuple(area for area in areas if area in levels)
    return (*named, "rest_fine") if named else ("all_fine",)
