"""The pages of the task inventory, as brokers and the company's own people see them."""

import html
import io
import json
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.jobs.enums import CarvedState, DemandSource
from jobbro.apps.jobs.models import Holder, Task
from jobbro.engines.occupations.task_library import task_library
from tests.factories import accounts, employers, jobs, organisations
from tests.factories.accounts import acting, log_in
from tests.factories.rows import run

pytestmark = pytest.mark.django_db

FORM = {"name": "Feje gulvet i butikken", "hours": "2,5", "shortcuts": ["weekday_mornings"], "place": "Butikken"}
FILE = "Opgave;Timer om ugen;Hvornår;Stilling\nFeje;2,5;man-fre formiddag;Bager\nVaske op;1;;\nSvejse;mange;;\n"
PLACES = ("tasks", "task_add", "task_library", "tasks_import", "holders", "holder_add")
ONES = ("task", "task_demand", "task_remove")


@pytest.fixture
def house() -> SimpleNamespace:
    team = organisations.team()
    jonas = employers.job_broker(team=team)
    company = employers.company(team=team, broker=jonas)
    place = employers.workplace(company=company, slot_hours=Decimal("4.00"))
    return SimpleNamespace(
        team=team, jonas=jonas, company=company, place=place, bente=employers.employer_user(company=company)
    )


@pytest.fixture
def client(client: Client, house) -> Client:
    client.cookies["django_language"] = "en"
    return log_in(client, house.jonas)


def visitor(user) -> Client:
    made = Client()
    made.cookies["django_language"] = "en"
    return log_in(made, user)


def text(response) -> str:
    return response.content.decode()


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_an_empty_list_says_how_to_begin(client: Client, house) -> None:
    response = client.get(reverse("tasks", args=[house.place.pk]))
    assert response.status_code == 200
    assert reverse("task_add", args=[house.place.pk]) in text(response)


def test_a_task_is_saved_and_the_next_begins_where_it_left(client: Client, house) -> None:
    address = reverse("task_add", args=[house.place.pk])
    response = client.post(address, {**FORM, "new_holder": "Ekspedient", "next": "1"})
    assert response.status_code == 302
    with acting(house.jonas):
        row, post = Task.objects.get(), Holder.objects.get()
    assert (row.name, row.hours, row.place, row.holder_id) == (FORM["name"], Decimal("2.50"), "Butikken", post.pk)
    assert row.slots == jobs.MORNINGS
    assert response["Location"].startswith(address)
    again = client.get(response["Location"])
    assert 'value="Butikken"' in text(again)
    assert f'value="{post.pk}" selected' in text(again)


def test_minutes_and_times_become_hours(client: Client, house) -> None:
    change = {"hours": "", "minutes": "20", "times": "5"}
    assert client.post(reverse("task_add", args=[house.place.pk]), {**FORM, **change}).status_code == 302
    with acting(house.jonas):
        assert Task.objects.get().hours == Decimal("1.67")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "Write what is done"),
        ({"hours": ""}, "Write the hours in a normal week"),
        ({"hours": "mange"}, "Write a number"),
        ({"hours": "NaN"}, "Write a number"),
        ({"hours": "1e400"}, "digits"),
        ({"hours": "41"}, "That is more than the week holds here: at most 40 hours."),
        ({"hours": "21"}, "The half-days you chose hold at most 20 hours."),
        ({"hours": "", "minutes": "1e30", "times": "2"}, "digits"),
        ({"holder": "nobody"}, "Select a valid choice"),
        ({"slots": ["sun_am"]}, "Select a valid choice"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(client: Client, house, change, told: str) -> None:
    typed = {**FORM, "note": "Kosten står i kælderen", **change}
    response = client.post(reverse("task_add", args=[house.place.pk]), typed)
    assert response.status_code == 422
    page = text(response)
    assert told in page
    assert "Kosten står i kælderen" in page
    with acting(house.jonas):
        assert not Task.objects.exists()


def test_the_library_fills_in_what_was_left_empty_and_saves_nothing(client: Client, house) -> None:
    known = task_library().by_code["line_trays"]
    address = reverse("task_add", args=[house.place.pk])
    asked = client.post(address, {"name": "trays", "hours": "9", "find": "1"})
    assert f'name="pick" value="{known.code}"' in text(asked)
    filled = text(client.post(address, {"name": "trays", "hours": "9", "place": "", "pick": known.code}))
    assert 'value="9"' in filled
    assert known.name.en in filled
    assert f'value="library:{known.code}"' in filled
    with acting(house.jonas):
        assert not Task.objects.exists()
    fragment = client.get(reverse("task_suggestions"), {"name": "trays"}, headers={"HX-Request": "true"})
    assert known.name.en in text(fragment) and "<html" not in text(fragment)
    alone = client.get(reverse("task_suggestions"), {"name": "trays"})
    assert known.name.en in text(alone) and "<h1" in text(alone)
    assert "<html" not in text(fragment)


def test_a_change_of_somebody_else_is_shown_beside_what_was_typed(client: Client, house) -> None:
    row = jobs.task(workplace=house.place, name="Vaske plader")
    address = reverse("task", args=[row.pk])
    seen = seen_in(text(client.get(address)))
    other = visitor(house.bente)
    assert other.post(address, {**FORM, "name": "Vaske alle plader", "seen": seen}).status_code == 302
    response = client.post(address, {**FORM, "name": "Mit navn", "seen": seen})
    page = text(response)
    assert response.status_code == 409
    assert "Vaske alle plader" in page
    assert 'value="Mit navn"' in page
    assert client.post(address, {**FORM, "name": "Mit navn", "seen": seen_in(page)}).status_code == 302
    with acting(house.jonas):
        assert Task.objects.get().name == "Mit navn"


def test_demands_are_confirmed_as_they_stand_or_changed(client: Client, house) -> None:
    row = jobs.task(workplace=house.place, demand={"standing": 3}, demand_source=DemandSource.LIBRARY)
    address = reverse("task_demand", args=[row.pk])
    seen = seen_in(text(client.get(address)))
    assert client.post(address, {"act": "as_is", "seen": seen}).status_code == 302
    with acting(house.jonas):
        assert Task.objects.get().demand_source == DemandSource.CONFIRMED
    late = client.post(address, {"standing": "1", "seen": seen})
    assert late.status_code == 409
    assert client.post(address, {"standing": "1", "seen": seen_in(text(late))}).status_code == 302
    none = client.post(address, {"standing": "0", "seen": seen_in(text(client.get(address)))})
    assert none.status_code == 422
    assert "Every task asks for something" in text(none)
    with acting(house.jonas):
        assert Task.objects.get().demand == {"standing": 1}


def test_levels_begin_from_a_search(client: Client, house) -> None:
    row = jobs.task(workplace=house.place, name="Noget")
    address = reverse("task_demand", args=[row.pk])
    page = text(client.get(address, {"q": "bager"}))
    origin = page.split('name="origin" value="')[1].split('"')[0]
    assert client.post(address, {"act": "begin", "origin": origin, "seen": seen_in(page)}).status_code == 302
    with acting(house.jonas):
        now = Task.objects.get()
    assert now.demand
    assert now.demand_source in (DemandSource.LIBRARY, DemandSource.OCCUPATION)


def test_a_task_is_taken_off_and_brought_back(client: Client, house) -> None:
    row = jobs.task(workplace=house.place)
    gone = client.post(reverse("task_remove", args=[row.pk]), follow=True)
    assert "Undo" in text(gone)
    assert '<details class="fold" open>' in text(gone)
    client.post(reverse("task_restore", args=[row.pk]))
    with acting(house.jonas):
        assert Task.objects.get().removed_on is None


def test_a_task_in_a_job_says_which_job(client: Client, house) -> None:
    row = jobs.confirmed_task(workplace=house.place)
    jobs.carved_job(workplace=house.place, tasks=(row,), state=CarvedState.AGREED, title="Bagerhjælp")
    told = client.post(reverse("task_remove", args=[row.pk]), follow=True)
    assert "The task is part of the carved job “Bagerhjælp”" in text(told)
    seen = seen_in(text(client.get(reverse("task", args=[row.pk]))))
    response = client.post(reverse("task", args=[row.pk]), {**FORM, "hours": "4", "seen": seen})
    assert response.status_code == 422
    assert "Bagerhjælp" in text(response)


def test_the_company_sees_its_own_list_and_nothing_of_ours(client: Client, house) -> None:
    row = jobs.task(workplace=house.place, holder=jobs.holder(workplace=house.place, hourly="210.50"))
    jobs.carved_job(workplace=house.place, tasks=(row,), state=CarvedState.DRAFT, title="Hemmeligt udkast")
    own = visitor(house.bente)
    for name in PLACES:
        page = text(own.get(reverse(name, args=[house.place.pk])))
        assert "Hemmeligt udkast" not in page, name
        assert "210" not in page, name
        assert 'class="for-citizen' in page, name
    for name in ONES:
        assert "Hemmeligt udkast" not in text(own.get(reverse(name, args=[row.pk]))), name
    assert "Hemmeligt udkast" in text(client.get(reverse("tasks", args=[house.place.pk])))
    assert "210.5" in text(client.get(reverse("holders", args=[house.place.pk])))
    assert "Wages are not shown to you" in text(own.get(reverse("holders", args=[house.place.pk])))


def test_others_find_nothing_and_key_persons_only_read(house) -> None:
    row = jobs.task(workplace=house.place)
    other = employers.company(team=house.team, broker=house.jonas, name="Gartneriet")
    for user in (employers.job_broker(team=organisations.team()), employers.employer_user(company=other)):
        stranger = visitor(user)
        for name in (*PLACES, "tasks_export"):
            assert stranger.get(reverse(name, args=[house.place.pk])).status_code == 404, name
        for name in ONES:
            assert stranger.get(reverse(name, args=[row.pk])).status_code == 404, name
            assert stranger.post(reverse(name, args=[row.pk]), FORM).status_code == 404, name
    key = visitor(accounts.employee(role=Role.KEY_PERSON, unit=house.team.unit))
    assert key.get(reverse("tasks", args=[house.place.pk])).status_code == 200
    assert key.get(reverse("task_add", args=[house.place.pk])).status_code == 403
    seen = seen_in(text(visitor(house.jonas).get(reverse("task_demand", args=[row.pk]))))
    assert key.post(reverse("task_demand", args=[row.pk]), {"standing": "2", "seen": seen}).status_code == 403


def test_a_closed_workplace_is_read_with_a_sentence(client: Client, house) -> None:
    row = jobs.task(workplace=house.place)
    run("update employers_workplace set closed_on = date '2026-01-01' where id = $1::uuid", value=house.place.pk)
    page = text(client.get(reverse("tasks", args=[house.place.pk])))
    assert "The workplace has closed" in page
    assert reverse("task_add", args=[house.place.pk]) not in page
    assert client.get(reverse("task_add", args=[house.place.pk])).status_code == 302
    assert client.post(reverse("task", args=[row.pk]), FORM).status_code == 422


def upload(content: bytes | str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("opgaver.csv", content.encode() if isinstance(content, str) else content)}


def carried(page: str) -> str:

    return html.unescape(page.split('name="rows" value="')[1].split('"')[0])


def test_a_file_is_looked_at_first_and_added_when_asked(client: Client, house) -> None:
    address = reverse("tasks_import", args=[house.place.pk])
    page = text(client.post(address, upload(FILE)))
    assert "Write the hours in a normal week" in page
    assert "Bager" in page
    with acting(house.jonas):
        assert not Task.objects.exists()
    done = client.post(address, {"rows": carried(page), "makes_posts": "on"}, follow=True)
    assert "2 tasks were added." in text(done)
    assert "1 row was left out." in text(done)
    again = client.post(address, {"rows": carried(page), "makes_posts": "on"}, follow=True)
    assert "0 tasks were added." in text(again)
    with acting(house.jonas):
        assert Task.objects.count() == 2
        assert Holder.objects.get().name == "Bager"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        ("Sted;Hvem\nA;B\n", 422),
        (b"\x00\x01\x02", 422),
        (b"PK\x03\x04broken", 422),
        ("Opgave;Timer\n" + "Feje;1\n" * 501, 422),
        (b"x" * (2 * 1024 * 1024 + 1), 422),
    ],
    ids=["empty", "columns", "binary", "broken", "long", "large"],
)
def test_a_file_that_cannot_be_read_is_told_why(client: Client, house, content, status: int) -> None:
    response = client.post(reverse("tasks_import", args=[house.place.pk]), upload(content))
    assert response.status_code == status
    assert "error-summary" in text(response)


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "[",
        "{}",
        "[1]",
        "[[]]",
        '[["x"]]',
        json.dumps([[1] + [5] * 8]),
        json.dumps([[2, "\x00", *[""] * 7]]),
        "[" * 9999,
    ],
)
def test_rows_that_were_tampered_with_add_nothing(client: Client, house, rows: str) -> None:
    response = client.post(reverse("tasks_import", args=[house.place.pk]), {"rows": rows})
    assert response.status_code == 422
    with acting(house.jonas):
        assert not Task.objects.exists()


def test_the_list_is_written_out(client: Client, house) -> None:
    jobs.task(workplace=house.place, holder=jobs.holder(workplace=house.place, hourly="210.50"))
    response = client.get(reverse("tasks_export", args=[house.place.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="opgaver.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[2]][:3] == ["Vaske bageplader", 2, "mandag-fredag formiddag"]


def test_many_are_chosen_at_once(client: Client, house) -> None:
    address = reverse("task_library", args=[house.place.pk])
    response = client.post(
        f"{address}?group=bakery", {"chosen": ["line_trays", "mix_dough"], "new_holder": "Bager"}, follow=True
    )
    assert "2 tasks were added." in text(response)
    page = text(client.get(f"{address}?group=bakery"))
    assert "on the list already" in page
    nothing = client.post(f"{address}?group=bakery", {})
    assert nothing.status_code == 422
    assert client.post(f"{address}?set=bakery_shop", {"chosen": ["baker:mix_dough"]}).status_code == 302


def test_posts_are_added_and_found_by_occupation(client: Client, house) -> None:
    address = reverse("holder_add", args=[house.place.pk])
    offered = text(client.post(address, {"name": "Bager", "percent": "50", "words": "bager", "find": "1"}))
    code = offered.split('type="radio" name="occupation" value="')[2].split('"')[0]
    done = client.post(address, {"name": "Bager", "percent": "50", "occupation": code, "hourly": "1.210,50"})
    assert done.status_code == 302
    with acting(house.jonas):
        post = Holder.objects.get()
    assert (post.occupation, post.max_release) == (code, Decimal("0.50"))
    assert client.post(address, {"name": "A", "percent": "101"}).status_code == 422
    found = client.get(reverse("occupations_search"), {"q": "bager"})
    assert "ager" in text(found)


@pytest.mark.parametrize(("name", "queries"), [("tasks", 16), ("task_add", 15), ("holders", 15), ("task_library", 18)])
def test_queries_are_counted(client: Client, house, name: str, queries: int, django_assert_max_num_queries) -> None:
    for number in range(3):
        post = jobs.holder(workplace=house.place, name=f"Stilling {number}")
        for count in range(4):
            jobs.task(workplace=house.place, holder=post, name=f"Opgave {count}")
    with django_assert_max_num_queries(queries):
        client.get(reverse(name, args=[house.place.pk]))


def test_what_waits_for_somebody_is_listed(client: Client, house) -> None:
    baker = jobs.holder(workplace=house.place)
    jobs.confirmed_task(workplace=house.place, holder=baker, name="Set og bekræftet")
    jobs.task(workplace=house.place, holder=baker, name="Siger intet")
    jobs.task(workplace=house.place, name="Kun et bud", demand={"standing": 1}, demand_source=DemandSource.LIBRARY)
    address = reverse("tasks", args=[house.place.pk])
    shown = {
        show: [
            name
            for name in ("Set og bekræftet", "Siger intet", "Kun et bud")
            if name in text(client.get(address, {"show": show}))
        ]
        for show in ("", "not_ready", "prefilled", "none", str(baker.pk))
    }
    assert shown == {
        "": ["Set og bekræftet", "Siger intet", "Kun et bud"],
        "not_ready": ["Siger intet"],
        "prefilled": ["Kun et bud"],
        "none": ["Kun et bud"],
        str(baker.pk): ["Set og bekræftet", "Siger intet"],
    }
