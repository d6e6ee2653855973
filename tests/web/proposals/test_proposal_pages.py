"""Jobs of a person, the pair, the choice and its steps; whom a job could be for; and how it all comes about."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.jobs.enums import OpeningDemand, OpeningState
from jobbro.apps.jobs.models import CarvedFor, Opening
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.models import JobList, ListedOpening, MatchRun, Proposal, ProposalStep
from tests.factories.accounts import acting, employee
from tests.factories.cards import card
from tests.factories.citizens import citizen
from tests.factories.desk import SUPPORTED, Desk, with_files
from tests.factories.employers import employer_user, job_broker
from tests.factories.jobs import WRITTEN, carved_job, work_wish
from tests.factories.matching import proposal
from tests.factories.openings import carved_opening
from tests.factories.organisations import team as new_team
from tests.factories.rows import rows_of, write
from tests.factories.screening import agreed_dialogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def main_of(answer) -> str:
    assert answer.status_code in (200, 409, 422), answer
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def url(name: str, *values: object) -> str:
    return reverse(name, args=values)


# ---- The jobs of a person ----


def test_jobs_stand_in_groups_as_sentences_and_never_with_a_mark(desk: Desk) -> None:
    main = main_of(desk.client().get(url("jobs_for", desk.anna.pk)))
    groups = re.findall(r'<h2 id="group-(\w+)">', main)
    assert groups == ["as_is", "with_support", "ask"]
    for title in ("Pakke brød", "Køre varer frem", "Svare telefon"):
        assert title in main
    assert main.index("Pakke brød") < main.index("Køre varer frem") < main.index("Svare telefon")
    assert "10–15 hours a week" in main and "0 km away" in main
    assert "Truck" in main or "trolley" in main.lower()
    assert "The municipality can pay (aids at work)" in main
    assert url("dialogue_topic", desk.anna.pk, "speaking") in main
    for word in ("score", "per cent", "match", "points", "weight"):
        assert word not in re.sub("<[^>]+>", " ", main).lower()


def test_a_citizen_reads_their_own_jobs_in_their_own_words(desk: Desk) -> None:
    main = main_of(desk.client(desk.anna.user).get(url("jobs_for", desk.anna.pk)))
    assert "Jobs for you" in main and "may fit you" in main
    assert "The citizen" not in main and desk.anna.name not in main


def test_hidden_jobs_are_counted_and_open_with_their_reason(desk: Desk) -> None:
    desk.job("Langt væk", x=700.0, y=6270.0)
    desk.job("For mange timer", hours_min=30, hours_max=37)
    desk.job("Om aftenen", slots=["mon_pm"])
    desk.job("Med truck", requires=["forklift_b"])
    desk.job("Tungt", demand={"lifting": 4}, measures=[])
    client = desk.client()
    main = main_of(client.get(url("jobs_for", desk.anna.pk)))
    said = {
        "distance": ("Langt væk", "60 km away. Told: At most 20 km"),
        "hours": ("For mange timer", "The job: 30–37 hours a week. Told: 10–15 hours a week."),
        "slots": ("Om aftenen", "Monday afternoon"),
        "skills": ("Med truck", "The job asks for"),
        "gap": ("Tungt", "Support does not carry all of this"),
    }
    for reason, (title, why) in said.items():
        assert title not in main and url("jobs_hidden", desk.anna.pk, reason) in main
        hidden = main_of(client.get(url("jobs_hidden", desk.anna.pk, reason)))
        assert title in hidden and why in hidden
    assert client.get(url("jobs_hidden", desk.anna.pk, "age")).status_code == 404


def test_many_hidden_jobs_come_a_page_at_a_time_the_nearest_first(desk: Desk) -> None:
    for number in range(30):
        desk.job(f"Job {number:02}", x=700.0 + number, y=6270.0)
    client = desk.client()
    first = main_of(client.get(url("jobs_hidden", desk.anna.pk, "distance")))
    assert "Job 00" in first and "Job 24" in first and "Job 25" not in first
    assert "?page=2" in first
    second = main_of(client.get(url("jobs_hidden", desk.anna.pk, "distance"), {"page": "2"}))
    assert "Job 25" in second and "Job 24" not in second and "?page=1" in second
    for wrong in ("0", "-1", "x", "٣", "9" * 30):
        assert client.get(url("jobs_hidden", desk.anna.pk, "distance"), {"page": wrong}).status_code == 200


def test_more_jobs_than_shown_are_told_and_can_be_shown(desk: Desk) -> None:
    for number in range(25):
        desk.job(f"Mere {number:02}", demand={"sitting": 1})
    client = desk.client()
    main = main_of(client.get(url("jobs_for", desk.anna.pk)))
    assert main.count("job_for") == 0 and main.count('<li class="panel">') == 20 and "?show=40" in main
    assert main_of(client.get(url("jobs_for", desk.anna.pk), {"show": "40"})).count('<li class="panel">') == 28


@pytest.mark.parametrize(("what", "where"), [("needs", "dialogue"), ("wish", "work_wish"), ("place", "work_wish")])
def test_what_is_missing_before_jobs_can_be_shown_is_one_thing_with_a_link(desk: Desk, what: str, where: str) -> None:
    ib = citizen(team=desk.team, lead=desk.broker, given_name="Ib")
    if what != "needs":
        agreed_dialogue(citizen=ib, by=desk.broker)
    if what == "place":
        work_wish(citizen=ib, by=desk.broker, travels_from="0000")
    main = main_of(desk.client().get(url("jobs_for", ib.pk)))
    assert f'href="{url(where, ib.pk)}"' in main and "group-" not in main
    pair = main_of(desk.client().get(url("job_for", ib.pk, desk.as_is.pk)))
    assert f'href="{url(where, ib.pk)}"' in pair and "<textarea" not in pair


def test_somebody_without_jobs_is_told_which_one_change_would_open_most(desk: Desk) -> None:
    desk.client()
    with acting(desk.broker):
        Opening.objects.all().update(x=665.0, changed_by=desk.broker)
        Opening.objects.filter(pk=desk.ask.pk).update(requires=["forklift_b"], changed_by=desk.broker)
    main = main_of(desk.client().get(url("jobs_for", desk.anna.pk)))
    assert "No open job fits now" in main and "not about the citizen" in main
    assert "10 kilometres further</strong>: opens 2 jobs." in main
    assert url("work_wish", desk.anna.pk) in main and url("partners_near", desk.anna.pk) in main


def test_what_the_night_proposed_is_said_in_words(desk: Desk) -> None:
    run_of_night = write(MatchRun(state="done", started_at=WRITTEN, ended_at=WRITTEN, rule_version="x"))
    entries = [{"job": str(desk.as_is.pk), "proposed": 1}, {"job": str(desk.ask.pk), "proposed": 2}]
    write(JobList(citizen=desk.anna, run=run_of_night, entries=entries, file_digest="x", made_at=WRITTEN))
    main = main_of(desk.client(desk.anna.user).get(url("jobs_for", desk.anna.pk)))
    assert main.count("Proposed to you.") == 1 and main.count("Proposed to you as one more.") == 1
    client = desk.client()
    assert "Proposed." in main_of(client.get(url("job_for", desk.anna.pk, desk.as_is.pk)))
    client.post(url("proposal_make", desk.anna.pk, desk.as_is.pk), {"why": "Anna kender bageriet."})
    with acting(desk.broker):
        assert Proposal.objects.get().proposed_round == 1


def test_a_first_guess_of_what_a_job_asks_says_so(desk: Desk) -> None:
    desk.job("Gættet", demand={"sitting": 1}, demand_source=OpeningDemand.OCCUPATION)
    assert "first guess from the occupation" in main_of(desk.client().get(url("jobs_for", desk.anna.pk)))


# ---- The pair, the choice, the steps ----


def test_the_pair_is_told_whole(desk: Desk) -> None:
    main = main_of(desk.client().get(url("job_for", desk.anna.pk, desk.supported.pk)))
    assert "Fits with support" in main and "<svg" in main and "The bridge to the job" in main
    assert "The job asks: much. How it goes: hard." in main
    assert "carries the rest. The municipality can pay (aids at work)." in main
    assert "At most 20 km" in main and "<textarea" in main


def test_how_many_have_the_job_on_their_list_is_a_fact_for_both(desk: Desk) -> None:
    page = url("job_for", desk.anna.pk, desk.supported.pk)
    assert "on their list" not in main_of(desk.client().get(page))
    row = write(MatchRun(state="done", started_at=WRITTEN, ended_at=WRITTEN, rule_version="x"))
    write(ListedOpening(opening=desk.supported, run=row, persons=12, proposed=3))
    for user in (desk.broker, desk.anna.user):
        assert "12 citizens have the job on their list. There is 1 place." in main_of(desk.client(user).get(page))
    with acting(employer_user(company=desk.company)):
        assert not ListedOpening.objects.exists()


def test_a_job_that_does_not_fit_is_told_with_all_its_reasons(desk: Desk) -> None:
    far = desk.job("Langt væk", x=700.0, y=6270.0, hours_min=30, hours_max=37, **SUPPORTED)
    main = main_of(desk.client().get(url("job_for", desk.anna.pk, far.pk)))
    assert "Does not fit now" in main and main.count("<td>Not now</td>") == 2
    assert "carries the rest" in main and "You can pick it all the same" in main


def test_a_job_made_for_somebody_stands_first_for_them_and_is_offered_to_nobody_else(desk: Desk) -> None:
    job = carved_job(workplace=desk.place, title="Bagerhjælp")
    kept = carved_opening(job=job)
    bo = desk.ready("Bo")
    write(CarvedFor(citizen=desk.anna, job=job, chosen_by=desk.broker, chosen_at=WRITTEN))
    mine = main_of(desk.client(desk.anna.user).get(url("jobs_for", desk.anna.pk)))
    assert mine.index("Made for you") < mine.index("Bagerhjælp") < mine.index("Fits as it is")
    client = desk.client()
    assert "<textarea" in main_of(client.get(url("job_for", desk.anna.pk, kept.pk)))
    assert "Bagerhjælp" not in main_of(client.get(url("jobs_for", bo.pk)))
    assert "<textarea" not in main_of(client.get(url("job_for", bo.pk, kept.pk)))
    assert client.post(url("proposal_make", bo.pk, kept.pk), {"why": "Fordi."}).status_code == 422


def test_a_broker_picks_a_job_and_both_follow_it(desk: Desk) -> None:
    client = desk.client()
    make = url("proposal_make", desk.anna.pk, desk.supported.pk)
    empty = client.post(make, {"why": " "})
    assert empty.status_code == 422 and "Write a sentence about why." in main_of(empty)
    number = client.post(make, {"why": "Født 010203-4567"})
    assert number.status_code == 422 and "CPR number" in main_of(number) and "010203-4567" in main_of(number)
    made = client.post(make, {"why": "Anna har prøvet det før."})
    with acting(desk.broker):
        row = Proposal.objects.get()
    assert made["Location"] == url("proposal", row.pk)
    again = client.post(make, {"why": "En gang til."})
    assert again["Location"] == url("proposal", row.pk)
    for user in (desk.broker, desk.anna.user):
        main = main_of(desk.client(user).get(url("proposal", row.pk)))
        assert "Anna har prøvet det før." in main and "the answer is the same" in main
        assert url("proposal_move", row.pk) in main
    assert "This job has been picked" in main_of(client.get(url("jobs_for", desk.anna.pk)))
    assert url("proposal", row.pk) in main_of(client.get(url("job_for", desk.anna.pk, desk.supported.pk)))


def test_staff_tell_what_has_happened_and_a_no_needs_a_reason(desk: Desk) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.as_is)
    client, move = desk.client(), url("proposal_move", row.pk)
    assert "All three have agreed" not in main_of(client.get(move))
    assert client.post(move, {"state": "introduced", "seen": "idea"})["Location"] == url("proposal", row.pk)
    late = client.post(move, {"state": "declined", "seen": "idea", "reason": "For langt."})
    assert late.status_code == 409 and "For langt." in main_of(late)
    empty = client.post(move, {"state": "declined", "seen": "introduced", "said_by": "employer"})
    assert empty.status_code == 422 and "Write a sentence about why not" in main_of(empty)
    sent = client.post(
        move, {"state": "declined", "seen": "introduced", "said_by": "employer", "reason": "Jobbet er besat."}
    )
    assert sent.status_code == 302
    main = main_of(desk.client(desk.anna.user).get(url("proposal", row.pk)))
    assert "Jobbet er besat." in main and "The workplace, written by Jonas Bro" in main
    assert url("job_for", desk.anna.pk, desk.as_is.pk) in main
    assert client.get(move)["Location"] == url("proposal", row.pk)


def test_a_citizen_says_no_with_a_sentence_and_nothing_else(desk: Desk) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.as_is)
    client, move = desk.client(desk.anna.user), url("proposal_move", row.pk)
    main = main_of(client.get(move))
    assert "Say no to this job" in main and 'type="radio"' not in main
    assert client.post(move, {"seen": "idea", "reason": ""}).status_code == 422
    assert client.post(move, {"seen": "idea", "reason": "Der er for meget larm.", "state": "agreed"}).status_code == 302
    with acting(desk.broker):
        assert Proposal.objects.get().state == ProposalState.DECLINED
    told = main_of(desk.client().get(url("proposal", row.pk)))
    assert "Der er for meget larm." in told and "The citizen, written by Anna Lund" in told


def test_what_was_kept_is_shown_when_the_job_has_changed(desk: Desk) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.supported)
    with acting(desk.broker):
        Opening.objects.filter(pk=desk.supported.pk).update(
            demand={"lifting": 1}, state=OpeningState.FILLED, changed_by=desk.broker
        )
    main = main_of(desk.client(desk.anna.user).get(url("proposal", row.pk)))
    assert "The job asks: much." in main and "the answer is the same" in main and "closed for others" in main


# ---- Whom a job could be for ----


def test_people_stand_by_name_and_only_those_who_could(desk: Desk) -> None:
    ask = desk.job("Svare i telefon", demand={"lifting": 4, "speaking": 3}, measures=["lift_trolley"])
    names = ("Åse", "Bo", "Æbbe")
    people = [desk.ready(name) for name in names]
    strong = desk.ready("Carl", level=4)
    weak = desk.ready("Dan", level=0)
    with_files(desk, desk.anna, *people, strong, weak)
    client = desk.client()
    main = main_of(client.get(url("people_for", ask.pk)))
    shown = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', main)
    assert shown == ["Anna Lund", "Bo Lund", "Carl Lund", "Æbbe Lund", "Åse Lund"]
    assert "Dan" not in main and url("job_for", desk.anna.pk, ask.pk) in main
    assert not re.search(r"\b\d+ (people|citizens|persons)", main)
    filtered = main_of(client.get(url("people_for", ask.pk), {"measure": "lift_trolley"}))
    assert "Anna Lund" in filtered and "Carl" not in filtered
    assert "Nobody with these choices" in main_of(client.get(url("people_for", ask.pk), {"fit": "as_is"}))
    assert "Anna Lund" in main_of(
        client.get(url("people_for", ask.pk), {"area": "speaking", "team": str(desk.team.pk)})
    )
    assert client.get(url("people_for", ask.pk), {"sort": "fit", "team": "x", "fit": "x"}).status_code == 200


def test_every_person_shown_is_a_recorded_look_and_nobody_else_is(desk: Desk) -> None:
    weak = desk.ready("Dan", level=0)
    with_files(desk, desk.anna, weak)
    heavy = desk.job("Flytte kasser", demand={"lifting": 4}, measures=["lift_trolley"])
    desk.client().get(url("people_for", heavy.pk))
    (look,) = rows_of("select citizen_ids, kind, purpose from audit_look where view = $1", value="people_for")
    assert (look.citizen_ids, look.kind, look.purpose) == ([str(desk.anna.pk)], "list", "casework")


def test_people_of_other_teams_are_not_there(desk: Desk) -> None:
    with_files(desk, desk.anna)
    other = desk.client(job_broker(team=new_team()))
    assert "Anna" not in main_of(other.get(url("people_for", desk.supported.pk)))


def test_a_job_that_is_filled_or_made_for_one_is_held_against_nobody(desk: Desk) -> None:
    with_files(desk, desk.anna)
    with acting(desk.broker):
        Opening.objects.filter(pk=desk.supported.pk).update(state=OpeningState.FILLED, changed_by=desk.broker)
    assert "Anna" not in main_of(desk.client().get(url("people_for", desk.supported.pk)))


# ---- Who may see what ----


def test_an_employer_reaches_none_of_it(desk: Desk) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.as_is)
    client = desk.client(employer_user(company=desk.company))
    pages = [
        url("jobs_for", desk.anna.pk),
        url("jobs_hidden", desk.anna.pk, "gap"),
        url("job_for", desk.anna.pk, desk.as_is.pk),
        url("proposal_make", desk.anna.pk, desk.as_is.pk),
        url("proposal", row.pk),
        url("proposal_move", row.pk),
        url("people_for", desk.as_is.pk),
    ]
    for page in pages:
        for answer in (client.get(page), client.post(page, {"why": "x", "reason": "x", "state": "agreed"})):
            assert answer.status_code in (403, 404, 405)
            assert desk.anna.given_name not in answer.content.decode()
    with acting(desk.broker):
        assert ProposalStep.objects.count() == 1


def test_one_citizen_reaches_nothing_of_another(desk: Desk) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.as_is)
    bo = desk.ready("Bo", has_login=True)
    client = desk.client(bo.user)
    for page in (
        url("jobs_for", desk.anna.pk),
        url("jobs_hidden", desk.anna.pk, "gap"),
        url("job_for", desk.anna.pk, desk.as_is.pk),
        url("proposal", row.pk),
        url("proposal_move", row.pk),
    ):
        assert client.get(page).status_code == 404
    assert client.get(url("people_for", desk.as_is.pk)).status_code == 403
    assert client.post(url("proposal_make", desk.anna.pk, desk.as_is.pk), {"why": "Hej"}).status_code == 404


def test_staff_of_another_team_and_administrators_reach_nothing(desk: Desk) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.as_is)
    other = desk.client(job_broker(team=new_team()))
    admin = desk.client(employee(role=Role.ADMINISTRATOR, team=desk.team, name="Ada"))
    for page in (url("jobs_for", desk.anna.pk), url("proposal", row.pk)):
        assert other.get(page).status_code == 404
        assert admin.get(page).status_code == 403


# ---- How it comes about ----


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("easy", ["on", "off"])
def test_how_it_works_is_for_everybody_without_a_login(language: str, easy: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    client.post(reverse("set_easy"), {"easy": easy, "next": "/"})
    main = main_of(client.get(reverse("how_matching_works")))
    is_plain = easy == "off"
    assert ("1000 + 300" in main) is is_plain
    assert url("help") in main and url("lookups") in main


def test_a_card_that_holds_makes_room_for_the_meeting(desk: Desk) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.as_is)
    before = main_of(desk.client().get(url("proposal", row.pk)))
    assert url("card_make", row.pk) in before and "First the citizen chooses" in before
    shown = card(proposal=row, by=desk.broker)
    after = main_of(desk.client().get(url("proposal", row.pk)))
    assert url("card", shown.pk) in after and "Plan a meeting of all three" in after
    assert url("card_make", row.pk) not in after


# ---- Queries ----


@pytest.mark.parametrize(
    ("name", "most"), [("jobs_for", 24), ("job_for", 22), ("jobs_hidden", 20), ("proposal", 20), ("people_for", 20)]
)
def test_queries_do_not_grow(desk: Desk, name: str, most: int) -> None:
    row = proposal(citizen=desk.anna, by=desk.broker, opening=desk.as_is)
    with_files(desk, desk.anna)
    arguments = {
        "jobs_for": [desk.anna.pk],
        "job_for": [desk.anna.pk, desk.supported.pk],
        "jobs_hidden": [desk.anna.pk, "distance"],
        "proposal": [row.pk],
        "people_for": [desk.supported.pk],
    }
    client, page = desk.client(), reverse(name, args=arguments[name])
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(page)
    for number in range(8):
        desk.job(f"Nyt {number}", demand={"sitting": 1})
        desk.job(f"Væk {number}", x=700.0 + number)
        with_files(desk, desk.ready(f"Person {number}"))
    client.get(page)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few) <= most


def test_an_easy_reader_sees_the_same_with_less_at_a_time(desk: Desk) -> None:
    client = desk.client(desk.anna.user)
    client.post(reverse("set_easy"), {"easy": "on", "next": "/"})
    assert "You decide." in main_of(client.get(url("jobs_for", desk.anna.pk)))
    main = main_of(client.get(url("job_for", desk.anna.pk, desk.supported.pk)))
    assert "See more about the job and you" in main and "At most 20 km" in main
