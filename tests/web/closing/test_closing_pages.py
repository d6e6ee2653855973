"""Pages of endings, new beginnings and moves, with all their answers."""

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

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.enums import State
from jobbro.apps.closing.models import Closing, Move
from tests.factories import accounts, citizens, organisations, placements, plans
from tests.factories.accounts import acting, log_in
from tests.factories.rows import rows_of
from tests.journeys.workshop import words_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class Desk:
    """Anna with an agreement that has been signed; Jonas who helps her; the team lead of where she moves."""

    def __init__(self) -> None:
        self.at = placements.table()
        placements.signed_by_all(at=self.at, version=placements.agreement(at=self.at))
        self.anna = self.at.citizen
        self.desk, self.own = log_in(Client(), self.at.broker), log_in(Client(), self.anna.user)
        unit = organisations.unit(organisations.municipality(name="Nyborgkøbing"), name="Jobhuset")
        self.new_team = organisations.team(unit=unit, name="Team Strand")
        self.new_lead = accounts.employee(role=Role.TEAM_LEAD, unit=unit, name="Niels Ny")
        self.gitte = accounts.employee(team=self.new_team, name="Gitte Gram")
        self.there = log_in(Client(), self.new_lead)

    def url(self, name: str) -> str:
        return reverse(name, args=[self.anna.pk])

    def closing(self, **changes: object) -> dict[str, object]:
        page = self.desk.get(self.url("case_close"))
        form = page.context["form"]
        ends = {f"how_{key}": "left" for key, _told in form.open_things}
        words = {key: "Jobbet varer ved, og Jonas ringer til foråret." for key, _told in form.open_things}
        first = {name: form.get_initial_for_field(form.fields[name], name) for name in ("reached", "in_place")}
        return {
            "reason": "job",
            "contact_name": "Jonas Bro",
            "contact_phone": "20 30 40 50",
            "contact_from_on": TODAY.isoformat(),
            **first,
            **ends,
            **words,
            **changes,
        }

    def moving(self, **changes: object) -> dict[str, object]:
        return {
            "to_code": self.new_team.unit.municipalities.get().code,
            "moves_on": (TODAY + timedelta(days=5)).isoformat(),
            "legal_basis": "Drøftet med juristen.",
            "contact": "Jonas Bro, 20 30 40 50",
            **changes,
        }


@pytest.fixture
def desk() -> Desk:
    return Desk()


def case_state(desk: Desk) -> str:
    return rows_of("select state from cases_case where citizen_id = $1::uuid", value=desk.anna.pk)[0].state


def test_closing_begins_with_the_facts_and_ends_on_a_page_and_on_paper(desk) -> None:
    page = desk.desk.get(desk.url("case_close"))
    assert desk.at.company.name in page.content.decode()
    answer = desk.desk.post(desk.url("case_close"), desk.closing(last_word="Det gik godt."))
    assert answer.status_code == 302
    assert case_state(desk) == State.CLOSED
    own = desk.own.get(desk.url("case_closed")).content.decode()
    for words in ("Jonas Bro", "20 30 40 50", "Det gik godt.", desk.at.company.name, "Jobbet varer ved"):
        assert words in own
    paper = desk.own.get(desk.url("case_closed_pdf"))
    with pikepdf.open(io.BytesIO(paper.content)) as opened:
        assert opened.Root.MarkInfo.Marked
        told = words_in(opened)
    assert "AnnaLund" in told and "JonasBro" in told and "Detgikgodt." in told


def test_nothing_is_closed_silently(desk) -> None:
    sent = desk.closing()
    key = next(name for name in sent if name.startswith("placement_"))
    for changes in ({key: ""}, {f"how_{key}": ""}, {key: " "}):
        answer = desk.desk.post(desk.url("case_close"), sent | changes)
        assert answer.status_code == 422
        assert "Jonas Bro" in answer.content.decode()
    assert case_state(desk) == State.OPEN


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "dovenskab"}, "reason"),
        ({"reason": "other"}, "reason_words"),
        ({"contact_name": ""}, "contact_name"),
        ({"contact_phone": "1" * 40}, "contact_phone"),
        ({"contact_from_on": "i morgen"}, "contact_from_on"),
        ({"reached": "010190-1234 fik job"}, "reached"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(desk, changes, field) -> None:
    answer = desk.desk.post(desk.url("case_close"), desk.closing(in_place="En stol", **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "En stol" in answer.content.decode()


def test_closed_twice_is_one_ending(desk) -> None:
    sent = desk.closing()
    assert desk.desk.post(desk.url("case_close"), sent).status_code == 302
    assert desk.desk.post(desk.url("case_close"), sent).status_code == 302
    with acting(desk.at.broker):
        assert Closing.objects.count() == 1
    assert desk.desk.get(desk.url("case_close")).status_code == 302


def test_the_old_addresses_lead_here(desk) -> None:
    for move, name in (("close", "case_close"), ("reopen", "case_reopen")):
        for method in (desk.desk.get, desk.desk.post):
            answer = method(reverse("case_move", args=[desk.anna.pk, move]))
            assert (answer.status_code, answer.headers["Location"]) == (302, desk.url(name))
    assert case_state(desk) == State.OPEN


def test_the_citizen_says_a_last_word_and_comes_back(desk) -> None:
    desk.desk.post(desk.url("case_close"), desk.closing())
    assert desk.own.post(desk.url("last_word_say"), {"words": ""}).status_code == 422
    assert desk.own.post(desk.url("last_word_say"), {"words": "Tak."}).status_code == 302
    reopen = desk.url("case_reopen")
    assert desk.own.get(reopen).status_code == 403
    sent = {"changed_words": "Butikken lukker.", "next_step": "Ring til Anna", "lead": str(desk.at.broker.pk)}
    assert desk.desk.post(reopen, sent | {"changed_words": ""}).status_code == 422
    assert desk.desk.post(reopen, sent).status_code == 302
    assert case_state(desk) == State.OPEN
    page = desk.own.get(desk.url("case_closed")).content.decode()
    assert "Butikken lukker." in page and "Tak." in page
    assert desk.desk.post(reopen, sent).status_code == 302


def test_strangers_find_nothing(desk) -> None:
    other = citizens.citizen(team=desk.at.team, has_login=True, given_name="Bo")
    ole = accounts.employee(team=organisations.team(unit=desk.at.team.unit, name="Team Skov"))
    for user in (ole, other.user, desk.new_lead):
        client = log_in(Client(), user)
        for name in ("case_close", "case_closed", "case_closed_pdf", "case_reopen", "move_municipality"):
            assert client.get(desk.url(name)).status_code in (403, 404)
    assert desk.own.get(desk.url("move_municipality")).status_code == 404


def test_what_goes_along_is_not_noted_before_anybody_moves(desk) -> None:
    for sent in ({}, {"profile": "yes", "plan": "yes", "noted": "Sagt i telefonen."}):
        answer = desk.desk.post(desk.url("move_answer"), sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, desk.url("move_municipality"))


def test_a_move_from_proposal_to_the_new_file(desk) -> None:
    url = desk.url("move_municipality")
    assert desk.desk.post(url, desk.moving(legal_basis="")).status_code == 422
    assert desk.desk.post(url, desk.moving()).status_code == 302
    own = desk.own.get(url)
    assert "Nyborgkøbing" in own.content.decode()
    answer = desk.url("move_answer")
    assert desk.own.post(answer, {"profile": "yes"}).status_code == 422
    with acting(desk.at.broker):
        move = Move.objects.get()
    take = reverse("move_take", args=[move.pk])
    sent = {"team": str(desk.new_team.pk), "lead": str(desk.gitte.pk)}
    # Before the citizen has answered, and before the day, nobody receives them.
    assert desk.there.post(take, sent).status_code == 302
    assert rows_of("select state from closing_move")[0].state == "proposed"
    assert desk.own.post(answer, {"profile": "no", "plan": "yes"}).status_code == 302
    assert "Anna Lund" in desk.there.get(reverse("moved_in")).content.decode()
    assert desk.there.post(take, sent | {"lead": ""}).status_code == 422
    taken = desk.there.post(take, sent)
    assert (taken.status_code, taken.headers["Location"]) == (302, desk.url("citizen"))
    new = log_in(Client(), desk.gitte)
    for name in ("citizen", "placements", "plan", "profile", "guidance", "applications", "my_courses", "support"):
        assert new.get(desk.url(name)).status_code == 200, name
        assert desk.desk.get(desk.url(name)).status_code == 404, name
        assert desk.own.get(desk.url(name)).status_code == 200, name
    looks = rows_of("select view from audit_look where $1::uuid = any(citizen_ids)", value=desk.anna.pk)
    assert {"moved_in", "move_take"} <= {look.view for look in looks}


def test_the_old_unit_reads_what_it_keeps(desk) -> None:
    lise = accounts.employee(role=Role.TEAM_LEAD, unit=desk.at.team.unit, name="Lise Leder")
    desk.desk.post(desk.url("move_municipality"), desk.moving(moves_on=TODAY.isoformat()))
    with acting(desk.at.broker):
        move = Move.objects.get()
    sent = {"team": str(desk.new_team.pk), "lead": str(desk.gitte.pk)}
    desk.there.post(reverse("move_take", args=[move.pk]), sent)
    client = log_in(Client(), lise)
    page = client.get(reverse("moved_in"))
    (kept,) = page.context["page"].left
    shown = client.get(reverse("moved_away", args=[kept.pk]))
    assert "Jonas Bro" in shown.content.decode()
    assert desk.there.get(reverse("moved_away", args=[kept.pk])).status_code == 404


def test_sent_back_and_called_off(desk) -> None:
    url = desk.url("move_municipality")
    desk.desk.post(url, desk.moving())
    with acting(desk.at.broker):
        move = Move.objects.get()
    decline = reverse("move_decline", args=[move.pk])
    assert desk.there.post(decline, {"words": ""}).status_code == 422
    assert desk.there.post(decline, {"words": "Bor ikke her"}).status_code == 302
    assert "Bor ikke her" in desk.desk.get(url).content.decode()
    desk.desk.post(url, desk.moving())
    assert desk.desk.post(desk.url("move_call_off"), {"words": "Bliver boende"}).status_code == 302
    assert "Bliver boende" in desk.own.get(url).content.decode()
    # Nothing is closed while somebody is on the way.
    desk.desk.post(url, desk.moving())
    refused = desk.desk.post(desk.url("case_close"), desk.closing())
    assert refused.status_code == 422
    assert case_state(desk) == State.OPEN


def test_a_protected_name_is_not_on_the_list() -> None:
    team = organisations.team()
    mette = accounts.employee(team=team)
    signe = citizens.protected_address(team=team, lead=mette)
    unit = organisations.unit(organisations.municipality(name="Nyborgkøbing"))
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=unit)
    sent = {
        "to_code": unit.municipalities.get().code,
        "moves_on": TODAY.isoformat(),
        "legal_basis": "Se sagen.",
        "contact": "Mette Holm, 20 30 40 50",
    }
    client = log_in(Client(), mette)
    assert client.post(reverse("move_municipality", args=[signe.pk]), sent).status_code == 302
    page = log_in(Client(), lead).get(reverse("moved_in")).content.decode()
    assert "Mette Holm" in page
    assert "Signe" not in page and "Ørsted" not in page


def test_queries_do_not_grow(desk) -> None:
    def count(url: str) -> int:
        desk.desk.get(url)
        with CaptureQueriesContext(connection) as caught:
            assert desk.desk.get(url).status_code == 200
        return len([one for one in caught.captured_queries if not re.match(r"(SAVEPOINT|RELEASE)", one["sql"])])

    before = count(desk.url("case_close"))
    plan = plans.plan(citizen=desk.anna, staff=desk.at.broker)
    for number in range(6):
        plans.step(plan=plan, title=f"Trin {number}", state="done")
        placements.arrangement(at=desk.at, measure=["checklists", "picture_guides", "noise_headset"][number % 3]) if (
            number < 3
        ) else None
    assert count(desk.url("case_close")) == before
    assert before <= 36
