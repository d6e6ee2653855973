"""The account of one course: who pays and gains how much over time, how likely it pays, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from jobbro.engines.economics.break_even import BreakEven, break_evens_of
from jobbro.engines.economics.courses import Course, Party
from jobbro.engines.economics.drawing import Books, Line, books_of, draw, lines_of
from jobbro.engines.economics.estimates import Draws, EconomicsError, Estimate, Floats, Grade
from jobbro.engines.economics.quantiles import Quantiles, quantiles_of
from jobbro.engines.economics.transfers import Kind
from jobbro.kernel.because import Because

# Cumulative accounts are given at so many moments, evenly spaced over the horizon.
MOMENTS = 4
# Draws used for the moments before the last.
EARLY_DRAWS = 2_000
PUBLIC = (Party.MUNICIPALITY, Party.STATE)
_ALL_FOUR = (Party.MUNICIPALITY, Party.STATE, Party.EMPLOYER, Party.CITIZEN)
_GROUPS: tuple[tuple[Party, ...], ...] = (*((party,) for party in Party), PUBLIC, _ALL_FOUR)


@dataclass(frozen=True, kw_only=True)
class Input:
    """A number the account rests on. `scheme` is None for what is not a scheme's; the unit is that of the field."""

    code: str
    scheme: str | None
    estimate: Estimate


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a party's account, in kr over the horizon; below 0 the party pays. None: an amount is unknown."""

    kind: Kind
    scheme: str | None
    amount: Quantiles | None


@dataclass(frozen=True, kw_only=True)
class PartyAccount:
    """What the course gives (above 0) or costs (below 0) somebody over the horizon, in kr, and in which lines.

    `net` and `chance_of_gain` (the share of draws with net > 0) are None when a price they need is unknown.
    `over_time`: (weeks, net up to then), all but the last from the first 2,000 draws; None where the net is. The lines'
    medians need not add up to the net's.
    """

    net: Quantiles | None
    chance_of_gain: float | None
    items: tuple[Item, ...]
    over_time: tuple[tuple[int, Quantiles | None], ...]


@dataclass(frozen=True, kw_only=True)
class PriceLimit:
    """The price of a scheme (kr a week or once) up to which the municipality does not lose, all else as drawn.

    At `limit.low` it pays in 95 % of the draws, at the median in half. 0 where it does not pay at any price.
    """

    scheme: str
    limit: Quantiles


@dataclass(frozen=True, kw_only=True)
class Account:
    """The answer for one course: for many people like this one, not what will happen to one of them.

    Amounts are kr over `horizon_weeks`, with the support less without it. `parties` holds everybody, the outside world
    too, so that the nets of each draw add up to 0; `public` is municipality and state together, `society` the four
    parties together. `break_even`: the effect at which the municipality neither gains nor loses; `public_break_even`
    for both together. `chance_of_more_work`: the share of draws with more weeks in a job.
    `unknown`: reasons why something is not given. `weakest`: the least founded of `inputs`.
    """

    horizon_weeks: int
    draws: int
    seed: int
    parties: Mapping[Party, PartyAccount]
    public: PartyAccount
    society: PartyAccount
    more_weeks_in_job: Quantiles
    chance_of_more_work: float
    break_even: BreakEven | None
    public_break_even: BreakEven | None
    price_limits: tuple[PriceLimit, ...]
    unknown: tuple[Because, ...]
    inputs: tuple[Input, ...]
    weakest: Grade


def account_for(course: Course, draws: int = 5_000, seed: int = 0) -> Account:
    """The account of `course` from `draws` draws of what is uncertain for all alike (effect, prices, shares, taxes).

    Whether one person finds work is luck; it is integrated in closed form and not drawn. The same course, draws and
    seed give the same account; two courses with one seed share the draws of what they share. Takes about 4 ms for
    5,000 draws. Raises `EconomicsError` (naming the field) for fewer than 20 draws or an impossible seed; a `Course`
    with impossible numbers cannot be made. Method: geometric waiting times, docs/economics.md.

    >>> from datetime import date
    >>> from jobbro.engines.economics.assumptions import assumptions
    >>> from jobbro.engines.economics.courses import Course
    >>> from jobbro.engines.economics.estimates import Grade, known
    >>> on = date(2026, 11, 22)
    >>> assumed = assumptions()
    >>> own = lambda kr: known(kr, source="the municipality's own figure", grade=Grade.MEASURED)
    >>> course = Course(
    ...     benefit_week=own(4_000.0), wage_week=own(7_000.0), weeks_on_benefit=20, yearly_chance=own(0.25),
    ...     effect=assumed.effect_of(["personlig_assistance"], on=on),
    ...     supports=(assumed.support_for("personlig_assistance", on=on, price=own(1_000.0)),),
    ...     refund=assumed.refund_ladder(on=on), taxes=assumed.taxes(on=on),
    ... )
    >>> account = account_for(course, draws=5_000, seed=7)
    >>> net = account.parties["municipality"].net
    >>> net.low < net.median < net.high
    True
    >>> str(account.weakest)
    'assumption'
    """
    drawing = Draws(count=draws, seed=seed)
    drawn = draw(course, draws=drawing)
    moments = _moments(course.horizon_weeks)
    setting, early = drawn.setting(course), drawn.first(EARLY_DRAWS)
    until = early.setting(course)
    books = [books_of(lines_of(course, drawn=early, setting=replace(until, weeks=weeks))) for weeks in moments[:-1]]
    lines = list(lines_of(course, drawn=drawn, setting=setting))
    books.append(books_of(lines))
    accounts = [_party_account(group=group, lines=lines, books=books, moments=moments) for group in _GROUPS]
    more_work = setting.more_weeks_in_job
    break_even, public_break_even = break_evens_of(course, drawn=drawn, groups=[(Party.MUNICIPALITY,), PUBLIC])
    return Account(
        horizon_weeks=course.horizon_weeks,
        draws=draws,
        seed=seed,
        parties=dict(zip(Party, accounts, strict=False)),
        public=accounts[-2],
        society=accounts[-1],
        more_weeks_in_job=quantiles_of(more_work),
        chance_of_more_work=float(np.mean(more_work > 0)),
        break_even=break_even,
        public_break_even=public_break_even,
        price_limits=tuple(_price_limits(course, lines=lines)),
        unknown=tuple(_unknown(course)),
        inputs=(inputs := tuple(_inputs(course))),
        weakest=max((entry.estimate.grade for entry in inputs), key=list(Grade).index),
    )


def compare(one: Course, other: Course, *, draws: int = 5_000, seed: int = 0) -> Mapping[Party, PartyAccount]:
    """What `other` gives more (above 0) or less than `one` to each party, in paired draws, without lines.

    Both courses are drawn with one seed: what they share cancels, and the interval is that of the difference.
    Raises `EconomicsError` when their horizons differ.
    """
    drawing = Draws(count=draws, seed=seed)
    if one.horizon_weeks != other.horizon_weeks:
        raise EconomicsError(field="horizon_weeks", reason="the two courses must have one horizon")
    before, after = (
        books_of(lines_of(course, drawn=drawn, setting=drawn.setting(course)))
        for course in (one, other)
        for drawn in (draw(course, draws=drawing),)
    )
    differences = {}
    for party in Party:
        nets = before.net((party,)), after.net((party,))
        difference = None if nets[0] is None or nets[1] is None else nets[1] - nets[0]
        differences[party] = PartyAccount(
            net=_quantiles(difference), chance_of_gain=_share_above_zero(difference), items=(), over_time=()
        )
    return differences


def _party_account(
    *, group: tuple[Party, ...], lines: list[Line], books: list[Books], moments: tuple[int, ...]
) -> PartyAccount:
    nets = [book.net(group) for book in books]
    found = [_quantiles(net) for net in nets]
    return PartyAccount(
        net=found[-1],
        chance_of_gain=_share_above_zero(nets[-1]),
        items=tuple(_items(lines, party=group[0])) if len(group) == 1 else (),
        over_time=tuple(zip(moments, found, strict=True)),
    )


def _items(lines: list[Line], *, party: Party) -> Iterator[Item]:
    """What the party pays and receives by kind and scheme; what only passes through it is left out."""
    groups: dict[tuple[Kind, str | None], list[Line]] = {}
    for line in lines:
        if line.transfer.net_of(party):
            groups.setdefault((line.transfer.kind, line.transfer.scheme), []).append(line)
    for (kind, scheme), part in groups.items():
        if sum(line.transfer.net_of(party) for line in part) == 0:
            continue
        amounts = [net for line in part if (net := line.net(party)) is not None]
        total = reduce(np.add, amounts) if len(amounts) == len(part) else None
        yield Item(kind=kind, scheme=scheme, amount=_quantiles(total))


def _quantiles(row: Floats | None) -> Quantiles | None:
    return None if row is None else quantiles_of(row)


def _moments(horizon: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(max(1, round(horizon * step / MOMENTS)) for step in range(1, MOMENTS + 1)))


def _share_above_zero(row: Floats | None) -> float | None:
    # What is within a thousandth of a krone of nothing is nothing.
    return None if row is None else float(np.mean(row > 0.001))


def _price_limits(course: Course, *, lines: list[Line]) -> Iterator[PriceLimit]:
    """For each price what the municipality can pay before it loses, all other amounts as drawn."""
    payer = Party.MUNICIPALITY
    lines = [line for line in lines if line.transfer.net_of(payer)]
    for support in course.supports:
        own = [line for line in lines if line.amount_of == support.scheme]
        costs = -sum((line.transfer.net_of(payer) * line.transfer.weeks for line in own), start=np.zeros(1))
        others = books_of(line for line in lines if line.amount_of != support.scheme).net((payer,))
        if others is not None and (costs > 0).all():
            yield PriceLimit(scheme=support.scheme, limit=quantiles_of(np.maximum(others / costs, 0.0)))


def _unknown(course: Course) -> Iterator[Because]:
    if course.wage_week is None:
        yield Because(code="wage_unknown")
    for support in course.supports:
        if support.price is None:
            yield Because(code="price_unknown", params={"scheme": support.scheme})
        share = support.state_share
        if isinstance(share, Estimate) and (share.low, share.high) == (0.0, 1.0):
            yield Because(code="state_share_unknown", params={"scheme": support.scheme})


def _inputs(course: Course) -> Iterator[Input]:
    plain = (
        ("benefit_week", course.benefit_week),
        ("wage_week", course.wage_week),
        ("yearly_chance", course.yearly_chance),
        ("effect", course.effect),
        ("work_value", course.work_value),
        ("municipal_tax", course.taxes.municipality),
        ("state_tax", course.taxes.state),
    )
    for code, estimate in plain:
        if estimate is not None:
            yield Input(code=code, scheme=None, estimate=estimate)
    for support in course.supports:
        if support.price is not None:
            yield Input(code="price", scheme=support.scheme, estimate=support.price)
        if isinstance(support.state_share, Estimate):
            yield Input(code="state_share", scheme=support.scheme, estimate=support.state_share)
