"""What is talked about next: never what is answered, only what was opened, and always to an end."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.engines.needs import Answer, Step, may_grow, next_topic, path, progress
from jobbro.kernel.vocabulary import GROUPS
from tests.engines.needs.said import GUIDE, answers_to, said, some_answers

OPEN_TOPICS = [topic.code for topic in GUIDE.topics if topic.area is None]
FINE = [said(f"first_{group}", choices=("all_fine",)) for group in GROUPS]


def _topics(steps: tuple[Step, ...]) -> list[str]:
    return [step.topic for step in steps]


def _hold(draw: st.DataObject, *, known: list[Answer]) -> list[Answer]:
    """A whole dialogue: each topic asked is answered in some sound way."""
    answers: list[Answer] = []
    while (code := next_topic(GUIDE, answers, known=known)) is not None:
        assert len(answers) < 3 * len(GUIDE.topics)
        answers.append(draw.draw(answers_to(GUIDE.topic(code))))
    return answers


def test_the_conversation_begins_with_the_person() -> None:
    assert next_topic(GUIDE, []) == "about_you"
    assert _topics(path(GUIDE, [])) == OPEN_TOPICS


def test_only_ticked_areas_are_opened() -> None:
    answers = [said("first_body", choices=("standing", "lifting")), said("first_people", choices=("not_now",))]
    assert set(_topics(path(GUIDE, answers))) - set(OPEN_TOPICS) == {"lifting", "standing"}


def test_a_tick_by_the_caseworker_opens_too() -> None:
    answers = [
        said("first_body", choices=("lifting",)),
        said("first_body", choices=("sitting",), said_by="caseworker"),
    ]
    assert {"lifting", "sitting"} <= set(_topics(path(GUIDE, answers)))


def test_taking_a_tick_back_closes_an_area_that_was_not_talked_about() -> None:
    answers = [said("first_body", choices=("lifting", "standing")), said("standing", level=2)]
    answers.append(said("first_body", choices=("all_fine",)))
    steps = path(GUIDE, answers)
    assert "lifting" not in _topics(steps)
    assert Step(topic="standing", state="answered") in steps


def test_dont_know_and_wont_say_are_answers() -> None:
    answers = [said("about_you", status="dont_know"), said("went_well", status="wont_say")]
    assert next_topic(GUIDE, answers) == "hopes"


def test_what_is_skipped_comes_back_once_at_the_end() -> None:
    others = [said(code, words="Ord") for code in OPEN_TOPICS if code != "about_you"]
    answers = [said("about_you", status="skipped"), *others]
    assert path(GUIDE, answers)[-1] == Step(topic="about_you", state="next", again=True)
    assert progress(GUIDE, answers) == (len(OPEN_TOPICS) - 1, len(OPEN_TOPICS))
    answers.append(said("about_you", status="skipped"))
    assert next_topic(GUIDE, answers) is None
    assert Step(topic="about_you", state="left") in path(GUIDE, answers)
    assert progress(GUIDE, answers) == (len(OPEN_TOPICS), len(OPEN_TOPICS))


def test_what_was_told_stays_answered_when_it_is_skipped_later() -> None:
    answers = [said("about_you", words="Ord"), said("about_you", status="skipped")]
    assert path(GUIDE, answers)[0] == Step(topic="about_you", state="answered")


def test_what_is_known_is_not_asked_from_scratch() -> None:
    known = [said(code, words="Ord", day=-400) for code in OPEN_TOPICS if not code.startswith("first_")]
    known += [said("first_body", choices=("lifting",), day=-400), said("lifting", level=2, day=-400)]
    steps = path(GUIDE, [], known=known)
    assert Step(topic="lifting", state="known") in steps
    assert next_topic(GUIDE, [], known=known) == "first_senses"


def test_a_skip_in_an_earlier_dialogue_is_no_answer() -> None:
    assert next_topic(GUIDE, [], known=[said("about_you", status="skipped", day=-9)]) == "about_you"


def test_an_area_ticked_earlier_but_never_talked_about_is_asked_now() -> None:
    known = [said("first_body", choices=("lifting",), day=-9)]
    assert "lifting" in _topics(path(GUIDE, [], known=known))
    assert "lifting" not in _topics(path(GUIDE, [said("first_body", choices=("all_fine",))], known=known))


def test_a_tick_made_now_opens_a_known_area_again() -> None:
    known = [said("first_body", choices=("lifting",), day=-9), said("lifting", level=2, day=-9)]
    now = [said("first_body", choices=("lifting",))]
    assert Step(topic="lifting", state="coming") in path(GUIDE, now, known=known)


def test_a_reopened_topic_is_asked_once_more() -> None:
    known = [*FINE, said("about_you", words="Ord", day=-9)]
    steps = path(GUIDE, [], known=known, reopen={"about_you", "lifting"})
    assert steps[0] == Step(topic="about_you", state="next")
    assert Step(topic="lifting", state="coming") in steps
    after = [said("about_you", words="Nye ord"), said("lifting", level=3)]
    assert {"about_you", "lifting"}.isdisjoint(
        step.topic
        for step in path(GUIDE, after, known=known, reopen={"about_you", "lifting"})
        if step.state != "answered"
    )


def test_progress_says_when_more_may_come() -> None:
    assert progress(GUIDE, []) == (0, len(OPEN_TOPICS))
    assert may_grow(GUIDE, [])
    assert not may_grow(GUIDE, FINE)


def test_an_answer_to_a_topic_the_guide_no_longer_has_does_no_harm() -> None:
    assert progress(GUIDE, [said("old_topic", words="Ord")]) == (0, len(OPEN_TOPICS))


@settings(max_examples=15, deadline=None)
@given(st.data(), some_answers())
def test_every_conversation_ends_and_no_answered_topic_is_asked(data: st.DataObject, known: list[Answer]) -> None:
    answers = _hold(data, known=known)
    asked = [answer.topic for answer in answers]
    for at, answer in enumerate(answers):
        assert answer.topic not in {said.topic for said in answers[:at] if said.status != "skipped"}
    assert max(map(asked.count, asked), default=0) <= 2
    ticked = {code for answer in answers if answer.topic.startswith("first_") for code in answer.choices}
    known_topics = {answer.topic for answer in known if answer.status != "skipped"}
    assert known_topics & set(asked) <= ticked
    settled, total = progress(GUIDE, answers, known=known)
    assert settled == total


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_the_path_only_grows_and_progress_never_falls(data: st.DataObject) -> None:
    answers = _hold(data, known=[])
    before: set[str] = set()
    settled_before = 0
    for at in range(len(answers) + 1):
        steps = path(GUIDE, answers[:at])
        settled, total = progress(GUIDE, answers[:at])
        assert before <= set(_topics(steps))
        assert len(set(_topics(steps))) == len(steps) == total
        assert settled_before <= settled
        assert sum(step.state == "next" for step in steps) == (settled < total)
        before, settled_before = set(_topics(steps)), settled
