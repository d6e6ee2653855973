"""A course that cannot be reckoned is refused with the name of the field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jobbro.engines.economics.courses import UNKNOWN_SHARE, Paid, Party, Start, Taxes
from jobbro.engines.economics.estimates import EconomicsError
from tests.engines.economics.made_up import ASSISTANCE, COURSE, LADDER, MENTOR, spread, sure


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"benefit_week": sure(-1.0)}, "benefit_week"),
        ({"benefit_week": 4000.0}, "benefit_week"),
        ({"wage_week": sure(1e12)}, "wage_week"),
        ({"weeks_on_benefit": -1}, "weeks_on_benefit"),
        ({"weeks_on_benefit": 2.5}, "weeks_on_benefit"),
        ({"yearly_chance": sure(1.0)}, "yearly_chance"),
        ({"yearly_chance": spread(-0.1, 0.5)}, "yearly_chance"),
        ({"effect": sure(1.1)}, "effect"),
        ({"benefit_kept": float("nan")}, "benefit_kept"),
        ({"benefit_kept": 1.1}, "benefit_kept"),
        ({"work_value": sure(-0.1)}, "work_value"),
        ({"horizon_weeks": 0}, "horizon_weeks"),
        ({"start": "at home"}, "start"),
        ({"refund": 0.5}, "refund"),
        ({"taxes": None}, "taxes"),
        ({"supports": [ASSISTANCE]}, "supports"),
        ({"supports": (ASSISTANCE, ASSISTANCE)}, "supports"),
        ({"start": Start.IN_WORK, "supports": (replace(MENTOR, paid=Paid.WEEKLY_UNTIL_JOB),)}, "mentor.paid"),
    ],
)
def test_a_wrong_course_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(EconomicsError) as caught:
        replace(COURSE, **changes)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scheme": "uncle"}, "scheme"),
        ({"price": sure(-1.0)}, "mentor.price"),
        ({"price": 5.0}, "mentor.price"),
        ({"paid": "often"}, "mentor.paid"),
        ({"weeks": 0}, "mentor.weeks"),
        ({"path": (Party.MUNICIPALITY,)}, "mentor.path"),
        ({"path": ("municipality", "me")}, "mentor.path"),
        ({"path": (Party.MUNICIPALITY, Party.EMPLOYER, Party.MUNICIPALITY)}, "mentor.path"),
        ({"state_share": spread(0.5, 1.5)}, "mentor.state_share"),
        ({"state_share": None}, "mentor.state_share"),
        ({"is_taxed": True}, "mentor.is_taxed"),
    ],
)
def test_a_wrong_support_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(EconomicsError) as caught:
        replace(MENTOR, **changes)
    assert caught.value.field == field


@pytest.mark.parametrize("share", [UNKNOWN_SHARE, LADDER])
def test_the_state_refunds_only_the_municipality(share: Any) -> None:
    with pytest.raises(EconomicsError, match="only what the municipality pays"):
        replace(MENTOR, path=(Party.EMPLOYER, Party.OUTSIDE), state_share=share)


def test_taxes_cannot_take_more_than_all() -> None:
    with pytest.raises(EconomicsError, match="more than the whole"):
        Taxes(municipality=spread(0.2, 0.7), state=spread(0.1, 0.4))
