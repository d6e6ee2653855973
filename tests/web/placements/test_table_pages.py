"""Pages of the table: for staff, the citizen and the company, with all their answers."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.placements.enums import IntroductionState, Outcome, Party, PlacementState
from jobbro.apps.placements.models import AgreementVersion, Arrangement, Introduction
from jobbro.apps.placements.stamps import seen_introduction, seen_placement
from jobbro.webkit.middleware import EASY_COOKIE
from tests.factories import placements
from tests.factories.accounts import acting, log_in
from tests.factories.rows import rows_of, run
from tests.journeys.workshop import words_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def at() -> placements.Table:
    return placements.table()


@pytest.fixture
def desk(at) -> Client:
    return log_in(Client(), at.broker)


@pytest.fixture
def anna(at) -> Client:
    return log_in(Client(), at.citizen.user)


@pytest.fixture
def bakery(at) -> Client:
    return log_in(Client(), at.employer)


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def meeting(**changes: object) -> dict[str, object]:
    return {
        "kind": "workplace",
        "meets_on": (TODAY + timedelta(days=3)).isoformat(),
        "meets_at": "10.30",
        "place": "Butikken på Torvet",
        "their_seats": "Bente Bager, Butikschef\n",
        "our_seats": "Jonas Bro, Jobformidler",
        "other_seats": "Karen",
        **changes,
    }


def wording(**changes: object) -> dict[str, object]:
    return {
        "kind": "job",
        "from_1": placements.in_days(14).isoformat(),
        "hours_1": "8",
        "from_2": placements.in_days(74).isoformat(),
        "hours_2": "12,5",
        "slots": ["mon_am", "tue_am"],
        "place": "Butikken på Torvet",
        "tasks": "Vaske bageplader.",
        "wage_text": "145 kr. i timen",
        "contact_text": "Bente Bager, 12 34 56 78",
        "measures": [placements.SHOWN_MEASURE],
        **changes,
    }


def test_a_meeting_is_planned_from_the_proposal(at, desk, anna, bakery) -> None:
    url = reverse("introduction_add", args=[at.proposal.pk])
    first = desk.get(url)
    assert first.status_code == 200
    assert "Anna" in first.content.decode()
    assert desk.post(url, meeting(meets_at="", place="")).status_code == 422
    answer = desk.post(url, meeting())
    assert answer.status_code == 302
    page = desk.get(answer["Location"])
    assert page.status_code == 200
    assert "Karen" in main_of(page)
    assert "10.30" in main_of(page)
    assert desk.get(url).status_code == 302
    with acting(at.broker):
        row = Introduction.objects.get()
    assert anna.get(reverse("introduction", args=[row.pk])).status_code == 200
    ours = bakery.get(reverse("our_introduction", args=[row.pk]))
    assert ours.status_code == 200
    assert "Butikschef" in main_of(ours)


def test_without_a_card_one_is_made_first(at, desk) -> None:
    run(
        "update matching_card set from_on = from_on - 90, until_on = until_on - 90 where id = $1::uuid",
        value=at.card.pk,
    )
    url = reverse("introduction_add", args=[at.proposal.pk])
    assert reverse("card_make", args=[at.proposal.pk]) in desk.get(url).content.decode()
    assert desk.post(url, meeting()).status_code == 422


def test_the_meeting_is_moved_and_two_who_move_it_are_told(at, desk) -> None:
    row = placements.introduction(at=at)
    url = reverse("introduction_change", args=[row.pk])
    assert "Bente Bager" in main_of(desk.get(url))
    seen = seen_introduction(row)
    assert desk.post(url, meeting(seen=seen, place="Hos Bente")).status_code == 302
    late = desk.post(url, meeting(seen=seen, place="På rådhuset"))
    assert late.status_code == 409
    assert "På rådhuset" in main_of(late)
    again = re.search(r'name="seen" value="([^"]+)"', late.content.decode())[1]
    assert desk.post(url, meeting(seen=again, place="På rådhuset")).status_code == 302


def test_a_meeting_is_called_off_with_a_reason_and_the_calendar_is_told(at, desk, anna) -> None:
    row = placements.introduction(at=at)
    url = reverse("introduction_cancel", args=[row.pk])
    assert desk.get(url).status_code == 200
    assert desk.post(url, {"seen": seen_introduction(row), "reason": ""}).status_code == 422
    assert desk.post(url, {"seen": seen_introduction(row), "reason": "Anna er syg."}).status_code == 302
    assert "Anna er syg." in main_of(anna.get(reverse("introduction", args=[row.pk])))
    calendar = anna.get(reverse("introduction_calendar", args=[row.pk])).content.decode()
    assert "STATUS:CANCELLED" in calendar
    assert desk.get(url).status_code == 302


def test_the_calendar_says_when_and_where_and_never_why(at, anna, bakery) -> None:
    row = placements.introduction(at=at, place="Torvet 1, Prøvekøbing; " + "ring på døren " * 8)
    for client, name in ((anna, "introduction_calendar"), (bakery, "our_introduction_calendar")):
        answer = client.get(reverse(name, args=[row.pk]))
        text = answer.content.decode()
        assert answer["Content-Type"].startswith("text/calendar")
        assert 'filename="moede.ics"' in answer["Content-Disposition"]
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert "LOCATION:Torvet 1\\, Prøvekøbing\\; ring" in text
        assert f"UID:{row.pk}@jobbro" in text
        for never in ("Anna", "Kornblomst", "støtte", "kort", row.title):
            assert never not in text


def test_each_says_something_in_the_own_name(at, desk, anna, bakery) -> None:
    row = placements.held(at=at)
    said = {"said-text": "Jeg vil gerne prøve.", "said-stance": "go_on"}
    assert anna.post(reverse("introduction_said", args=[row.pk]), said).status_code == 302
    ours = reverse("our_introduction", args=[row.pk])
    assert bakery.post(ours, {**said, "said-text": "Vi glæder os."}).status_code == 302
    noted = {"said-party": "other", "said-name": "Karen", "said-text": "Bussen går kl. 7."}
    assert desk.post(reverse("introduction_said", args=[row.pk]), noted).status_code == 302
    assert desk.post(reverse("introduction_said", args=[row.pk]), {"said-text": ""}).status_code == 422
    assert bakery.post(ours, {"said-text": "010203-1234"}).status_code == 422
    for client, url in ((anna, reverse("introduction", args=[row.pk])), (bakery, ours)):
        text = main_of(client.get(url))
        for words in ("Jeg vil gerne prøve.", "Vi glæder os.", "Bussen går kl. 7.", "Jonas Bro"):
            assert words in text


def test_who_came_and_what_it_came_to(at, desk, bakery) -> None:
    row = placements.introduction(at=at, meets_at=timezone.now())
    url = reverse("introduction_hold", args=[row.pk])
    assert desk.get(url).status_code == 200
    with acting(at.broker):
        came = [str(pk) for pk in row.participants.values_list("pk", flat=True)]
    assert desk.post(url, {"seen": seen_introduction(row), "came": []}).status_code == 422
    assert desk.post(url, {"seen": seen_introduction(row), "came": came}).status_code == 302
    with acting(at.broker):
        now = Introduction.objects.get()
    assert now.state == IntroductionState.HELD
    decide = reverse("introduction_outcome", args=[row.pk])
    assert desk.post(decide, {"seen": seen_introduction(now), "outcome": "trial"}).status_code == 422
    told = {"seen": seen_introduction(now), "outcome": "trial", "reason": "Begge vil gerne prøve."}
    assert desk.post(decide, told).status_code == 302
    assert "Begge vil gerne prøve." in main_of(bakery.get(reverse("our_introduction", args=[row.pk])))


def test_support_is_arranged_from_the_bridge(at, desk, anna, bakery) -> None:
    row = placements.held(at=at)
    url = reverse("arrangement_add", args=[row.pk])
    form = main_of(desk.get(f"{url}?measure={placements.SHOWN_MEASURE}"))
    assert 'value="hjaelpemidler" selected' in form
    assert "Jonas Bro" in form
    told = {
        "measure": placements.SHOWN_MEASURE,
        "scheme": "hjaelpemidler",
        "party": "municipality",
        "who": "Jonas Bro",
        "due_on": placements.in_days(7).isoformat(),
        "note": "Ring til depotet",
        "seen": "",
    }
    assert desk.post(url, {**told, "due_on": placements.in_days(-1).isoformat()}).status_code == 422
    assert desk.post(url, told).status_code == 302
    assert desk.post(url, told).status_code == 409
    ours = main_of(bakery.get(reverse("our_introduction", args=[row.pk])))
    assert "Jonas Bro" in ours
    assert "Ring til depotet" not in ours
    table = main_of(desk.get(reverse("introduction", args=[row.pk])))
    seen = re.search(r'name="seen" value="([^"]+)"', table)[1]
    with acting(at.broker):
        made = Arrangement.objects.get()
    done = reverse("arrangement_done", args=[row.pk, made.pk])
    assert desk.post(done, {"seen": seen}).status_code == 302
    assert desk.post(done, {"seen": seen}).status_code == 302
    with acting(at.broker):
        assert Arrangement.objects.get().done_on == TODAY
    assert anna.post(done, {"seen": seen}).status_code == 403


def test_an_agreement_is_written_read_and_signed_by_three(at, desk, anna, bakery) -> None:
    row = placements.held(at=at, outcome=Outcome.START, outcome_reason="Ja", decided_on=TODAY)
    url = reverse("agreement_write", args=[row.pk])
    first = main_of(desk.get(url))
    assert "145 kr. i timen" in first
    assert placements.KEPT_MEASURE not in first
    broken = desk.post(url, wording(hours_2="", seen=""))
    assert broken.status_code == 422
    assert desk.post(url, wording(from_2=placements.in_days(10).isoformat(), seen="")).status_code == 422
    answer = desk.post(url, wording(seen=""))
    assert answer.status_code == 302
    with acting(at.broker):
        version = AgreementVersion.objects.get()
    pages = {
        desk: ("agreement", "agreement_sign"),
        anna: ("agreement", "agreement_sign"),
        bakery: ("our_agreement", "our_agreement_sign"),
    }
    for client, (read, sign) in pages.items():
        text = main_of(client.get(reverse(read, args=[version.pk])))
        assert "Vaske bageplader." in text
        digest = re.search(r'name="digest" value="([^"]+)"', text)[1]
        assert client.post(reverse(sign, args=[version.pk]), {"digest": digest}).status_code == 302
        assert 'name="digest"' not in main_of(client.get(reverse(read, args=[version.pk])))
    now = placements.placement_now(at.proposal.pk)
    assert (now.state, now.starts_on) == (PlacementState.AGREED, placements.in_days(14).isoformat())


def test_a_newer_version_is_read_before_it_is_signed(at, desk, anna, bakery) -> None:
    placements.held(at=at)
    first = placements.agreement(at=at)
    placements.signed_by_all(at=at, version=first)
    url = reverse("agreement", args=[first.pk])
    assert "All three" in main_of(anna.get(url)) or "Alle tre" in main_of(anna.get(url))
    second = placements.agreement(at=at, placement=first.placement, number=2)
    for client, name in ((anna, "agreement_sign"), (bakery, "our_agreement_sign")):
        late = client.post(reverse(name, args=[first.pk]), {"digest": first.digest})
        assert late.status_code == 409
        assert str(second.pk) in main_of(late)
        assert client.post(reverse(name, args=[second.pk]), {"digest": "0" * 64}).status_code == 409


def test_a_new_version_starts_from_the_last_one(at, desk) -> None:
    row = placements.held(at=at)
    version = placements.agreement(at=at)
    url = reverse("agreement_write", args=[row.pk])
    form = desk.get(url).content.decode()
    assert 'value="12,5"' in form
    seen = re.search(r'name="seen" value="([^"]+)"', form)[1]
    assert desk.post(url, wording(seen=seen)).status_code == 422
    told = wording(seen=seen, change_note="En time mere, fordi Anna gerne vil.")
    assert desk.post(url, told).status_code == 302
    late = desk.post(url, told)
    assert late.status_code == 409
    with acting(at.broker):
        newest = AgreementVersion.objects.get(number=2)
        assert seen_placement(newest.placement, number=2) in main_of(late)
    assert str(version.pk) in main_of(desk.get(reverse("agreement", args=[newest.pk])))


def test_staff_sign_for_others_with_a_reason(at, desk, anna, bakery) -> None:
    placements.held(at=at)
    version = placements.agreement(at=at)
    url = reverse("agreement_sign_for", args=[version.pk])
    assert desk.get(url).status_code == 200
    told = {"digest": version.digest, "party": "citizen", "name": "", "reason": ""}
    assert desk.post(url, told).status_code == 422
    assert desk.post(url, {**told, "reason": "Anna skrev under på papir."}).status_code == 302
    assert "Anna skrev under på papir." in main_of(bakery.get(reverse("our_agreement", args=[version.pk])))
    assert anna.get(url).status_code == 403
    assert bakery.get(url).status_code == 403


def test_the_paper_is_tagged_and_says_what_the_page_says(at, desk, bakery) -> None:
    version = placements.agreement(at=at)
    placements.signature(version=version, party=Party.EMPLOYER, by=at.employer)
    for client, name in ((desk, "agreement_pdf"), (bakery, "our_agreement_pdf")):
        answer = client.get(reverse(name, args=[version.pk]))
        assert answer.status_code == 200
        assert 'filename="aftale.pdf"' in answer["Content-Disposition"]
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith("da")
            assert pdf.Root.StructTreeRoot is not None
            assert str(pdf.open_metadata().get("pdfuaid:part")) == "1"
            assert len(pdf.pages) == 1
            told = words_in(pdf)
        for words in ("Vaskebagepladerogpakkebrød.", "145kr.itimen", "12,5timer", version.digest, "BenteBager"):
            assert words in told


def test_when_the_card_is_taken_back_the_table_is_gone_for_the_company(at, bakery, anna) -> None:
    row = placements.held(at=at)
    version = placements.agreement(at=at)
    addresses = [
        reverse("our_introduction", args=[row.pk]),
        reverse("our_introduction_calendar", args=[row.pk]),
        reverse("our_agreement", args=[version.pk]),
        reverse("our_agreement_pdf", args=[version.pk]),
    ]
    for address in addresses:
        assert bakery.get(address).status_code == 200
    run(
        f"update matching_card set withdrawn_at = now(), withdrawn_by_id = '{at.broker.pk}' where id = $1::uuid",
        value=at.card.pk,
    )
    for address in addresses:
        gone = bakery.get(address)
        assert gone.status_code == 404
        assert "Anna" not in gone.content.decode()
    late = bakery.post(reverse("our_agreement_sign", args=[version.pk]), {"digest": version.digest})
    assert late.status_code == 404
    assert "Anna" not in main_of(bakery.get(reverse("our_introductions")))
    assert anna.get(reverse("introduction", args=[row.pk])).status_code == 200


def test_each_stays_at_the_own_side(at, desk, anna, bakery) -> None:
    row = placements.held(at=at)
    version = placements.agreement(at=at)
    for client in (anna, bakery):
        for name, pk in (
            ("introduction_add", at.proposal.pk),
            ("introduction_change", row.pk),
            ("introduction_hold", row.pk),
            ("introduction_cancel", row.pk),
            ("introduction_outcome", row.pk),
            ("arrangement_add", row.pk),
            ("agreement_write", row.pk),
        ):
            assert client.get(reverse(name, args=[pk])).status_code == 403, name
    for name, pk in (("introduction", row.pk), ("agreement", version.pk), ("placements", at.citizen.pk)):
        assert bakery.get(reverse(name, args=[pk])).status_code == 403, name
    for name, pk in (("our_introduction", row.pk), ("our_agreement", version.pk)):
        assert anna.get(reverse(name, args=[pk])).status_code == 403, name
        assert desk.get(reverse(name, args=[pk])).status_code == 403, name
    other = placements.table()
    for user, names in (
        (other.broker, ("introduction", "agreement")),
        (other.citizen.user, ("introduction", "agreement")),
        (other.employer, ("our_introduction", "our_agreement")),
    ):
        client = log_in(Client(), user)
        assert client.get(reverse(names[0], args=[row.pk])).status_code == 404
        assert client.get(reverse(names[1], args=[version.pk])).status_code == 404


def test_what_the_company_reads_holds_nothing_but_the_card(at, bakery) -> None:
    row = placements.held(at=at)
    placements.arrangement(at=at)
    placements.arrangement(at=at, measure=placements.KEPT_MEASURE, scheme="none")
    version = placements.agreement(at=at)
    for address in (
        reverse("our_introductions"),
        reverse("our_introduction", args=[row.pk]),
        reverse("our_agreement", args=[version.pk]),
    ):
        text = bakery.get(address).content.decode()
        for never in ("Lund", "Huske", "Billedguide", "hukommelse", str(at.citizen.pk), str(at.proposal.pk)):
            assert never not in text


def test_the_citizen_can_read_that_the_company_looked(at, bakery) -> None:
    row = placements.held(at=at)
    bakery.get(reverse("our_introduction", args=[row.pk]))
    looks = rows_of("select purpose, purpose_text from audit_look where view = $1", value="our_introduction")
    assert [(look.purpose, look.purpose_text) for look in looks] == [("table", at.company.name)]
    assert at.company.name in main_of(log_in(Client(), at.citizen.user).get(reverse("lookups")))


def test_the_list_of_a_citizen(at, desk, anna) -> None:
    url = reverse("placements", args=[at.citizen.pk])
    assert anna.get(url).status_code == 200
    placements.held(at=at)
    placements.introduction(at=at)
    placements.agreement(at=at)
    for client in (anna, desk):
        text = main_of(client.get(url))
        assert text.count("Hjælp i bageriet") >= 3


@pytest.mark.parametrize(
    ("who", "name", "most"),
    [
        ("desk", "introduction", 11),
        ("anna", "introduction", 10),
        ("bakery", "our_introduction", 11),
        ("desk", "agreement", 11),
        ("bakery", "our_agreement", 10),
        ("bakery", "our_introductions", 7),
        ("desk", "placements", 7),
        ("desk", "agreement_write", 9),
    ],
)
def test_no_page_asks_more_the_more_there_is(at, desk, anna, bakery, who: str, name: str, most: int) -> None:
    row = placements.held(at=at)
    for _number in range(6):
        placements.said(introduction=row, by=at.citizen.user)
    placements.arrangement(at=at)
    first = placements.agreement(at=at)
    placements.signed_by_all(at=at, version=first)
    version = placements.agreement(at=at, placement=first.placement, number=2)
    client = {"desk": desk, "anna": anna, "bakery": bakery}[who]
    args = {"agreement": [version.pk], "our_agreement": [version.pk], "placements": [at.citizen.pk]}
    address = reverse(name, args=args.get(name, [] if name == "our_introductions" else [row.pk]))
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    queries = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    assert len(queries) == most, "\n".join(query[:120] for query in queries)


def test_easy_texts_are_short(at, anna) -> None:
    placements.held(at=at)
    version = placements.agreement(at=at)
    anna.cookies[EASY_COOKIE] = "1"
    text = main_of(anna.get(reverse("agreement", args=[version.pk])))
    assert "word for word" not in text
    assert "ord for ord" not in text
    assert anna.get(reverse("placements", args=[at.citizen.pk])).status_code == 200


def test_a_declined_proposal_has_no_new_meeting(at) -> None:
    other = placements.table(state=ProposalState.DECLINED)
    client = log_in(Client(), other.broker)
    assert client.post(reverse("introduction_add", args=[other.proposal.pk]), meeting()).status_code == 422
