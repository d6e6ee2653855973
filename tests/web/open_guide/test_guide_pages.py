"""The open guide: one question a page, results at any time, nothing stored, and bad input answered in plain words."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
QUESTIONS, RESULTS = "/guide/questions/", "/guide/results/"


def text_of(answer) -> str:
    return answer.content.decode()


def sheet_of(answer) -> list[str]:
    """The hidden answers of the first form in the main part."""
    main = text_of(answer).split("<main", 1)[1]
    form = re.search(r"<form.*?</form>", main, re.DOTALL)[0]
    return re.findall(r'name="told" value="([^"]*)"', form)


def question_of(answer) -> str:
    return re.search(r'name="question" value="([^"]+)"', text_of(answer))[1]


def send(client: Client, *told: str, door: str = "person", to: str = QUESTIONS, **more):
    return client.post(to, {"door": door, "told": list(told), **more})


def test_the_entry_has_two_doors(client: Client) -> None:
    page = text_of(client.get("/guide/"))
    assert page.count('name="door"') == 2
    assert "CPR-nummer" in page


def test_without_answers_both_pages_lead_to_the_entry(client: Client) -> None:
    for address in (QUESTIONS, RESULTS):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, reverse("open_guide"))


def test_a_door_opens_at_a_question(client: Client) -> None:
    answer = send(client)
    assert answer.status_code == 200
    assert question_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_answer_travels_on_in_the_form(client: Client) -> None:
    answer = send(client, question="work_form", answer="employee", go="next")
    assert sheet_of(answer) == ["work_form:employee"]
    assert question_of(answer) != "work_form"


@pytest.mark.parametrize(("go", "mark"), [("dont_know", "?"), ("skip", "-")])
def test_a_question_can_be_passed_by(client: Client, go: str, mark: str) -> None:
    answer = send(client, question="work_form", go=go)
    assert sheet_of(answer) == [f"work_form:{mark}"]


def test_back_shows_the_question_before_with_its_answer(client: Client) -> None:
    answer = send(client, "work_form:employee", "post_advertised:true", question="hours_per_week", answer="", go="back")
    assert question_of(answer) == "post_advertised"
    assert re.search(r'value="true"[^>]*checked', text_of(answer))


def test_a_changed_answer_keeps_its_place(client: Client) -> None:
    told = ("work_form:employee", "post_advertised:true")
    answer = send(client, *told, question="work_form", answer="fleksjob", go="next")
    assert sheet_of(answer) == ["work_form:fleksjob", "post_advertised:true"]


def test_the_way_ends_at_the_results(client: Client) -> None:
    told: list[str] = []
    answer = send(client)
    while 'name="question"' in text_of(answer):
        answer = send(client, *told, question=question_of(answer), go="dont_know")
        told = sheet_of(answer)
        assert len(told) < 80
    assert "vejledning" in text_of(answer)


def test_each_scheme_stands_in_one_group(client: Client) -> None:
    page = text_of(send(client, "work_form:employee", "post_advertised:false", to=RESULTS))
    assert page.count('class="panel scheme-card"') == 15
    assert "Det er et krav, at stillingen er slået op." in page


def test_an_employer_is_never_asked_about_health(client: Client) -> None:
    told: list[str] = []
    answer = send(client, door="employer")
    while 'name="question"' in text_of(answer):
        assert question_of(answer) not in {
            "treatment",
            "illness_days_last_year",
            "benefit",
            "birth_date",
            "work_hard_to_get",
        }
        answer = send(client, *told, door="employer", question=question_of(answer), go="dont_know")
        told = sheet_of(answer)
        assert len(told) < 80
    assert "forskelsbehandling" in text_of(client.get("/guide/employer/")).lower()


def test_the_numbers_people_write_are_read(client: Client) -> None:
    for written, read in (("37", "37.0"), ("18,5", "18.5"), ("20 timer om ugen", "20.0")):
        answer = send(client, question="hours_per_week", answer=written, go="next")
        assert sheet_of(answer) == [f"hours_per_week:{read}"]


class TestBadInput:
    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            ("work_form", "astronaut"),
            ("hours_per_week", "mange"),
            ("hours_per_week", "NaN"),
            ("hours_per_week", "1e400"),
            ("hours_per_week", "-3"),
            ("hours_per_week", "81"),
            ("education_months", "18,5"),
            ("birth_date", "31-02-1980"),
            ("birth_date", "2999-01-01"),
            ("post_advertised", "måske"),
            ("work_form", ""),
        ],
    )
    def test_an_answer_that_cannot_be_used_comes_back_with_a_sentence(self, client: Client, question, answer) -> None:
        page = send(client, "post_filled_internally:true", question=question, answer=answer, go="next")
        assert page.status_code == 422
        assert "form-error-message" in text_of(page)
        assert sheet_of(page) == ["post_filled_internally:true"]

    @pytest.mark.parametrize(
        "odd",
        ["", ":", "work_form", "work_form:astronaut", "assessed_disability:true", "hours_per_week:nan", "x" * 5000,
         "birth_date:2999-01-01", "hours_per_week:1_0", "hours_per_week:٣", "post_advertised:True", "a\x00b:c"],
    )  # fmt: skip
    def test_a_hidden_answer_that_was_changed_is_left_out_and_told(self, client: Client, odd: str) -> None:
        page = send(client, "post_advertised:true", odd)
        assert page.status_code == 200
        assert sheet_of(page) == ["post_advertised:true"]
        assert "kunne ikke læses" in text_of(page)

    def test_an_unknown_question_asks_the_next(self, client: Client) -> None:
        for code in ("assessed_disability", "nothing", "__class__"):
            page = send(client, "post_advertised:true", question=code, answer="true", go="next")
            assert page.status_code == 200
            assert sheet_of(page) == ["post_advertised:true"]

    def test_answers_that_cannot_both_be_true_are_told_and_the_newer_is_not_taken(self, client: Client) -> None:
        page = send(client, "unemployed:true", question="benefit", answer="wage", go="next")
        assert page.status_code == 422
        assert "Ret det ene svar" in text_of(page)
        assert 'name="change" value="unemployed"' in text_of(page)
        assert sheet_of(page) == ["unemployed:true"]

    def test_hidden_answers_that_clash_lose_the_later_one(self, client: Client) -> None:
        page = send(client, "unemployed:true", "benefit:wage")
        assert sheet_of(page) == ["unemployed:true"]
        assert "Ret det ene svar" in text_of(page)

    def test_a_cpr_number_is_refused_and_does_not_come_back(self, client: Client) -> None:
        page = send(client, question="birth_date", answer="010190-1234", go="next")
        assert page.status_code == 422
        assert "CPR-nummer" in text_of(page)
        assert "010190" not in text_of(page)

    def test_more_than_a_sheet_is_not_taken_in(self, client: Client) -> None:
        page = send(client, *["work_form:employee"] * 9000)
        assert page.status_code in (400, 413)

    def test_an_unknown_door_is_the_persons(self, client: Client) -> None:
        assert 'name="door" value="person"' in text_of(send(client, door="bagdør"))


class TestLanguageAndEasyReading:
    def test_the_language_button_loses_no_answer(self, client: Client) -> None:
        page = send(client, "post_advertised:true", again="work_form", language="en")
        assert 'lang="en"' in text_of(page)
        assert sheet_of(page) == ["post_advertised:true"]
        assert question_of(page) == "work_form"
        assert page.cookies["django_language"].value == "en"

    def test_the_easy_button_gives_the_easy_wording(self, client: Client) -> None:
        page = send(client, again="work_form", easy="on")
        assert "Hvilket job har du? Eller hvilket job har du fået tilbudt?" in text_of(page)


class TestLawBook:
    def test_every_scheme_has_a_page(self, client: Client) -> None:
        codes = re.findall(r'href="/schemes/([a-z0-9_]+)/"', text_of(client.get("/schemes/")))
        assert len(set(codes)) == 15
        for code in codes:
            page = client.get(f"/schemes/{code}/")
            assert page.status_code == 200
            assert "{p." not in text_of(page)

    def test_a_missing_rate_is_told(self, client: Client) -> None:
        page = text_of(client.get("/schemes/isbryder/?on=2026-11-22"))
        assert "Satsen for 2026 er ikke fundet" in page

    def test_the_rules_of_another_day(self, client: Client) -> None:
        assert "Søg hos jobcenteret" in text_of(client.get("/schemes/personlig_assistance/?on=2025-01-01"))
        assert "Søg hos jobcenteret" not in text_of(client.get("/schemes/personlig_assistance/?on=2026-11-22"))

    @pytest.mark.parametrize("odd", ["i går", "2026-13-01", "0001-01-01", "2026-11-22' or 1=1"])
    def test_an_odd_day_shows_today(self, client: Client, odd: str) -> None:
        page = client.get("/schemes/mentor/", {"on": odd})
        assert page.status_code == 200
        assert "kunne ikke læses" in text_of(page)

    def test_before_the_first_version(self, client: Client) -> None:
        assert client.get("/schemes/mentor/?on=1995-01-01").status_code == 200

    def test_an_unknown_scheme_is_not_there(self, client: Client) -> None:
        assert client.get("/schemes/lottery/").status_code == 404


def test_the_day_is_the_requests(client: Client) -> None:
    """The results name the day they were made for."""
    page = text_of(send(client, to=RESULTS))
    assert str(date.today().year) in page
