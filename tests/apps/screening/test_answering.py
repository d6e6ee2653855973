"""Answers: kept as they were given, in order, once, and never over somebody else's."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.models import Event
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.organisations.models import Team
from jobbro.apps.screening import selectors, services
from jobbro.apps.screening.enums import Setting, Speaker, Status
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from jobbro.apps.screening.services import Draft
from tests.factories import accounts, cases, citizens, organisations, screening
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db
AT, ON = datetime(2026, 3, 4, 9, tzinfo=UTC), date(2026, 3, 4)
LONGEST = 100_000


@pytest.fixture
def talk(anna: Citizen) -> Dialogue:
    return screening.dialogue(citizen=anna)


def told(words: str = "", *, said_by: Speaker = Speaker.CITIZEN, **more) -> Draft:
    return Draft(status=Status.TOLD, said_by=said_by, words=words, **more)


def say(user: User, citizen: Citizen, topic: str, draft: Draft, *, seen: UUID | None = None):
    with acting(user) as actor:
        return services.record_answer(
            actor=actor, citizen_id=citizen.pk, topic=topic, draft=draft, seen=seen, at=AT, on=ON
        )


def newest(user: User, topic: str) -> Answer:
    with acting(user):
        return Answer.objects.filter(topic=topic).latest("answered_at", "id")


def test_an_answer_is_kept_whole_and_brings_the_next_topic(mette: User, anna: Citizen, talk: Dialogue) -> None:
    page = say(mette, anna, "lifting", told("Kasser er tunge.", level=2, helps="En vogn"))
    row = newest(mette, "lifting")
    assert (row.words, row.level, row.helps, row.said_by) == ("Kasser er tunge.", 2, "En vogn", "citizen")
    assert page is not None
    assert page.topic.code == page.guide.topics[0].code
    assert page.profile.need("lifting").level == 2
    with acting(mette):
        assert Event.objects.filter(verb=Verb.ANSWER_RECORDED, citizen_id=anna.pk).count() == 1


def test_what_is_answered_is_never_asked_again(mette: User, anna: Citizen, talk: Dialogue) -> None:
    asked, page = [], say(mette, anna, "lifting", told(level=3))
    while page is not None:
        asked.append(page.topic.code)
        page = say(mette, anna, page.topic.code, Draft(status=Status.DONT_KNOW, said_by=Speaker.CITIZEN))
    assert len(asked) == len(set(asked))
    assert "lifting" not in asked


def test_numbers_and_half_days_are_kept(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(mette, anna, "hours", told(numbers=(Decimal("12.5"), None)))
    say(mette, anna, "slots", told(slots=("mon_am", "tue_pm")))
    assert newest(mette, "hours").numbers == [Decimal("12.50"), None]
    assert newest(mette, "slots").slots == ["mon_am", "tue_pm"]


def test_emoji_and_right_to_left_text_are_kept_exactly(mette: User, anna: Citizen, talk: Dialogue) -> None:
    words = "Jeg er glad 🦮👩🏽‍🦼 – أنا سعيد بالعمل ‏مع ‎Mette‏.\n  To linjer.  "
    say(mette, anna, "hopes", told(words))
    assert newest(mette, "hopes").words == words


def test_100_000_characters_fit_and_one_more_is_refused(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(mette, anna, "hopes", told("å" * LONGEST))
    with pytest.raises(services.AnswerRefused) as refused:
        say(mette, anna, "about_you", told("å" * (LONGEST + 1)))
    assert refused.value.problems == ("words_too_long",)
    assert len(newest(mette, "hopes").words) == LONGEST


def test_an_answer_that_somebody_else_gave_meanwhile_is_not_passed_over(
    mette: User, anna: Citizen, talk: Dialogue
) -> None:
    say(anna.user, anna, "hopes", told("Et roligt sted."))
    with pytest.raises(services.StaleAnswer) as stale:
        say(mette, anna, "hopes", told("Noget andet.", said_by=Speaker.CASEWORKER))
    assert stale.value.page.given is not None
    assert stale.value.page.given.words == "Et roligt sted."
    assert stale.value.page.given_by == "Anna Lund"
    assert newest(mette, "hopes").words == "Et roligt sted."


def test_both_words_of_one_person_can_be_kept(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(anna.user, anna, "hopes", told("Et roligt sted."))
    seen = newest(mette, "hopes").pk
    with acting(mette) as actor:
        services.keep_both(
            actor=actor, citizen_id=anna.pk, topic="hopes", draft=told("Nær hjemmet."), seen=seen, at=AT, on=ON
        )
    assert newest(mette, "hopes").words == "Et roligt sted.\n\nNær hjemmet."


def test_both_words_of_two_people_stand_each_by_themselves(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(anna.user, anna, "lifting", told("Det går.", level=3))
    seen = newest(mette, "lifting").pk
    draft = told("Jeg så, at det var svært.", level=1, said_by=Speaker.CASEWORKER)
    with acting(mette) as actor:
        page = services.keep_both(
            actor=actor, citizen_id=anna.pk, topic="lifting", draft=draft, seen=seen, at=AT, on=ON
        )
    need = page.profile.need("lifting")
    assert (need.level, need.words) == (3, "Det går.")
    assert need.other is not None and need.other.level == 1


def test_the_same_answer_twice_is_one_act(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(mette, anna, "hopes", told("Et roligt sted."))
    say(mette, anna, "hopes", told("Et roligt sted."))
    with acting(mette):
        assert Answer.objects.filter(topic="hopes").count() == 1


def test_skipping_or_saying_nothing_keeps_the_answer_that_is_there(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(mette, anna, "hopes", told("Et roligt sted."))
    seen = newest(mette, "hopes").pk
    say(mette, anna, "hopes", Draft(status=Status.SKIPPED, said_by=Speaker.CITIZEN), seen=seen)
    with pytest.raises(services.AnswerRefused):
        say(mette, anna, "hopes", told(""), seen=seen)
    assert newest(mette, "hopes").words == "Et roligt sted."


def test_saying_nothing_to_a_new_topic_is_skipping(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(mette, anna, "hopes", told(" "))
    assert newest(mette, "hopes").status == Status.SKIPPED


def test_a_topic_can_be_skipped_twice_and_is_then_left(mette: User, anna: Citizen, talk: Dialogue) -> None:
    skip = Draft(status=Status.SKIPPED, said_by=Speaker.CITIZEN)
    say(mette, anna, "hopes", skip)
    say(mette, anna, "hopes", skip, seen=newest(mette, "hopes").pk)
    with acting(mette) as actor:
        course = selectors.course_page(actor=actor, citizen_id=anna.pk)
    assert course is not None
    assert course.next_topic != "hopes"
    assert "hopes" in course.to_come


def test_answers_of_an_earlier_dialogue_are_known(mette: User, anna: Citizen) -> None:
    screening.agreed_dialogue(citizen=anna, by=mette)
    with acting(mette) as actor:
        services.start_dialogue(actor=actor, citizen_id=anna.pk, setting=Setting.TOGETHER, at=AT, on=ON)
        page = selectors.dialogue_page(actor=actor, citizen_id=anna.pk, topic="lifting")
    assert page is not None and page.is_known
    assert page.given is not None and page.given.words == "Kasserne er tunge."


def test_confirming_what_was_known_makes_it_an_answer_of_today(mette: User, anna: Citizen) -> None:
    screening.agreed_dialogue(citizen=anna, by=mette)
    screening.dialogue(citizen=anna, started_at=AT)
    seen = newest(mette, "lifting").pk
    page = say(mette, anna, "lifting", told("Kasserne er tunge.", level=2, helps="En vogn."), seen=seen)
    assert page is not None
    assert page.profile.need("lifting").answered_on == ON


def test_an_answer_after_one_has_agreed_takes_the_agreement_away(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(mette, anna, "hopes", told("Et roligt sted."))
    with acting(mette) as actor:
        services.finish_dialogue(actor=actor, citizen_id=anna.pk, at=AT, on=ON)
        version = selectors.course_page(actor=actor, citizen_id=anna.pk).version
        services.agree_profile(
            actor=actor, citizen_id=anna.pk, parties=[Speaker.CASEWORKER], seen=version, at=AT, on=ON
        )
    say(anna.user, anna, "about_you", told("Jeg har kørt bus."))
    with acting(mette):
        assert not Agreement.objects.exists()


def test_a_citizen_cannot_speak_as_the_caseworker(anna: Citizen, talk: Dialogue) -> None:
    with pytest.raises(PermissionDenied):
        say(anna.user, anna, "hopes", told("…", said_by=Speaker.CASEWORKER))


def test_a_key_person_reads_but_does_not_answer(mette: User, anna: Citizen, talk: Dialogue, team: Team) -> None:
    key = accounts.employee(role=Role.KEY_PERSON, unit=team.unit, name="Kim Nøgle")
    with acting(mette):
        cases.member(case=anna.case, user=key)
    with acting(key) as actor:
        assert selectors.course_page(actor=actor, citizen_id=anna.pk) is not None
    with pytest.raises(PermissionDenied):
        say(key, anna, "hopes", told("…"))


def test_somebody_behind_the_wall_finds_no_dialogue_even_with_all(mette: User, anna: Citizen, talk: Dialogue) -> None:
    say(mette, anna, "hopes", told("Et roligt sted."))
    stranger = accounts.employee(team=organisations.team(name="Team Fjord"))
    other = citizens.citizen(has_login=True)
    for user in (stranger, other.user):
        with acting(user):
            assert not Dialogue.objects.all().exists()
            assert not Answer.objects.all().exists()
        with pytest.raises(services.CitizenMissing):
            say(user, anna, "hopes", told("…"))


def test_a_topic_that_the_guide_does_not_have_is_refused(mette: User, anna: Citizen, talk: Dialogue) -> None:
    with pytest.raises(services.TopicMissing):
        say(mette, anna, "diagnosis", told("…"))


def test_answering_takes_few_queries_however_much_was_told(
    mette: User, anna: Citizen, talk: Dialogue, django_assert_max_num_queries
) -> None:
    for topic in ("about_you", "went_well", "hopes"):
        say(mette, anna, topic, told("Noget."))
    with acting(mette) as actor, django_assert_max_num_queries(12, connection=connection):
        services.record_answer(
            actor=actor, citizen_id=anna.pk, topic="good_at", draft=told("At lytte."), seen=None, at=AT, on=ON
        )
