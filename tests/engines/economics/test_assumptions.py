"""The assumptions that are shipped say what they are, and a wrong file is refused with its line."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jobbro.engines.economics.accounts import account_for
from jobbro.engines.economics.assumptions import FILE, assumptions, read_assumptions
from jobbro.engines.economics.courses import UNKNOWN_SHARE, Course, Paid, Party
from jobbro.engines.economics.estimates import EconomicsError, Grade
from jobbro.engines.economics.weeks import Ladder
from jobbro.kernel.strict_yaml import ContentError, read_yaml
from jobbro.kernel.vocabulary import SCHEMES
from tests.engines.economics.made_up import sure

ON = date(2026, 11, 22)
SHIPPED = assumptions()


def test_every_scheme_has_its_assumptions() -> None:
    assert set(SHIPPED.schemes) == set(SCHEMES)


def test_the_ladder_is_marked_unconfirmed() -> None:
    ladder = SHIPPED.refund_ladder(on=ON)
    assert (ladder.ends, ladder.shares, ladder.mark) == ((4, 26, 52), (0.8, 0.4, 0.3, 0.2), "U")
    with pytest.raises(EconomicsError, match="choose a later day"):
        SHIPPED.refund_ladder(on=date(2010, 1, 1))


def test_every_effect_is_an_assumption_that_may_be_nothing() -> None:
    effects = [effect for scheme in SHIPPED.schemes.values() for _, effect in scheme.effects]
    assert len(effects) >= 7
    assert {(effect.grade, effect.mark, effect.low) for effect in effects} == {(Grade.ASSUMPTION, "U", 0.0)}


def test_a_year_without_a_rate_has_no_price() -> None:
    assert SHIPPED.known_price("isbryder", on=date(2024, 6, 1)) is not None
    assert SHIPPED.known_price("isbryder", on=ON) is None
    last = SHIPPED.last_price("isbryder", on=ON)
    assert last and last.year == 2024


def test_a_planning_price_says_its_year_and_widens() -> None:
    price = SHIPPED.planning_price("isbryder", on=ON)
    assert price and price.grade is Grade.ASSUMPTION and "2024" in price.source
    assert (price.low, price.high) == pytest.approx((31.78, 171.36 * 1.05**2))
    # Read, but without a year: shown, never used.
    assert SHIPPED.planning_price("personlig_assistance", on=ON) is None
    last = SHIPPED.last_price("personlig_assistance", on=ON)
    assert last and last.year is None and last.estimate.low == 127.86
    assert SHIPPED.planning_price("mentor", on=ON) is None


def test_the_municipal_example_of_a_month_of_assistance() -> None:
    # Cabi: 7 hours x 127.86 kr x 4.33 weeks = 3,875 kr a month, half refunded. Here over 52 weeks of a sure job.
    support = SHIPPED.support_for("personlig_assistance", on=ON, price=sure(127.86), amount=7)
    assert support.price and support.price.low * 4.33 == pytest.approx(3875, abs=1)
    assert support.paid is Paid.WEEKLY_IN_JOB and support.path[0] is Party.MUNICIPALITY
    assert not isinstance(support.state_share, Ladder) and support.state_share.low == support.state_share.high == 0.5


def test_an_unknown_share_is_anything_and_a_ladder_follows() -> None:
    assert SHIPPED.support_for("isbryder", on=ON).state_share == UNKNOWN_SHARE
    assert SHIPPED.support_for("fleksjob", on=ON).state_share == SHIPPED.refund_ladder(on=ON)
    assert SHIPPED.support_for("mentor", on=ON, weeks=10).weeks == 10
    assert SHIPPED.support_for("mentor", on=ON).price is None


def test_effects_do_not_simply_add_up() -> None:
    one = SHIPPED.effect_of(["mentor"], on=ON)
    both = SHIPPED.effect_of(["mentor", "isbryder"], on=ON)
    assert one and both
    assert (both.low, both.likely) == (one.low, one.likely) and both.high == pytest.approx(0.15 + 0.12)
    assert SHIPPED.effect_of(["stu"], on=ON) is None


def test_unknown_schemes_and_languages_are_refused() -> None:
    with pytest.raises(EconomicsError, match="nothing is assumed of 'employer'"):
        SHIPPED.of("employer")
    with pytest.raises(ValueError, match="use one of da, en"):
        assumptions("sv")
    assert "assumption" in str(assumptions("en").taxes(on=ON).state.source).lower()
    assert assumptions("en").version == SHIPPED.version


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_can_be_reckoned(scheme: str) -> None:
    course = Course(
        benefit_week=sure(4000.0),
        wage_week=sure(7000.0),
        weeks_on_benefit=20,
        yearly_chance=sure(0.25),
        effect=SHIPPED.effect_of([scheme], on=ON) or sure(0.05),
        supports=(SHIPPED.support_for(scheme, on=ON, amount=2.0),),
        refund=SHIPPED.refund_ladder(on=ON),
        taxes=SHIPPED.taxes(on=ON),
    )
    account = account_for(course, 100)
    is_known = SHIPPED.planning_price(scheme, on=ON) is not None
    assert (account.parties[Party.MUNICIPALITY].net is not None) is is_known


# Price in the file, and the value of law it comes from: (scheme, limit, parameter, how many of it go into one unit).
FROM_LAW = [
    ("isbryder", "low", "loentilskud_sats_1", 1.0),
    ("isbryder", "high", "loentilskud_sats_5", 1.0),
    ("skaanejob", "low", "loentilskud_sats_1", 1.0),
    ("skaanejob", "high", "loentilskud_sats_2", 1.0),
    ("fleksjob", "high", "fleksloentilskud_max_month", 12 / 52),
    ("tilskud_selvstaendig", "high", "selvstaendig_tilskud_grundbeloeb", 1 / 52),
    ("paragraf_56", "high", "sygedagpenge_max_week", 1.0),
    ("paragraf_58a", "high", "sygedagpenge_max_week", 1.0),
]


@cache
def values_of_law() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_yaml(FILE.parents[1] / "schemes/package/parameters.yaml").value["parameters"]
    return rows


@pytest.mark.parametrize(("scheme", "limit", "parameter", "factor"), FROM_LAW)
def test_prices_are_those_of_the_rules(scheme: str, limit: str, parameter: str, factor: float) -> None:
    # Engines are strangers to each other, so each keeps the values it needs; here they are held to one another.
    values = next(row["values"] for row in values_of_law() if row["code"] == parameter)
    by_year = {value["from"].year: value["value"] for value in values}
    prices = SHIPPED.of(scheme).prices
    assert prices
    for price in prices:
        assert price.year is not None
        assert getattr(price.estimate, limit) == pytest.approx(by_year[price.year] * factor, abs=0.01)


TEXT = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("checked_on: 2026-11-22", "checked_on: today", "checked_on", "must be a date"),
        ("checked_on: 2026-11-22", "checked_on: 2026-11-22\nmore: 1", "more", "not a known field"),
        ("municipal_tax:", "municipal_taxes:", "municipal_taxes", "not a known field"),
        ("low: 0.20", "low: .nan", "municipal_tax[0].low", "finite"),
        ("low: 0.20", "low: -0.1", "municipal_tax[0].low", "from 0 to 1"),
        ("low: 0.20", "low: 0.9", "municipal_tax[0].low", "in that order"),
        ("high: 0.27\n  grade: assumption", "high: 0.27\n  grade: guess", "municipal_tax[0].grade", "use one of"),
        ("from: 2016-01-04\n  mark: U", "from: 2016-01-04\n  mark: X", "refund_ladder[0].steps", "V, D, U, C"),
        ("{until_weeks: null, share: 0.20}", "{until_weeks: 90, share: 0.20}", "refund_ladder[0].steps", "no end"),
        ("{until_weeks: 26, share: 0.40}", "{until_weeks: 3, share: 0.40}", "refund_ladder[0].steps", "must rise"),
        ("{until_weeks: 4, share: 0.80}", "{until_weeks: 4}", "refund_ladder[0].steps[0].share", "left out"),
        ("- scheme: stu", "- scheme: su", "schemes[14].scheme", "unknown scheme"),
        ("- scheme: stu", "- scheme: mentor", "schemes[14].scheme", "given twice"),
        ("unit: kr_per_hour", "unit: euro", "schemes[0].unit", "use one of"),
        ("paid: weekly_in_job", "paid: sometimes", "schemes[0]", "look at paid and path"),
        ("path: [municipality, employer, outside]", "path: [municipality]", "schemes[0].path", "payer and a receiver"),
        ("path: [municipality, employer, outside]", "path: city", "schemes[0].path", "must be a list"),
        ("is_taxed: false", "is_taxed: no", "schemes[0].is_taxed", "true or false"),
        ("- {year: null", "- {year: 26", "schemes[0].prices[0].year", "calendar year"),
        ("year: 2023", "year: 2024", "schemes[3].prices[1].year", "given twice"),
        ("  state_share: null", "  state_share: some", "schemes[3].state_share", "must be a list"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, old: str, new: str, field: str, reason: str) -> None:
    assert old in TEXT
    path = tmp_path / "assumptions.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_assumptions(path, language="da")
    assert (caught.value.file, caught.value.field) == ("assumptions.yaml", field)
    assert reason in caught.value.reason
    assert caught.value.line > 1


@pytest.mark.parametrize("content", ["", "- 1", "a: &x 1\nb: *x"])
def test_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "assumptions.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ContentError):
        read_assumptions(path, language="da")
