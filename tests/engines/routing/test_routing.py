"""Routing: what counts, what is told, what is refused."""

from dataclasses import fields, replace

import pytest

from jobbro.engines.routing.records import Case, Colleague, Proposal, Reason, RoutingError, Subject
from jobbro.engines.routing.routing import pair_points, reasons_for, route
from jobbro.engines.routing.rules import RULES

HEARING, STRESS = Subject("area", "hearing"), Subject("area", "stress")
SIGN = Subject("language", "dts")
HARBOUR = Subject("place", "9995")
ANNA = Case(id="anna", municipality="9001", needs=(SIGN, HEARING))


def _colleague(name: str, *knows: Subject, **more: object) -> Colleague:
    return Colleague(id=name, municipalities=frozenset({"9001"}), knows=frozenset(knows), **more)  # type: ignore[arg-type]


def _who(*cases: Case, among: list[Colleague]) -> dict[str, str]:
    return {one.case: one.colleague for one in route(cases, among).proposals}


def test_who_knows_the_language_is_proposed() -> None:
    assert _who(ANNA, among=[_colleague("a"), _colleague("b", SIGN)]) == {"anna": "b"}


def test_a_language_outweighs_some_load_but_not_any() -> None:
    plain = _colleague("a", HEARING)
    assert _who(ANNA, among=[plain, _colleague("b", SIGN, HEARING, load=14)]) == {"anna": "b"}
    assert _who(ANNA, among=[plain, _colleague("b", SIGN, HEARING, load=16)]) == {"anna": "a"}


def test_the_group_of_an_area_counts_nearly_as_the_area() -> None:
    case = replace(ANNA, needs=(HEARING,))
    among = [_colleague("area", HEARING), _colleague("group", Subject("area_group", "senses")), _colleague("none")]
    assert pair_points([case], among).tolist() == [[0, 10, 40]]


def test_to_know_the_place_counts_more_when_the_person_wishes_to_meet() -> None:
    case = replace(ANNA, needs=(HARBOUR,))
    among = [_colleague("there", HARBOUR), _colleague("elsewhere")]
    assert pair_points([case, replace(case, id="b", meets_in_person=True)], among).tolist() == [[0, 20], [0, 60]]


def test_somebody_who_knows_the_person_is_preferred() -> None:
    case = replace(ANNA, needs=(), around=frozenset({"b"}))
    assert _who(case, among=[_colleague("a"), _colleague("b", load=5)]) == {"anna": "b"}
    assert reasons_for(case, _colleague("b")) == (Reason(code="around"),)


def test_who_is_away_or_serves_another_municipality_gets_nobody() -> None:
    away, far = _colleague("a", SIGN, is_away=True), replace(_colleague("b", SIGN), municipalities=frozenset({"9002"}))
    assert _who(ANNA, among=[away, far, _colleague("c")]) == {"anna": "c"}
    alone = route([ANNA], [away, far])
    assert (alone.proposals, alone.unplaced, alone.total, alone.gap_percent) == ((), ("anna",), 0, 0.0)
    assert route([ANNA], [away]).unplaced == ("anna",)


def test_what_is_known_and_not_known_is_told_in_order() -> None:
    case = replace(ANNA, needs=(STRESS, HEARING, SIGN))
    among = _colleague("b", SIGN, Subject("area_group", "senses"))
    assert reasons_for(case, among) == (
        Reason(code="knows", subject=SIGN),
        Reason(code="knows_group", subject=HEARING),
        Reason(code="knows_not", subject=STRESS),
    )


def test_no_proposal_carries_a_score_or_a_benefit() -> None:
    assert {field.name for field in fields(Proposal)} == {"case", "colleague", "reasons", "load"}
    assert "benefit" not in " ".join(field.name for field in fields(Case))


def test_the_order_of_the_arguments_changes_nothing() -> None:
    cases = [Case(id=f"c{n}", municipality="9001", needs=(SIGN,) if n % 2 else (STRESS,)) for n in range(7)]
    among = [_colleague("a", SIGN), _colleague("b", STRESS, hours=20.0), _colleague("c", load=1)]
    there = _who(*cases, among=among)
    assert _who(*cases[::-1], among=among[::-1]) == there
    assert [one.case for one in route(cases[::-1], among).proposals] == [case.id for case in cases[::-1]]


def test_the_version_follows_the_points() -> None:
    assert RULES.version == replace(RULES).version != replace(RULES, load=11).version


@pytest.mark.parametrize(
    ("cases", "among", "path"),
    [
        ([ANNA, ANNA], [_colleague("a")], "cases"),
        ([replace(ANNA, needs=(SIGN, SIGN))], [_colleague("a")], "cases[0].needs"),
        ([replace(ANNA, needs=(Subject("area_group", "senses"),))], [_colleague("a")], "cases[0].needs"),
        ([replace(ANNA, needs=(Subject("benefit", "x"),))], [_colleague("a")], "cases[0].needs"),
        ([ANNA], [_colleague("a"), _colleague("a")], "colleagues"),
        ([ANNA], [_colleague("a", hours=0.0)], "colleagues[0].hours"),
        ([ANNA], [_colleague("a", hours=float("nan"))], "colleagues[0].hours"),
        ([ANNA], [_colleague("a", hours=37.5)], "colleagues[0].hours"),
        ([ANNA], [_colleague("a", load=-1)], "colleagues[0].load"),
        ([ANNA], [_colleague("a", Subject("benefit", "x"))], "colleagues[0].knows"),
    ],
)
def test_what_is_not_whole_is_refused(cases: list[Case], among: list[Colleague], path: str) -> None:
    with pytest.raises(RoutingError) as error:
        route(cases, among)
    assert error.value.path == path
