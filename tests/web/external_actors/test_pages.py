"""The pages of the cooperation: who opens them, what is refused, what each reads, how many queries they take."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.external_actors.enums import Party
from tests.factories import accounts, external_actors, organisations, plans
from tests.factories.employers import cvr
from tests.factories.external_actors import TOLD, Cooperation, today
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db


def browser_of(user: object) -> Client:
    return accounts.log_in(Client(), user)


def _day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def test_a_partner_is_added_with_agreement_and_login_and_found_again() -> None:
    team = organisations.team()
    browser = browser_of(accounts.employee(team=team))
    number = cvr()
    sent = {"cvr": number, "name": "Skolen ved Åen", "kind": "education", "phone": "12345678"}
    answer = browser.post(reverse("external_actor_add"), sent)
    assert answer.status_code == 302
    page = browser.get(answer.url).content.decode()
    assert "Skolen ved Åen" in page and number in page
    partner = answer.url.rstrip("/").rsplit("/", 1)[1]
    agreement = {
        "themes": ["qualification", "knowledge"],
        "purpose": "Korte kurser.",
        "from_on": _day(0),
        "until_on": _day(100),
        "data_agreement_on": _day(0),
    }
    assert browser.post(reverse("external_agreement_add", args=[partner]), agreement).status_code == 302
    person = {"name": "Lise Lærer", "email": "lise@skolen.example", "until_on": _day(30)}
    told = browser.post(reverse("external_person_add", args=[partner]), person)
    assert told.status_code == 200
    (row,) = rows_of("select u.username, u.kind, u.must_change_password from accounts_user u where kind = 'external'")
    assert row.username in told.content.decode() and row.must_change_password
    again = browser.post(reverse("external_actor_add"), {**sent, "name": "Noget andet"})
    assert again.status_code == 422 and reverse("external_actor", args=[partner]) in again.content.decode()
    listed = browser.get(reverse("external_actors"), {"theme": "qualification"}).content.decode()
    assert "Skolen ved Åen" in listed
    assert "Skolen ved Åen" not in browser.get(reverse("external_actors"), {"theme": "company_work"}).content.decode()


@pytest.mark.parametrize(
    ("name", "sent", "word"),
    [
        ("external_actor_add", {"cvr": "12345678", "name": "X", "kind": "union"}, "cvr"),
        ("external_agreement_add", {"themes": [], "purpose": "Kun ord."}, "from_on"),
        (
            "external_agreement_add",
            {"themes": ["knowledge"], "purpose": "X", "from_on": "2026-01-02", "until_on": "2026-01-01"},
            "until_on",
        ),
        ("external_person_add", {"name": "X", "email": "nej", "until_on": "2099-01-01"}, "email"),
        ("external_person_add", {"name": "X", "email": "x@y.example", "until_on": "2099-01-01"}, "until_on"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(name: str, sent: dict, word: str) -> None:
    laid = Cooperation()
    args = [] if name == "external_actor_add" else [laid.partner.pk]
    answer = browser_of(laid.caseworker).post(reverse(name, args=args), sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'id="id_{word}_error"' in text
    assert all(str(value) in text for value in sent.values() if isinstance(value, str))


def _proposal(laid: Cooperation, **fields: object) -> dict[str, object]:
    return {
        "theme": "job_brokering",
        "goal": "At møde to arbejdspladser.",
        "shown_name": "Anna",
        "told": "Anna vil gerne have en rolig start.",
        "people": [str(laid.person.pk)],
        "from_on": _day(0),
        "until_on": _day(60),
        **fields,
    }


def test_from_proposal_to_end_each_reads_their_part() -> None:
    laid = Cooperation()
    staff, citizen, outside = (browser_of(user) for user in (laid.caseworker, laid.citizen.user, laid.person.user))
    run(
        "update external_actors_engagement set state = 'ended', ended_on = app_today() where id = $1::uuid",
        value=laid.engagement.pk,
    )
    add = reverse("engagement_add", args=[laid.citizen.pk])
    assert laid.partner.name in staff.get(add).content.decode()
    answer = staff.post(f"{add}?partner={laid.partner.pk}", _proposal(laid))
    assert answer.status_code == 302
    (row,) = rows_of("select id from external_actors_engagement where state = 'proposed'")
    key = row.id
    assert "rolig start" not in outside.get(reverse("our_engagements")).content.decode()
    page = citizen.get(reverse("engagement_answer", args=[key]))
    assert "rolig start" in page.content.decode() and "Pia Partner" in page.content.decode()
    seen = page.context["form"].initial["seen"]
    assert citizen.post(reverse("engagement_answer", args=[key]), {"answer": "yes", "seen": seen}).status_code == 302
    ours = outside.get(reverse("our_engagement", args=[key])).content.decode()
    assert "rolig start" in ours and "Lund" not in ours
    wrote = {"kind": "outcome", "done_on": _day(0), "text": "Vi mødte den ene.", "result": "partly"}
    assert outside.post(reverse("engagement_entry_add", args=[key]), wrote).status_code == 302
    assert "Vi mødte den ene." in citizen.get(reverse("engagement", args=[key])).content.decode()
    end = staff.get(reverse("engagement_end", args=[key]))
    assert "Vi mødte den ene." in end.content.decode()
    sent = {"result": "partly", "words": "En halv vej.", "seen": end.context["form"].initial["seen"]}
    assert staff.post(reverse("engagement_end", args=[key]), sent).status_code == 302
    assert outside.get(reverse("our_engagement", args=[key])).status_code == 404
    standing = rows_of(
        "select count(*) as n from citizens_consent where withdrawn_at is null and recipient = $1",
        value=laid.partner.name,
    )
    # The factory's own consent stands; the one of this work ended with it.
    assert standing[0].n == 1


def test_staff_write_down_a_yes_only_with_how_it_was_said() -> None:
    laid = Cooperation(is_approved=False)
    staff = browser_of(laid.caseworker)
    path = reverse("engagement_answer", args=[laid.engagement.pk])
    seen = staff.get(path).context["form"].initial["seen"]
    refused = staff.post(path, {"answer": "yes", "seen": seen})
    assert refused.status_code == 422 and 'id="id_on_behalf_error"' in refused.content.decode()
    said = {"answer": "yes", "seen": seen, "on_behalf": "Ved mødet i dag."}
    assert staff.post(path, said).status_code == 302
    assert rows_of("select on_behalf from external_actors_engagementapproval")[0].on_behalf == "Ved mødet i dag."


def test_a_no_changes_nothing_else_and_nobody_outside_reads() -> None:
    laid = Cooperation(is_approved=False)
    citizen = browser_of(laid.citizen.user)
    assert citizen.post(reverse("engagement_answer", args=[laid.engagement.pk]), {"answer": "no"}).status_code == 302
    (row,) = rows_of("select state from external_actors_engagement")
    assert row.state == "dropped" and rows_of("select count(*) as n from citizens_consent")[0].n == 0
    assert TOLD not in browser_of(laid.person.user).get(reverse("our_engagements")).content.decode()


def test_taken_back_is_refused_on_the_next_request_and_the_try_is_recorded() -> None:
    laid = Cooperation()
    outside = browser_of(laid.person.user)
    path = reverse("our_engagement", args=[laid.engagement.pk])
    assert outside.get(path).status_code == 200
    assert (
        browser_of(laid.citizen.user).post(reverse("engagement_take_back", args=[laid.engagement.pk])).status_code
        == 302
    )
    gone = outside.get(path)
    assert gone.status_code == 404 and "Anna" not in gone.content.decode()
    assert outside.post(reverse("engagement_entry_add", args=[laid.engagement.pk]), {"text": "X"}).status_code == 404
    (denied,) = rows_of("select count(*) as n from audit_look where outcome = 'denied' and purpose = 'engagement'")
    assert denied.n == 2


def test_access_that_ends_today_is_out_at_once_and_learns_whom_to_ring() -> None:
    laid = Cooperation()
    outside = browser_of(laid.person.user)
    assert outside.get(reverse("home")).url == reverse("our_engagements")
    staff = browser_of(laid.caseworker)
    assert staff.post(reverse("external_person_end", args=[laid.person.pk]), {"when": "now"}).status_code == 302
    home = outside.get(reverse("home"))
    assert home.status_code == 200 and laid.partner.name in home.content.decode()
    for name, args in (("our_engagements", []), ("our_engagement", [laid.engagement.pk])):
        assert outside.get(reverse(name, args=args)).status_code == 403


def test_every_look_is_told_to_the_citizen_with_who_it_was() -> None:
    laid = Cooperation()
    outside = browser_of(laid.person.user)
    outside.get(reverse("our_engagements"))
    outside.get(reverse("our_engagement", args=[laid.engagement.pk]))
    looks = rows_of("select kind, purpose_text, citizen_ids from audit_look where purpose = 'engagement' order by id")
    assert [(look.kind, look.purpose_text) for look in looks] == [
        ("list", laid.partner.name),
        ("read", laid.partner.name),
    ]
    assert all(look.citizen_ids == [str(laid.citizen.pk)] for look in looks)
    citizen = browser_of(laid.citizen.user)
    assert laid.partner.name in citizen.get(reverse("lookups")).content.decode()
    page = citizen.get(reverse("engagement", args=[laid.engagement.pk]))
    assert len(page.context["page"].looks) == 1


def test_somebody_outside_opens_no_page_of_the_house() -> None:
    laid, other = Cooperation(), Cooperation()
    outside = browser_of(laid.person.user)
    person = laid.citizen.pk
    for name, args in (
        ("citizen", [person]), ("plan", [person]), ("profile", [person]), ("citizen_consents", [person]),
        ("engagements", [person]), ("engagement_add", [person]), ("engagement", [laid.engagement.pk]),
        ("engagement_people", [laid.engagement.pk]), ("caseload", []), ("employers", []), ("external_actors", []),
        ("external_actor", [laid.partner.pk]), ("our_cards", []), ("our_company", []),
    ):  # fmt: skip
        assert outside.get(reverse(name, args=args)).status_code == 403, name
    assert outside.get(reverse("our_engagement", args=[other.engagement.pk])).status_code == 404
    for name in ("help", "privacy", "accessibility"):
        assert outside.get(reverse(name)).status_code == 200


def test_a_stranger_gets_the_answer_of_nothing() -> None:
    laid = Cooperation()
    stranger = browser_of(accounts.employee(team=organisations.team()))
    neighbour = browser_of(external_actors.Cooperation(team=laid.team).citizen.user)
    for name in ("engagement", "engagement_answer", "engagement_write", "engagement_take_back"):
        path = reverse(name, args=[laid.engagement.pk])
        assert stranger.get(path).status_code == 404 and neighbour.get(path).status_code == 404, name
        if name != "engagement":
            assert stranger.post(path, {}).status_code == 404 and neighbour.post(path, {}).status_code == 404, name
    assert stranger.get(reverse("external_actor", args=[laid.partner.pk])).status_code == 404


def test_staff_choose_who_reads_and_the_other_is_out() -> None:
    laid = Cooperation()
    other = external_actors.person(partner=laid.partner, name="Poul Partner")
    staff = browser_of(laid.caseworker)
    path = reverse("engagement_people", args=[laid.engagement.pk])
    assert staff.post(path, {"people": [str(other.pk)]}).status_code == 302
    assert browser_of(laid.person.user).get(reverse("our_engagement", args=[laid.engagement.pk])).status_code == 404
    assert browser_of(other.user).get(reverse("our_engagement", args=[laid.engagement.pk])).status_code == 200
    assert staff.post(path, {"people": [str(laid.person.pk)]}).status_code == 302
    assert browser_of(laid.person.user).get(reverse("our_engagement", args=[laid.engagement.pk])).status_code == 200


def test_what_somebody_else_answered_meanwhile_is_not_overwritten() -> None:
    laid = Cooperation()
    staff = browser_of(laid.caseworker)
    path = reverse("engagement_end", args=[laid.engagement.pk])
    answer = staff.post(path, {"result": "reached", "words": "Fint.", "seen": "gammelt"})
    assert answer.status_code == 409 and "Fint." in answer.content.decode()


def test_the_plan_shows_the_partners_part_to_both() -> None:
    laid = Cooperation()
    plans.plan(citizen=laid.citizen, staff=laid.caseworker)
    for user in (laid.caseworker, laid.citizen.user):
        page = browser_of(user).get(reverse("plan", args=[laid.citizen.pk]))
        assert page.status_code == 200
        assert [line.partner for line in page.context["partner_parts"]] == [laid.partner.name]


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    ("who", "name", "queries"),
    [
        ("caseworker", "external_actors", 11),
        ("caseworker", "external_actor", 11),
        ("caseworker", "engagements", 11),
        ("caseworker", "engagement", 14),
        ("citizen", "engagement", 12),
        ("outside", "our_engagements", 11),
        ("outside", "our_engagement", 12),
    ],
)
def test_the_number_of_queries_is_the_same_for_one_and_for_many(who: str, name: str, queries: int, many: bool) -> None:
    laid = Cooperation()
    for number in range(4 if many else 0):
        one = external_actors.external_actor(team=laid.team, keeper=laid.caseworker, name=f"Nr. {number}")
        external_actors.agreement(partner=one)
        external_actors.person(partner=laid.partner, name=f"Person {number}")
        external_actors.engagement(
            citizen=laid.citizen,
            partner=laid.partner,
            people=(laid.person,),
            under=laid.agreement,
            by=laid.citizen.user,
        )
        external_actors.entry(engagement=laid.engagement, by=laid.caseworker, party=Party.MUNICIPALITY)
    user = {"caseworker": laid.caseworker, "citizen": laid.citizen.user, "outside": laid.person.user}[who]
    args = {
        "external_actor": [laid.partner.pk],
        "engagements": [laid.citizen.pk],
        "engagement": [laid.engagement.pk],
        "our_engagement": [laid.engagement.pk],
    }.get(name, [])
    browser = browser_of(user)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(reverse(name, args=args)).status_code == 200
    assert len(captured) == queries


def test_an_analyst_and_the_public_see_no_partner() -> None:
    laid = Cooperation()
    analyst = browser_of(accounts.employee(role=Role.ANALYST, unit=laid.team.unit))
    assert analyst.get(reverse("external_actors")).status_code == 403
    assert Client().get(reverse("external_actors")).status_code == 302
