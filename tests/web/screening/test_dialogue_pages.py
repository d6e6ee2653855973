"""The dialogue in the browser: one question a page, saved at each step, with and without scripts."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.audit.models import Look
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Team
from jobbro.apps.screening.enums import Setting, Speaker, State
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from tests.factories import accounts, cases, citizens, organisations, screening
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def team() -> Team:
    return organisations.team()


@pytest.fixture
def mette(team: Team) -> User:
    return accounts.employee(team=team)


@pytest.fixture
def anna(team: Team) -> Citizen:
    return citizens.citizen(team=team, has_login=True)


@pytest.fixture
def talk(anna: Citizen) -> Dialogue:
    return screening.dialogue(citizen=anna)


@pytest.fixture
def at_home(client: Client, anna: Citizen) -> Client:
    return accounts.log_in(client, anna.user)


@pytest.fixture
def at_work(mette: User) -> Client:
    return accounts.log_in(Client(), mette)


def address(name: str, citizen: Citizen, *more: str) -> str:
    return reverse(name, args=[citizen.pk, *more])


def topic(citizen: Citizen, code: str) -> str:
    return address("dialogue_topic", citizen, code)


def body(answer) -> str:
    return answer.content.decode()


def page_of(browser: Client, url: str) -> str:
    """The page's own part in English, which no translator changes, without keys that are new each time."""
    browser.cookies["django_language"] = "en"
    text = re.search(r'<div id="messages".*</main>', body(browser.get(url)), re.S).group()
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', 'name="csrfmiddlewaretoken"', text)
    return re.sub(r"\n\s*\n+", "\n", text)


def answers(user: User, code: str) -> list[Answer]:
    with acting(user):
        return list(Answer.objects.filter(topic=code).order_by("answered_at"))


class TestBeginning:
    def test_the_start_page_prepares_the_reader(self, at_home: Client, anna: Citizen, snapshot) -> None:
        assert page_of(at_home, address("dialogue", anna)) == snapshot

    def test_choosing_how_leads_to_the_first_question(self, at_home: Client, anna: Citizen) -> None:
        answer = at_home.post(address("dialogue", anna), {"setting": "home"})
        assert (answer.status_code, answer.url) == (302, topic(anna, "about_you"))

    def test_choosing_nothing_is_asked_about(self, at_home: Client, anna: Citizen) -> None:
        assert at_home.post(address("dialogue", anna), {}).status_code == 422

    def test_coming_back_goes_on_with_the_next_question(self, at_home: Client, anna: Citizen, talk: Dialogue) -> None:
        at_home.post(topic(anna, "about_you"), {"words": "Jeg har kørt bus."})
        assert topic(anna, "went_well") in body(at_home.get(address("dialogue", anna)))

    def test_a_question_without_a_dialogue_leads_to_the_start(self, at_home: Client, anna: Citizen) -> None:
        assert at_home.get(topic(anna, "hopes")).url == address("dialogue", anna)


class TestQuestion:
    @pytest.mark.parametrize("code", ["about_you", "work_should_give", "hours", "slots", "best_time", "occupations"])
    def test_every_kind_of_question_is_shown(self, at_home: Client, anna: Citizen, talk: Dialogue, code: str) -> None:
        answer = at_home.get(topic(anna, code))
        assert answer.status_code == 200
        assert body(answer).count("<h1") == 1

    def test_any_danish_title_can_be_wished_for(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        looked = at_home.post(
            topic(anna, "occupations"), {"words": "Noget med dyr.", "find": "dyrepaser", "go": "find"}
        )
        assert looked.status_code == 200 and "Noget med dyr." in body(looked)
        code, name = looked.context["question"].work.open.found[0]
        assert name == "Dyrepasser"
        assert not answers(mette, "occupations")
        said = {"words": "Noget med dyr.", "find": "dyrepaser", "occupations": [code, "5120.1", code], "go": "save"}
        assert at_home.post(topic(anna, "occupations"), said).status_code == 302
        (kept,) = answers(mette, "occupations")
        assert kept.choices == [code, "5120.1"]
        again = at_home.get(topic(anna, "occupations"))
        assert [one for one, _name in again.context["question"].work.open.chosen] == [code, "5120.1"]
        assert "Dyrepasser" in body(at_home.get(address("dialogue_summary", anna)))

    @pytest.mark.parametrize(
        "wished", [["5120.1", "9412.2", "2221.2", "2342.1"], ["0000.0"]], ids=["more than three", "none of ours"]
    )
    def test_a_wish_that_cannot_be_kept_comes_back_with_all_that_was_written(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User, wished: list[str]
    ) -> None:
        said = {"words": "Helst udendørs.", "occupations": wished, "go": "save"}
        answer = at_home.post(topic(anna, "occupations"), said)
        assert answer.status_code == 422 and "Helst udendørs." in body(answer)
        assert answer.context["form"].errors.keys() == {"occupations"}
        assert not answers(mette, "occupations")

    def test_jobs_are_found_while_somebody_types_and_that_is_no_look_at_anybody(
        self, at_home: Client, anna: Citizen, talk: Dialogue
    ) -> None:
        with acting(anna.user):
            before = Look.objects.count()
        asked = {"find": "opvaskr", "occupations": ["5120.1", "0000.0"]}
        text = body(at_home.get(reverse("work_search"), asked, headers=HTMX))
        assert text.index('value="5120.1" checked') < text.index('value="9412.2"')
        assert "0000.0" not in text and "<main" not in text
        with acting(anna.user):
            assert Look.objects.count() == before
        assert "<input" not in body(at_home.get(reverse("work_search"), {"find": "xqzw"}))

    def test_an_area_is_asked_in_five_sentences(self, at_home: Client, anna: Citizen, talk: Dialogue, snapshot) -> None:
        assert page_of(at_home, topic(anna, "lifting")) == snapshot

    def test_the_light_first_round(self, at_work: Client, anna: Citizen, talk: Dialogue, snapshot) -> None:
        assert page_of(at_work, topic(anna, "first_body")) == snapshot

    def test_without_scripts_an_answer_leads_to_the_next_question(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        answer = at_home.post(topic(anna, "about_you"), {"words": "Jeg har kørt bus.", "go": "save"})
        assert (answer.status_code, answer.url) == (302, topic(anna, "went_well"))
        assert answers(mette, "about_you")[0].words == "Jeg har kørt bus."
        assert "Jeg har kørt bus." in body(at_home.get(answer.url))

    def test_with_htmx_one_response_brings_question_and_profile(
        self, at_home: Client, anna: Citizen, talk: Dialogue
    ) -> None:
        said = {"words": "Kasser er tunge.", "chosen": "1", "go": "save"}
        answer = at_home.post(topic(anna, "lifting"), said, headers=HTMX)
        text = body(answer)
        assert answer.status_code == 200
        assert answer.headers["HX-Push-Url"] == topic(anna, "about_you")
        assert text.count('id="question"') == text.count('id="profile"') == 1
        assert "Kasser er tunge." in text
        assert "<main" not in text

    def test_the_last_answer_leads_to_the_summary(self, at_home: Client, anna: Citizen, talk: Dialogue) -> None:
        target = topic(anna, "about_you")
        for _ in range(60):
            answer = at_home.post(target, {"go": "wont_say"})
            target = answer.url
            if "/topics/" not in target:
                break
        assert target == address("dialogue_summary", anna)

    def test_the_buttons_that_say_something_themselves(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        for go, status in {"dont_know": "dont_know", "wont_say": "wont_say", "skip": "skipped"}.items():
            code = {"dont_know": "hopes", "wont_say": "good_at", "skip": "learnt"}[go]
            at_home.post(topic(anna, code), {"go": go})
            assert [row.status for row in answers(mette, code)] == [status]

    def test_the_same_form_twice_is_one_answer(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        form = {"words": "Jeg har kørt bus.", "form_token": "01a20098-c8bc-712e-9624-878c627a9736"}
        first, second = (at_home.post(topic(anna, "about_you"), form) for _ in range(2))
        assert first.url == second.url == topic(anna, "went_well")
        assert len(answers(mette, "about_you")) == 1

    def test_going_back_and_pausing_keep_what_was_written(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        back = at_home.post(topic(anna, "went_well"), {"words": "Kaffen", "go": "back", "previous": "about_you"})
        pause = at_home.post(topic(anna, "hopes"), {"words": "Ro", "go": "pause"})
        assert back.url == topic(anna, "about_you")
        assert pause.url == address("dialogue_paused", anna)
        assert answers(mette, "went_well")[0].words == "Kaffen"
        assert answers(mette, "hopes")[0].words == "Ro"
        assert "kl." in body(at_home.get(pause.url))

    def test_a_text_too_long_comes_back_whole_with_422(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        words = "æ" * 100_001
        answer = at_home.post(topic(anna, "hopes"), {"words": words, "go": "save"})
        assert answer.status_code == 422
        assert words in body(answer)
        assert "100.001" in body(answer)
        assert answers(mette, "hopes") == []

    def test_emoji_right_to_left_and_nul_are_taken_well(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        words = "Glad 🦮👩🏽‍🦼 – أنا سعيد ‏med Mette"
        at_home.post(topic(anna, "hopes"), {"words": words + "\0", "go": "save"})
        assert answers(mette, "hopes")[0].words == words
        assert 'dir="auto"' in body(at_home.get(topic(anna, "hopes")))

    def test_numbers_with_a_comma_and_numbers_out_of_range(
        self, at_home: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        at_home.post(topic(anna, "hours"), {"number_least": "7,5", "number_most": "12", "go": "save"})
        assert [str(number) for number in answers(mette, "hours")[0].numbers] == ["7.50", "12.00"]
        for wrong in ("999", "mange", "NaN", "1.000"):
            refused = at_home.post(topic(anna, "travel_far"), {"number_most_km": wrong})
            assert (refused.status_code, f'value="{wrong}"' in body(refused)) == (422, True)

    def test_easy_wording_and_english(self, at_home: Client, anna: Citizen, talk: Dialogue) -> None:
        at_home.cookies["jobbro_easy"] = "1"
        easy = body(at_home.get(topic(anna, "lifting")))
        at_home.cookies["django_language"] = "en"
        english = body(at_home.get(topic(anna, "lifting")))
        assert "Fortæl om en dag, hvor du skulle løfte noget.<br>" in easy
        assert "Tell us about a day when you had to lift something." in english


class TestTwoAtOnce:
    def test_both_texts_are_shown_and_nothing_typed_is_lost(
        self, at_home: Client, at_work: Client, anna: Citizen, talk: Dialogue, mette: User
    ) -> None:
        at_home.post(topic(anna, "hopes"), {"words": "Et roligt sted.", "go": "save"})
        answer = at_work.post(topic(anna, "hopes"), {"words": "Nær hjemmet.", "said_by": "citizen", "go": "save"})
        text = body(answer)
        assert answer.status_code == 409
        assert "Et roligt sted." in text and "Nær hjemmet." in text and "Anna Lund" in text
        assert len(answers(mette, "hopes")) == 1

    @pytest.mark.parametrize(
        ("go", "kept"),
        [("save", "Nær hjemmet."), ("theirs", "Et roligt sted."), ("both", "Et roligt sted.\n\nNær hjemmet.")],
    )
    def test_choosing_whose_words_to_keep(
        self, at_home: Client, at_work: Client, anna: Citizen, talk: Dialogue, mette: User, go: str, kept: str
    ) -> None:
        at_home.post(topic(anna, "hopes"), {"words": "Et roligt sted.", "go": "save"})
        typed = {"words": "Nær hjemmet.", "said_by": "citizen"}
        conflict = body(at_work.post(topic(anna, "hopes"), {**typed, "go": "save"}))
        seen = re.search(r'name="seen" value="([^"]+)"', conflict).group(1)
        assert at_work.post(topic(anna, "hopes"), {**typed, "seen": seen, "go": go}).status_code == 302
        assert answers(mette, "hopes")[-1].words == kept

    def test_htmx_gets_the_question_with_both_texts(
        self, at_home: Client, at_work: Client, anna: Citizen, talk: Dialogue
    ) -> None:
        at_home.post(topic(anna, "hopes"), {"words": "Et roligt sted."})
        answer = at_work.post(topic(anna, "hopes"), {"words": "Nær hjemmet."}, headers=HTMX)
        assert answer.status_code == 422
        assert "Et roligt sted." in body(answer)

    def test_a_dialogue_that_was_agreed_meanwhile_gives_the_words_back(
        self, at_home: Client, anna: Citizen, mette: User
    ) -> None:
        screening.agreed_dialogue(citizen=anna, by=mette)
        answer = at_home.post(topic(anna, "hopes"), {"words": "Et roligt sted."})
        assert answer.status_code == 409
        assert "Et roligt sted." in body(answer)


class TestSummaryAndAgreement:
    @pytest.fixture
    def finished(self, anna: Citizen) -> Dialogue:
        held = screening.dialogue(citizen=anna, state=State.FINISHED)
        screening.answer(dialogue=held, topic="hopes", by=anna.user, words="Et roligt sted.")
        screening.answer(dialogue=held, topic="lifting", by=anna.user, level=2, words="Kasser er tunge.")
        return held

    def test_the_summary_tells_everything(self, at_home: Client, anna: Citizen, talk: Dialogue, snapshot) -> None:
        screening.answer(dialogue=talk, topic="hopes", by=anna.user, words="Et roligt sted.")
        screening.answer(dialogue=talk, topic="first_body", by=anna.user, choices=("lifting", "rest_fine"))
        screening.answer(dialogue=talk, topic="lifting", by=anna.user, level=2, words="Kasser er tunge.")
        assert page_of(at_home, address("dialogue_summary", anna)) == snapshot

    def test_putting_a_line_right_returns_to_the_summary(
        self, at_home: Client, anna: Citizen, finished: Dialogue, mette: User
    ) -> None:
        page = body(at_home.get(topic(anna, "hopes") + "?back=summary"))
        seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
        answer = at_home.post(topic(anna, "hopes"), {"words": "Nær hjemmet.", "seen": seen, "back": "summary"})
        assert answer.url == address("dialogue_summary", anna)
        assert answers(mette, "hopes")[-1].words == "Nær hjemmet."

    def test_what_was_told_before_is_shown_for_confirmation(self, at_home: Client, anna: Citizen, mette: User) -> None:
        screening.agreed_dialogue(citizen=anna, by=mette)
        at_home.post(address("dialogue", anna), {"setting": "home"})
        assert "Kasserne er tunge." in body(at_home.get(address("dialogue_summary", anna)))

    def test_finishing_leads_to_agreeing_and_talking_on_back(
        self, at_home: Client, anna: Citizen, talk: Dialogue
    ) -> None:
        empty = at_home.post(address("dialogue_summary", anna), {"go": "finish"})
        at_home.post(topic(anna, "hopes"), {"words": "Et roligt sted."})
        done = at_home.post(address("dialogue_summary", anna), {"go": "finish"})
        again = at_home.post(address("dialogue_summary", anna), {"go": "reopen"})
        assert empty.status_code == 422
        assert done.url == address("dialogue_agree", anna)
        assert again.url == address("dialogue_summary", anna)

    def test_citizen_and_caseworker_agree_one_after_the_other(
        self, at_home: Client, at_work: Client, anna: Citizen, finished: Dialogue, mette: User, snapshot
    ) -> None:
        for browser, form in ((at_home, {}), (at_work, {"staff": "on"})):
            page = body(browser.get(address("dialogue_agree", anna)))
            seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
            answer = browser.post(address("dialogue_agree", anna), {"seen": seen, **form})
            assert answer.url == address("dialogue_receipt", anna)
        with acting(mette):
            agreed = Agreement.objects.get()
        assert (agreed.citizen_recorded_by_id, agreed.staff_agreed_by_id) == (anna.user_id, mette.pk)
        assert re.sub(r"\w+ \d+ \w+ \d{4} at [\d:]+", "DAY", page_of(at_work, answer.url)) == snapshot

    def test_agreeing_to_old_words_shows_the_new_ones(
        self, at_home: Client, at_work: Client, anna: Citizen, finished: Dialogue
    ) -> None:
        page = body(at_work.get(address("dialogue_agree", anna)))
        seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
        at_home.post(topic(anna, "about_you"), {"words": "Jeg har kørt bus."})
        answer = at_work.post(address("dialogue_agree", anna), {"seen": seen, "staff": "on"})
        assert answer.status_code == 409
        assert "Jeg har kørt bus." in body(answer)

    def test_a_caseworker_who_ticks_nobody_is_asked(self, at_work: Client, anna: Citizen, finished: Dialogue) -> None:
        answer = at_work.post(address("dialogue_agree", anna), {"seen": str(finished.pk)})
        assert answer.status_code == 422

    def test_the_profile_shows_picture_words_and_history(
        self, at_work: Client, anna: Citizen, mette: User, snapshot
    ) -> None:
        screening.agreed_dialogue(citizen=anna, by=mette)
        assert page_of(at_work, address("profile", anna)) == snapshot


PAGES = ("dialogue", "dialogue_paused", "dialogue_summary", "dialogue_agree", "dialogue_receipt", "profile")


class TestWhoMaySee:
    @pytest.mark.parametrize("name", PAGES)
    def test_a_stranger_finds_nothing(self, anna: Citizen, mette: User, name: str) -> None:
        screening.agreed_dialogue(citizen=anna, by=mette)
        screening.dialogue(citizen=anna, state=State.FINISHED)
        stranger = accounts.log_in(Client(), accounts.employee(team=organisations.team(name="Team Fjord")))
        assert stranger.get(address(name, anna)).status_code == 404

    def test_a_stranger_finds_no_question_and_cannot_answer(self, anna: Citizen, talk: Dialogue) -> None:
        other = accounts.log_in(Client(), citizens.citizen(has_login=True).user)
        assert other.get(topic(anna, "hopes")).status_code == 404
        assert other.post(topic(anna, "hopes"), {"words": "…"}).status_code == 404

    def test_a_key_person_reads_but_does_not_answer(
        self, team: Team, mette: User, anna: Citizen, talk: Dialogue
    ) -> None:
        key = accounts.employee(role=Role.KEY_PERSON, unit=team.unit)
        with acting(mette):
            case = anna.case
        cases.member(case=case, user=key)
        browser = accounts.log_in(Client(), key)
        assert browser.get(address("dialogue_summary", anna)).status_code == 200
        assert browser.get(address("profile", anna)).status_code == 200
        assert browser.post(topic(anna, "hopes"), {"words": "…"}).status_code == 403
        assert browser.post(address("dialogue_summary", anna), {"go": "finish"}).status_code == 403

    def test_every_look_is_recorded_as_delicate(self, at_work: Client, anna: Citizen, mette: User, team: Team) -> None:
        screening.agreed_dialogue(citizen=anna, by=mette)
        at_work.get(address("profile", anna))
        with acting(anna.user):
            look = Look.objects.get(view="profile")
        assert (look.purpose, look.tier, look.citizen_ids) == (Purpose.SCREENING, Tier.HEALTH, [anna.pk])


class TestQueries:
    """Few, and no more when more has been told."""

    def count(self, browser: Client, url: str, **post) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = browser.post(url, post) if post else browser.get(url)
        assert answer.status_code in (200, 302)
        return len(queries)

    def test_of_a_question_an_answer_and_a_profile(
        self, at_work: Client, anna: Citizen, talk: Dialogue, snapshot
    ) -> None:
        for code in ("hopes", "good_at", "learnt"):
            screening.answer(dialogue=talk, topic=code, by=anna.user, words="Noget.")
        few = self.count(at_work, topic(anna, "lifting"))
        for code in ("lifting", "standing", "sitting", "walking"):
            screening.answer(dialogue=talk, topic=code, by=anna.user, level=2, words="Noget.")
        assert self.count(at_work, topic(anna, "lifting")) == few
        assert {
            "question": few,
            "answer": self.count(at_work, topic(anna, "stamina"), words="Noget.", chosen="3"),
            "profile": self.count(at_work, address("profile", anna)),
            "summary": self.count(at_work, address("dialogue_summary", anna)),
        } == snapshot


def test_settings_and_speakers_have_words() -> None:
    assert all(str(member.label) for member in (*Setting, *Speaker))
