"""Pages of mini-teams: routing, absences, pairs, handovers, what is known, learning notes."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.teams.enums import AbsenceKind, CompetenceKind, HandoverItem
from jobbro.apps.teams.models import Absence, BuddyPair, Competence, Handover, LearningNote
from tests.apps.teams.mini_team import MiniTeam, case_of
from tests.factories import accounts, organisations, screening, teams
from tests.factories.accounts import log_in
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def made() -> MiniTeam:
    return MiniTeam()


@pytest.fixture
def lise(made) -> Client:
    return english(made.lead)


@pytest.fixture
def ali(made) -> Client:
    return english(made.ali)


def english(user) -> Client:
    client = log_in(Client(), user)
    client.cookies["django_language"] = "en"
    return client


def words(answer) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


def hidden(answer, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', answer.content.decode())[1]


def test_the_proposal_is_told_in_sentences_and_taken_with_one_click(made, lise) -> None:
    anna = made.citizen("Anna", interpreter="Dansk tegnsprog")
    teams.competence(user=made.ali, kind=CompetenceKind.LANGUAGE, code="dts")
    page = lise.get(reverse("routing"))
    text = words(page)
    assert "Proposal: Ali Demir" in text
    assert "Ali Demir speaks the citizen&#x27;s language: Danish Sign Language." in text
    assert "Ali Demir helps 0 citizens today and works 37 hours a week." in text
    taken = lise.post(
        reverse("routing_decide", args=[anna.pk]), {"user": hidden(page, "user"), "seen": hidden(page, "seen")}
    )
    assert (taken.status_code, taken["Location"]) == (302, reverse("routing"))
    after = words(lise.get(reverse("routing")))
    assert "Everybody has a contact person" in after
    assert "Anna Lund Ali Demir Lise Dam" in after


def test_no_number_of_fit_stands_on_the_page(made, lise) -> None:
    anna = made.citizen("Anna")
    screening.agreed_dialogue(citizen=anna, by=made.mette, level=1)
    text = words(lise.get(reverse("routing_decide", args=[anna.pk])))
    assert "%" not in text
    assert not re.search(r"\b(score|points?|rank)\b", text, re.IGNORECASE)


def test_another_than_proposed_needs_a_reason_and_what_was_typed_stays(made, lise) -> None:
    anna = made.citizen("Anna")
    url = reverse("routing_decide", args=[anna.pk])
    seen = hidden(lise.get(url), "seen")
    refused = lise.post(url, {"user": str(made.bo.pk), "seen": seen, "why": ""})
    assert refused.status_code == 422
    assert "why somebody else than proposed" in words(refused)
    assert f'value="{made.bo.pk}" selected' in refused.content.decode()
    done = lise.post(url, {"user": str(made.bo.pk), "seen": seen, "why": "Bo kender virksomheden."})
    assert done.status_code == 302
    assert "No: Bo kender virksomheden." in words(lise.get(reverse("routing")))


def test_a_proposal_that_has_changed_is_shown_again(made, lise) -> None:
    anna = made.citizen("Anna", interpreter="tegnsprog")
    url = reverse("routing_decide", args=[anna.pk])
    seen = hidden(lise.get(url), "seen")
    teams.competence(user=made.eva, kind=CompetenceKind.LANGUAGE, code="dts")
    again = lise.post(url, {"user": str(made.ali.pk), "seen": seen, "why": "Jeg vælger Ali."})
    assert again.status_code == 409
    assert "The proposal has changed" in words(again)
    assert lise.post(url, {"user": str(made.ali.pk), "seen": hidden(again, "seen"), "why": "Ali."}).status_code == 422
    last = lise.post(url, {"user": str(made.ali.pk), "seen": hidden(again, "seen"), "why": "Jeg vælger Ali."})
    assert last.status_code == 302


def test_a_choice_that_was_made_meanwhile_leads_back(made, lise) -> None:
    anna = made.citizen("Anna", lead=made.ali)
    answer = lise.get(reverse("routing_decide", args=[anna.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("routing"))


def test_routing_is_for_leads_and_their_own_units(made, lise, ali) -> None:
    other = MiniTeam()
    stranger = other.citizen("Fremmed")
    assert ali.get(reverse("routing")).status_code == 403
    assert lise.get(reverse("routing_decide", args=[stranger.pk])).status_code == 404


def test_the_queries_of_routing_do_not_grow(made, lise) -> None:
    counts = []
    for _ in range(2):
        for number in range(3):
            made.citizen(f"Nr {number}")
        with CaptureQueriesContext(connection) as queries:
            lise.get(reverse("routing"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_an_absence_is_noted_and_the_plan_says_who_stands_in(made, ali) -> None:
    made.citizen("Anna", lead=made.ali)
    teams.pair(team=made.team, first=made.ali, second=made.eva)
    url = reverse("absence_add", args=[made.team.pk])
    form = ali.get(url)
    assert f'value="{made.ali.pk}" selected' in form.content.decode()
    assert "why" not in words(form).replace("Nobody needs to write why.", "")
    answer = ali.post(
        url,
        {"user": str(made.ali.pk), "kind": "away", "from_on": TODAY.isoformat(), "until_on": "", "cover": ""},
        follow=True,
    )
    text = words(answer)
    assert "Anna Lund" in text and "Eva Ravn" in text
    assert "the other of the buddy pair" in text
    (absence,) = rows_of("select id, until_on from teams_absence where user_id = $1::uuid", value=made.ali.pk)
    back = ali.post(reverse("absence_end", args=[absence.id]), {"back_on": TODAY.isoformat()}, follow=True)
    assert "Everybody is here." in words(back)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"from_on": ""}, "Write"),
        ({"until_on": "01.01.2020"}, "lies before the first day"),
        ({"cover": "self"}, "nobody stands in for themselves"),
    ],
)
def test_an_absence_that_cannot_be_says_why_and_keeps_what_was_typed(made, ali, typed, told) -> None:
    form = {"user": str(made.ali.pk), "kind": "away", "from_on": TODAY.isoformat(), "until_on": "", "cover": ""} | typed
    if form["cover"] == "self":
        form["cover"] = str(made.ali.pk)
    answer = ali.post(reverse("absence_add", args=[made.team.pk]), form)
    assert answer.status_code == 422
    assert told in words(answer)
    assert f'value="{made.ali.pk}" selected' in answer.content.decode()
    assert not Absence.objects.exists()


def test_a_mini_team_is_for_those_in_it(made, lise) -> None:
    url = reverse("team_home", args=[made.team.pk])
    assert lise.get(url).status_code == 200
    assert english(made.bo).get(url).status_code == 404
    assert english(accounts.employee(unit=organisations.unit())).get(url).status_code == 404


def test_the_page_of_a_mini_team_says_that_somebody_has_nobody(made, lise) -> None:
    made.citizen("Anna", lead=made.ali)
    made.citizen("Bent")
    teams.absence(user=made.ali, from_on=TODAY)
    text = words(lise.get(reverse("team_home", args=[made.team.pk])))
    assert "1 citizen has nobody here today" in text
    assert "1 citizen waits for a contact person" in text
    assert "Anna Lund" in words(lise.get(reverse("cover_plan", args=[made.team.pk])))


def test_a_pair_is_made_and_ended_by_the_lead(made, lise, ali) -> None:
    url = reverse("pair_make", args=[made.team.pk])
    both = {"first": str(made.ali.pk), "second": str(made.eva.pk)}
    assert ali.get(url).status_code == 403
    assert lise.post(url, both | {"second": str(made.ali.pk)}).status_code == 422
    assert lise.post(url, both).status_code == 302
    assert lise.post(url, both).status_code == 422
    (pair,) = rows_of("select id from teams_buddypair where team_id = $1::uuid", value=made.team.pk)
    end = reverse("pair_end", args=[made.team.pk, pair.id])
    assert "Eva Ravn" in words(lise.get(end))
    assert lise.post(end).status_code == 302
    assert lise.post(end).status_code == 404
    assert not BuddyPair.objects.exists()


def test_a_handover_is_gone_through_point_by_point(made, lise, ali) -> None:
    anna = made.citizen("Anna", lead=made.mette, has_login=True)
    started = ali.post(
        reverse("handover_start", args=[anna.pk]), {"to_user": str(made.ali.pk), "reason": "leaving"}, follow=True
    )
    assert "Handover of Anna Lund" in words(started)
    (row,) = rows_of("select id from teams_handover where citizen_id = $1::uuid", value=anna.pk)
    finish = reverse("handover_finish", args=[row.id])
    early = ali.post(finish)
    assert early.status_code == 422
    assert "Tell something to every point" in words(early)
    for item in HandoverItem.values:
        url = reverse("handover_write", args=[row.id, item])
        assert ali.post(url, {"text": ""}).status_code == 422
        assert ali.post(url, {"text": f"Om {item}"}).status_code == 302
    assert ali.post(reverse("handover_write", args=[row.id, "told"]), {"text": "Anna er glad."}).status_code == 302
    assert "1 earlier text is kept" in words(ali.get(reverse("handover", args=[row.id])))
    assert "Finished" in words(ali.post(finish, follow=True))
    assert [
        one.kind for one in rows_of("select kind from outbox_message where citizen_id = $1::uuid", value=anna.pk)
    ] == ["case_moved"]
    assert ali.post(finish)["Location"] == reverse("handover", args=[row.id])
    assert english(anna.user).get(reverse("handover", args=[row.id])).status_code == 403


def test_a_handover_is_called_off_and_another_begun(made, ali) -> None:
    anna = made.citizen("Anna", lead=made.mette)
    with accounts.acting(made.lead):
        case = case_of(anna)
    first = teams.handover(case=case, to_user=made.eva, by=made.mette, from_user=made.mette)
    start = reverse("handover_start", args=[anna.pk])
    assert ali.get(start)["Location"] == reverse("handover", args=[first.pk])
    assert "called off" in words(ali.post(reverse("handover_call_off", args=[first.pk]), follow=True))
    assert ali.get(start).status_code == 200
    again = ali.post(start, {"to_user": str(made.mette.pk), "reason": "other"})
    assert again.status_code == 422
    assert "is the contact person today" in words(again)


def test_a_handover_of_somebody_elses_citizen_is_not_there(made) -> None:
    anna = made.citizen("Anna", lead=made.mette)
    with accounts.acting(made.lead):
        case = case_of(anna)
    row = teams.handover(case=case, to_user=made.eva, by=made.mette, from_user=made.mette)
    bo = english(made.bo)
    assert bo.get(reverse("handover", args=[row.pk])).status_code == 404
    assert bo.get(reverse("handover_start", args=[anna.pk])).status_code == 404
    assert bo.post(reverse("handover_finish", args=[row.pk])).status_code == 404
    with accounts.acting(made.lead):
        assert Handover.objects.get(pk=row.pk).finished_at is None


def test_what_i_know_is_told_and_taken_off(made, ali, lise) -> None:
    add = reverse("competence_add", args=[made.ali.pk])
    assert ali.post(add, {"subject": "area|hearing", "postcode": "", "sureness": "knows"}).status_code == 302
    assert ali.post(add, {"subject": "", "postcode": "8000", "sureness": "can_teach"}).status_code == 302
    text = words(ali.get(reverse("competences")))
    assert "8000 Aarhus C" in text
    assert "Told by" in text and "Ali Demir" in text
    for typed in ({"subject": "", "postcode": ""}, {"subject": "", "postcode": "0001"}, {"subject": "area|money"}):
        assert ali.post(add, {"sureness": "knows"} | typed).status_code == 422
    (row,) = rows_of("select id from teams_competence where code = $1", value="hearing")
    end = reverse("competence_end", args=[made.ali.pk, row.id])
    assert ali.post(end).status_code == 302
    assert ali.post(end).status_code == 404
    assert lise.get(reverse("competences_of", args=[made.ali.pk])).status_code == 200
    assert ali.get(reverse("competences_of", args=[made.eva.pk])).status_code == 404
    assert ali.post(reverse("competence_add", args=[made.eva.pk]), {}).status_code == 404


@pytest.mark.parametrize(("typed", "status"), [("30", 302), ("18,5", 302), ("0", 422), ("38", 422), ("mange", 422)])
def test_hours_a_week(made, ali, typed, status) -> None:
    answer = ali.post(reverse("hours_set", args=[made.ali.pk]), {"hours": typed})
    assert answer.status_code == status
    if status == 422:
        assert f'value="{typed}"' in answer.content.decode()


def test_the_map_counts_no_fewer_than_five_and_names_nobody(made, lise, ali) -> None:
    for number in range(5):
        citizen = made.citizen(f"Nr {number}", interpreter="tegnsprog" if number < 4 else "")
        screening.agreed_dialogue(citizen=citizen, by=made.mette, level=1)
    teams.competence(user=made.ali, code="stress")
    url = reverse("competence_map", args=[made.unit.pk])
    text = words(lise.get(url))
    assert "Danish Sign Language fewer than 5 0 0" in text
    assert "5 citizens have a course now, 5 of them have agreed needs." in text
    assert "Ali Demir" not in text
    assert ali.get(url).status_code == 403
    assert lise.get(reverse("competence_map", args=[organisations.unit().pk])).status_code == 404


def test_a_learning_note_is_written_found_and_taken_back(made, ali, lise) -> None:
    add = reverse("learning_note_add")
    note = {"subject": "area|hearing", "text": "Skriftlige beskeder virker bedst.", "unit": str(made.unit.pk)}
    for text in ("Ring på 12 34 56 78", "Anna, 010203-4567", "skriv til a@b.dk", " "):
        assert ali.post(add, note | {"text": text}).status_code == 422
    assert ali.post(add, note).status_code == 302
    page = reverse("learning_notes")
    assert "Skriftlige beskeder" in words(lise.get(page, {"words": "besked"}))
    assert "No note about this yet" in words(lise.get(page, {"words": "cykel"}))
    assert "No note about this yet" in words(lise.get(page, {"subject": "area|stress"}))
    (row,) = rows_of("select id from teams_learningnote where unit_id = $1::uuid", value=made.unit.pk)
    withdraw = reverse("learning_note_withdraw", args=[row.id])
    assert english(made.eva).post(withdraw).status_code == 404
    assert ali.post(withdraw).status_code == 302
    assert "No notes yet" in words(lise.get(page))


def test_notes_of_another_municipality_are_not_read(made, ali) -> None:
    other = MiniTeam()
    teams.learning_note(unit=other.unit, by=other.ali)
    assert "No notes yet" in words(ali.get(reverse("learning_notes")))
    assert LearningNote.objects.count() == 0 or Competence.objects.count() == 0


def test_the_file_and_the_caseload_lead_here(made, ali) -> None:
    anna = made.citizen("Anna", lead=made.ali)
    assert reverse("handover_start", args=[anna.pk]) in ali.get(reverse("citizen", args=[anna.pk])).content.decode()
    assert reverse("team_home", args=[made.team.pk]) in ali.get(reverse("caseload")).content.decode()


def test_who_leaves_today_is_listed_with_a_proposal(made, lise) -> None:
    made.citizen("Anna", lead=made.ali)
    teams.absence(user=made.ali, from_on=TODAY, kind=AbsenceKind.LEAVING)
    text = words(lise.get(reverse("routing")))
    assert "Ali Demir no longer works here" in text
    assert "Proposal: " in text


def test_an_absence_to_come_does_not_move_anybody(made, lise) -> None:
    made.citizen("Anna", lead=made.ali)
    teams.absence(user=made.ali, from_on=TODAY + timedelta(days=1), kind=AbsenceKind.LEAVING)
    assert "Everybody has a contact person" in words(lise.get(reverse("routing")))
