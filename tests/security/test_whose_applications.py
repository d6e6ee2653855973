"""Facts and applications: what nobody writes, whatever statement the application role sends in their name."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.applications.enums import State, VacancyState
from jobbro.apps.applications.models import Claim, Decision, Document, Negotiation
from jobbro.apps.guidance import services
from jobbro.apps.guidance.enums import FactSource, Standing
from jobbro.apps.guidance.models import GuidanceAnswer, KnownFacts, ToldFact
from jobbro.apps.guidance.refusals import Refused
from jobbro.apps.guidance.services import FactDraft
from tests.factories import accounts, applications, cases, citizens, guidance, organisations

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
UNTOUCHED = {
    "guidance_toldfact": "note = 'x'",
    "guidance_guidanceanswer": "note = 'x'",
    "applications_decision": "outcome = 'refused'",
    "applications_negotiation": "employer_said = 'x'",
    "audit_change": "at = now()",
    "audit_event": "at = now()",
    "audit_look": "at = now()",
}
NEVER_DELETED = (
    *(table for table in UNTOUCHED),
    *("guidance_knownfacts", "applications_application", "applications_document", "applications_vacancy"),
    "applications_claim",
)


@pytest.fixture
def citizen():
    team = organisations.team()
    made = citizens.citizen(team=team, has_login=True)
    made.staff = accounts.employee(team=team)
    return made


def _refused(act) -> None:
    with pytest.raises(DatabaseError, match=r"row-level security|permission denied"), transaction.atomic():
        act()


def _sends(statement: str, *values: object):
    return lambda: connection.cursor().execute(statement, values)


def _fact(citizen, *, by, **changes) -> ToldFact:
    told = {"code": "unemployed", "value": True, "source": FactSource.DECLARED, "note": "x"} | changes
    return ToldFact(citizen=citizen, standing=Standing.TOLD, observed_on=TODAY, told_by=by, told_at=NOW, **told)


def _adds(row):
    return lambda: row.save(force_insert=True)


# ---- Facts ----


def test_a_citizen_tells_in_their_own_name_and_assesses_nothing(citizen) -> None:
    judgement = {"code": "assessed_disability", "source": FactSource.ASSESSED}
    with accounts.acting(citizen.user):
        _refused(_adds(_fact(citizen, by=citizen.user, **judgement)))
        _refused(_adds(_fact(citizen, by=citizen.user, source=FactSource.REGISTER)))
        _refused(_adds(_fact(citizen, by=citizen.user, source=FactSource.DOCUMENTED)))
        _refused(_adds(_fact(citizen, by=citizen.staff)))
        _adds(_fact(citizen, by=citizen.user))()
    broker = accounts.employee(role=Role.JOB_BROKER, team=citizen.case.team)
    with accounts.acting(broker):
        _refused(_adds(_fact(citizen, by=broker, **judgement)))


@pytest.mark.parametrize("source", [FactSource.REGISTER, FactSource.DOCUMENTED, FactSource.ASSESSED])
def test_the_service_refuses_a_citizen_every_other_source(citizen, source: FactSource) -> None:
    with accounts.acting(citizen.user) as actor, pytest.raises(Refused, match="source"):
        draft = FactDraft(code="unemployed", value=True, source=source, note="x")
        services.tell_fact(actor=actor, citizen_id=citizen.pk, draft=draft, seen=None, at=NOW, on=TODAY)


def test_nobody_tells_in_the_name_of_a_register(citizen) -> None:
    with accounts.acting(citizen.staff) as actor, pytest.raises(Refused, match="source"):
        draft = FactDraft(code="unemployed", value=True, source=FactSource.REGISTER)
        services.tell_fact(actor=actor, citizen_id=citizen.pk, draft=draft, seen=None, at=NOW, on=TODAY)


def test_a_judgement_stands_in_the_known_facts_only_as_it_was_told(citizen) -> None:
    guidance.known_facts(citizen=citizen)
    broker = accounts.employee(role=Role.JOB_BROKER, team=citizen.case.team)
    for user in (citizen.user, broker):
        with accounts.acting(user):
            _refused(_sends("update guidance_knownfacts set assessed_disability = true"))
            _sends("update guidance_knownfacts set unemployed = true, assessed_disability = null")()
    guidance.told_fact(citizen=citizen, by=citizen.staff, code="assessed_disability", value=True)
    with accounts.acting(citizen.user):
        _refused(_sends("update guidance_knownfacts set assessed_disability = false"))
        _sends("update guidance_knownfacts set assessed_disability = true")()


def test_a_citizens_first_fact_brings_no_judgement_along(citizen) -> None:
    with accounts.acting(citizen.user):
        _refused(_adds(KnownFacts(citizen=citizen, known_at=NOW, assessed_disability=True)))


def test_guidance_is_kept_by_employees_in_their_own_name(citizen) -> None:
    parts = {"package_hash": "0" * 64, "decision_on": TODAY, "facts": {}, "answers": [], "kept_at": NOW}
    with accounts.acting(citizen.user):
        _refused(_adds(GuidanceAnswer(citizen=citizen, kept_by=citizen.user, **parts)))
    with accounts.acting(citizen.staff):
        _refused(_adds(GuidanceAnswer(citizen=citizen, kept_by=citizen.user, **parts)))
        _adds(GuidanceAnswer(citizen=citizen, kept_by=citizen.staff, **parts))()


# ---- Applications ----


def _decision(application, *, citizen, by, outcome="granted") -> Decision:
    days = {"decided_on": TODAY, "received_on": TODAY, "recorded_at": NOW}
    return Decision(citizen=citizen, application=application, outcome=outcome, recorded_by=by, **days)


def test_nothing_hangs_on_the_application_of_somebody_else(citizen) -> None:
    far = citizens.citizen(team=organisations.team())
    writer = accounts.employee(team=far.case.team)
    theirs = applications.granted(citizen=far, staff=writer)
    post = applications.vacancy(citizen=far, noted_by=writer, state=VacancyState.ACCOUNT_SENT)
    minutes = {"held_on": TODAY, "way": "phone", "participants": ["a", "b"], "recorded_at": NOW}
    words = {"employer_said": "x", "municipality_said": "x"}
    with accounts.acting(citizen.staff):
        _refused(_adds(_decision(theirs, citizen=citizen, by=citizen.staff)))
        _refused(_adds(Document(citizen=citizen, application=theirs, title="x")))
        _refused(_adds(Claim(citizen=citizen, application=theirs, year=2026, quarter=2, hours_used=1)))
        _refused(_adds(Negotiation(citizen=citizen, vacancy=post, recorded_by=citizen.staff, **minutes, **words)))


def test_a_citizen_decides_acknowledges_and_claims_nothing(citizen) -> None:
    row = applications.application(citizen=citizen, started_by=citizen.staff, state=State.ACKNOWLEDGED)
    granted = applications.granted(citizen=citizen, staff=citizen.staff)
    with accounts.acting(citizen.user):
        for change in (
            *("decide_by = '2026-01-01'", "received_on = '2026-03-05'", "wanted = 'x'", "forwarded_on = now()"),
            *("state = 'more_wanted'", "state = 'complained', complained_on = now()", "form = '[]'", "values = '{}'"),
            *("scheme = 'mentor'", "started_by_id = null", "id = gen_random_uuid()"),
        ):
            _refused(_sends(f"update applications_application set {change} where id = %s", row.pk))
        _refused(_adds(_decision(row, citizen=citizen, by=citizen.user)))
        _refused(_adds(Claim(citizen=citizen, application=granted, year=2026, quarter=2, hours_used=1)))
        _adds(_decision(row, citizen=citizen, by=citizen.user, outcome="withdrawn"))()


def test_what_was_sent_stands_for_employees_too(citizen) -> None:
    row = applications.application(citizen=citizen, started_by=citizen.staff, state=State.SENT)
    with accounts.acting(citizen.staff):
        for change in ("form = '[]'", "form = null", "values = '{}'", "sent_on = '2026-01-01'", "channel = 'paper'"):
            _refused(_sends(f"update applications_application set {change} where id = %s", row.pk))


def test_a_post_is_not_released_before_the_law_lets_it(citizen) -> None:
    row = applications.vacancy(citizen=citizen, noted_by=citizen.staff)
    for user in (citizen.user, citizen.staff):
        with accounts.acting(user), pytest.raises(DatabaseError, match="vacancy_on_hold"), transaction.atomic():
            _sends("update applications_vacancy set state = 'vacancy_released' where id = %s", row.pk)()


def test_a_key_person_reads(citizen) -> None:
    key = accounts.employee(role=Role.KEY_PERSON, unit=citizen.case.team.unit)
    cases.member(case=citizen.case, user=key)
    row = applications.application(citizen=citizen, started_by=citizen.staff, state=State.ACKNOWLEDGED)
    guidance.known_facts(citizen=citizen, unemployed=True)
    with accounts.acting(key):
        _refused(_adds(_fact(citizen, by=key)))
        _refused(_sends("update guidance_knownfacts set unemployed = false"))
        _refused(_sends("update applications_application set wanted = 'x'"))
        _refused(_adds(_decision(row, citizen=citizen, by=key)))


# ---- What stays ----


@pytest.mark.parametrize("table", NEVER_DELETED)
def test_nobody_deletes_history_or_what_it_is_about(citizen, table: str) -> None:
    with accounts.acting(accounts.employee(role=Role.TEAM_LEAD, team=citizen.case.team)):
        _refused(_sends(f"delete from {table}"))
        _refused(_sends(f"truncate {table} cascade"))
        if table in UNTOUCHED:
            _refused(_sends(f"update {table} set {UNTOUCHED[table]}"))


def test_no_trigger_and_no_policy_is_switched_off(citizen) -> None:
    with accounts.acting(citizen.staff):
        for statement in (
            "alter table guidance_toldfact disable trigger all",
            "alter table applications_application disable row level security",
            "drop policy counting on guidance_knownfacts",
            "set session_replication_role = replica",
        ):
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
                _sends(statement)()
