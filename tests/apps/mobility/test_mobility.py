"""Between jobs: confidential wishes, notices with their steps, what a job has taught, and nobody out of sight."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.jobs.models import WorkWish
from jobbro.apps.mobility.enums import ChangeKind, ChangeWhen, NoticeBasis, ObservationState, Source, WishEnd
from jobbro.apps.mobility.models import ChangeWish, Experience, LastStep, Notice, Observation
from jobbro.apps.mobility.needs_doing import needs_doing
from jobbro.apps.mobility.proposing import FILE, proposed_steps, read_steps
from jobbro.apps.mobility.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.mobility.selectors.pages import job_start, mobility_page, notice_page
from jobbro.apps.mobility.services import experience, notices, wishes
from jobbro.apps.mobility.services.experience import ObservationDraft
from jobbro.apps.mobility.services.notices import NoticeDraft
from jobbro.apps.mobility.services.passing import end_passed_jobs
from jobbro.apps.mobility.services.wishes import ChangeDraft
from jobbro.apps.mobility.stamps import seen_change_wish, seen_notice, seen_observation, seen_step
from jobbro.apps.placements.enums import EndedBy, EndReason, PlacementState
from jobbro.apps.placements.models import Ending, Placement
from jobbro.kernel.strict_yaml import ContentError
from tests.factories import accounts, mobility, placements
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db

TODAY, NOW = timezone.localdate(), timezone.now()
TABLES = (ChangeWish, Notice, LastStep, Experience, Observation)


@pytest.fixture
def at() -> placements.Table:
    return placements.table()


@pytest.fixture
def running(at) -> Placement:
    return placements.running(at=at)


# The wish


def wish(user: User, at: placements.Table, *, seen: str = "", **fields: object) -> ChangeWish:
    values = {"kinds": (ChangeKind.MORE_HOURS,), "soon": ChangeWhen.SOON, **fields}
    with accounts.acting(user) as actor:
        return wishes.tell_change_wish(
            actor=actor, citizen_id=at.citizen.pk, draft=ChangeDraft(**values), seen=seen, at=NOW, on=TODAY
        )


def test_a_wish_is_told_talked_about_and_comes_about(at, running) -> None:
    first = wish(at.citizen.user, at)
    assert first.placement_id == running.pk
    with pytest.raises(Changed):
        wish(at.citizen.user, at, kinds=(ChangeKind.LEARN,))
    second = wish(at.citizen.user, at, kinds=(ChangeKind.LEARN, ChangeKind.MORE_HOURS), seen=seen_change_wish(first))
    with accounts.acting(at.broker) as actor:
        assert [row.ended_as for row in ChangeWish.objects.order_by("told_at", "pk")] == [WishEnd.WITHDRAWN, ""]
        talked = wishes.talk_about_wish(
            actor=actor,
            citizen_id=at.citizen.pk,
            answer="Vi taler med Bente om to timer mere.",
            seen=seen_change_wish(second),
            on=TODAY,
        )
    with accounts.acting(at.citizen.user) as actor:
        with pytest.raises(PermissionDenied):
            wishes.talk_about_wish(actor=actor, citizen_id=at.citizen.pk, answer="X", seen="", on=TODAY)
        ended = wishes.end_change_wish(
            actor=actor,
            citizen_id=at.citizen.pk,
            ended_as=WishEnd.FULFILLED,
            seen=seen_change_wish(talked),
            on=TODAY,
        )
        assert ended.ended_on == TODAY
        with pytest.raises(NotNow):
            wishes.end_change_wish(actor=actor, citizen_id=at.citizen.pk, ended_as=WishEnd.WITHDRAWN, seen="", on=TODAY)


@pytest.mark.parametrize(
    ("who", "fields", "code"),
    [
        ("citizen", {"kinds": ()}, "kinds"),
        ("citizen", {"kinds": (ChangeKind.OTHER,)}, "needed"),
        ("citizen", {"words": "010203-1234"}, "cpr"),
        ("broker", {}, "needed"),
    ],
)
def test_a_wish_that_says_too_little_is_refused(at, who: str, fields: dict, code: str) -> None:
    user = at.citizen.user if who == "citizen" else at.broker
    with pytest.raises(Refused, match=code):
        wish(user, at, **fields)


def test_staff_write_a_wish_with_a_reason_and_strangers_none(at) -> None:
    assert wish(at.broker, at, on_behalf="Anna sagde det ved mødet.").on_behalf == "Anna sagde det ved mødet."
    other = placements.table()
    with pytest.raises(NotThere):
        wish(other.broker, at, on_behalf="X")
    for user in (other.citizen.user, at.employer):
        with pytest.raises(PermissionDenied):
            wish(user, at)


def everything(at: placements.Table, running: Placement) -> None:
    mobility.change_wish(at=at)
    told = mobility.notice(at=at, placement=running)
    mobility.last_step(notice=told, at=at)
    mobility.observation(at=at, placement=running)
    write_down(at.citizen.user, running)


def test_no_company_reads_any_of_it(at, running) -> None:
    everything(at, running)
    with accounts.acting(at.citizen.user):
        assert [model.objects.count() for model in TABLES] == [1] * 5
    with accounts.acting(at.broker):
        assert [model.objects.count() for model in TABLES] == [1] * 5
    other = placements.table()
    for user in (at.employer, other.employer, other.broker, other.citizen.user):
        with accounts.acting(user) as actor:
            assert [model.objects.count() for model in TABLES] == [0] * 5
            assert mobility_page(actor=actor, citizen_id=at.citizen.pk, on=TODAY) is None
            assert job_start(actor=actor, placement_id=running.pk, on=TODAY) is None


def test_the_company_writes_none_of_it(at, running) -> None:
    everything(at, running)
    for statement in (
        "update mobility_changewish set answer = 'X'",
        "update mobility_notice set last_on = last_on + 1",
        "update mobility_laststep set done_on = current_date",
        "delete from mobility_experience",
        "update mobility_observation set state = 'agreed'",
    ):
        with accounts.acting(at.employer), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(statement)
            except DatabaseError:
                continue
            assert cursor.rowcount == 0
    row = ChangeWish(
        citizen_id=at.citizen.pk, kinds=["learn"], soon="soon", told_by_id=at.employer.pk, told_at=NOW, on_behalf="X"
    )
    run("update mobility_changewish set ended_on = current_date, ended_as = 'withdrawn'")
    with accounts.acting(at.employer), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


# The notice


def draft(**fields: object) -> NoticeDraft:
    values = {
        "given_by": EndedBy.EMPLOYER,
        "reason": EndReason.NO_WORK,
        "given_on": TODAY,
        "last_on": TODAY + timedelta(days=40),
        "basis": NoticeBasis.LETTER,
        "period_text": "En måned til udgangen af en måned",
        **fields,
    }
    return NoticeDraft(**values)


def note(user: User, running: Placement, **fields: object) -> Notice:
    with accounts.acting(user) as actor:
        return notices.note_notice(actor=actor, placement_id=running.pk, draft=draft(**fields), at=NOW, on=TODAY)


def test_a_notice_lays_out_what_is_done_until_the_last_day(at, running) -> None:
    for user in (at.broker, at.citizen.user):
        told = note(user, running)
        with accounts.acting(at.broker) as actor:
            page = notice_page(actor=actor, notice_id=told.pk, on=TODAY)
            assert page is not None
            days = [line.row.due_on for line in page.steps]
            assert days == sorted(days)
            assert days[0] >= TODAY
            assert days[-1] == told.last_on + timedelta(days=1)
            assert {"talk", "search", "wish", "reference", "after"} <= {line.row.code for line in page.steps}
        with pytest.raises(NotNow):
            note(at.broker, running)
        with accounts.acting(at.broker) as actor:
            notices.withdraw_notice(
                actor=actor, notice_id=told.pk, reason="Der er arbejde igen.", seen=seen_notice(told), at=NOW, on=TODAY
            )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"given_on": TODAY + timedelta(days=1)}, "given_ahead"),
        ({"given_on": TODAY, "last_on": TODAY - timedelta(days=1)}, "last_before"),
        ({"given_on": TODAY - timedelta(days=9), "last_on": TODAY - timedelta(days=1)}, "last_past"),
        ({"last_on": TODAY + timedelta(days=2000)}, "last_far"),
        ({"reason": EndReason.OTHER}, "needed"),
        ({"note": "010203-1234"}, "cpr"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(at, running, fields: dict, code: str) -> None:
    with pytest.raises(Refused, match=code):
        note(at.broker, running, **fields)


def test_steps_move_with_the_last_day_and_are_ticked_by_whose_they_are(at, running) -> None:
    told = note(at.broker, running)
    with accounts.acting(at.broker) as actor:
        before = {row.code: row for row in LastStep.objects.all()}
        notices.change_notice(
            actor=actor,
            notice_id=told.pk,
            draft=draft(last_on=told.last_on + timedelta(days=30)),
            seen=seen_notice(told),
            at=NOW + timedelta(minutes=1),
            on=TODAY,
        )
        after = {row.code: row for row in LastStep.objects.all()}
    assert after["after"].due_on == before["after"].due_on + timedelta(days=30)
    assert after["reference"].due_on > before["reference"].due_on
    assert after["talk"].due_on == before["talk"].due_on
    with accounts.acting(at.citizen.user) as actor:
        with pytest.raises((PermissionDenied, NotThere)):
            notices.finish_last_step(
                actor=actor, step_id=after["talk"].pk, seen=seen_step(after["talk"]), at=NOW, on=TODAY
            )
        done = notices.finish_last_step(
            actor=actor, step_id=after["wish"].pk, seen=seen_step(after["wish"]), at=NOW, on=TODAY
        )
        assert done.done_on == TODAY
        with pytest.raises(NotNow):
            notices.finish_last_step(actor=actor, step_id=done.pk, seen=seen_step(done), at=NOW, on=TODAY)
    with accounts.acting(at.broker) as actor, pytest.raises(Refused, match="needed"):
        notices.drop_last_step(
            actor=actor, step_id=after["talk"].pk, reason="", seen=seen_step(after["talk"]), at=NOW, on=TODAY
        )
    with pytest.raises(NotThere):
        note(at.employer, running)
    with pytest.raises(NotThere):
        note(placements.table().broker, running)


def test_steps_stand_between_today_and_the_day_after_the_last() -> None:
    for ahead in (-3, 0, 1, 5, 200):
        last = TODAY + timedelta(days=ahead)
        for step in proposed_steps(given_on=TODAY - timedelta(days=20), last_on=last, on=TODAY):
            assert TODAY <= step.due_on <= max(TODAY, last + timedelta(days=1))
            assert (
                step.due_on.weekday() < 5
                or step.code in ("goodbye", "after")
                or step.due_on in (TODAY, last, max(TODAY, last + timedelta(days=1)))
            )


@pytest.mark.parametrize(("old", "new"), [("from: last", "from: first"), ("- code: wish", "- code: talk")])
def test_steps_that_are_wrong_are_refused(tmp_path, old: str, new: str) -> None:
    wrong = tmp_path / "steps.yaml"
    wrong.write_text(FILE.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError):
        read_steps(wrong)


def pass_days() -> int:
    with acting_as(SYSTEM_ACTOR):
        return end_passed_jobs(on=TODAY, at=NOW)


def test_a_job_ends_when_its_last_day_has_passed_and_not_before(at, running) -> None:
    told = mobility.notice(at=at, placement=running, last_on=TODAY, note="Færre kunder.")
    assert pass_days() == 0
    run("update mobility_notice set given_on = given_on - 9, last_on = last_on - 1 where id = $1::uuid", value=told.pk)
    assert pass_days() == 1
    assert pass_days() == 0
    with accounts.acting(at.broker):
        ending = Ending.objects.get()
        now = Placement.objects.get()
    assert (now.state, now.ended_on) == (PlacementState.ENDED, TODAY - timedelta(days=1))
    assert (ending.reason, ending.decided_by, ending.note) == ("no_work", "employer", "Færre kunder.")
    assert ending.written_by_id is None
    events = rows_of(
        "select id from audit_event where verb = 'placement_ended' and citizen_id = $1::uuid", value=at.citizen.pk
    )
    assert len(events) == 1


def test_a_withdrawn_notice_ends_nothing_and_an_agreed_time_ends(at) -> None:
    running = placements.running(at=at)
    mobility.notice(
        at=at,
        placement=running,
        last_on=TODAY - timedelta(days=1),
        withdrawn_on=TODAY - timedelta(days=2),
        withdrawn_reason="Der er arbejde igen.",
    )
    other = placements.table()
    placements.running(at=other, ends_on=TODAY - timedelta(days=1))
    third = placements.table()
    still = placements.running(at=third, ends_on=TODAY - timedelta(days=1))
    placements.agreement(at=third, placement=still, number=2, ends_on=None)
    assert pass_days() == 1
    assert placements.placement_now(at.proposal.pk).state == PlacementState.AGREED
    assert placements.placement_now(other.proposal.pk).state == PlacementState.ENDED
    assert placements.placement_now(third.proposal.pk).state == PlacementState.AGREED


# What the job has taught


def write_down(
    user: User, running: Placement, *, skills: tuple[str, ...] = ("Pakke brød",), why: str = ""
) -> Experience:
    with accounts.acting(user) as actor:
        experience.write_experience(
            actor=actor, placement_id=running.pk, skills=skills, on_behalf=why, at=NOW, on=TODAY
        )


def test_what_the_citizen_takes_along_stands_in_the_work_wish(at, running) -> None:
    write_down(at.citizen.user, running, skills=("Pakke brød", "Pakke  brød", " "))
    with accounts.acting(at.broker):
        row = WorkWish.objects.get()
        assert (row.skills, row.slots, row.hours_max) == (["Pakke brød"], ["mon_am", "tue_am", "wed_am"], 8)
    write_down(at.broker, running, skills=("Truckcertifikat",), why="Anna sagde det i telefonen.")
    with accounts.acting(at.citizen.user):
        assert WorkWish.objects.get().skills == ["Pakke brød", "Truckcertifikat"]
        assert Experience.objects.count() == 2
    for user, why, skills, code in (
        (at.broker, "", ("X",), "needed"),
        (at.citizen.user, "", (" ",), "skills_none"),
        (at.citizen.user, "", ("x" * 61,), "too_long"),
    ):
        with pytest.raises(Refused, match=code):
            write_down(user, running, skills=skills, why=why)
    with pytest.raises(NotThere):
        write_down(at.employer, running)


def test_without_wish_and_half_days_there_is_nothing_to_begin_from(at) -> None:
    running = placements.running(at=at, slots=[])
    with pytest.raises(Refused, match="no_wish"):
        write_down(at.citizen.user, running)


def observe(user: User, running: Placement, **fields: object) -> Observation:
    values = {"area": "pace", "words": "Hun holder tempoet.", "seen_by": Source.WORKPLACE, **fields}
    with accounts.acting(user) as actor:
        return experience.note_observation(
            actor=actor, placement_id=running.pk, draft=ObservationDraft(**values), at=NOW
        )


def answer(
    user: User, row: Observation, *, is_agreed: bool = True, why: str = "", seen: str | None = None
) -> Observation:
    with accounts.acting(user) as actor:
        return experience.answer_observation(
            actor=actor,
            observation_id=row.pk,
            is_agreed=is_agreed,
            on_behalf=why,
            seen=seen_observation(row) if seen is None else seen,
            at=NOW,
        )


def test_what_goes_well_waits_for_the_citizens_word_and_changes_no_level(at, running) -> None:
    row = observe(at.broker, running)
    assert row.state == ObservationState.PROPOSED
    with pytest.raises(Refused, match="needed"):
        answer(at.broker, row)
    with pytest.raises(Changed):
        answer(at.citizen.user, row, seen="old")
    assert answer(at.citizen.user, row).state == ObservationState.AGREED
    with pytest.raises(NotNow):
        answer(at.citizen.user, row, is_agreed=False)
    own = observe(at.citizen.user, running, seen_by=Source.WORKPLACE)
    assert (own.state, own.seen_by) == (ObservationState.AGREED, Source.CITIZEN)
    no = observe(at.broker, running)
    assert answer(at.broker, no, is_agreed=False, why="Anna ringede.").state == ObservationState.DECLINED
    assert rows_of("select id from screening_answer where citizen_id = $1::uuid", value=at.citizen.pk) == []
    for fields, code in (({"area": "iq"}, "area"), ({"words": " "}, "needed")):
        with pytest.raises(Refused, match=code):
            observe(at.broker, running, **fields)


# What waits


def needs(user: User) -> list[tuple]:
    with accounts.acting(user) as actor:
        found = [row for rows in needs_doing(actor=actor, on=TODAY) for row in rows]
    return sorted((row["need"], row["waits_on"]) for row in found)


def test_what_waits_is_told_by_the_facts(at, running) -> None:
    assert needs(at.broker) == []
    mobility.change_wish(at=at)
    told = mobility.notice(at=at, placement=running)
    mobility.last_step(notice=told, at=at)
    mobility.last_step(notice=told, at=at, code="wish", owner="citizen")
    mobility.last_step(notice=told, at=at, code="after", due_on=TODAY + timedelta(days=43))
    row = mobility.observation(at=at, placement=running)
    assert needs(at.broker) == [
        ("change_wish", "us"),
        ("last_step", "citizen"),
        ("last_step", "us"),
        ("observation_to_answer", "citizen"),
    ]
    answer(at.citizen.user, row)
    assert ("observation_to_talk_about", "us") in needs(at.broker)
    other = placements.table()
    placements.running(at=other, ends_on=TODAY + timedelta(days=20))
    assert needs(other.broker) == [("term_ends", "us")]


ENDS = st.sampled_from(
    ["running", "ended", "notice_passed", "notice_ahead", "term_passed", "term_ahead", "being_agreed"]
)


def a_job(at: placements.Table, how: str, *, number: int) -> None:
    """A job that began so long ago and stands as `how` says."""
    ends = {"term_passed": TODAY - timedelta(days=1 + number), "term_ahead": TODAY + timedelta(days=9)}.get(how)
    if how == "being_agreed":
        placements.agreement(at=at)
        return
    running = placements.running(at=at, begun=300 - number, ends_on=ends)
    if how == "ended":
        placements.end(placement=running, days_ago=number, by=at.broker)
    if how == "notice_passed":
        mobility.notice(at=at, placement=running, last_on=TODAY - timedelta(days=1 + number))
    if how == "notice_ahead":
        mobility.notice(at=at, placement=running, last_on=TODAY + timedelta(days=number))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jobs=st.lists(ENDS, min_size=1, max_size=3), is_closed=st.booleans(), is_night=st.booleans())
def test_nobody_falls_out_of_sight_between_jobs(jobs: list[str], is_closed: bool, is_night: bool) -> None:
    with transaction.atomic():
        first = placements.table()
        for number, how in enumerate(jobs):
            place = first if number == 0 else placements.table(same=first)
            a_job(place, how, number=number)
        if is_closed:
            run(
                "update cases_case set state = 'closed', closed_on = current_date where citizen_id = $1::uuid",
                value=first.citizen.pk,
            )
        if is_night:
            pass_days()
        over = {"ended", "notice_passed", "term_passed"}
        began = [how for how in jobs if how != "being_agreed"]
        is_between = bool(began) and set(began) <= over and not is_closed
        found = [need for need, _who in needs(first.broker) if need == "between_jobs"]
        assert len(found) == int(is_between)
        with accounts.acting(first.broker) as actor:
            page = mobility_page(actor=actor, citizen_id=first.citizen.pk, on=TODAY)
        assert page is not None and page.is_between == is_between
        transaction.set_rollback(True)
