"""Short talks: by link, in one's own time, held by staff; each promise and each refusal."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from jobbro.apps.audit.context import enter
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.follow_up.answers import Answers
from jobbro.apps.follow_up.enums import HoursFit, LinkState, SupportState, TalkChannel, TalkParty, TalkState
from jobbro.apps.follow_up.models import HelpRequest, Talk, TalkLink
from jobbro.apps.follow_up.refusals import NotNow, NotThere, Refused
from jobbro.apps.follow_up.services import links, talks
from jobbro.apps.placements.models import Placement
from tests.factories import follow_up, placements
from tests.factories.accounts import acting
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
GOOD = Answers(overall=3, areas={"standing": 3}, hours=HoursFit.RIGHT)


@pytest.fixture
def at() -> follow_up.Work:
    return follow_up.work()


def sent(at: follow_up.Work, *, party: TalkParty = TalkParty.CITIZEN) -> str:
    """A link is on its way; the token as it stands in the message."""
    tokens: list[str] = []

    def address(token: str) -> str:
        tokens.append(token)
        return f"/talks/{token}/"

    with acting(at.at.broker) as actor:
        talks.send_link(
            actor=actor, placement_id=at.placement.pk, party=party, address=address, at=timezone.now(), on=TODAY
        )
    return tokens[0]


def as_nobody() -> None:
    enter(actor_id=None, request_id=uuid7())


def begun(token: str, *, browser: str = "mit vindue") -> None:
    as_nobody()
    links.begin_link(token=token, browser=browser, address="10.0.0.1", at=timezone.now())


def test_the_factory_is_what_it_says(at) -> None:
    with acting(at.at.broker):
        assert Placement.objects.get().state == "agreed"


def test_a_link_goes_out_and_the_token_is_kept_nowhere(at) -> None:
    token = sent(at)
    (row,) = rows_of("select * from follow_up_talklink")
    (message,) = rows_of("select * from outbox_message")
    assert token not in str(vars(row))
    assert message.link == f"/talks/{token}/"
    assert message.kind == "talk_asked"
    assert len(token) >= 43
    (talk,) = rows_of("select * from follow_up_talk")
    assert (talk.state, talk.party) == (TalkState.ASKED, TalkParty.CITIZEN)
    # Three months after the first day, asked after a hundred days.
    assert talk.due_on <= TODAY.isoformat()
    assert talk.asked["areas"][0] in ("standing", "memory")


def test_behind_a_link_that_is_not_begun_there_is_nothing_about_anybody(at) -> None:
    token = sent(at)
    as_nobody()
    talk = links.open_link(token=token, browser="et vindue")
    assert talk is not None
    assert talk.standing == "open"
    assert (talk.party, talk.title, talk.name, talk.phone, talk.asked.areas) == (None, "", "", "", ())
    assert links.open_link(token="gættet", browser="et vindue") is None


def test_answers_are_kept_at_each_step_in_the_browser_that_began(at) -> None:
    token = sent(at)
    begun(token)
    links.save_link(token=token, browser="mit vindue", answers=GOOD)
    assert links.open_link(token=token, browser="mit vindue").answers == GOOD
    other = links.open_link(token=token, browser="et andet vindue")
    assert (other.is_begun, other.answers) == (True, Answers())
    with pytest.raises(NotNow):
        links.save_link(token=token, browser="et andet vindue", answers=GOOD)
    begun(token, browser="et andet vindue")
    assert links.open_link(token=token, browser="et andet vindue").answers == Answers()
    assert links.open_link(token=token, browser="mit vindue").is_here is False


def test_a_link_is_answered_once(at) -> None:
    token = sent(at)
    begun(token)
    here = {"token": token, "browser": "mit vindue"}
    links.send_link_answers(**here, answers=GOOD, at=timezone.now(), on=TODAY)
    with pytest.raises(NotNow):
        links.send_link_answers(**here, answers=Answers(overall=0), at=timezone.now(), on=TODAY)
    done = links.open_link(**here)
    assert (done.standing, done.answers) == ("used", Answers())
    with acting(at.at.broker):
        row = Talk.objects.get()
        assert (row.state, row.channel, row.answers["overall"]) == (TalkState.ANSWERED, TalkChannel.LINK, 3)
        assert TalkLink.objects.get().state == LinkState.USED


def test_who_wants_to_talk_has_asked_for_help_and_the_contact_person_is_told(at) -> None:
    token = sent(at)
    begun(token)
    wants = Answers(overall=1, wants_talk=True)
    links.send_link_answers(token=token, browser="mit vindue", answers=wants, at=timezone.now(), on=TODAY)
    with acting(at.at.broker):
        row = HelpRequest.objects.get()
        assert (row.party, row.asked_by, row.talk_id) == (TalkParty.CITIZEN, None, Talk.objects.get().pk)
        assert row.answer_by > TODAY
    (message,) = rows_of("select * from outbox_message where kind = 'help_asked'")
    assert str(message.user_id) == str(at.at.broker.pk)


def test_a_link_that_reached_somebody_else_is_dead_and_the_caseworker_can_see_it(at) -> None:
    token = sent(at)
    begun(token)
    links.save_link(token=token, browser="mit vindue", answers=GOOD)
    links.stop_link(token=token, address="10.0.0.1", at=timezone.now())
    assert links.open_link(token=token, browser="mit vindue").standing == "stopped"
    with pytest.raises(NotNow):
        begun(token)
    with acting(at.at.broker):
        assert TalkLink.objects.get().state == LinkState.STOPPED
        assert Talk.objects.get().answers == {}
    assert rows_of("select * from audit_event where verb = 'talk_link_stopped'")


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ("update follow_up_talklink set until_at = now() - interval '1 hour' where $1 is not null", "expired"),
        ("update citizens_citizen set is_protected = true where $1 is not null", "over"),
    ],
)
def test_a_link_of_no_use_says_so(at, change: str, standing: str) -> None:
    token = sent(at)
    run(change, value=at.placement.pk)
    as_nobody()
    assert links.open_link(token=token, browser="x").standing == standing
    with pytest.raises(NotNow):
        begun(token)


def test_a_link_to_a_job_that_has_ended_is_of_no_use(at) -> None:
    token = sent(at)
    follow_up.ended(at)
    as_nobody()
    assert links.open_link(token=token, browser="x").standing == "over"


def test_guessing_tokens_ends_in_a_wait(at) -> None:
    as_nobody()
    for number in range(5):
        with pytest.raises(NotThere):
            links.begin_link(token=f"gæt {number}", browser="x", address="10.0.0.9", at=timezone.now())
    with pytest.raises(links.TooMany):
        links.begin_link(token=sent(at), browser="x", address="10.0.0.9", at=timezone.now())
    begun(sent(at))


def test_a_new_link_replaces_the_one_before(at) -> None:
    first, second = sent(at), sent(at)
    as_nobody()
    assert links.open_link(token=first, browser="x").standing == "replaced"
    assert links.open_link(token=second, browser="x").standing == "open"
    states = [row.state for row in rows_of("select state from outbox_message where kind = 'talk_asked' order by id")]
    assert states == ["called_off", "waiting"]


def test_a_protected_person_gets_no_link(at) -> None:
    run("update citizens_citizen set is_protected = true where id = $1::uuid", value=at.at.citizen.pk)
    for party in TalkParty:
        with pytest.raises(Refused, match="protected"):
            sent(at, party=party)


def test_the_company_is_asked_only_about_what_stands_on_its_card(at) -> None:
    token = sent(at, party=TalkParty.EMPLOYER)
    begun(token)
    talk = links.open_link(token=token, browser="mit vindue")
    assert talk.asked.areas == ("standing",)
    assert [one.code for one in talk.asked.measures] == [placements.SHOWN_MEASURE]
    assert (talk.name, talk.title) == ("Anna", at.placement.title)
    run(
        "update matching_card set withdrawn_at = now(), withdrawn_by_id = given_by_id where id = $1::uuid",
        value=at.at.card.pk,
    )
    assert links.open_link(token=token, browser="mit vindue").asked.areas == ()


def test_the_citizen_answers_logged_in_and_goes_on_later(at) -> None:
    with acting(at.at.citizen.user) as anna:
        mine = {"actor": anna, "placement_id": at.placement.pk, "at": timezone.now(), "on": TODAY}
        talks.save_answers(**mine, answers=Answers(overall=2))
        assert Talk.objects.get().state == TalkState.BEGUN
        support = {placements.SHOWN_MEASURE: SupportState.NOT_YET}
        talks.send_answers(**mine, answers=Answers(overall=2, measures=support, wants_talk=True))
        assert Talk.objects.get().state == TalkState.ANSWERED
        assert HelpRequest.objects.get().asked_by_id == anna.id
        with pytest.raises(NotNow):
            talks.send_answers(**mine, answers=GOOD)


def test_the_company_answers_for_itself_and_nobody_else(at) -> None:
    with acting(at.at.employer) as bente:
        mine = {"actor": bente, "placement_id": at.placement.pk, "at": timezone.now(), "on": TODAY}
        talks.send_answers(**mine, answers=Answers(overall=4, areas={"standing": 3}))
        assert Talk.objects.get().party == TalkParty.EMPLOYER
    other = follow_up.work()
    with acting(other.at.employer) as stranger, pytest.raises(NotThere):
        talks.save_answers(actor=stranger, placement_id=at.placement.pk, answers=GOOD, at=timezone.now(), on=TODAY)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (Answers(areas={"seeing": 3}), "level"),
        (Answers(overall=7), "level"),
        (Answers(measures={"checklists_of_nobody": SupportState.IN_PLACE}), "measure"),
        (Answers(words="Ring til 010190-1234"), "cpr"),
        (Answers(words="x" * 2001), "too_long"),
        (Answers(), "nothing"),
    ],
)
def test_what_is_no_answer_is_refused(at, answers: Answers, code: str) -> None:
    with acting(at.at.citizen.user) as anna, pytest.raises(Refused, match=code):
        talks.send_answers(actor=anna, placement_id=at.placement.pk, answers=answers, at=timezone.now(), on=TODAY)


def test_staff_note_a_talk_and_the_link_is_off(at) -> None:
    token = sent(at)
    with acting(at.at.broker) as actor:
        talk = talks.hold_talk(
            actor=actor,
            placement_id=at.placement.pk,
            party=TalkParty.CITIZEN,
            answers=GOOD,
            at=timezone.now(),
            on=TODAY,
        )
        assert (talk.state, talk.channel, talk.noted_by) == (TalkState.ANSWERED, TalkChannel.HELD, "Jonas Bro")
    as_nobody()
    assert links.open_link(token=token, browser="x").standing == "replaced"


def test_an_extra_talk_can_be_held_when_none_is_due(at) -> None:
    held = {"placement_id": at.placement.pk, "party": TalkParty.CITIZEN, "answers": GOOD, "at": timezone.now()}
    with acting(at.at.broker) as actor:
        talks.hold_talk(actor=actor, **held, on=TODAY)
        extra = talks.hold_talk(actor=actor, **held, on=TODAY)
        assert extra.due_on == TODAY
        with pytest.raises(NotNow):
            talks.hold_talk(actor=actor, **held, on=TODAY)


def test_a_job_that_has_ended_asks_nobody(at) -> None:
    follow_up.ended(at)
    with pytest.raises(NotNow):
        sent(at)


def test_what_was_answered_is_read_once(at) -> None:
    follow_up.talk(at=at, due_on=TODAY - timedelta(days=3), answers=GOOD)
    with acting(at.at.broker) as actor:
        assert talks.read_talks(actor=actor, placement_id=at.placement.pk, at=timezone.now()) == 1
        assert talks.read_talks(actor=actor, placement_id=at.placement.pk, at=timezone.now()) == 0
    with acting(at.at.citizen.user) as anna, pytest.raises(PermissionDenied):
        talks.read_talks(actor=anna, placement_id=at.placement.pk, at=timezone.now())


def test_the_machine_acts_for_one_statement_only(at) -> None:
    token = sent(at)
    begun(token)
    with connection.cursor() as cursor:
        cursor.execute("select app_actor()")
        assert cursor.fetchone()[0] is None
    changes = rows_of("select * from audit_change where table_name = 'follow_up_talk' and operation = 'UPDATE'")
    assert str(changes[-1].actor_id).endswith("0001")
