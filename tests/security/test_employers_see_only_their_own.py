"""Somebody at a company opens every address of the house: only the company's own pages answer."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import Company, ContactPerson, Workplace
from jobbro.apps.follow_up.enums import TalkParty
from jobbro.apps.jobs.models import CarvedFor, CarvedJob, Carving, CarvingPerson, Holder, HolderWage, Opening, Task
from jobbro.apps.matching.models import Card
from jobbro.apps.placements.models import AgreementVersion, Introduction
from tests.factories import (
    accounts,
    cards,
    citizens,
    employers,
    follow_up,
    jobs,
    matching,
    meetings,
    openings,
    placements,
)
from tests.factories.rows import rows_of, write
from tests.house.addresses import Address, addresses

pytestmark = pytest.mark.django_db
PAGES = Path(__file__).parents[1] / "house" / "pages.txt"
TODAY = timezone.localdate()
# Whatever the company's own people may open when every id in the address is their own company's.
OWN = {
    *("home", "our_company", "our_need_add", "our_need_end", "our_proposals", "our_proposal", "our_proposal_decline"),
    *("employer_guides", "employer_guide", "carved_job_pdf", "password_change", "occupations_search"),
    *("tasks", "task_add", "task", "task_demand", "task_remove", "task_suggestions", "task_library"),
    *("tasks_import", "tasks_export", "holders", "holder_add", "holder_change"),
    *("our_cards", "our_card", "our_card_pdf"),
    *("our_openings", "opening", "opening_add", "opening_change", "opening_demand", "opening_state", "posting_upload"),
    *("our_introductions", "our_introduction", "our_introduction_calendar"),
    *("our_agreement", "our_agreement_pdf"),
    *("our_onboarding", "our_follow_up", "talk_own", "talk_sent", "help_request"),
    *("meetings", "meeting_booked", "meeting_ics", "my_messages", "calendar_feed_make"),
}
# Arguments that say whose something is.
THEIRS = {
    *("workplace_id", "task_id", "holder_id", "job_id", "need_id"),
    *("opening_id", "card_id", "proposal_id", "introduction_id", "version_id"),
    *("placement_id", "onboarding_task_id", "help_id", "meeting_id", "seat_id"),
}
# Their own too, but a page leads on until there is something to show or a form to receive, or asks for which job.
LEADS_ON = {
    *("our_proposal_answered", "task_restore", "task_confirm", "our_agreement_sign"),
    *("our_onboarding_done", "calendar_feed_drop", "meeting_answer", "help_ask"),
}
# Open to the whole world.
OPEN = {
    *(
        "accessibility",
        "help",
        "privacy",
        "health",
        "employer_support",
        "data_sources",
        "open_guide",
        "scheme",
        "schemes",
    ),
    *("how_matching_works", "public_jobs", "public_job", "self_check", "self_check_result"),
}
# A job that a company makes public names the company to the whole world.
PUBLIC = {"public_jobs", "public_job"}

# The open guide begins on its own page.
_QUESTIONS = ("open_guide_questions", "open_guide_results")


@dataclass(frozen=True)
class Side:
    """A company with something on every page, and a citizen whom its job is for."""

    company: Company
    place: Workplace
    holder: Holder
    task: Task
    job: CarvedJob
    opening: Opening
    card: Card
    introduction: Introduction
    version: AgreementVersion
    carving: Carving
    citizen: Citizen
    contact_id: UUID
    need_id: UUID
    promise_id: UUID
    agreement_id: UUID
    user: User
    placement_id: UUID
    onboarding_task_id: UUID
    help_id: UUID
    meeting_id: UUID
    seat_id: UUID


def _side(*, name: str) -> Side:
    broker = employers.job_broker()
    company = employers.company(broker=broker, name=name)
    citizen = citizens.citizen(team=company.team, lead=broker, family_name="Hemmelig", has_login=True)
    place = employers.workplace(company=company)
    holder = jobs.holder(workplace=place, hourly="210")
    task = jobs.confirmed_task(workplace=place, holder=holder)
    job = jobs.carved_job(workplace=place, tasks=(task,))
    carving = write(
        Carving(
            company=company,
            workplace=place,
            started_by=broker,
            started_at=jobs.WRITTEN,
            seconds=5,
            workplace_input={},
            input_digest="x",
        )
    )
    write(CarvingPerson(citizen=citizen, carving=carving, key="p1", person_input={}))
    write(CarvedFor(citizen=citizen, job=job, chosen_by=broker, chosen_at=jobs.WRITTEN))
    user = employers.employer_user(company=company)
    opening = openings.opening(workplace=place, is_public=True)
    proposal = matching.proposal(citizen=citizen, by=broker, opening=opening)
    card = cards.card(proposal=proposal, by=citizen.user)
    table = placements.Table(
        team=company.team,
        broker=broker,
        citizen=citizen,
        company=company,
        employer=user,
        proposal=proposal,
        card=card,
    )
    introduction = placements.held(at=table)
    placement = placements.running(at=table)
    placements.onboarding(at=table, placement=placement)
    work = follow_up.Work(at=table, placement=placement)
    with acting_as(user.pk):
        contact = ContactPerson.objects.select_related("user").get(user=user)
        version = AgreementVersion.objects.get(placement=placement)
    meeting = meetings.meeting(
        citizen=citizen, by=broker, company=company, contact=contact, starts_at=timezone.now() + timedelta(days=2)
    )
    (seat,) = rows_of(
        "select id from meetings_meetingparticipant where meeting_id = $1::uuid and party = 'company'", value=meeting.pk
    )
    return Side(
        company=company,
        place=place,
        holder=holder,
        task=task,
        job=job,
        opening=opening,
        card=card,
        introduction=introduction,
        version=version,
        placement_id=placement.pk,
        onboarding_task_id=placements.onboarding_task(at=table, placement=placement).pk,
        help_id=follow_up.help_request(at=work, party=TalkParty.EMPLOYER).pk,
        meeting_id=meeting.pk,
        seat_id=UUID(seat.id),
        carving=carving,
        citizen=citizen,
        contact_id=employers.contact(company=company, name="Ole Ovn", is_first=False).pk,
        need_id=employers.need(company=company).pk,
        promise_id=employers.promise(company=company, due_on=TODAY).pk,
        agreement_id=employers.agreement(company=company).pk,
        user=user,
    )


def _path(address: Address, side: Side) -> str:
    values = {
        "company_id": side.company.pk,
        "workplace_id": side.place.pk,
        "holder_id": side.holder.pk,
        "task_id": side.task.pk,
        "job_id": side.job.pk,
        "opening_id": side.opening.pk,
        "card_id": side.card.pk,
        "proposal_id": side.card.proposal_id,
        "introduction_id": side.introduction.pk,
        "version_id": side.version.pk,
        "carving_id": side.carving.pk,
        "citizen_id": side.citizen.pk,
        "contact_id": side.contact_id,
        "need_id": side.need_id,
        "promise_id": side.promise_id,
        "agreement_id": side.agreement_id,
        "placement_id": side.placement_id,
        "onboarding_task_id": side.onboarding_task_id,
        "help_id": side.help_id,
        "meeting_id": side.meeting_id,
        "seat_id": side.seat_id,
        "team_id": side.company.team_id,
        "unit_id": side.company.team.unit_id,
        "user_id": side.company.broker_id,
        "guide": "find_the_right_help",
        "scheme": "paragraf_56",
        "quarter": "2026-3",
        "number": 1,
        "fact": "work_form",
        "topic": "hopes",
        "kind": "citizens",
        "make": "csv",
        "code": side.company.municipality_id,
        "step": "finish",
        "turn": "invite",
        "stage": "send",
        "deed": "agree",
        "turning": "close",
        "move": "close",
    }
    for value in (uuid7(), 7, "x"):
        arguments = {name: values.get(name, value) for name in address.arguments}
        try:
            return reverse(address.name, kwargs=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(f"no address for {address.name} {address.arguments}")


def _walk(user: User, side: Side) -> dict[str, tuple[int, str]]:
    browser = accounts.log_in(Client(raise_request_exception=False), user)
    answers = {}
    for address in addresses():
        if address.name in ("logout", "oidc_start", "oidc_return"):
            continue
        answer = browser.get(_path(address, side))
        answers[address.name] = (answer.status_code, b"".join(answer).decode("utf-8", "replace"))
    return answers


def test_only_the_companys_own_pages_open_and_none_tells_of_a_citizen() -> None:
    ours = _side(name="Bageriet Kornblomst")
    answers = _walk(ours.user, ours)
    opened = {name for name, (status, _text) in answers.items() if status == 200}
    assert opened == OWN | OPEN
    led_on = {name for name, (status, _text) in answers.items() if status in (301, 302)}
    assert led_on <= LEADS_ON | {"login", "first_password", "set_language", "set_easy", "talk_stop", *_QUESTIONS}
    assert [name for name, (_status, text) in answers.items() if "Hemmelig" in text] == []
    assert [name for name, (status, _text) in answers.items() if status >= 500] == []


def test_another_companys_pages_are_not_there() -> None:
    ours, theirs = _side(name="Bageriet Kornblomst"), _side(name="Gartneriet Grøn Tommel")
    answers = _walk(ours.user, theirs)
    opened = {name for name, (status, _text) in answers.items() if status == 200}
    # Guides are the same for every company.
    the_same_for_all = {name for name in OWN if not _arguments(name)} | {"employer_guide"}
    assert opened == the_same_for_all | OPEN
    named = {name for name, (_status, text) in answers.items() if "Grøn Tommel" in text}
    assert named == PUBLIC
    assert [name for name, (_status, text) in answers.items() if "Hemmelig" in text] == []
    assert [name for name, (status, _text) in answers.items() if status >= 500] == []


def _arguments(name: str) -> tuple[str, ...]:
    return next(address.arguments for address in addresses() if address.name == name)


def test_the_table_of_pages_says_the_same() -> None:
    lines = [line.split(" | ") for line in PAGES.read_text(encoding="utf-8").splitlines()[1:]]
    allowed = {name for name, rule, *_rest in lines if "employer" in rule.split(" or ")}
    assert allowed - LEADS_ON == OWN - {"home", "password_change"}


def test_nothing_is_written_for_another_company() -> None:
    ours, theirs = _side(name="Bageriet Kornblomst"), _side(name="Gartneriet Grøn Tommel")
    tables = (
        *("jobs_task", "jobs_holder", "jobs_carvedjob", "jobs_carvedtask", "employers_recruitmentneed", "jobs_opening"),
        *("matching_proposal", "matching_card", "citizens_consent", "placements_introduction", "placements_said"),
        *("placements_placement", "placements_agreementversion", "placements_signature"),
    )
    count = "select md5(string_agg(t::text, '' order by t::text)) as all from {} t"
    before = [rows_of(count.format(table))[0] for table in tables]
    browser = accounts.log_in(Client(raise_request_exception=False), ours.user)
    sent = {
        "name": "Bente",
        "words": "Nej",
        "seen": "x",
        "title": "Hænder",
        "places": "1",
        "state": "met",
        "hours": "2",
    }
    for address in addresses():
        if set(address.arguments) & THEIRS:
            answer = browser.post(_path(address, theirs), sent)
            assert answer.status_code in (403, 404, 405), (address.name, answer.status_code)
    answer = browser.post(f"{reverse('our_need_add')}?company={theirs.company.pk}", sent)
    assert answer.status_code == 404
    assert [rows_of(count.format(table))[0] for table in tables] == before


def test_the_wall_itself_shows_no_person_and_no_search() -> None:
    ours = _side(name="Bageriet Kornblomst")
    with acting_as(ours.user.pk):
        hidden = (Citizen, CarvedFor, CarvingPerson, Carving, HolderWage)
        assert {model.__name__: model.objects.count() for model in hidden} == {model.__name__: 0 for model in hidden}
        assert (CarvedJob.objects.count(), Task.objects.count()) == (1, 1)


def test_a_password_is_guessed_as_slowly_as_that_of_staff() -> None:
    company = employers.company()
    bente = employers.employer_user(company=company, password=accounts.PASSWORD)
    browser = Client()
    for _ in range(5):
        assert browser.post(reverse("login"), {"username": bente.username, "password": "forkert"}).status_code == 422
    answer = browser.post(reverse("login"), {"username": bente.username, "password": accounts.PASSWORD})
    assert answer.status_code == 429
    assert "_auth_user_id" not in browser.session
