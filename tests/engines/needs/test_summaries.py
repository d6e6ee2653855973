"""The lines of a summary: every area is spoken of exactly once by how it goes, or why it is not known."""

from hypothesis import given, settings

from jobbro.engines.needs import SUMMARY_CODES, Answer, SummaryLine, profile, summary
from jobbro.kernel.vocabulary import AREAS
from tests.engines.needs.said import said, some_answers

BESIDE = ("something_helps", "seen_differently")


def test_a_summary_says_what_goes_well_what_is_hard_and_what_is_open() -> None:
    lines = summary(
        profile(
            [
                said("first_people", choices=("speaking", "rest_fine")),
                said("lifting", level=1, helps="En vogn"),
                said("memory", level=3),
                said("memory", level=2, said_by="caseworker"),
                said("pace", status="dont_know"),
            ]
        )
    )
    found = {line.code: line.areas for line in lines}
    assert found.pop("not_talked_about")
    assert found == {
        "goes_well": ("cooperation", "customer_contact"),
        "a_little_hard": ("memory",),
        "very_hard": ("lifting",),
        "something_helps": ("lifting",),
        "seen_differently": ("memory",),
        "dont_know": ("pace",),
        "wants_to_talk": ("speaking",),
    }


def test_nothing_said_is_one_line() -> None:
    assert summary(profile([])) == (SummaryLine(code="not_talked_about", areas=tuple(AREAS)),)


@settings(max_examples=25, deadline=None)
@given(some_answers())
def test_each_area_stands_in_exactly_one_line(answers: list[Answer]) -> None:
    lines = summary(profile(answers))
    spoken = [area for line in lines if line.code not in BESIDE for area in line.areas]
    assert sorted(spoken) == sorted(AREAS)
    assert [line.code for line in lines] == [code for code in SUMMARY_CODES if code in {line.code for line in lines}]
