"""Pages of follow-up: for the citizen, those who help, the company, and whoever has a link."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.follow_up.answers import Answers
from jobbro.apps.follow_up.enums import HoursFit, SupportState, TalkParty
from jobbro.apps.follow_up.stamps import seen_sick_leave
from jobbro.webkit.middleware import EASY_COOKIE
from tests.factories import accounts, follow_up, placements
from tests.factories.accounts import log_in
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def at() -> follow_up.Work:
    return follow_up.work()


@pytest.fixture
def desk(at) -> Client:
    return log_in(Client(), at.at.broker)


@pytest.fixture
def anna(at) -> Client:
    return log_in(Client(), at.at.citizen.user)


@pytest.fixture
def bakery(at) -> Client:
    return log_in(Client(), at.at.employer)


@pytest.fixture
def asked(at):
    """A talk of the citizen with a link that holds."""
    talk = follow_up.talk(at=at, due_on=TODAY - timedelta(days=9))
    return follow_up.link(talk=talk, by=at.at.broker)


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def link_url(name: str = "talk") -> str:
    return reverse(name, args=[follow_up.TOKEN])


def history(at: follow_up.Work) -> None:
    """Three talks in which it got harder, and a company that sees it otherwise."""
    for days, level in ((90, 4), (60, 3), (9, 1)):
        follow_up.talk(
            at=at,
            due_on=TODAY - timedelta(days=days),
            answers=Answers(
                overall=level,
                areas={"standing": level},
                measures={placements.SHOWN_MEASURE: SupportState.NOT_YET},
                hours=HoursFit.FEWER,
                words="Jeg bliver træt.",
            ),
        )
    follow_up.talk(
        at=at,
        due_on=TODAY - timedelta(days=9),
        party=TalkParty.EMPLOYER,
        answers=Answers(overall=4, areas={"standing": 4}, words="Det går fint her."),
    )


def test_the_page_shows_talks_trend_and_signals_to_those_who_help(at, desk) -> None:
    history(at)
    text = main_of(desk.get(reverse("follow_up", args=[at.placement.pk])))
    assert "trend-picture" in text
    assert "Borgeren har to samtaler i træk sagt, at det er blevet sværere" in text
    assert "Borgeren og arbejdspladsen ser forskelligt på det" in text
    assert "Jeg bliver træt." in text
    assert "Det går fint her." in text
    assert "hours=10.5" in text


def test_the_citizen_sees_all_that_is_about_them_in_their_own_voice(at, anna) -> None:
    history(at)
    text = main_of(anna.get(reverse("follow_up", args=[at.placement.pk])))
    assert "To samtaler i træk har du sagt" in text
    assert "Det går fint her." in text
    assert reverse("talk_hold", args=[at.placement.pk]) not in text


def test_the_company_sees_its_own_answers_and_no_others(at, bakery) -> None:
    history(at)
    text = main_of(bakery.get(reverse("our_follow_up")))
    assert "Det går fint her." in text
    assert "Jeg bliver træt." not in text
    assert "Lund" not in text
    assert bakery.get(reverse("follow_up", args=[at.placement.pk])).status_code == 403


def test_a_link_says_nothing_about_anybody_before_it_is_begun(at, asked) -> None:
    text = Client().get(link_url()).content.decode()
    for never in ("Anna", "Lund", "Kornblomst", at.placement.title, at.at.company.name, "Stå", "stol", "syg"):
        assert never not in text, never


def test_a_talk_by_link_from_the_first_question_to_thanks(at, asked) -> None:
    phone = Client()
    begun = phone.post(link_url(), {"go": "begin"})
    assert begun.status_code == 302
    cookie = begun.cookies["jobbro_talk"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (link_url(), True, "Lax")
    page = phone.get(link_url())
    assert "no-store" in page["Cache-Control"]
    assert 'name="overall"' in main_of(page)
    assert "Anna" not in main_of(page)
    answer = phone.post(f"{link_url()}?q=overall", {"overall": "2", "go": "next"})
    assert answer["Location"].endswith("?q=area-standing")
    # Opened again in the same browser it goes on where it was.
    assert 'name="area-standing"' in main_of(phone.get(link_url()))
    phone.post(f"{link_url()}?q=area-standing", {"area-standing": "3", "go": "next"})
    phone.post(f"{link_url()}?q=support", {f"measure-{placements.SHOWN_MEASURE}": "in_place", "go": "next"})
    phone.post(f"{link_url()}?q=hours", {"hours": "right", "go": "next"})
    done = phone.post(f"{link_url()}?q=words", {"words": "Fint", "wants_talk": "on", "go": "send"})
    assert done["Location"] == link_url("talk_thanks")
    thanks = phone.get(link_url("talk_thanks"))
    assert thanks.status_code == 200
    assert "tel:" in main_of(thanks)
    assert phone.get(link_url())["Location"] == link_url("talk_thanks")
    closed = main_of(Client().get(link_url()))
    assert "<form" not in closed
    (row,) = rows_of("select * from follow_up_talk")
    assert row.answers == {
        "overall": 2,
        "areas": {"standing": 3},
        "measures": {placements.SHOWN_MEASURE: "in_place"},
        "hours": "right",
        "words": "Fint",
        "wants_talk": True,
    }
    assert len(rows_of("select * from follow_up_helprequest")) == 1


def test_a_wrong_answer_by_link_comes_back_with_what_was_typed(asked) -> None:
    phone = Client()
    phone.post(link_url(), {"go": "begin"})
    bad = phone.post(f"{link_url()}?q=overall", {"overall": "9", "go": "next"})
    assert bad.status_code == 422
    words = phone.post(f"{link_url()}?q=words", {"words": "Ring 010190-1234", "go": "send"})
    assert words.status_code == 422
    assert "Ring 010190-1234" in words.content.decode()
    nothing = phone.post(f"{link_url()}?q=words", {"words": "", "go": "send"})
    assert nothing.status_code == 422


def test_it_is_not_me_stops_the_link(asked) -> None:
    stranger = Client()
    assert stranger.post(link_url("talk_stop")).status_code == 302
    text = main_of(stranger.get(link_url()))
    assert "<form" not in text
    (row,) = rows_of("select * from follow_up_talklink")
    assert row.state == "stopped"


def test_a_stopped_link_is_told_to_those_who_help(at, asked, desk) -> None:
    Client().post(link_url("talk_stop"))
    assert "alert-warning" in main_of(desk.get(reverse("follow_up", args=[at.placement.pk])))


def test_a_token_that_nobody_has_is_not_there_and_guessing_waits(db) -> None:
    client = Client()
    assert client.get(reverse("talk", args=["gæt"])).status_code == 404
    assert client.get(reverse("talk_thanks", args=["gæt"])).status_code == 404
    for number in range(5):
        assert client.post(reverse("talk", args=[f"gæt-{number}"]), {"go": "begin"}).status_code == 422
    assert client.post(reverse("talk", args=["gæt-6"]), {"go": "begin"}).status_code == 429


def test_a_second_browser_begins_anew_and_sees_nothing_of_the_first(asked) -> None:
    first, second = Client(), Client()
    first.post(link_url(), {"go": "begin"})
    first.post(f"{link_url()}?q=words", {"words": "Hemmeligt", "go": "back"})
    assert "Hemmeligt" not in second.get(link_url()).content.decode()
    second.post(link_url(), {"go": "begin"})
    assert "Hemmeligt" not in second.get(f"{link_url()}?q=words").content.decode()
    assert 'name="overall"' not in main_of(first.get(link_url()))


def test_the_citizen_answers_logged_in(at, anna) -> None:
    url = reverse("talk_own", args=[at.placement.pk])
    assert anna.get(url).status_code == 200
    assert anna.post(f"{url}?q=overall", {"overall": "3", "go": "next"}).status_code == 302
    done = anna.post(f"{url}?q=words", {"words": "", "go": "send"})
    assert done["Location"] == reverse("talk_sent", args=[at.placement.pk])
    assert anna.get(done["Location"]).status_code == 200
    again = anna.get(url)
    assert again.status_code == 200
    assert "<fieldset" not in main_of(again)
    assert anna.post(f"{url}?q=overall", {"overall": "3", "go": "next"}).status_code == 409


def test_the_company_is_asked_about_the_tasks(at, bakery) -> None:
    url = reverse("talk_own", args=[at.placement.pk])
    text = main_of(bakery.get(f"{url}?q=area-standing"))
    assert 'name="area-standing"' in text
    assert "area-memory" not in text
    assert bakery.get(f"{url}?q=area-memory").status_code == 200
    assert 'name="area-memory"' not in main_of(bakery.get(f"{url}?q=area-memory"))


def test_staff_note_a_talk_on_one_page(at, desk) -> None:
    url = reverse("talk_hold", args=[at.placement.pk])
    assert desk.get(f"{url}?party=ghost").status_code == 404
    page = desk.get(f"{url}?party=employer")
    assert 'name="area-standing"' in main_of(page)
    assert desk.post(f"{url}?party=employer", {}).status_code == 422
    assert desk.post(f"{url}?party=employer", {"overall": "9"}).status_code == 422
    assert desk.post(f"{url}?party=employer", {"overall": "3"}).status_code == 302
    (row,) = rows_of("select * from follow_up_talk")
    assert (row.party, row.channel, row.noted_by) == ("employer", "held", "Jonas Bro")


def test_a_link_is_sent_and_a_protected_person_gets_none(at, desk) -> None:
    url = reverse("talk_link_send", args=[at.placement.pk])
    assert desk.get(url).status_code == 302
    desk.post(url, {"party": "citizen"})
    (message,) = rows_of("select * from outbox_message")
    assert message.link.startswith("/talks/")
    run("update citizens_citizen set is_protected = true where $1 is not null")
    told = desk.post(url, {"party": "employer"}, follow=True)
    assert "alert-warning" in told.content.decode()
    assert reverse("talk_link_send", args=[at.placement.pk]) not in main_of(told)
    assert len(rows_of("select * from outbox_message")) == 1


def test_everybody_whose_talk_is_due_is_asked_at_once_and_only_once(at, desk) -> None:
    assert reverse("talk_links_send") in main_of(desk.get(reverse("signals")))
    assert desk.get(reverse("talk_links_send")).status_code == 302
    desk.post(reverse("talk_links_send"))
    assert len(rows_of("select * from outbox_message where kind = 'talk_asked'")) == 2
    desk.post(reverse("talk_links_send"))
    assert len(rows_of("select * from outbox_message where kind = 'talk_asked'")) == 2


def test_answers_are_read(at, desk) -> None:
    history(at)
    url = reverse("talks_read", args=[at.placement.pk])
    page = reverse("follow_up", args=[at.placement.pk])
    assert url in main_of(desk.get(page))
    desk.post(url)
    assert url not in main_of(desk.get(page))


def test_a_signal_is_answered_with_what_was_done_and_is_quiet(at, desk, anna) -> None:
    history(at)
    page = reverse("follow_up", args=[at.placement.pk])
    (url, *_rest) = re.findall(r'href="([^"]*signals/answer/[^"]*)"', main_of(desk.get(page)))
    url = url.replace("&amp;", "&")
    form = desk.get(url)
    fields = dict(re.findall(r'name="(code|key)" value="([^"]*)"', form.content.decode()))
    post = url.split("?")[0]
    assert desk.post(post, {**fields, "deed": "acted", "text": ""}).status_code == 422
    assert desk.post(post, {**fields, "deed": "acted", "text": "Vi har bestilt en stol."}).status_code == 302
    assert "Vi har bestilt en stol." in main_of(anna.get(page))
    assert desk.get(url).status_code == 302
    (row,) = rows_of("select * from follow_up_signalanswer")
    assert row.sentence.endswith(".")
    assert row.rule_version


def test_the_team_sees_where_to_look_and_a_stranger_sees_nothing(at, desk) -> None:
    history(at)
    follow_up.help_request(at=at, asked_on=TODAY - timedelta(days=5), answer_by=TODAY - timedelta(days=4))
    text = main_of(desk.get(reverse("signals")))
    assert "Anna Lund" in text
    assert "har to samtaler i træk sagt" in text
    other = follow_up.work()
    theirs = main_of(log_in(Client(), other.at.broker).get(reverse("signals") + "?whose=team"))
    assert "har to samtaler i træk sagt" not in theirs


def test_help_is_asked_and_answered(at, anna, desk) -> None:
    url = reverse("help_ask") + f"?placement={at.placement.pk}"
    assert "Jonas Bro" in main_of(anna.get(url))
    asked = anna.post(url, {"words": "Jeg kan ikke nå det."})
    assert asked.status_code == 302
    page = asked["Location"]
    assert "Jeg kan ikke nå det." in main_of(desk.get(page))
    answer = page + "answer/"
    assert desk.post(answer, {"text": ""}).status_code == 422
    assert desk.post(answer, {"text": "Vi har talt sammen."}).status_code == 302
    assert "Vi har talt sammen." in main_of(anna.get(page))
    assert desk.post(answer, {"text": "En gang til."}).status_code == 409
    assert "Vi har talt sammen." in main_of(desk.get(page))
    (message,) = rows_of("select * from outbox_message")
    assert message.link == page


def test_a_citizen_without_a_job_can_ask_and_a_company_names_the_job(at, anna, bakery) -> None:
    assert anna.get(reverse("help_ask")).status_code == 200
    assert anna.post(reverse("help_ask"), {}).status_code == 302
    assert bakery.get(reverse("help_ask")).status_code == 404
    asked = bakery.post(reverse("help_ask") + f"?placement={at.placement.pk}", {"words": "Vi har brug for råd."})
    assert "Vi har brug for råd." in main_of(bakery.get(asked["Location"]))
    assert anna.get(reverse("help_ask") + "?placement=x").status_code == 404


def test_sick_leave_is_noted_planned_and_ended(at, anna, desk) -> None:
    add = reverse("sick_leave_add", args=[at.placement.pk])
    assert anna.get(add).status_code == 200
    first = (TODAY - timedelta(days=5)).isoformat()
    assert anna.post(add, {"from_on": first}).status_code == 302
    clash = desk.post(add, {"from_on": TODAY.isoformat()})
    assert clash.status_code == 422
    (row,) = rows_of("select * from follow_up_sickleave")
    change = reverse("sick_leave_end", args=[row.id])
    seen = re.search(r'name="seen" value="([^"]+)"', desk.get(change).content.decode())[1]
    plan = {"from_on": first, "partial_from": TODAY.isoformat(), "partial_hours": "4,5", "plan": "Onsdag", "seen": seen}
    assert desk.post(change, {**plan, "partial_hours": ""}).status_code == 422
    assert desk.post(change, plan).status_code == 302
    late = anna.post(change, {**plan, "plan": "Torsdag"})
    assert late.status_code == 409
    assert "Torsdag" in late.content.decode()
    assert "4,5 timer om ugen" in main_of(anna.get(reverse("follow_up", args=[at.placement.pk])))


def test_paragraf_56_is_offered_from_the_days_that_its_rule_speaks_of(at, desk) -> None:
    page = reverse("follow_up", args=[at.placement.pk])
    follow_up.sick_leave(at=at, from_on=TODAY - timedelta(days=60), until_on=TODAY - timedelta(days=52))
    assert "§ 56" not in main_of(desk.get(page))
    follow_up.sick_leave(at=at, from_on=TODAY - timedelta(days=49), until_on=TODAY - timedelta(days=49))
    text = main_of(desk.get(page))
    assert "§ 56" in text
    assert "10 " in text


def test_other_hours_are_proposed_as_the_last_row_of_a_new_version(at, desk) -> None:
    history(at)
    text = main_of(desk.get(reverse("follow_up", args=[at.placement.pk])))
    (address,) = {one.replace("&amp;", "&") for one in re.findall(r'href="([^"]*agreement/write[^"]*)"', text)}
    form = desk.get(address)
    assert re.search(r'name="hours_3"[^>]*value="10.5"', form.content.decode())
    assert len(rows_of("select * from placements_agreementversion")) == 1


def test_the_rhythm_is_set_by_the_team_lead(at) -> None:
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=at.at.team.unit, name="Lis Leder")
    client = log_in(Client(), lead)
    url = reverse("follow_up_rhythm", args=[at.at.citizen.municipality_id])
    assert client.get(url).status_code == 200
    good = {"from_on": TODAY.isoformat(), "steps": "14d 2m", "then_months": "3", "answer_days": "2", "link_days": "7"}
    assert client.post(url, {**good, "steps": "snart"}).status_code == 422
    assert client.post(url, {**good, "answer_days": "0"}).status_code == 422
    assert client.post(url, {**good, "from_on": "2020-01-01"}).status_code == 422
    assert client.post(url, good).status_code == 302
    assert "14d 2m" in main_of(client.get(url))
    assert client.get(reverse("follow_up_rhythm", args=["9999"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "most"), [("follow_up", 21), ("signals", 13), ("our_follow_up", 10), ("talk_own", 10)]
)
def test_the_number_of_queries_does_not_grow(at, name: str, most: int) -> None:
    history(at)
    client = log_in(Client(), {"our_follow_up": at.at.employer, "talk_own": at.at.citizen.user}.get(name, at.at.broker))
    address = reverse(name, args=[] if name in ("signals", "our_follow_up") else [at.placement.pk])

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return [one["sql"] for one in found if one["sql"].startswith("SELECT")]

    asked()
    before = asked()
    follow_up.talk(at=at, due_on=TODAY - timedelta(days=30), answers=Answers(overall=3))
    follow_up.help_request(at=at)
    follow_up.sick_leave(at=at, from_on=TODAY - timedelta(days=3))
    after = asked()
    assert len(before) == len(after) == most, "\n".join(query[:140] for query in after)


def test_easy_reading_asks_in_short_lines(asked) -> None:
    phone = Client()
    phone.cookies[EASY_COOKIE] = "1"
    assert phone.get(link_url()).status_code == 200


def test_english_speaks_english(at, asked) -> None:
    phone = Client()
    phone.cookies["django_language"] = "en"
    assert "A short talk" in main_of(phone.get(link_url()))


def test_the_stamp_follows_the_days(at) -> None:
    row = follow_up.sick_leave(at=at, from_on=TODAY)
    before = seen_sick_leave(row)
    row.until_on = TODAY
    assert seen_sick_leave(row) != before
