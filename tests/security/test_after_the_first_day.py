"""The wall around talks, help, sick leave and links, with the application's own filters left out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import enter
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.follow_up.answers import Answers
from jobbro.apps.follow_up.enums import LinkState, TalkChannel, TalkParty, TalkState
from jobbro.apps.follow_up.models import HelpRequest, Rhythm, SickLeave, SignalAnswer, Talk, TalkLink
from jobbro.apps.follow_up.services import links
from tests.factories import accounts, follow_up
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
TABLES = (Talk, TalkLink, HelpRequest, SickLeave, SignalAnswer)
GOOD = Answers(overall=2, words="Noget privat.")


@pytest.fixture
def at() -> follow_up.Work:
    """A job with something of everything on it."""
    work = follow_up.work()
    mine = follow_up.talk(at=work, due_on=TODAY - timedelta(days=9))
    follow_up.talk(at=work, due_on=TODAY - timedelta(days=40), answers=GOOD)
    follow_up.talk(at=work, due_on=TODAY - timedelta(days=9), party=TalkParty.EMPLOYER, answers=Answers(overall=4))
    follow_up.link(talk=mine, by=work.at.broker)
    follow_up.help_request(at=work)
    follow_up.help_request(at=work, party=TalkParty.EMPLOYER)
    follow_up.sick_leave(at=work, from_on=TODAY - timedelta(days=3))
    follow_up.signal_answer(at=work, code="hard_now", key="x")
    return work


def counts(user: User) -> dict[str, int]:
    with accounts.acting(user):
        return {model.__name__: model.objects.count() for model in TABLES}


def refused(user: User, act: Callable[[], object]) -> None:
    with accounts.acting(user), pytest.raises(DatabaseError), transaction.atomic():
        act()


def changes_nothing(user: User, act: Callable[[], int]) -> None:
    """Refused, or there was no row to change."""
    with accounts.acting(user):
        try:
            with transaction.atomic():
                assert act() == 0
        except DatabaseError:
            pass


def test_each_sees_what_is_theirs(at) -> None:
    every = {"Talk": 3, "TalkLink": 1, "HelpRequest": 2, "SickLeave": 1, "SignalAnswer": 1}
    assert counts(at.at.broker) == every
    assert counts(at.at.citizen.user) == every
    assert counts(at.at.employer) == {**dict.fromkeys(every, 0), "Talk": 1, "HelpRequest": 1}
    with accounts.acting(at.at.employer):
        assert {talk.party for talk in Talk.objects.all()} == {TalkParty.EMPLOYER}
        assert {row.party for row in HelpRequest.objects.all()} == {TalkParty.EMPLOYER}
    other = follow_up.work()
    for stranger in (other.at.broker, other.at.citizen.user, other.at.employer):
        assert counts(stranger) == dict.fromkeys(every, 0)


def own_talk(at: follow_up.Work, user: User, **fields: object) -> Talk:
    values = {"party": TalkParty.CITIZEN, "channel": TalkChannel.HERE, "due_on": TODAY, "made_by_id": user.pk, **fields}
    return Talk(
        citizen_id=at.at.citizen.pk,
        company_id=at.at.company.pk,
        placement_id=at.placement.pk,
        asked={"areas": [], "measures": [], "answer_days": 1},
        asked_at=timezone.now(),
        **values,
    )


@pytest.mark.parametrize(
    ("who", "fields"),
    [
        ("citizen", {"party": TalkParty.EMPLOYER}),
        ("employer", {"party": TalkParty.CITIZEN}),
        ("citizen", {"noted_by": "Jonas Bro"}),
        ("citizen", {"channel": TalkChannel.HELD}),
        ("employer", {"party": TalkParty.EMPLOYER, "channel": TalkChannel.HELD}),
        ("citizen", {"read_at": timezone.now()}),
    ],
)
def test_nobody_answers_for_the_other(at, who: str, fields: dict[str, object]) -> None:
    user = at.at.citizen.user if who == "citizen" else at.at.employer
    refused(user, lambda: own_talk(at, user, **fields).save(force_insert=True))


def test_nobody_writes_in_another_name_or_about_another_job(at) -> None:
    anna, other = at.at.citizen.user, follow_up.work()
    refused(anna, lambda: own_talk(at, at.at.broker).save(force_insert=True))
    refused(other.at.broker, lambda: own_talk(at, other.at.broker).save(force_insert=True))
    strange = own_talk(at, at.at.broker)
    strange.placement_id = other.placement.pk
    refused(at.at.broker, lambda: strange.save(force_insert=True))


def test_what_was_answered_stands(at) -> None:
    told = {"state": TalkState.ANSWERED}
    for user in (at.at.broker, at.at.citizen.user, at.at.employer):
        changes_nothing(user, lambda: Talk.objects.filter(**told).update(answers={"overall": 0}))
        changes_nothing(user, lambda: Talk.objects.filter(**told).update(state=TalkState.BEGUN, answered_at=None))
        changes_nothing(user, lambda: Talk.objects.all()._raw_delete(Talk.objects.db))
    changes_nothing(
        at.at.citizen.user,
        lambda: Talk.objects.filter(**told).update(read_at=timezone.now(), read_by_id=at.at.broker.pk),
    )
    changes_nothing(
        at.at.broker,
        lambda: Talk.objects.filter(**told).update(read_at=timezone.now(), read_by_id=at.at.employer.pk),
    )
    assert {row.answers.get("overall") for row in rows_of("select * from follow_up_talk where state = 'answered'")} == {
        2,
        4,
    }


def test_links_are_sent_and_stopped_by_those_who_help_only(at) -> None:
    for user in (at.at.citizen.user, at.at.employer):
        changes_nothing(user, lambda: TalkLink.objects.update(state=LinkState.REPLACED))
    with accounts.acting(at.at.broker):
        with pytest.raises(DatabaseError), transaction.atomic():
            TalkLink.objects.update(token_hash=b"x" * 32)
        with pytest.raises(DatabaseError), transaction.atomic():
            TalkLink.objects.update(until_at=timezone.now() + timedelta(days=900))


def test_help_is_answered_by_those_who_help_in_their_own_name(at) -> None:
    done = {"done_text": "Ja.", "done_at": timezone.now()}
    for user in (at.at.citizen.user, at.at.employer):
        changes_nothing(user, lambda: HelpRequest.objects.update(**done, done_by_id=at.at.broker.pk))
        changes_nothing(user, lambda: HelpRequest.objects.update(answer_by=TODAY + timedelta(days=90)))
    changes_nothing(at.at.broker, lambda: HelpRequest.objects.update(**done, done_by_id=at.at.employer.pk))
    with accounts.acting(at.at.broker):
        assert HelpRequest.objects.update(**done, done_by_id=at.at.broker.pk) == 2
    changes_nothing(at.at.broker, lambda: HelpRequest.objects.update(done_text="Nej."))


def test_the_company_reads_and_writes_no_sick_leave_and_no_signal(at) -> None:
    bente = at.at.employer
    leave = SickLeave(
        citizen_id=at.at.citizen.pk,
        company_id=at.at.company.pk,
        placement_id=at.placement.pk,
        from_on=TODAY + timedelta(days=9),
        until_on=TODAY + timedelta(days=9),
        noted_by_id=bente.pk,
        noted_at=timezone.now(),
        changed_at=timezone.now(),
    )
    refused(bente, lambda: leave.save(force_insert=True))
    changes_nothing(bente, lambda: SickLeave.objects.update(until_on=TODAY))
    seen = SignalAnswer(
        citizen_id=at.at.citizen.pk,
        placement_id=at.placement.pk,
        code="hard_now",
        key="y",
        rule_version="1",
        sentence="A.",
        deed="seen",
        made_by_id=at.at.citizen.user_id,
        made_at=timezone.now(),
    )
    refused(at.at.citizen.user, lambda: seen.save(force_insert=True))


def test_two_sick_leaves_never_overlap_whoever_writes(at) -> None:
    again = SickLeave(
        citizen_id=at.at.citizen.pk,
        company_id=at.at.company.pk,
        placement_id=at.placement.pk,
        from_on=TODAY,
        until_on=TODAY,
        noted_by_id=at.at.broker.pk,
        noted_at=timezone.now(),
        changed_at=timezone.now(),
    )
    refused(at.at.broker, lambda: again.save(force_insert=True))


def test_the_rhythm_is_set_by_those_who_lead(at) -> None:
    row = Rhythm(
        municipality_id=at.at.citizen.municipality_id,
        from_on=TODAY,
        steps=["7d"],
        then_months=0,
        answer_days=1,
        link_days=7,
        set_by_id=at.at.broker.pk,
        set_at=timezone.now(),
    )
    refused(at.at.broker, lambda: row.save(force_insert=True))


def as_nobody() -> None:
    enter(actor_id=None, request_id=uuid7())


def asked(statement: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchone()[0]


def test_without_login_a_link_opens_one_talk_and_nothing_else(at) -> None:
    as_nobody()
    assert {model: model.objects.count() for model in TABLES} == dict.fromkeys(TABLES, 0)
    links.begin_link(token=follow_up.TOKEN, browser="b", address="10.0.0.1", at=timezone.now())
    shown = links.open_link(token=follow_up.TOKEN, browser="b")
    assert "Noget privat." not in str(shown)
    assert at.at.citizen.family_name not in str(shown)
    assert (shown.title, shown.name) == ("", "")
    assert {model: model.objects.count() for model in TABLES} == dict.fromkeys(TABLES, 0)
    assert asked("select app_actor()") is None


@pytest.mark.parametrize(
    "call",
    [
        "select follow_up_link_row(%s::bytea)",
        "select follow_up_answerers_of('00000000-0000-7000-8000-000000000001'::uuid) where %s::bytea is not null",
        "select follow_up_as_machine() where %s::bytea is not null",
    ],
)
def test_the_inner_functions_are_out_of_reach(at, call: str) -> None:
    as_nobody()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        asked(call, b"x")


def test_the_answers_of_a_link_are_answers_and_not_anything(at) -> None:
    as_nobody()
    links.begin_link(token=follow_up.TOKEN, browser="b", address="10.0.0.1", at=timezone.now())
    here = [links.token_hash(follow_up.TOKEN), links.browser_hash("b")]
    for bad in ("[]", '"x"', '{"words": "' + "x" * 20_001 + '"}'):
        with pytest.raises(DatabaseError), transaction.atomic():
            asked("select follow_up_link_save(%s::bytea, %s::bytea, %s::jsonb)", *here, bad)
    with pytest.raises(DatabaseError), transaction.atomic():
        asked("select follow_up_link_begin(%s::bytea, %s::bytea)", here[0], b"kort")


def test_who_answers_is_told_to_the_browser_that_sent_and_to_nobody_before(at) -> None:
    as_nobody()
    ask = "select count(*) from follow_up_link_answerers(%s::bytea, %s::bytea)"
    here = [links.token_hash(follow_up.TOKEN), links.browser_hash("b")]
    links.begin_link(token=follow_up.TOKEN, browser="b", address="10.0.0.1", at=timezone.now())
    assert asked(ask, *here) == 0
    answers = Answers(overall=1, wants_talk=True)
    links.send_link_answers(token=follow_up.TOKEN, browser="b", answers=answers, at=timezone.now(), on=TODAY)
    assert asked(ask, *here) == 1
    assert asked(ask, here[0], links.browser_hash("c")) == 0


def test_a_company_that_has_closed_answers_no_more_by_link(at) -> None:
    talk = follow_up.talk(at=at, due_on=TODAY - timedelta(days=1), party=TalkParty.EMPLOYER)
    follow_up.link(talk=talk, by=at.at.broker, token="virksomhedens")
    as_nobody()
    assert links.open_link(token="virksomhedens", browser="b").standing == "open"
    run("update employers_company set state = 'closed' where id = $1::uuid", value=at.at.company.pk)
    as_nobody()
    assert links.open_link(token="virksomhedens", browser="b").standing == "over"
