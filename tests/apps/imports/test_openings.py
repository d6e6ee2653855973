"""Open jobs from a file: which company and workplace, what cannot be said cell by cell, and nothing twice."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.imports import selectors, services
from jobbro.apps.imports.enums import Addition, Fault, Kind, RowState
from jobbro.apps.imports.templates import csv_template
from jobbro.apps.jobs.enums import OpeningDemand, OpeningState
from jobbro.apps.jobs.models import Opening
from jobbro.apps.jobs.openings_bringing import demand_read
from jobbro.apps.organisations.permissions import NotYours
from jobbro.engines.occupations.occupations import occupations
from tests.factories import accounts, employers, imports, organisations
from tests.factories.accounts import acting
from tests.factories.openings import opening

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
FIELDS = {
    "cvr": "CVR-nummer",
    "p_number": "P-nummer",
    "workplace": "Arbejdsplads",
    "title": "Stilling",
    "occupation": "Fag",
    "hours_min": "Timer fra",
    "hours_max": "Timer til",
    "slots": "Hvornår",
    "places": "Antal",
    "demand": "Krav",
    "starts_on": "Startdato",
    "closes_on": "Svarfrist",
    "is_public": "Vis for alle",
    "is_open": "Åbn jobbet",
    "source_id": "Jobnummer",
    "description": "Beskrivelse",
}
BAKER = next(one for one in occupations() if one.has_profile)


@dataclass
class Here:
    team: object
    lead: object
    company: object
    place: object

    @property
    def code(self) -> str:
        return organisations.municipality_of(self.team).code


@pytest.fixture
def here() -> Here:
    team = organisations.team()
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=team.unit, name="Line Leder")
    company = employers.company(team=team)
    place = employers.workplace(company=company, name="Butikken", p_number="1000000000", x=724.0, y=6175.0)
    return Here(team=team, lead=lead, company=company, place=place)


def row(here: Here, **told: str) -> tuple[str, ...]:
    values = {"cvr": here.company.cvr, "workplace": "butikken", "title": "Hjælp", "hours_max": "15", **told}
    return tuple(values.get(field, "") for field in FIELDS)


def upload(here: Here, rows: list[tuple[str, ...]], *, make: object = None) -> UUID:
    new = services.NewBatch(kind=Kind.OPENINGS, municipality_code=here.code, team_id=None, file_name="job.csv")
    file = (make or imports.csv_file)(rows, header=tuple(FIELDS.values()))
    with acting(here.lead) as actor:
        return services.check_upload(actor=actor, upload=new, file=file, at=NOW, on=TODAY).batch_id


def looked_at(here: Here, batch: UUID) -> list[selectors.ShownRow]:
    with acting(here.lead) as actor:
        page = selectors.batch_page(actor=actor, batch_id=batch, state="", number=1)
    return sorted(page.page.object_list, key=lambda one: one.number)


def bring(here: Here, batch: UUID) -> int:
    with acting(here.lead) as actor:
        return services.run_import(actor=actor, batch_id=batch, at=NOW, on=TODAY)


def kept(here: Here) -> list[Opening]:
    with acting(here.lead):
        return list(Opening.objects.order_by("title"))


def test_a_good_row_is_told_and_becomes_a_draft(here: Here) -> None:
    told = {"occupation": BAKER.title, "hours_min": "10,5", "slots": "man-fre formiddag", "places": "2"}
    batch = upload(here, [row(here, **told, starts_on="01-02-2027", is_public="ja", source_id="A1")])
    (shown,) = looked_at(here, batch)
    assert (shown.state, shown.additions) == (RowState.READY, (Addition.OPENING,))
    assert kept(here) == []
    assert bring(here, batch) == 1
    (made,) = kept(here)
    assert (made.state, made.demand_source, made.places) == ("draft", OpeningDemand.OCCUPATION, 2)
    assert (made.hours_min, made.hours_max) == (Decimal("10.5"), Decimal(15)) and made.slots[0] == "mon_am"
    assert (made.origin, made.source_id, made.occupation, made.is_public) == ("file", "A1", BAKER.code, True)
    assert made.measures and made.x == 724.0


def test_levels_of_a_file_are_not_confirmed_and_open_it_when_asked(here: Here) -> None:
    batch = upload(here, [row(here, demand="Stå 2 | lifting: 1", is_open="ja")])
    bring(here, batch)
    (made,) = kept(here)
    assert (made.demand, made.demand_source) == ({"lifting": 1, "standing": 2}, OpeningDemand.FILE)
    assert made.state == OpeningState.OPEN


@pytest.mark.parametrize(
    ("told", "column", "fault"),
    [
        ({"cvr": "12"}, "cvr", Fault.CVR_DIGITS),
        ({"cvr": employers.cvr()}, "cvr", Fault.COMPANY_UNKNOWN),
        ({"workplace": "Kælderen"}, "workplace", Fault.WORKPLACE_UNKNOWN),
        ({"workplace": "", "p_number": "1000000009"}, "p_number", Fault.WORKPLACE_UNKNOWN),
        ({"p_number": "17"}, "p_number", Fault.P_NUMBER),
        ({"title": ""}, "title", Fault.EMPTY),
        ({"title": "Ring 010190-1234"}, "title", Fault.CPR_TEXT),
        ({"description": "Om 010190-1234"}, "description", Fault.CPR_TEXT),
        ({"occupation": "Trolddommer"}, "occupation", Fault.OCCUPATION),
        ({"hours_max": "mange"}, "hours_max", Fault.HOURS),
        ({"hours_max": "NaN"}, "hours_max", Fault.HOURS),
        ({"hours_max": "61"}, "hours_max", Fault.HOURS),
        ({"hours_max": "0"}, "hours_max", Fault.HOURS_ORDER),
        ({"hours_min": "20"}, "hours_max", Fault.HOURS_ORDER),
        ({"hours_max": "12,25"}, "hours_min", Fault.HOURS_FINE),
        ({"slots": "mandag formiddag"}, "hours_min", Fault.HOURS_ROOM),
        ({"slots": "når det passer"}, "slots", Fault.SLOTS),
        ({"places": "0"}, "places", Fault.PLACES),
        ({"places": "-1"}, "places", Fault.PLACES),
        ({"places": "10001"}, "places", Fault.PLACES),
        ({"places": "1,5"}, "places", Fault.PLACES),
        ({"demand": "Flyve 2"}, "demand", Fault.AREAS),
        ({"demand": "Stå 7"}, "demand", Fault.AREAS),
        ({"demand": "Stå"}, "demand", Fault.AREAS),
        ({"demand": "Stå 2 | Stå 3"}, "demand", Fault.AREAS),
        ({"closes_on": "i morgen"}, "closes_on", Fault.DATE),
        ({"closes_on": "01-01-2020"}, "closes_on", Fault.CLOSES_PASSED),
        ({"starts_on": "01-01-2090", "closes_on": "02-01-2090"}, "closes_on", Fault.CLOSES_EARLY),
        ({"is_public": "måske"}, "is_public", Fault.YES_NO),
        ({"is_open": "ja"}, "is_open", Fault.NO_DEMAND),
        ({"title": "=1+1"}, "title", Fault.FORMULA),
        ({"title": "x" * 121}, "title", Fault.TOO_LONG),
    ],
    ids=str,
)
def test_what_cannot_be_is_told_at_its_cell(here: Here, told: dict[str, str], column: str, fault: Fault) -> None:
    batch = upload(here, [row(here, **told)])
    (shown,) = looked_at(here, batch)
    assert shown.state == RowState.WRONG
    assert [(trouble.column.code, trouble.fault) for trouble in shown.troubles if trouble.column] == [(column, fault)]
    assert str(shown.troubles[0].fault.label)
    assert bring(here, batch) == 0 and kept(here) == []


def test_a_place_without_postcode_and_a_closed_company_are_told(here: Here) -> None:
    employers.workplace(company=here.company, name="Et sted")
    ended = employers.company(team=here.team, state=PartnerState.CLOSED)
    rows = [row(here, workplace="Et sted"), row(here, workplace=""), row(here, cvr=ended.cvr)]
    shown = looked_at(here, upload(here, rows))
    faults = [one.troubles[0].fault for one in shown]
    assert faults == [Fault.WORKPLACE_NO_PLACE, Fault.WORKPLACE_NEEDED, Fault.COMPANY_CLOSED]


def test_another_municipalitys_company_is_not_known(here: Here) -> None:
    other = employers.company()
    employers.workplace(company=other, name="Butikken", x=1.0, y=1.0)
    (shown,) = looked_at(here, upload(here, [row(here, cvr=other.cvr)]))
    assert shown.troubles[0].fault == Fault.COMPANY_UNKNOWN


def test_ten_thousand_people_are_let_in_with_a_word(here: Here) -> None:
    batch = upload(here, [row(here, places="10000", title="Festival"), row(here)])
    first, second = looked_at(here, batch)
    assert first.additions == (Addition.OPENING, Addition.MANY_PLACES) and second.additions == (Addition.OPENING,)
    assert bring(here, batch) == 2


def test_the_same_number_changes_the_job_that_is_there(here: Here) -> None:
    bring(here, upload(here, [row(here, source_id="A1", demand="Stå 2")]))
    before = kept(here)[0]
    batch = upload(here, [row(here, source_id="A1", title="Nyt navn", hours_max="20", demand="Gå og færdes 1")])
    (shown,) = looked_at(here, batch)
    assert shown.additions == (Addition.OPENING_CHANGE,)
    assert bring(here, batch) == 1
    (after,) = kept(here)
    assert (after.pk, after.title, after.hours_max) == (before.pk, "Nyt navn", Decimal(20))
    assert after.demand == {"walking": 1}


def test_what_somebody_has_confirmed_stands_when_the_file_comes_again(here: Here) -> None:
    made = opening(workplace=here.place, source_id="A1", demand={"standing": 3})
    bring(here, upload(here, [row(here, source_id="A1", title="Nyt navn", demand="Stå 1")]))
    (after,) = kept(here)
    assert (after.pk, after.title, after.demand) == (made.pk, "Nyt navn", {"standing": 3})
    assert after.demand_source == OpeningDemand.CONFIRMED and after.state == OpeningState.OPEN


def test_without_a_number_what_is_there_is_left_as_it_is(here: Here) -> None:
    bring(here, upload(here, [row(here)]))
    batch = upload(here, [row(here, hours_max="20")])
    (shown,) = looked_at(here, batch)
    assert shown.state == RowState.KNOWN
    assert bring(here, batch) == 0 and kept(here)[0].hours_max == Decimal(15)


def test_the_same_job_twice_in_a_file_is_told(here: Here) -> None:
    rows = [row(here, source_id="A1"), row(here, source_id="A1", title="To"), row(here), row(here, hours_max="7")]
    shown = looked_at(here, upload(here, rows))
    assert [one.state for one in shown] == [RowState.READY, RowState.WRONG, RowState.READY, RowState.WRONG]
    assert [one.troubles[0].fault for one in shown if one.troubles] == [Fault.TWICE, Fault.TWICE]


def test_a_row_is_mended_and_then_it_is_ready(here: Here) -> None:
    batch = upload(here, [row(here, places="0")])
    values = dict(zip(FIELDS, row(here, places="3"), strict=True))
    with acting(here.lead) as actor:
        services.correct_row(actor=actor, batch_id=batch, number=2, values=values, on=TODAY)
    assert looked_at(here, batch)[0].state == RowState.READY
    assert bring(here, batch) == 1


def test_a_spreadsheet_with_numbers_and_days_is_read_too(here: Here) -> None:
    cells = list(row(here, title="Regneark"))
    names = list(FIELDS)
    cells[names.index("hours_max")], cells[names.index("places")] = 12.5, 3  # type: ignore[call-overload]
    batch = upload(here, [tuple(cells)], make=imports.xlsx_file)
    assert looked_at(here, batch)[0].state == RowState.READY
    bring(here, batch)
    assert (kept(here)[0].hours_max, kept(here)[0].places) == (Decimal("12.5"), 3)


def test_only_team_leads_bring_jobs_in(here: Here) -> None:
    for role in (Role.JOB_BROKER, Role.KEY_PERSON, Role.ADMINISTRATOR):
        here.lead = accounts.employee(role=role, team=here.team, name=role)
        with pytest.raises(NotYours):
            upload(here, [row(here)])


def test_many_rows_cost_few_queries(here: Here) -> None:
    rows = [row(here, title=f"Job {number}", demand="Stå 2") for number in range(120)]
    batch = upload(here, rows)
    with acting(here.lead) as actor, CaptureQueriesContext(connection) as queries:
        assert services.run_import(actor=actor, batch_id=batch, at=NOW, on=TODAY) == 120
    assert len(queries) < 30


def test_the_template_can_be_read_back(here: Here) -> None:
    lines = csv_template(kind=Kind.OPENINGS).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("CVR-nummer;") and "Jobnummer" in lines[0] and len(lines) == 2


def test_levels_are_read_by_name_and_code() -> None:
    assert demand_read("") == {}
    assert demand_read("Bøje, vride og række 3, Stå: 2 | pace=1\nSe 0") == {
        "standing": 2,
        "bending_reaching": 3,
        "pace": 1,
    }
    for text in ("2", "Stå 2 Gå", "Stå -1", ";;", "Stå 12"):
        assert demand_read(text) is None, text


def test_what_has_passed_meanwhile_is_left_out(here: Here) -> None:
    tomorrow = TODAY + timedelta(days=1)
    batch = upload(here, [row(here, closes_on=f"{tomorrow:%d-%m-%Y}")])
    with acting(here.lead) as actor:
        later = SimpleNamespace(on=TODAY + timedelta(days=5))
        assert services.run_import(actor=actor, batch_id=batch, at=NOW, on=later.on) == 0
    assert looked_at(here, batch)[0].troubles[0].fault == Fault.CLOSES_PASSED
