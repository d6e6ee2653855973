"""Spreadsheets of tasks: what people write is read, what cannot be read is told, and nothing comes twice."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from jobbro.apps.imports.reading import read_table
from jobbro.apps.jobs.models import Holder, Task
from jobbro.apps.jobs.refusals import Refused
from jobbro.apps.jobs.selectors.tasks_sheet import sheet_looked_at, sheet_of
from jobbro.apps.jobs.services.tasks_import import import_tasks
from jobbro.apps.jobs.sheet_words import hours_read, slots_read, slots_written
from jobbro.apps.jobs.sheets import ColumnsMissing, RowState, SheetRow, sheet_rows
from jobbro.kernel.vocabulary import SLOTS
from tests.factories import employers, jobs, organisations
from tests.factories.accounts import acting

MORNINGS = tuple(jobs.MORNINGS)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2,5", "2.5"),
        ("2.5 timer", "2.5"),
        ("1:30", "1.5"),
        ("0:20", "0.33"),
        ("0.125", "0.125"),
        ("3 t.", "3"),
        ("4 timer om ugen", "4"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: str) -> None:
    assert hours_read(text) == Decimal(hours)


@pytest.mark.parametrize("text", ["", "mange", "2-3", "-2", "1e3", "NaN", "2,5,1"])
def test_what_is_no_number_of_hours_is_not_guessed(text: str) -> None:
    assert hours_read(text) is None


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("man-fre formiddag", MORNINGS),
        ("Mandag–fredag fm.", MORNINGS),
        ("alle hverdage formiddag", MORNINGS),
        ("man, ons og fre eftermiddag", None),
        ("lørdag", ("sat_am", "sat_pm")),
        ("mon_am, tue_pm", ("mon_am", "tue_pm")),
        ("formiddag", tuple(slot for slot in SLOTS if slot.endswith("am"))),
        ("fre-man em", ("mon_pm", "fri_pm", "sat_pm", "sun_pm")),
        ("", ()),
    ],
)
def test_half_days_are_read_as_people_write_them(text: str, slots: tuple[str, ...] | None) -> None:
    expected = ("mon_am", "mon_pm", "wed_am", "wed_pm", "fri_pm") if slots is None else slots
    assert slots_read(text) == expected


@pytest.mark.parametrize("text", ["engang", "man-fre-søn", "32. december"])
def test_what_is_no_half_day_is_not_guessed(text: str) -> None:
    assert slots_read(text) is None


@pytest.mark.parametrize("slots", [MORNINGS, SLOTS, ("mon_am", "mon_pm", "wed_am"), ("sun_pm",), ()])
def test_half_days_are_written_so_that_they_can_be_read_again(slots: tuple[str, ...]) -> None:
    assert slots_read(slots_written(slots)) == slots


def test_a_file_without_the_two_columns_is_told_which() -> None:
    with pytest.raises(ColumnsMissing) as refused:
        sheet_rows(header=("Sted", "Hvem"), rows=[])
    assert refused.value.headings == ("Opgave", "Timer om ugen")


def test_more_than_500_rows_are_refused_whole() -> None:
    rows = [(number, ("Feje", "1")) for number in range(2, 503)]
    with pytest.raises(Refused) as refused:
        sheet_rows(header=("Opgave", "Timer"), rows=rows)
    assert refused.value.code == "rows_many"


@pytest.fixture
def place():
    team = organisations.team()
    broker = employers.job_broker(team=team)
    return employers.workplace(company=employers.company(team=team, broker=broker))


def row(number: int = 2, **cells: str) -> SheetRow:
    return SheetRow(number=number, cells={"name": "Feje", "hours": "2", "slots": "man-fre formiddag", **cells})


def looked_at(place, *rows: SheetRow):
    with acting(place.company.broker) as actor:
        return sheet_looked_at(actor=actor, workplace_id=place.pk, rows=rows, on=timezone.localdate())


def imported(place, *rows: SheetRow, makes_posts: bool = False):
    with acting(place.company.broker) as actor:
        now = timezone.now()
        return import_tasks(
            actor=actor, workplace_id=place.pk, rows=rows, makes_posts=makes_posts, at=now, on=timezone.localdate()
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"name": ""}, "name_none"),
        ({"hours": "=SUM(A1)"}, "formula"),
        ({"hours": "to"}, "hours_number"),
        ({"hours": "2,555"}, "hours_fine"),
        ({"hours": "200"}, "hours_week"),
        ({"hours": "99999"}, "hours_week"),
        ({"hours": "99999999999999999999999999999999999 timer"}, "hours_week"),
        ({"hours": "9999:30"}, "hours_week"),
        ({"hours": "21"}, "hours_slots"),
        ({"slots": "søndag"}, "slots_outside"),
        ({"slots": "nu og da"}, "slots_unread"),
        ({"core": "måske"}, "yes_no"),
        ({"name": "x" * 121}, "too_long"),
        ({"place": "x" * 61}, "too_long"),
    ],
)
def test_every_row_says_what_to_put_right(place, cells: dict[str, str], code: str) -> None:
    page = looked_at(place, row(**cells))
    assert page.rows[0].state == RowState.WRONG
    assert page.rows[0].problem.code == code
    assert imported(place, row(**cells)).added == 0


@pytest.mark.django_db
def test_the_same_file_twice_adds_nothing_twice(place) -> None:
    rows = (row(), row(3, name="Vaske gulv", holder="Bager"), row(4), row(5, slots="man-fre eftermiddag"))
    page = looked_at(place, *rows)
    assert [one.state for one in page.rows] == [RowState.NEW, RowState.POST, RowState.TWICE, RowState.NEW]
    assert page.new_posts == ("Bager",)
    first = imported(place, *rows, makes_posts=True)
    again = imported(place, *rows, makes_posts=True)
    assert (first.added, first.known, first.posts) == (3, 1, 1)
    assert (again.added, again.known, again.posts) == (0, 4, 0)


@pytest.mark.django_db
def test_a_post_is_made_only_when_asked_and_its_rows_wait(place) -> None:
    done = imported(place, row(holder="Bager"), row(3, name="Vaske"))
    assert (done.added, done.left_out) == (1, 1)
    with acting(place.company.broker):
        assert not Holder.objects.exists()


@pytest.mark.django_db
def test_other_hours_leave_the_list_as_it_is(place) -> None:
    imported(place, row())
    assert looked_at(place, row(hours="3")).rows[0].state == RowState.DIFFERS
    imported(place, row(hours="3"))
    with acting(place.company.broker):
        assert Task.objects.get().hours == Decimal("2.00")


@pytest.mark.django_db
def test_the_list_written_out_is_known_when_it_is_read_in_and_computes_nothing(place) -> None:
    baker = jobs.holder(workplace=place, name="=HYPERLINK(1)", hourly="210.50")
    jobs.task(
        workplace=place, name="-2+3", holder=baker, requires=["food_hygiene", "eget ord"], note="@sum", place="+45"
    )
    with acting(place.company.broker) as actor:
        content = sheet_of(actor=actor, workplace_id=place.pk, on=timezone.localdate())
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}
    assert not any(isinstance(cell.value, str) and cell.value[:1] in "=+-@" for cell in cells if cell.value)
    assert "210" not in str([cell.value for cell in cells])
    table = read_table(file=io.BytesIO(content), limit=10**7)
    rows = sheet_rows(header=table.header, rows=((one.number, one.cells) for one in table.rows))
    assert [one.state for one in looked_at(place, *rows).rows] == [RowState.KNOWN]


@pytest.mark.django_db
def test_500_rows_are_added_in_few_queries(place, django_assert_max_num_queries) -> None:
    rows = tuple(row(number, name=f"Opgave {number}") for number in range(2, 502))
    with django_assert_max_num_queries(30):
        assert imported(place, *rows).added == 500
