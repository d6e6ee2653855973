"""The profile: each level with its sentence and speaker, unknown kept unknown, no total."""

from dataclasses import fields
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jobbro.engines.needs import Answer, Hours, Need, Profile, Travel, profile, source_sentence
from jobbro.kernel.vocabulary import AREAS, GROUPS
from tests.engines.needs.said import GUIDE, TODAY, said, some_answers


def _some_ids(answers: list[Answer], random: Random) -> frozenset[str]:
    return frozenset(answer.id for answer in answers if random.random() < 0.5)


def test_nobody_asked_is_unknown_everywhere() -> None:
    empty = profile([])
    assert empty.capacity == dict.fromkeys(AREAS)
    assert {need.status for need in empty.needs} == {"not_asked"}
    assert (empty.wishes, empty.skills, empty.hopes) == ((), (), "")
    assert (empty.slots, empty.hours) == (None, Hours(least=None, most=None))


def test_a_level_keeps_its_words_and_where_they_came_from() -> None:
    answer = said("lifting", level=2, words="Kasser på lageret", helps="En vogn")
    need = profile([answer]).need("lifting")
    assert need == Need(
        area="lifting",
        status="told",
        level=2,
        words="Kasser på lageret",
        helps="En vogn",
        said_by="citizen",
        answered_on=TODAY,
        source_answer_id=answer.id,
        source_topic="lifting",
    )
    assert source_sentence(GUIDE, need) == "Det er svært, også når det kun vejer nogle få kilo."
    assert source_sentence(GUIDE, need, language="en", easy=True) == "It is hard, even with just a few kilos."


def test_words_without_a_level_stay_words() -> None:
    need = profile([said("lifting", words="Det kommer an på dagen")]).need("lifting")
    assert (need.status, need.level, need.words) == ("told", None, "Det kommer an på dagen")
    assert source_sentence(GUIDE, need) == ""


def test_dont_know_and_wont_say_are_never_a_level() -> None:
    now = profile([said("lifting", status="dont_know"), said("standing", status="wont_say", words="Privat")])
    assert (now.need("lifting").status, now.need("lifting").level) == ("dont_know", None)
    assert (now.need("standing").status, now.need("standing").level) == ("wont_say", None)


def test_the_latest_answer_counts() -> None:
    assert profile([said("lifting", level=1), said("lifting", level=3, day=9)]).capacity["lifting"] == 3
    assert profile([said("lifting", level=1), said("lifting", level=3)]).capacity["lifting"] == 3
    assert profile([said("lifting", level=3), said("lifting", status="dont_know", day=9)]).capacity["lifting"] is None


def test_skipping_says_nothing() -> None:
    assert profile([said("lifting", level=3), said("lifting", status="skipped", day=9)]).capacity["lifting"] == 3
    assert profile([said("lifting", status="skipped")]).need("lifting").status == "skipped"


def test_all_fine_said_outright_is_level_4_for_the_group_only() -> None:
    answer = said("first_people", choices=("all_fine",), words="Jeg elsker kunder")
    now = profile([answer])
    known = {area: level for area, level in now.capacity.items() if level is not None}
    assert known == dict.fromkeys(GROUPS["people"], 4)
    need = now.need("speaking")
    assert (need.words, need.source_answer_id, need.said_by) == ("Jeg elsker kunder", answer.id, "citizen")
    assert source_sentence(GUIDE, need) == "Nej, det hele går uden besvær"


def test_the_rest_is_fine_leaves_ticked_areas_open() -> None:
    now = profile([said("first_people", choices=("speaking", "rest_fine"))])
    assert (now.need("speaking").status, now.need("speaking").level) == ("opened", None)
    assert now.need("cooperation").level == 4
    assert source_sentence(GUIDE, now.need("cooperation")) == "Resten går uden besvær"


def test_silence_about_the_rest_is_unknown() -> None:
    silent: list[dict[str, Any]] = [
        {"choices": ("speaking",)},
        {"choices": ("not_now",)},
        {"status": "wont_say"},
        {"words": "Tja"},
    ]
    for given_fields in (*silent, {"status": "wont_say", "choices": ("all_fine",)}):
        now = profile([said("first_people", **given_fields)])
        assert [now.need(area).level for area in GROUPS["people"]] == [None, None, None]


def test_an_areas_own_answer_counts_before_the_groups_on_the_same_day() -> None:
    own, group = said("speaking", level=1), said("first_people", choices=("all_fine",))
    assert profile([own, group]).capacity["speaking"] == 1
    assert profile([own, said("first_people", choices=("all_fine",), day=30)]).capacity["speaking"] == 4


def test_a_new_first_round_replaces_the_old_one() -> None:
    now = profile([said("first_people", choices=("all_fine",)), said("first_people", choices=("not_now",), day=1)])
    assert now.capacity["speaking"] is None


def test_both_views_stay_visible_and_the_citizens_counts() -> None:
    citizen = said("memory", level=3, words="Det går nok")
    caseworker = said("memory", level=1, words="Tre aftaler blev glemt", said_by="caseworker", day=2)
    need = profile([citizen, caseworker]).need("memory")
    assert (need.level, need.said_by, need.agreed) == (3, "citizen", False)
    assert need.other is not None
    assert (need.other.level, need.other.words, need.other.said_by) == (1, "Tre aftaler blev glemt", "caseworker")


def test_the_agreed_version_counts_until_the_citizen_says_something_newer() -> None:
    citizen, caseworker = said("memory", level=3), said("memory", level=1, said_by="caseworker", day=2)
    agreed = profile([citizen, caseworker], agreed={caseworker.id}).need("memory")
    assert (agreed.level, agreed.agreed, agreed.other) == (1, True, None)
    newer = said("memory", level=2, day=3)
    need = profile([citizen, caseworker, newer], agreed={caseworker.id}).need("memory")
    assert (need.level, need.agreed) == (2, False)
    assert need.other is not None and need.other.level == 1


def test_a_newer_view_of_the_caseworker_does_not_undo_what_was_agreed() -> None:
    citizen, caseworker = said("memory", level=3), said("memory", level=1, said_by="caseworker", day=2)
    need = profile([citizen, caseworker], agreed={citizen.id}).need("memory")
    assert (need.level, need.agreed) == (3, True)
    assert need.other is not None and need.other.level == 1


def test_not_wanting_to_say_is_not_overruled() -> None:
    caseworker = said("stress", level=1, said_by="caseworker", day=5)
    need = profile([said("stress", status="wont_say"), caseworker]).need("stress")
    assert (need.level, need.status) == (None, "wont_say")
    assert need.other is not None and need.other.level == 1


def test_words_of_the_other_are_not_lost_when_they_chose_no_level() -> None:
    note = said("stress", words="Vi talte om det i dag", said_by="caseworker", day=5)
    need = profile([said("stress", level=2), note]).need("stress")
    assert (need.level, need.other and need.other.words) == (2, "Vi talte om det i dag")


def test_the_caseworker_counts_when_the_citizen_has_said_nothing() -> None:
    need = profile([said("memory", level=1, said_by="caseworker")]).need("memory")
    assert (need.level, need.said_by, need.other) == (1, "caseworker", None)


def test_wishes_hours_travel_and_skills() -> None:
    now = profile(
        [
            said("hopes", words="Et job med dyr"),
            said("hours", numbers=(8, 15)),
            said("slots", slots=("mon_am", "tue_am")),
            said("travel_far", numbers=(12,)),
            said("travel_means", choices=("bike", "public")),
            said("licences", choices=("driving_b",)),
            said("occupations", choices=("gardener", "zoo_keeper")),
        ]
    )
    assert now.hopes == "Et job med dyr"
    assert now.hours == Hours(least=8, most=15)
    assert now.slots == ("mon_am", "tue_am")
    assert now.travel == Travel(most_km=12, means=("bike", "public"))
    assert now.skills == ("driving_b",)
    assert now.wishes == ("gardener", "zoo_keeper")
    assert profile([said("licences", choices=("no_licence",))]).skills == ()


def test_there_is_no_total() -> None:
    names = {field.name for field in fields(Profile)} | {name for name in dir(Profile) if not name.startswith("_")}
    assert not any(word in name for name in names for word in ("total", "score", "sum", "average", "index"))


@settings(max_examples=30, deadline=None)
@given(some_answers(distinct_days=True), st.randoms(use_true_random=False))
def test_the_order_of_dated_answers_makes_no_difference(answers: list[Answer], random: Random) -> None:
    agreed = _some_ids(answers, random)
    shuffled = random.sample(answers, k=len(answers))
    assert profile(shuffled, agreed=agreed) == profile(answers, agreed=agreed)


@settings(max_examples=30, deadline=None)
@given(some_answers(), st.randoms(use_true_random=False))
def test_a_level_is_always_somebodys_own_statement(answers: list[Answer], random: Random) -> None:
    """Unknown never becomes 0, 4 or anything else: every level is found in the answer it names."""
    agreed = _some_ids(answers, random)
    by_id = {answer.id: answer for answer in answers}
    for need in profile(answers, agreed=agreed).needs:
        if need.level is None:
            continue
        source = by_id[need.source_answer_id or ""]
        assert source.status == "told"
        if source.topic == need.area:
            assert source.level == need.level
        else:
            assert need.level == 4 and need.source_choice in source.choices and need.area not in source.choices
            assert need.area in GUIDE.topic(source.topic).choices
