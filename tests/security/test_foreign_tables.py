"""Proposals, cards, tables and agreements of somebody else: the same answer as for nothing, and nothing happens."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.ids import uuid7
from tests.factories import accounts, employers, jobs, openings, organisations, placements
from tests.factories.bakery import Bakery
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
STANDING = """
    select (select jsonb_agg(to_jsonb(p) order by id) from matching_proposal p) as proposals,
        (select jsonb_agg(to_jsonb(c) order by id) from matching_card c) as cards,
        (select jsonb_agg(to_jsonb(i) order by id) from placements_introduction i) as meetings,
        (select jsonb_agg(to_jsonb(a) order by id) from placements_arrangement a) as arrangements,
        (select jsonb_agg(to_jsonb(v) order by id) from placements_agreementversion v) as versions,
        (select count(*) from placements_said) + (select count(*) from placements_signature)
            + (select count(*) from matching_proposalstep) as words
"""


class Laid:
    """A table with a meeting planned and an agreement that nobody has signed."""

    def __init__(self, at: placements.Table | None = None) -> None:
        self.at = at or placements.table()
        self.meeting = placements.introduction(at=self.at)
        self.support = placements.arrangement(at=self.at)
        self.version = placements.agreement(at=self.at)

    def paths(self, *, is_nobody: bool = False) -> Iterator[str]:
        def ids(*found: object) -> list[object]:
            return [uuid7() for _ in found] if is_nobody else list(found)

        at, person = self.at, self.at.citizen.pk
        opening = at.proposal.opening_id
        for name in ("jobs_for", "cards", "placements"):
            yield reverse(name, args=ids(person))
        yield reverse("jobs_hidden", args=[*ids(person), "distance"])
        for name in ("job_for", "proposal_make"):
            yield reverse(name, args=[*ids(person), opening])
        for name in ("proposal", "proposal_move", "card_make", "introduction_add"):
            yield reverse(name, args=ids(at.proposal.pk))
        for name in ("card", "card_pdf", "card_withdraw"):
            yield reverse(name, args=ids(at.card.pk))
        for name in ("introduction", "introduction_calendar", "introduction_change", "introduction_hold"):
            yield reverse(name, args=ids(self.meeting.pk))
        for name in ("introduction_cancel", "introduction_outcome", "arrangement_add", "agreement_write"):
            yield reverse(name, args=ids(self.meeting.pk))
        yield reverse("introduction_said", args=ids(self.meeting.pk))
        yield reverse("arrangement_done", args=ids(self.meeting.pk, self.support.pk))
        for name in ("agreement", "agreement_pdf", "agreement_sign", "agreement_sign_for"):
            yield reverse(name, args=ids(self.version.pk))


def strangers(laid: Laid) -> dict[str, User]:
    unit, other = laid.at.team.unit, placements.table()
    neighbour = organisations.team(unit=unit, name="Team Bakke")
    return {
        "a citizen": other.citizen.user,
        "a citizen of the same team": placements.table(team=laid.at.team).citizen.user,
        "the team next door": accounts.employee(team=neighbour, role=Role.JOB_BROKER),
        "another unit": other.broker,
        "another unit's lead": accounts.employee(role=Role.TEAM_LEAD, unit=other.team.unit),
        "an analyst": accounts.employee(role=Role.ANALYST, unit=unit),
        "an administrator": accounts.employee(role=Role.ADMINISTRATOR, unit=unit),
        "a key person": accounts.employee(role=Role.KEY_PERSON, unit=unit),
        "the company": laid.at.employer,
        "another company": other.employer,
    }


SENT = {
    "why": "X", "reason": "X", "state": "declined", "said-text": "X", "said-party": "citizen", "outcome": "not_now",
    "party": "citizen", "name": "X", "on_behalf": "X",
}  # fmt: skip


def test_strangers_read_nothing_and_change_nothing() -> None:
    laid = Laid()
    people = strangers(laid)
    before = rows_of(STANDING)
    for name, user in people.items():
        browser = accounts.log_in(Client(), user)
        # 405 says nothing of whose it is: the page takes another verb.
        for path, other in zip(laid.paths(), laid.paths(is_nobody=True), strict=True):
            for verb in ("get", "post"):
                data = {**SENT, "digest": laid.version.digest} if verb == "post" else {}
                answer, nothing = getattr(browser, verb)(path, data), getattr(browser, verb)(other, data)
                is_told = answer.status_code in (403, 404, 405) or (verb == "get" and answer.status_code == 302)
                assert is_told, (name, verb, path, answer.status_code)
                assert answer.status_code == nothing.status_code, (name, verb, path)
                assert _plain(answer.content.decode()) == _plain(nothing.content.decode()), (name, verb, path)
                assert "Anna" not in answer.content.decode() or "Anna" in nothing.content.decode()
    assert rows_of(STANDING) == before


def _plain(text: str) -> str:
    """Without what differs by request: tokens and the address itself."""
    return re.sub(r"[0-9a-f-]{32,36}|FToken\": \"[^\"]*|value=\"[^\"]*\"|nonce-[^\"' ]+|nonce=\"[^\"]*\"", "", text)


def test_nobody_without_login_reads_any_of_it() -> None:
    laid = Laid()
    for path in laid.paths():
        for answer in (Client().get(path), Client().post(path, SENT)):
            assert answer.status_code in (302, 401, 403, 405) and "Anna" not in answer.content.decode(), path


def test_no_page_takes_the_part_of_one_table_for_another() -> None:
    """Anna's broker has two tables: what belongs to the one is not reached under the other."""
    laid = Laid()
    second = Laid(placements.table(team=laid.at.team))
    browser = accounts.log_in(Client(), laid.at.broker)
    path = reverse("arrangement_done", args=[laid.meeting.pk, second.support.pk])
    assert browser.get(path).status_code in (302, 404) and browser.post(path).status_code == 404


def test_a_job_kept_for_somebody_is_nobody_elses() -> None:
    """Not to be found, looked at or picked by another citizen; for their broker it is there and not to be picked."""
    laid, other = Laid(), Bakery()
    job = jobs.carved_job(workplace=other.workplace, tasks=(other.tasks[0],))
    kept = openings.carved_opening(job=job, is_reserved=True, is_public=True, title="Gemt til en anden")
    draft = openings.draft_opening(workplace=other.workplace, is_public=True, title="Kladde")
    late = openings.opening(workplace=other.workplace, is_public=True, title="For sent", closes_on="2026-01-01")
    for user in (laid.at.citizen.user, laid.at.broker, laid.at.employer):
        browser = accounts.log_in(Client(), user)
        for row in (kept, draft, late):
            for name, args in (
                ("opening", [row.pk]),
                ("job_for", [laid.at.citizen.pk, row.pk]),
                ("people_for", [row.pk]),
                ("public_job", [row.pk]),
            ):
                answer = browser.get(reverse(name, args=args))
                is_late = row is late and name in ("job_for", "people_for")
                assert answer.status_code in ((200, 403, 404) if is_late else (403, 404)), (name, row.title)
            answer = browser.post(reverse("proposal_make", args=[laid.at.citizen.pk, row.pk]), {"why": "X"})
            assert answer.status_code in (403, 404, 422), row.title
    anybody = Client()
    listed = anybody.get(reverse("public_jobs")).content.decode()
    for row in (kept, draft, late):
        assert anybody.get(reverse("public_job", args=[row.pk])).status_code == 404
        assert row.title not in listed
    assert rows_of("select count(*) as n from matching_proposal")[0].n == 1


def test_what_a_company_reads_has_no_order_and_no_count_by_fit() -> None:
    """Two with cards: by name whatever fits better, without levels, and no word in the address changes anything."""
    laid = placements.table()
    boss = laid.employer
    far = placements.table(team=laid.team)
    path = reverse("opening", args=[laid.proposal.opening_id])
    browser = accounts.log_in(Client(), boss)
    first = _plain(browser.get(path).content.decode())
    for query in ("?order=fit", "?sort=km", "?persons=1", "?fit=as_is"):
        assert _plain(browser.get(path + query).content.decode()) == first
    for name in ("people_for", "job_for", "jobs_for", "matching_overview", "match_runs"):
        args = {"people_for": [laid.proposal.opening_id], "job_for": [laid.citizen.pk, laid.proposal.opening_id]}
        asked = reverse(name, args=args.get(name, [laid.citizen.pk] if name == "jobs_for" else []))
        assert browser.get(asked).status_code in (403, 404), name
    for page in ("our_cards", "our_introductions", "our_openings", "home"):
        text = browser.get(reverse(page)).content.decode()
        for word in ("as_is", "with_support", str(laid.citizen.pk), str(far.citizen.pk), "diagnos"):
            assert word not in text.lower(), (page, word)


def test_somebody_who_has_left_the_company_reads_nothing() -> None:
    laid = Laid()
    former = employers.employer_user(company=laid.at.company, name="Ole Ovn", until_on="2026-01-01")
    browser = accounts.log_in(Client(), former)
    for name, key in (
        ("our_card", laid.at.card.pk),
        ("our_card_pdf", laid.at.card.pk),
        ("our_introduction", laid.meeting.pk),
        ("our_agreement", laid.version.pk),
        ("our_agreement_pdf", laid.version.pk),
        ("our_agreement_sign", laid.version.pk),
    ):
        for answer in (browser.get(reverse(name, args=[key])), browser.post(reverse(name, args=[key]), SENT)):
            assert answer.status_code in (302, 403, 404, 405) and "Anna" not in answer.content.decode(), name
