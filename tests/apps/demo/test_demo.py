"""The demo: the same on every machine, consistent with the engines, without a diagnosis, and behind the wall."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.utils import timezone

from jobbro.apps.accounts.actor import actor_of
from jobbro.apps.accounts.enums import Kind, Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.applications.enums import ClaimState
from jobbro.apps.applications.enums import State as ApplicationState
from jobbro.apps.applications.models import Application, Claim, Decision, Negotiation, Vacancy
from jobbro.apps.audit import seals
from jobbro.apps.audit.context import acting_as
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.enums import State as CaseState
from jobbro.apps.cases.models import BreakGlass, Case, CaseMember, Note
from jobbro.apps.citizens.cpr import Cpr
from jobbro.apps.citizens.models import Citizen, Consent
from jobbro.apps.employers.enums import NeedState, PartnerState, PromiseState
from jobbro.apps.employers.models import Company, ContactPerson, Promise, RecruitmentNeed, Talk, Workplace
from jobbro.apps.employers.numbers import read_cvr
from jobbro.apps.guidance.facts import newest_told, standing_facts
from jobbro.apps.guidance.kept import facts_from_kept, kept_answers
from jobbro.apps.guidance.models import GuidanceAnswer, KnownFacts, ToldFact
from jobbro.apps.guidance.reading import read_standing
from jobbro.apps.organisations.models import Municipality, Team, Unit, UnitMunicipality
from jobbro.apps.plans.enums import ActionState
from jobbro.apps.plans.enums import State as PlanState
from jobbro.apps.plans.facts import agreed_needs, decision_shown
from jobbro.apps.plans.models import Action, Plan, SupportDecision
from jobbro.apps.plans.support_selectors import Choice, outlook_of
from jobbro.apps.screening.enums import State as DialogueState
from jobbro.apps.screening.facts import agreed_form, answer_fact, profile_from_json, profile_json
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from jobbro.cli.demo.content import CONTENT, danish_municipalities, personas
from jobbro.cli.demo.loading import PASSWORD, core_rows, demo_usernames, load_demo, load_rows
from jobbro.cli.demo.writing import TABLES, Rows, columns_of
from jobbro.engines import needs
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.schemes.explaining import explain
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import AREAS

TODAY = date(2026, 11, 20)
# Encrypted or hashed with keys of this installation.
LOCAL = {"cpr_cipher", "cpr_key"}
DIAGNOSES = (
    "diagnos|autis|adhd|asperger|depress|angst|ptsd|skizo|bipolar|dysleks|ordblind|epilep|sclerose|parkinson|gigt|artrit|"
    "diabet|kræft\\b|kræftsyg|cancer|hjernerystelse|hjerneskade|blodprop|apopleks|demens|stammer|spastisk|cerebral|downs|migræne|"
    "slidgigt|diskus|prolaps|fibromyalgi|astma|allergi|\\bkol\\b|udviklingshæm|handicap|invalid|stress-?ramt|borderline"
)


@cache
def rows() -> Rows:
    return core_rows(size=300, password="!", today=TODAY)


def plain(found: Rows) -> list[list[object]]:
    return [
        [
            table.__name__,
            *(write(getattr(row, name)) for column, name, write in columns_of(table) if column not in LOCAL),
        ]
        for table in TABLES
        for row in found.of(table)
    ]


def answers_by_dialogue() -> dict[object, list[Answer]]:
    grouped: dict[object, list[Answer]] = {}
    for row in rows().of(Answer):
        grouped.setdefault(row.dialogue_id, []).append(row)
    return grouped


def test_the_same_day_gives_the_same_rows() -> None:
    again = core_rows(size=300, password="!", today=TODAY)
    assert plain(again) == plain(rows())
    assert [look.at for look in again.looks] == [look.at for look in rows().looks]
    assert again.events == rows().events


def test_no_id_is_given_twice() -> None:
    ids = [row.pk for table in TABLES for row in rows().of(table)]
    ids += [row.pk for number in (0, 1) for t in TABLES for row in _load(number).of(t) if t is not Municipality]
    assert len(set(ids)) == len(ids)


@cache
def _load(number: int) -> Rows:
    return load_rows(number=number, citizens=40, password="!", today=TODAY)


def test_everything_has_happened_before_today() -> None:
    moments = [row.answered_at for row in rows().of(Answer)] + [row.written_at for row in rows().of(Note)]
    moments += [row.decided_at for row in rows().of(SupportDecision)] + [look.at for look in rows().looks]
    moments += [row.finished_at for row in rows().of(Dialogue) if row.finished_at]
    moments += [row.staff_agreed_at for row in rows().of(Agreement) if row.staff_agreed_at]
    assert max(timezone.localdate(moment) for moment in moments) < TODAY


def test_one_thing_follows_from_the_other() -> None:
    agreed = {row.pk: row for row in rows().of(Agreement)}
    for decision in rows().of(SupportDecision):
        assert agreed[decision.agreement_id].staff_agreed_at <= decision.decided_at
    decided = {row.pk: row for row in rows().of(SupportDecision)}
    for plan in rows().of(Plan):
        assert plan.staff_agreed_at is None or decided[plan.decision_id].decided_at <= plan.staff_agreed_at


def test_counts_are_those_of_the_issue() -> None:
    assert len(rows().of(Municipality)) == 3
    staff = [user for user in rows().of(User) if user.kind == Kind.STAFF]
    assert len(staff) == 25
    assert {position.role for position in rows().of(Position)} == set(Role)
    assert len(rows().of(Citizen)) == 300
    served = [row.unit_id for row in rows().of(UnitMunicipality)]
    assert any(served.count(unit.pk) == 2 for unit in rows().of(Unit))
    assert len({position.user_id for position in rows().of(Position)}) == 25
    assert len(rows().of(Position)) > 25
    assert any(position.until_on for position in rows().of(Position))
    assert len(rows().of(Team)) >= 8


def test_the_way_is_shared_as_wanted() -> None:
    total = 300
    agreed_plans = [plan for plan in rows().of(Plan) if plan.state in (PlanState.AGREED, PlanState.CLOSED)]
    states = [dialogue.state for dialogue in rows().of(Dialogue)]
    assert 0.35 <= len(agreed_plans) / total <= 0.45
    assert 0.12 <= (states.count(DialogueState.AGREED) - len(rows().of(Plan))) / total <= 0.18
    assert 0.2 <= states.count(DialogueState.OPEN) / total <= 0.3
    assert 0.03 <= states.count(DialogueState.FINISHED) / total <= 0.07
    assert 0.1 <= (total - len(states)) / total <= 0.2


def test_every_situation_is_there() -> None:
    cases, citizens = rows().of(Case), rows().of(Citizen)
    assert {case.state for case in cases} == set(CaseState)
    assert {member.role for member in rows().of(CaseMember)} == set(MemberRole)
    assert {action.state for action in rows().of(Action)} == set(ActionState)
    assert any(case.next_step_on == TODAY for case in cases)
    assert any(case.next_step_on and case.next_step_on < TODAY for case in cases)
    assert any(case.last_step_on < TODAY - timedelta(days=21) for case in cases)
    assert any(citizen.is_protected for citizen in citizens)
    assert any(citizen.interpreter == "Dansk tegnsprog" for citizen in citizens)
    assert any(citizen.companion for citizen in citizens)
    assert any(citizen.is_easy for citizen in citizens)
    assert {user.language for user in rows().of(User)} == {"da", "en"}
    assert {bool(consent.withdrawn_at) for consent in rows().of(Consent)} == {True, False}
    assert {note.is_shared for note in rows().of(Note)} == {True, False}
    assert {bool(access.review) for access in rows().of(BreakGlass)} == {True, False}
    assert {bool(look.question.answer) for look in rows().looks if look.question} == {True, False}


def test_every_answer_can_be_kept() -> None:
    guide = needs.load_guide()
    for row in rows().of(Answer):
        assert needs.check_answer(guide.topic(row.topic), answer_fact(row)) == (), (row.topic, row.words)


def test_dialogues_stand_where_the_guide_says() -> None:
    guide, answers = needs.load_guide(), answers_by_dialogue()
    for dialogue in rows().of(Dialogue):
        said = [answer_fact(row) for row in answers[dialogue.pk]]
        assert (needs.next_topic(guide, said) is None) == (dialogue.state != DialogueState.OPEN)
        for at in range(1, len(said)):
            if said[at].said_by == "citizen":
                assert needs.next_topic(guide, said[:at]) == said[at].topic


def test_agreements_are_what_the_app_would_have_kept() -> None:
    answers = answers_by_dialogue()
    for agreement in rows().of(Agreement):
        profile, _ids = agreed_form(answers=[answer_fact(row) for row in answers[agreement.dialogue_id]])
        assert agreement.profile == profile_json(profile, guide_version=needs.guide_version())
        assert profile_from_json(agreement.profile).capacity == profile.capacity


def test_decisions_are_those_of_the_engine() -> None:
    agreements = {row.pk: row for row in rows().of(Agreement)}
    for decision in rows().of(SupportDecision):
        found = agreed_needs(agreements[decision.agreement_id])
        choice = Choice(
            occupations=tuple(decision.occupations),
            measures=tuple(decision.measures),
            declined=tuple(decision.declined),
        )
        outlook = outlook_of(needs=found, choice=choice)
        assert decision.explanation["proposed"] == list(outlook.proposal.smallest.codes)
        assert outlook.is_as_proposed or decision.reason
        assert decision_shown(decision, decided_by="").codes == tuple(decision.measures)


def test_facts_are_what_the_services_would_have_kept() -> None:
    package, known = load_package(), {row.citizen_id: row for row in rows().of(KnownFacts)}
    assert len(known) == len(rows().of(Citizen))
    told: dict[object, list[ToldFact]] = {}
    for row in rows().of(ToldFact):
        told.setdefault(row.citizen_id, []).append(row)
    assert len(told) > 100
    for citizen_id, mine in told.items():
        standing = standing_facts(told=newest_told(rows=mine, package=package), prefilled={}, on=TODAY)
        assert read_standing(standing, package=package, on=TODAY).left_out == ()
        for code, fact in standing.items():
            assert getattr(known[citizen_id], code) is not None
            assert not code.startswith("assessed_") or (fact.note and fact.source == "assessed")


def test_kept_guidance_comes_out_the_same() -> None:
    package, kept = load_package(), rows().of(GuidanceAnswer)
    assert len(kept) > 5
    for row in kept:
        reading = read_standing(facts_from_kept(row.facts, package=package), package=package, on=row.decision_on)
        assert kept_answers(explain(reading.facts, package=package, on=row.decision_on)) == row.answers


def test_choosing_another_way_leaves_nothing_more_open() -> None:
    agreements = {row.pk: row for row in rows().of(Agreement)}
    for decision in rows().of(SupportDecision):
        found = agreed_needs(agreements[decision.agreement_id])
        choice = Choice(occupations=tuple(decision.occupations), measures=tuple(decision.measures))
        assert set(outlook_of(needs=found, choice=choice).left) <= set(decision.explanation["left"])


def test_applications_stand_everywhere_on_their_way() -> None:
    found = rows().of(Application)
    assert {row.state for row in found} == set(ApplicationState)
    assert all(row.form for row in found if row.sent_on)
    assert all(row.sent_on <= row.received_on <= TODAY for row in found if row.received_on)
    sent = {row.pk: row.sent_on for row in found}
    assert all(sent[row.application_id] <= row.decided_on <= TODAY for row in rows().of(Decision))
    assert {row.state for row in rows().of(Claim)} == {ClaimState.ENTERED, ClaimState.PAID}
    negotiated = {row.vacancy_id for row in rows().of(Negotiation)}
    assert negotiated == {row.pk for row in rows().of(Vacancy) if row.negotiated_on}


def test_companies_are_what_the_services_would_have_kept() -> None:
    companies = rows().of(Company)
    assert {company.state for company in companies} == set(PartnerState)
    assert {company.municipality_id for company in companies} == {"9901", "9902", "9903"}
    assert all(read_cvr(company.cvr) == company.cvr and company.cvr.startswith("99") for company in companies)
    assert {promise.state for promise in rows().of(Promise)} == set(PromiseState)
    assert any(promise.state == PromiseState.OPEN and promise.due_on < TODAY for promise in rows().of(Promise))
    assert {need.state for need in rows().of(RecruitmentNeed)} >= {NeedState.OPEN, NeedState.MET}
    assert all(need.occupation in occupations() for need in rows().of(RecruitmentNeed) if need.occupation)
    offered = {measure for place in rows().of(Workplace) for measure in place.measures}
    assert offered <= {entry.code for entry in catalogue().entries}
    assert max(talk.held_on for talk in rows().of(Talk)) < TODAY


def test_personas_speak_of_every_area() -> None:
    assert len(personas()) >= 14
    assert {area.area for persona in personas() for area in persona.areas} == set(AREAS)


def test_citizens_do_not_read_as_copies() -> None:
    told: dict[object, str] = {}
    for row in rows().of(Answer):
        told[row.dialogue_id] = told.get(row.dialogue_id, "") + row.words
    whole = [told[agreement.dialogue_id] for agreement in rows().of(Agreement)]
    assert len(set(whole)) == len(whole)


def test_nothing_names_a_diagnosis() -> None:
    for path in CONTENT.rglob("*.yaml"):
        found = re.findall(rf"\b\w*(?:{DIAGNOSES})\w*", path.read_text(encoding="utf-8"), flags=re.IGNORECASE)
        assert not found, (path.name, found)


def sentences() -> Iterator[tuple[str, str]]:
    for persona in personas():
        lists = [*persona.talk.values(), *persona.choice_words.values()]
        lists += [texts for area in persona.areas for texts in (area.words, area.helps)]
        lists += [texts for goal in persona.goals for texts in (goal.words, *(step.went for step in goal.steps))]
        yield from ((persona.code, text) for texts in lists for text in texts if text)


def test_words_are_whole_sentences() -> None:
    for code, text in sentences():
        assert re.fullmatch(r'["A-ZÆØÅ0-9].*[.!?]"?', text), (code, text)


def test_numbers_belong_to_nobody() -> None:
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    for row in rows().of(Citizen):
        cpr = Cpr.decrypted(row.cpr_cipher)
        assert sum(int(digit) * weight for digit, weight in zip(cpr.digits, weights, strict=True)) % 11
        assert 1960 <= cpr.born_on.year <= 2006
        assert cpr.digits[:4] != "0101"


def test_the_list_of_municipalities_is_whole() -> None:
    codes = [code for code, _name, _region in danish_municipalities()]
    assert len(set(codes)) == 98
    assert codes == sorted(codes)


def test_a_municipality_of_the_load_set_has_every_role() -> None:
    loaded = _load(0)
    assert {position.role for position in loaded.of(Position)} == set(Role)
    assert len(loaded.of(Citizen)) == 40


@pytest.mark.django_db(transaction=True)
def test_the_demo_is_loaded_once_behind_the_wall(capsys: pytest.CaptureFixture[str]) -> None:
    load_demo(size=300)
    load_demo(size=300)
    printed = capsys.readouterr().out
    assert all(printed.count(f"\n{name} ") == 2 for name in demo_usernames())
    assert seals.verify() == ()
    _sees_own_team()
    _sees_only_themselves()
    _sees_only_the_own_company()
    _logs_in()


def _sees_own_team() -> None:
    """Without any filter of the application: the team's caseload, and those around whom Mette is today."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("select id from account_for_login('mette.sagsbehandler')")
        user_id = cursor.fetchone()[0]
    with acting_as(user_id):
        on = timezone.localdate()
        actor = actor_of(user=User.objects.get(pk=user_id), on=on)
        team = actor.positions[0].team_id
        around = set(CaseMember.objects.standing(on=on).filter(user_id=user_id).values_list("citizen_id", flat=True))
        for case in Case.objects.all():
            assert case.team_id == team or case.citizen_id in around
        assert Case.objects.filter(team_id=team).count() > 20
        assert set(Citizen.objects.values_list("municipality_id", flat=True)) == {"9901"}


def _sees_only_the_own_company() -> None:
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("select id from account_for_login('bente.bager')")
        user_id = cursor.fetchone()[0]
    with acting_as(user_id):
        actor = actor_of(user=User.objects.get(pk=user_id), on=timezone.localdate())
        assert [company.pk for company in Company.objects.all()] == list(actor.companies)
        assert {contact.name for contact in ContactPerson.objects.all()} == {"Bente Bager", "Oluf Rugaard"}
        assert all(talk.is_shared for talk in Talk.objects.all())
        assert not Citizen.objects.exists()


def _sees_only_themselves() -> None:
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("select id from account_for_login('frederik.borger')")
        user_id = cursor.fetchone()[0]
    with acting_as(user_id):
        assert [citizen.name for citizen in Citizen.objects.all()] == ["Frederik Ørum"]
        assert Plan.objects.get().state == PlanState.AGREED


def _logs_in() -> None:
    for name in ("lone.teamleder", "anna.borger"):
        with acting_as(None):
            assert authenticate(None, username=name, password=PASSWORD) is not None


def test_content_stands_beside_the_code() -> None:
    assert (Path(CONTENT).parent / "municipalities.csv").exists()
