"""The lines of an account: transfers times drawn amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from jobbro.engines.economics.courses import Course, Party, Start
from jobbro.engines.economics.estimates import Draws, Estimate, Floats
from jobbro.engines.economics.transfers import (
    Setting,
    Transfer,
    benefit_transfers,
    support_transfers,
    wage_transfers,
)
from jobbro.engines.economics.weeks import Stay, stay_with


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The uncertain numbers of a course as drawn: (draws,) each, (1,) for a known one; None for an unknown price.

    `shares` and `prices` stand in the order of the course's supports; a share is None where it is a ladder.
    """

    effect: Floats
    chance: Floats
    benefit: Floats
    wage: Floats | None
    work_value: Floats
    municipal_tax: Floats
    state_tax: Floats
    shares: tuple[Floats | None, ...]
    prices: tuple[Floats | None, ...]

    def first(self, count: int) -> Drawn:
        """The first `count` draws of every number: draws stand in no order, so they are a sample of all."""

        def of(row: Floats | None) -> Floats | None:
            return None if row is None else row[:count]

        return Drawn(
            effect=self.effect[:count],
            chance=self.chance[:count],
            benefit=self.benefit[:count],
            wage=of(self.wage),
            work_value=self.work_value[:count],
            municipal_tax=self.municipal_tax[:count],
            state_tax=self.state_tax[:count],
            shares=tuple(of(row) for row in self.shares),
            prices=tuple(of(row) for row in self.prices),
        )

    def setting(self, course: Course) -> Setting:
        """The whole course."""
        sign = 1.0 if course.start is Start.OUT_OF_WORK else -1.0
        return Setting(
            start=course.start,
            weeks=course.horizon_weeks,
            weeks_on_benefit=course.weeks_on_benefit,
            without=Stay(self.chance),
            supported=stay_with(chance=self.chance, change=sign * self.effect),
            refund=course.refund,
            municipal_tax=self.municipal_tax,
            state_tax=self.state_tax,
            benefit_kept=course.benefit_kept,
            work_value=self.work_value,
        )


@dataclass(frozen=True, kw_only=True)
class Line:
    """A transfer and the amount a week (or once) in kr, None when it is unknown.

    `amount_of` names the amount: "benefit", "wage" or the scheme whose price it is.
    """

    transfer: Transfer
    amount: Floats | None
    amount_of: str

    @cached_property
    def value(self) -> Floats:
        """What moves from payer to receiver, in kr; only where the amount is known."""
        assert self.amount is not None, "an unknown amount has no value"
        return self.amount * self.transfer.weeks

    def net(self, party: Party) -> Floats | None:
        """What the party receives, below 0 what it pays; None when the amount is unknown."""
        return None if self.amount is None else self.transfer.net_of(party) * self.value


def draw(course: Course, *, draws: Draws) -> Drawn:
    """The course's numbers as drawn; the name of each stream is the name of the field, with the scheme's code."""

    def of(estimate: Estimate | None, name: str) -> Floats | None:
        return None if estimate is None else draws.of(estimate, name=name)

    shares = ((s.scheme, s.state_share) for s in course.supports)
    return Drawn(
        effect=draws.of(course.effect, name="effect"),
        chance=draws.of(course.yearly_chance, name="yearly_chance"),
        benefit=draws.of(course.benefit_week, name="benefit_week"),
        wage=of(course.wage_week, "wage_week"),
        work_value=draws.of(course.work_value, name="work_value"),
        municipal_tax=draws.of(course.taxes.municipality, name="municipal_tax"),
        state_tax=draws.of(course.taxes.state, name="state_tax"),
        shares=tuple(
            draws.of(share, name=f"state_share.{scheme}") if isinstance(share, Estimate) else None
            for scheme, share in shares
        ),
        prices=tuple(of(s.price, f"price.{s.scheme}") for s in course.supports),
    )


def lines_of(course: Course, *, drawn: Drawn, setting: Setting) -> Iterator[Line]:
    """Every line of the course up to the weeks of the setting."""
    for transfer in benefit_transfers(setting):
        yield Line(transfer=transfer, amount=drawn.benefit, amount_of="benefit")
    for transfer in wage_transfers(setting):
        yield Line(transfer=transfer, amount=drawn.wage, amount_of="wage")
    for support, share, price in zip(course.supports, drawn.shares, drawn.prices, strict=True):
        for transfer in support_transfers(setting, support=support, share=share):
            yield Line(transfer=transfer, amount=price, amount_of=support.scheme)


@dataclass(frozen=True, kw_only=True)
class Books:
    """What each party receives less what it pays, a draw, with all that is unknown left out.

    `open_weeks`: for each unknown amount, what each party receives for each krone of it.
    """

    nets: Mapping[Party, Floats]
    open_weeks: Mapping[str, Mapping[Party, Floats]]

    def net(self, parties: tuple[Party, ...]) -> Floats | None:
        """The net of the parties together; None when it needs an unknown amount.

        An unknown amount that only passes through them, or moves between them, is not needed.
        """
        for weeks in self.open_weeks.values():
            if np.abs(_sum(weeks[party] for party in parties)).max() > 1e-9:
                return None
        return _sum(self.nets[party] for party in parties)


def books_of(lines: Iterable[Line]) -> Books:
    """The lines added up by party."""
    nothing = np.zeros(1)
    nets = dict.fromkeys(Party, nothing)
    open_weeks: dict[str, dict[Party, Floats]] = {}
    for line in lines:
        if line.amount is None:
            kept, value = open_weeks.setdefault(line.amount_of, dict.fromkeys(Party, nothing)), line.transfer.weeks
        else:
            kept, value = nets, line.value
        kept[line.transfer.payer] = kept[line.transfer.payer] - value
        kept[line.transfer.receiver] = kept[line.transfer.receiver] + value
    return Books(nets=nets, open_weeks=open_weeks)


def _sum(rows: Iterable[Floats]) -> Floats:
    return reduce(np.add, rows)
