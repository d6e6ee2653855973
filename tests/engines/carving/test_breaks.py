"""Jobs made by hand: the value at once, and every rule they break with whom and how much."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobbro.engines.carving.breaks import check_by_hand
from jobbro.engines.carving.carving import carve
from jobbro.engines.carving.model import Break, Choice, Limits, Rule, Workplace
from tests.engines.carving.small import at_random, measure, person, staff, task, workplace


def breaks(given: Workplace, tasks: dict[str, tuple[str, ...]], measures: dict[str, tuple[str, ...]] | None = None):  # type: ignore[no-untyped-def]
    return check_by_hand(given, Choice(tasks=tasks, measures=measures)).breaks


@pytest.mark.parametrize("seed", [4, 8, 34, 54])
def test_what_the_engine_carves_breaks_nothing(seed: int) -> None:
    given = at_random(seed)
    best = carve(given, seconds=0)
    choice = Choice(tasks={job.person: tuple(each.task for each in job.tasks) for job in best.jobs})
    by_hand = check_by_hand(given, choice)
    assert by_hand.breaks == ()
    assert (by_hand.value, by_hand.jobs, by_hand.released) == (best.value, best.jobs, best.released)
    assert by_hand.not_given == best.not_given


def test_each_rule_is_told_with_its_numbers() -> None:
    tasks = (
        task("core", is_core=True, hours=Decimal(1)),
        task("heavy", demand={"lifting": 4}, place="stock"),
        task("open", demand={"memory": 3}, place="yard", requires=("licence",)),
        task("short", slots=("mon_am",), hours=Decimal("3.5")),
    )
    ask = person(max_hours=Decimal(6), measures=("mate",))
    given = workplace(
        tasks=tasks,
        persons=(ask,),
        measures=(measure("mate", {"lifting": 1}),),
        staff=(staff(max_release=Decimal("0.5")),),
        limits=Limits(max_tasks=3, max_measures=0),
    )
    found = breaks(given, {"ib": ("core", "heavy", "open", "short")}, {"ib": ("mate",)})
    assert found == (
        Break(rule=Rule.CORE, person="ib", task="core"),
        Break(rule=Rule.GAP, person="ib", task="heavy", area="lifting", amount=Decimal(2), allowed=Decimal(1)),
        Break(rule=Rule.SKILLS, person="ib", task="open", codes=("licence",)),
        Break(rule=Rule.OPEN, person="ib", task="open", area="memory", amount=Decimal(3)),
        Break(rule=Rule.SLOTS, person="ib", task="short", amount=Decimal("3.5"), allowed=Decimal(3), codes=("mon_am",)),
        Break(rule=Rule.HOURS_MAX, person="ib", amount=Decimal("8.5"), allowed=Decimal(6)),
        Break(rule=Rule.MAX_TASKS, person="ib", amount=Decimal(4), allowed=Decimal(3)),
        Break(
            rule=Rule.MAX_PLACES, person="ib", amount=Decimal(3), allowed=Decimal(2), codes=("shop", "stock", "yard")
        ),
        Break(rule=Rule.MAX_MEASURES, person="ib", amount=Decimal(1), allowed=Decimal(0), codes=("mate",)),
        Break(rule=Rule.SPREAD, person="ib", amount=Decimal("0.5")),
        Break(rule=Rule.RELEASE, staff="anna", amount=Decimal("8.5"), allowed=Decimal("4.25")),
    )


def test_what_has_gone_and_what_stands_twice_is_told() -> None:
    given = workplace(persons=(person("a"), person("b", measures=())))
    found = breaks(given, {"a": ("t1", "t9"), "b": ("t1",), "c": ()}, {"b": ("crane",)})
    assert [(each.rule, each.person, each.task) for each in found[:3]] == [
        (Rule.UNKNOWN_TASK, "a", "t9"),
        (Rule.UNKNOWN_PERSON, "c", ""),
        (Rule.TWICE, "", "t1"),
    ]
    assert (found[3].rule, found[3].codes) == (Rule.UNKNOWN_MEASURE, ("crane",))


def test_too_few_hours_and_an_unchosen_measure() -> None:
    given = workplace(
        tasks=(task("t1", demand={"lifting": 3}),),
        persons=(person(min_hours=Decimal(3), measures=("mate",)),),
        measures=(measure("mate", {"lifting": 1}),),
    )
    by_hand = check_by_hand(given, Choice(tasks={"ib": ("t1",)}))
    assert by_hand.jobs[0].measures == ("mate",)
    assert [each.rule for each in by_hand.breaks] == [Rule.HOURS_MIN]
    without = breaks(given, {"ib": ("t1",)}, {"ib": ()})
    assert [each.rule for each in without] == [Rule.GAP, Rule.HOURS_MIN]


def test_nothing_chosen_is_nothing_broken() -> None:
    by_hand = check_by_hand(replace(workplace(), persons=()), Choice(tasks={}))
    assert (by_hand.value, by_hand.jobs, by_hand.breaks) == (0, (), ())
