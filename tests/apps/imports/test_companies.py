"""Companies from a file: one company in many rows, what is known left as it is, nothing twice."""

import io
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.employers.enums import PartnerState, Sector
from jobbro.apps.employers.models import Company, ContactPerson, Workplace
from jobbro.apps.imports import selectors, services
from jobbro.apps.imports.enums import Addition, BatchState, Fault, Kind, RowState
from jobbro.apps.imports.models import ImportBatch, ImportRow
from jobbro.apps.organisations.models import Team
from jobbro.apps.organisations.permissions import NotYours
from jobbro.kernel.postcodes import place_of
from tests.factories import accounts, employers, imports, organisations

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
HEADER = ("CVR-nr.", "Firma", "P-nr.", "Arbejdssted", "Adresse", "Postnr.", "By", "Kontaktperson", "Tlf.", "E-mail")
CVR, OTHER = employers.cvr(), employers.cvr()


@dataclass
class Place:
    team: Team
    lead: User

    @property
    def code(self) -> str:
        return organisations.municipality_of(self.team).code


@pytest.fixture
def here() -> Place:
    team = organisations.team()
    return Place(team=team, lead=accounts.employee(role=Role.TEAM_LEAD, unit=team.unit, name="Line Leder"))


def row(cvr: str = CVR, name: str = "Bageriet Kornblomst", **told: str) -> tuple[str, ...]:
    fields = ("p", "workplace", "address", "postcode", "city", "contact", "phone", "email")
    return (cvr, name, *(told.get(field, "") for field in fields))


def upload(actor: Actor, place: Place, rows: list[tuple[str, ...]], *, header: tuple[str, ...] = HEADER, make=None):
    new = services.NewBatch(
        kind=Kind.EMPLOYERS, municipality_code=place.code, team_id=place.team.pk, file_name="virksomheder.csv"
    )
    file: io.BytesIO = (make or imports.csv_file)(rows, header=header)
    return services.check_upload(actor=actor, upload=new, file=file, at=NOW, on=TODAY).batch_id


def run(actor: Actor, batch_id) -> int:
    return services.run_import(actor=actor, batch_id=batch_id, at=NOW, on=TODAY)


def faults(batch_id) -> dict[int, dict[str, str]]:
    return {row.number: row.faults for row in ImportRow.objects.filter(batch=batch_id) if row.faults}


def states(batch_id) -> list[str]:
    return list(ImportRow.objects.filter(batch=batch_id).order_by("number").values_list("state", flat=True))


def additions(actor: Actor, batch_id) -> list[tuple[Addition, ...]]:
    page = selectors.batch_page(actor=actor, batch_id=batch_id, state="", number=1)
    return [shown.additions for shown in sorted(page.page.object_list, key=lambda shown: shown.number)]


BAKERY = [
    row(
        workplace="Butikken", p="1000000001", address="Vej 1", postcode="8000", contact="Bente Bager", phone="12345678"
    ),
    row(workplace="Fabrikken", p="1000000002", postcode="8900", city="Randers", contact="Kaj Ovn", email="kaj@k.dk"),
    row(workplace="Butikken", contact="Ulla Disk"),
]


def test_a_dry_run_tells_what_is_new_and_adds_nothing(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, BAKERY)
        assert states(batch_id) == [RowState.READY] * 3
        assert additions(actor, batch_id)[0] == (Addition.COMPANY, Addition.WORKPLACE, Addition.CONTACT)
        assert not Company.objects.exists()


@pytest.mark.parametrize("make", [imports.csv_file, imports.xlsx_file])
def test_one_company_in_many_rows_comes_with_its_workplaces_and_people(here: Place, make) -> None:
    with accounts.acting(here.lead) as actor:
        assert run(actor, upload(actor, here, BAKERY, make=make)) == 3
        company = Company.objects.get()
        assert (company.cvr, company.state, company.sector) == (CVR, PartnerState.NEW, Sector.PRIVATE)
        assert (company.team_id, company.broker_id) == (here.team.pk, here.lead.pk)
        shop, factory = Workplace.objects.order_by("name")
        assert (shop.p_number, shop.city) == ("1000000001", "Aarhus C")
        assert (shop.x, shop.y) == (place_of("8000").x, place_of("8000").y)
        assert factory.city == "Randers"
        people = {person.name: person for person in ContactPerson.objects.all()}
        assert [name for name, person in people.items() if person.is_first] == ["Bente Bager"]
        assert people["Ulla Disk"].workplace_id == shop.pk
        assert people["Kaj Ovn"].workplace_id == factory.pk
        assert not any(person.sees_wages or person.user_id for person in people.values())


def test_a_company_that_is_known_gets_only_what_is_new(here: Place) -> None:
    known = employers.company(team=here.team, cvr=CVR, name="Kornblomst ApS")
    shop = employers.workplace(company=known, name="butikken", city="Byen")
    employers.contact(company=known, name="Bente Bager", phone="11 11 11 11")
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, [*BAKERY, row(workplace="Butikken", contact="bente bager")])
        assert states(batch_id) == [RowState.KNOWN, RowState.READY, RowState.READY, RowState.KNOWN]
        assert additions(actor, batch_id)[1:3] == [(Addition.WORKPLACE, Addition.CONTACT), (Addition.CONTACT,)]
        assert run(actor, batch_id) == 2
        assert Company.objects.get().name == "Kornblomst ApS"
        assert Workplace.objects.get(pk=shop.pk).city == "Byen"
        assert set(ContactPerson.objects.filter(is_first=True).values_list("name", flat=True)) == {"Bente Bager"}
        assert (Workplace.objects.count(), ContactPerson.objects.count()) == (2, 3)


def test_the_same_rows_twice_add_nothing(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        first = upload(actor, here, BAKERY)
        run(actor, first)
        assert upload(actor, here, BAKERY) == first
        again = upload(actor, here, BAKERY, make=imports.xlsx_file)
        assert states(again) == [RowState.KNOWN] * 3
        assert run(actor, again) == 0
        assert (Company.objects.count(), Workplace.objects.count(), ContactPerson.objects.count()) == (1, 2, 3)


def test_somebody_who_has_left_is_not_brought_back(here: Place) -> None:
    known = employers.company(team=here.team, cvr=CVR)
    employers.contact(company=known, name="Bente Bager", until_on=TODAY - timedelta(days=9))
    with accounts.acting(here.lead) as actor:
        assert states(upload(actor, here, [row(contact="Bente Bager")])) == [RowState.KNOWN]


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("CVR", "1234567", Fault.CVR_DIGITS),
        ("CVR", "12345678", Fault.CVR_CHECK),
        ("CVR", "", Fault.EMPTY),
        ("CVR", "=A1", Fault.FORMULA),
        ("Virksomhed", "", Fault.EMPTY),
        ("Virksomhed", "x" * 100_000, Fault.TOO_LONG),
        ("Virksomhed", "#NAVN?", Fault.EXCEL_ERROR),
        ("Virksomhed", "Anna 010190-1234", Fault.CPR_TEXT),
        ("P-nummer", "12345", Fault.P_NUMBER),
        ("Postnr", "800", Fault.POSTCODE),
        ("Postnr", "٨٠٠٠", Fault.POSTCODE),
        ("E-mail", "bente@", Fault.EMAIL),
        ("Telefon", "ring bare", Fault.PHONE_DIGITS),
        ("Sektor", "hemmelig", Fault.SECTOR),
        ("Team", "Hold Ukendt", Fault.TEAM),
        ("Jobformidler", "ukendt", Fault.COLLEAGUE),
    ],
)
def test_every_fault_is_told_with_its_column(here: Place, column: str, value: str, fault: Fault) -> None:
    good = {"CVR": CVR, "Virksomhed": "Bageriet", "Kontaktperson": "Bente"}
    cells = {**good, column: value}
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, [tuple(cells.values())], header=tuple(cells))
        assert list(faults(batch_id)[2].values()) == [fault]
        assert run(actor, batch_id) == 0
        assert not Company.objects.exists()


def test_a_number_without_a_name_asks_for_the_name(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        assert faults(upload(actor, here, [row(phone="12345678")])) == {2: {"contact": Fault.EMPTY}}


def test_rows_that_contradict_each_other_are_told_and_can_be_mended(here: Place) -> None:
    rows = [
        row(workplace="Butikken", p="1000000001"),
        row(name="Noget helt andet", workplace="Lageret"),
        row(workplace="Butikken", p="1000000009"),
        row(workplace="Butikken", p="1000000001"),
    ]
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, rows)
        told = {3: {"name": Fault.COMPANY_NAME}, 4: {"p_number": Fault.P_NUMBER_OTHER}, 5: {"cvr": Fault.TWICE}}
        assert faults(batch_id) == told
        values = {"cvr": CVR, "name": "Bageriet Kornblomst", "workplace": "Lageret"}
        assert (
            services.correct_row(actor=actor, batch_id=batch_id, number=3, values=values, on=TODAY).state
            == RowState.READY
        )
        services.skip_row(actor=actor, batch_id=batch_id, number=2, on=TODAY)
        assert faults(batch_id) == {5: {"p_number": Fault.P_NUMBER_OTHER}}
        assert run(actor, batch_id) == 2
        assert set(Workplace.objects.values_list("name", "p_number")) == {("Lageret", ""), ("Butikken", "1000000009")}


def test_a_closed_company_takes_nothing_new(here: Place) -> None:
    employers.company(team=here.team, cvr=CVR, state=PartnerState.CLOSED)
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, [row(workplace="Butikken"), row()])
        assert faults(batch_id) == {2: {"cvr": Fault.COMPANY_CLOSED}}
        assert states(batch_id) == [RowState.WRONG, RowState.KNOWN]


def test_a_company_added_after_the_dry_run_is_not_made_twice(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, [row(workplace="Butikken"), row(OTHER, "Lageret A/S")])
    employers.company(team=here.team, cvr=CVR, name="Kom i mellemtiden")
    with accounts.acting(here.lead) as actor:
        assert run(actor, batch_id) == 2
        assert set(Company.objects.values_list("name", flat=True)) == {"Kom i mellemtiden", "Lageret A/S"}
        assert Workplace.objects.get().company.cvr == CVR


def test_the_broker_who_is_named_holds_the_relation(here: Place) -> None:
    jonas = accounts.employee(role=Role.JOB_BROKER, team=here.team, username="jobr")
    accounts.employee(role=Role.KEY_PERSON, unit=here.team.unit, username="keyp")
    header = ("CVR", "Virksomhed", "Sektor", "Ansvarlig")
    rows = [(CVR, "Bageriet", "Offentlig", "JOBR"), (OTHER, "Lageret", "forening", "keyp")]
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, rows, header=header)
        assert faults(batch_id) == {3: {"broker": Fault.COLLEAGUE}}
        assert run(actor, batch_id) == 1
        company = Company.objects.get()
        assert (company.broker_id, company.sector) == (jonas.pk, Sector.PUBLIC)
        assert ImportBatch.objects.get(pk=batch_id).state == BatchState.OPEN


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CASEWORKER, Role.JOB_BROKER, Role.KEY_PERSON, Role.ANALYST])
def test_only_team_leads_import_companies(here: Place, role: Role) -> None:
    other = accounts.employee(role=role, unit=here.team.unit)
    with accounts.acting(other) as actor, pytest.raises(NotYours):
        upload(actor, here, BAKERY)


def test_a_company_of_another_municipality_is_another(here: Place) -> None:
    employers.company(cvr=CVR)
    with accounts.acting(here.lead) as actor:
        assert run(actor, upload(actor, here, BAKERY)) == 3
        assert Company.objects.count() == 1


def test_a_run_that_is_cut_off_has_imported_nothing_and_can_be_run_again(here: Place) -> None:
    with accounts.acting(here.lead) as actor:
        batch_id = upload(actor, here, BAKERY)
    with pytest.raises(KeyboardInterrupt), accounts.acting(here.lead) as actor:
        run(actor, batch_id)
        raise KeyboardInterrupt
    with accounts.acting(here.lead) as actor:
        assert not Company.objects.exists()
        assert run(actor, batch_id) == 3


def test_the_number_of_queries_is_the_same_for_many_rows(here: Place) -> None:
    def counted(rows: int) -> int:
        made = [row(employers.cvr(), f"Firma {n}", workplace="Her", contact="Bo") for n in range(rows)]
        with accounts.acting(here.lead) as actor:
            batch_id = upload(actor, here, made)
        with accounts.acting(here.lead) as actor, CaptureQueriesContext(connection) as queries:
            run(actor, batch_id)
        return len(queries)

    assert counted(2) == counted(40)


def test_five_thousand_rows_check_in_seconds_and_run_in_half_a_minute(here: Place) -> None:
    from time import perf_counter

    rows = [
        row(cvr, f"Firma {n}", workplace=f"Sted {place}", postcode="8000", contact=f"Person {place}")
        for n, cvr in enumerate(employers.cvr() for _ in range(1_000))
        for place in range(5)
    ]
    with accounts.acting(here.lead) as actor:
        began = perf_counter()
        batch_id = upload(actor, here, rows)
        read = perf_counter() - began
        assert run(actor, batch_id) == 5_000
        ran = perf_counter() - began - read
        assert (Company.objects.count(), Workplace.objects.count()) == (1_000, 5_000)
    print(f"5,000 rows of companies: checked in {read:.1f} s, imported in {ran:.1f} s")
    assert read < 10
    assert ran < 30
