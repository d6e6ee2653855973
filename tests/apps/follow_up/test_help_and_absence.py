"""Help in its order and its time, sick leave without a cause, signals answered, the rhythm set."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.models import Case
from jobbro.apps.follow_up.answers import Answers
from jobbro.apps.follow_up.enums import SignalDeed, TalkParty
from jobbro.apps.follow_up.models import HelpRequest, SickLeave, SignalAnswer
from jobbro.apps.follow_up.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.follow_up.selectors.signals import standing_signals, watch_page
from jobbro.apps.follow_up.services import help as helping
from jobbro.apps.follow_up.services.rhythms import RhythmDraft, set_rhythm
from jobbro.apps.follow_up.services.sick_leave import SickDraft, change_sick_leave, note_sick_leave
from jobbro.apps.follow_up.services.signals import answer_signal
from jobbro.apps.follow_up.stamps import seen_sick_leave
from jobbro.engines.follow_up import after_workdays
from tests.factories import accounts, cases, follow_up
from tests.factories.accounts import acting
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()


@pytest.fixture
def at() -> follow_up.Work:
    return follow_up.work()


def ask(at: follow_up.Work, user, *, words: str = "Jeg kan ikke nå det.") -> HelpRequest:
    with acting(user) as actor:
        return helping.ask_help(actor=actor, placement_id=at.placement.pk, words=words, at=NOW, on=TODAY)


def away(user) -> None:
    run(
        "insert into teams_absence (id, user_id, kind, from_on, noted_by_id, noted_at)"
        " values (gen_random_uuid(), $1::uuid, 'away', current_date - 1, $1::uuid, now())",
        value=user.pk,
    )


def test_help_is_to_be_answered_within_the_municipalitys_time_and_the_contact_person_is_told(at) -> None:
    row = ask(at, at.at.citizen.user)
    assert (row.party, row.answer_by) == (TalkParty.CITIZEN, after_workdays(TODAY, count=1))
    (message,) = rows_of("select * from outbox_message")
    assert (message.kind, str(message.user_id)) == ("help_asked", str(at.at.broker.pk))
    follow_up.rhythm(municipality=at.at.citizen.municipality_id, by=at.at.broker, from_on=TODAY)
    assert ask(at, at.at.employer).answer_by == after_workdays(TODAY, count=2)


def test_who_is_away_stands_last_and_the_buddy_is_told(at) -> None:
    buddy = accounts.employee(role=Role.JOB_BROKER, team=at.at.team, name="Ea Makker")
    with acting(at.at.broker):
        case = Case.objects.get()
    cases.member(case=case, user=buddy, role=MemberRole.BUDDY)
    with acting(at.at.citizen.user):
        order = helping.answerers_of(citizen_id=at.at.citizen.pk)
    assert [(one.name, one.part) for one in order] == [("Jonas Bro", "lead"), ("Ea Makker", "buddy")]
    away(at.at.broker)
    ask(at, at.at.citizen.user)
    with acting(at.at.employer):
        assert [one.name for one in helping.answerers_of(citizen_id=at.at.citizen.pk)] == ["Ea Makker", "Jonas Bro"]
    (message,) = rows_of("select * from outbox_message")
    assert str(message.user_id) == str(buddy.pk)


def test_when_everybody_is_away_the_team_is_told(at) -> None:
    away(at.at.broker)
    mates = [accounts.employee(role=Role.CASEWORKER, team=at.at.team, name=name) for name in ("A", "B")]
    ask(at, at.at.citizen.user)
    told = {str(row.user_id) for row in rows_of("select * from outbox_message")}
    assert told == {str(mate.pk) for mate in mates}


def test_a_stranger_is_told_nothing_about_who_answers(at) -> None:
    other = follow_up.work()
    for user in (other.at.broker, other.at.employer, other.at.citizen.user):
        with acting(user):
            assert helping.answerers_of(citizen_id=at.at.citizen.pk) == ()


def test_help_is_answered_once_with_what_was_done(at) -> None:
    row = ask(at, at.at.employer)
    with acting(at.at.broker) as actor:
        answer = {"actor": actor, "help_id": row.pk, "at": NOW, "on": TODAY}
        with pytest.raises(Refused, match="needed"):
            helping.answer_help(**answer, text=" ")
        done = helping.answer_help(**answer, text="Vi mødes tirsdag.")
        assert (done.done_by_id, done.done_text) == (actor.id, "Vi mødes tirsdag.")
        with pytest.raises(Changed):
            helping.answer_help(**answer, text="En gang til.")
    for user in (at.at.citizen.user, at.at.employer):
        with acting(user) as actor, pytest.raises(PermissionDenied):
            helping.answer_help(actor=actor, help_id=row.pk, text="Selv", at=NOW, on=TODAY)


def test_staff_ask_a_colleague_and_a_stranger_asks_about_nobody(at) -> None:
    with acting(at.at.broker) as actor, pytest.raises(PermissionDenied):
        helping.ask_help(actor=actor, placement_id=at.placement.pk, words="", at=NOW, on=TODAY)
    other = follow_up.work()
    for user in (other.at.employer, other.at.citizen.user):
        with acting(user) as actor, pytest.raises(NotThere):
            helping.ask_help(actor=actor, placement_id=at.placement.pk, words="", at=NOW, on=TODAY)


def note(at: follow_up.Work, first: int, last: int | None = None, *, user=None, **more) -> SickLeave:
    with acting(user or at.at.broker) as actor:
        draft = SickDraft(
            from_on=TODAY + timedelta(days=first),
            until_on=None if last is None else TODAY + timedelta(days=last),
            **more,
        )
        return note_sick_leave(actor=actor, placement_id=at.placement.pk, draft=draft, at=NOW, on=TODAY)


def test_sick_leave_is_noted_by_staff_and_by_the_citizen(at) -> None:
    note(at, -20, -18)
    note(at, -5, user=at.at.citizen.user)
    with acting(at.at.citizen.user):
        assert SickLeave.objects.count() == 2
    with acting(at.at.employer):
        assert SickLeave.objects.count() == 0
    columns = {
        row.column_name
        for row in rows_of(
            "select column_name from information_schema.columns where table_name = $1", value="follow_up_sickleave"
        )
    }
    assert not columns & {"cause", "reason", "diagnosis", "illness"}


@pytest.mark.parametrize(("first", "last"), [(-20, -18), (-22, -20), (-18, None), (-30, None), (-19, -19)])
def test_days_that_overlap_are_refused_with_the_other_days(at, first: int, last: int | None) -> None:
    kept = note(at, -20, -18)
    with pytest.raises(Refused, match="overlap") as caught:
        note(at, first, last)
    assert caught.value.values == {"from_on": kept.from_on, "until_on": kept.until_on}


@pytest.mark.parametrize(("first", "last"), [(-24, -21), (-17, None), (-17, -10)])
def test_days_beside_each_other_are_two_sick_leaves(at, first: int, last: int | None) -> None:
    note(at, -20, -18)
    note(at, first, last)
    with acting(at.at.broker):
        assert SickLeave.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "last", "more", "code"),
    [
        (-3, -4, {}, "days"),
        (-101, None, {}, "before_job"),
        (400, None, {}, "far"),
        (0, 500, {}, "far"),
        (0, None, {"partial_from": TODAY}, "partial"),
        (0, None, {"partial_hours": Decimal(4)}, "partial"),
        (0, None, {"partial_from": TODAY - timedelta(days=1), "partial_hours": Decimal(4)}, "partial_days"),
        (0, None, {"partial_from": TODAY, "partial_hours": Decimal(0)}, "hours"),
        (0, None, {"partial_from": TODAY, "partial_hours": Decimal(49)}, "hours"),
        (0, None, {"partial_from": TODAY, "partial_hours": Decimal("1.234")}, "hours"),
        (0, None, {"partial_from": TODAY, "partial_hours": Decimal("NaN")}, "hours"),
        (0, None, {"plan": "x" * 2001}, "too_long"),
        (0, None, {"plan": "010190-1234"}, "cpr"),
    ],
)
def test_what_is_no_sick_leave_is_refused(at, first: int, last: int | None, more: dict, code: str) -> None:
    with pytest.raises(Refused) as caught:
        note(at, first, last, **more)
    assert caught.value.code == code


def test_the_way_back_has_hours_a_plan_and_an_end(at) -> None:
    row = note(at, -20)
    draft = SickDraft(from_on=row.from_on, partial_from=TODAY, partial_hours=Decimal("4.5"), plan="Onsdag og torsdag.")
    change = {"sick_leave_id": row.pk, "draft": draft, "at": NOW, "on": TODAY}
    with acting(at.at.citizen.user) as anna:
        changed = change_sick_leave(actor=anna, **change, seen=seen_sick_leave(row))
        assert changed.partial_hours == Decimal("4.5")
        with pytest.raises(Changed):
            change_sick_leave(actor=anna, **change, seen=seen_sick_leave(row))
    other = follow_up.work()
    with acting(other.at.broker) as stranger, pytest.raises(NotThere):
        change_sick_leave(actor=stranger, **change, seen=seen_sick_leave(changed))


def test_a_job_that_has_ended_has_no_new_sick_leave(at) -> None:
    follow_up.ended(at)
    with pytest.raises(NotNow):
        note(at, -3)


def test_the_company_notes_no_sick_leave(at) -> None:
    with pytest.raises(PermissionDenied):
        note(at, -3, user=at.at.employer)


def fell(at: follow_up.Work) -> None:
    for days, level in ((90, 4), (60, 3), (9, 2)):
        follow_up.talk(at=at, due_on=TODAY - timedelta(days=days), answers=Answers(areas={"standing": level}))


def answered(at: follow_up.Work, **changes) -> SignalAnswer:
    with acting(at.at.broker) as actor:
        _placement, (signal, *_rest) = standing_signals(actor=actor, placement_id=at.placement.pk, on=TODAY)
        values = {
            "code": signal.code,
            "key": signal.key,
            "deed": SignalDeed.ACTED,
            "text": "Vi har bestilt en stol.",
            "sentence": "Det er blevet sværere.",
            **changes,
        }
        return answer_signal(actor=actor, placement_id=at.placement.pk, at=NOW, on=TODAY, **values)


def test_a_signal_is_answered_and_quiet_until_there_is_something_new(at) -> None:
    fell(at)
    row = answered(at)
    assert (row.code, row.rule_version) == ("harder_twice", "2026-11-22")
    with acting(at.at.broker) as actor:
        _placement, standing = standing_signals(actor=actor, placement_id=at.placement.pk, on=TODAY)
        assert standing == ()
    with pytest.raises(Changed):
        answered_again(at, row)
    follow_up.talk(at=at, due_on=TODAY - timedelta(days=1), answers=Answers(areas={"standing": 1}))
    with acting(at.at.broker) as actor:
        _placement, standing = standing_signals(actor=actor, placement_id=at.placement.pk, on=TODAY)
        assert [one.code for one in standing] == ["harder_twice"]


def answered_again(at: follow_up.Work, row: SignalAnswer) -> None:
    with acting(at.at.broker) as actor:
        answer_signal(
            actor=actor,
            placement_id=at.placement.pk,
            code=row.code,
            key=row.key,
            deed=SignalDeed.SEEN,
            text="",
            sentence="",
            at=NOW,
            on=TODAY,
        )


def test_having_done_something_says_what(at) -> None:
    fell(at)
    with pytest.raises(Refused, match="needed"):
        answered(at, text="")
    assert answered(at, deed=SignalDeed.SEEN, text="").text == ""


def test_the_team_sees_own_or_everybodys(at) -> None:
    fell(at)
    mate = accounts.employee(role=Role.CASEWORKER, team=at.at.team, name="Ea Kollega")
    with acting(mate) as actor:
        assert watch_page(actor=actor, is_mine=True, on=TODAY).watched == ()
        (one,) = watch_page(actor=actor, is_mine=False, on=TODAY).watched
        assert [signal.code for signal in one.signals] == ["harder_twice"]
    with acting(at.at.citizen.user) as anna, pytest.raises(PermissionDenied):
        watch_page(actor=anna, is_mine=False, on=TODAY)


GOOD = RhythmDraft(from_on=TODAY, steps=("14d", "2m"), then_months=3, answer_days=2, link_days=7)


def test_the_rhythm_is_set_by_team_leads_from_a_day_on(at) -> None:
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=at.at.team.unit, name="Lis Leder")
    code = at.at.citizen.municipality_id
    with acting(lead) as actor:
        assert set_rhythm(actor=actor, municipality=code, draft=GOOD, at=NOW, on=TODAY).steps == ["14d", "2m"]
        for name, value, refused in (
            ("steps", ("2m", "14d"), "steps"),
            ("from_on", TODAY - timedelta(days=1), "past"),
            ("answer_days", 11, "answer_days"),
            ("link_days", 1, "link_days"),
            ("then_months", 25, "then_months"),
        ):
            draft = RhythmDraft(**{**vars(GOOD), name: value})
            with pytest.raises(Refused, match=refused):
                set_rhythm(actor=actor, municipality=code, draft=draft, at=NOW, on=TODAY)
        with pytest.raises(PermissionDenied):
            set_rhythm(actor=actor, municipality="9999", draft=GOOD, at=NOW, on=TODAY)
    with acting(at.at.broker) as actor, pytest.raises(PermissionDenied):
        set_rhythm(actor=actor, municipality=code, draft=GOOD, at=NOW, on=TODAY)
