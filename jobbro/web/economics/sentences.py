"""What the accounts say in sentences: what is seen, and what must be said plainly."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from jobbro.apps.economics.reckoning import Reckoned, Reckoning
from jobbro.apps.economics.selectors import EconomicsPage
from jobbro.engines.economics.accounts import Account
from jobbro.engines.economics.courses import Party
from jobbro.engines.economics.quantiles import Quantiles
from jobbro.webkit.schemes import number_text

from .amounts import listed, percent, thousand, title_of, unsigned
from .words import HORIZONS, UNIT_WORDS, range_text


def title_sentence(reckoning: Reckoning, *, page: EconomicsPage) -> str:
    """What the picture shows, of one combination or of the difference between two."""
    if reckoning.difference is None:
        return municipality_sentence(reckoning.choices[0], page=page)
    found = reckoning.difference[Party.MUNICIPALITY].net
    if found is None:
        return _price_missing([one for reckoned in reckoning.choices for one in reckoned.unknown_prices], page=page)
    said = _limits(found) | {"time": _time(reckoning.choices[0])}
    if thousand(found.low) >= 0:
        return (
            _("Over %(time)s choice B gives the municipality between %(low)s and %(high)s kr. more than choice A.")
            % said
        )
    if thousand(found.high) <= 0:
        return (
            _("Over %(time)s choice B gives the municipality between %(high)s and %(low)s kr. less than choice A.")
            % said
        )
    return (
        _(
            "Over %(time)s choice B can give the municipality up to %(low)s kr. less "
            "or up to %(high)s kr. more than choice A."
        )
        % said
    )


def municipality_sentence(one: Reckoned, *, page: EconomicsPage) -> str:
    """What the municipality gets or pays over the whole time."""
    found = one.account.parties[Party.MUNICIPALITY].net
    if found is None:
        return _price_missing(one.unknown_prices, page=page)
    said = _limits(found) | {"time": _time(one)}
    if thousand(found.low) >= 0:
        return (
            _(
                "Over %(time)s the municipality gets between %(low)s and %(high)s kr. more "
                "out of the support than it costs."
            )
            % said
        )
    if thousand(found.high) <= 0:
        return _("Over %(time)s the support costs the municipality between %(high)s and %(low)s kr.") % said
    return _("Over %(time)s the support can cost the municipality up to %(low)s kr. or give up to %(high)s kr.") % said


def _limits(found: Quantiles) -> dict[str, str]:
    return {"low": unsigned(found.low), "high": unsigned(found.high)}


def _time(one: Reckoned) -> str:
    return str(HORIZONS.get(one.account.horizon_weeks, ""))


def _price_missing(schemes: Sequence[str], *, page: EconomicsPage) -> str:
    titles = listed(dict.fromkeys(title_of(scheme, page=page) for scheme in schemes))
    return _("The municipality's account waits for the price of %(schemes)s.") % {"schemes": titles}


def sentences(one: Reckoned) -> Iterator[str]:
    """What the account says of the municipality's chance, of more work, and of the effect that it takes."""
    account = one.account
    share = account.parties[Party.MUNICIPALITY].chance_of_gain
    if share is not None:
        yield _("In %(percent)s of 100 reckonings the municipality gets more out of the support than it costs.") % {
            "percent": percent(share)
        }
    weeks = account.more_weeks_in_job
    yield _(
        "With the support people are between %(low)s and %(high)s weeks more in a job, in the middle %(median)s."
    ) % {
        name: number_text(round(value)).replace("-", "−")
        for name, value in (("low", weeks.low), ("high", weeks.high), ("median", weeks.median))
    }
    yield from _break_even(account)


def _break_even(account: Account) -> Iterator[str]:
    found = account.break_even
    if found is None:
        return
    if found.median is None:
        yield _("At these prices the support costs the municipality money in most reckonings, however much it helps.")
        yield _("That says nothing about what anybody has a right to.")
    elif found.median == 0:
        yield _("The municipality breaks even in most reckonings, also when the support changes nothing.")
    else:
        points = number_text(round(found.median * 100, 1))
        yield _(
            "In half of the reckonings the municipality breaks even "
            "when %(points)s more of 100 are in a job within a year."
        ) % {"points": points}


def notes(one: Reckoned, *, page: EconomicsPage) -> Iterator[str]:
    """What must be said plainly about this account."""
    for reason in one.account.unknown:
        scheme = str(reason.params.get("scheme", ""))
        title = {"scheme": title_of(scheme, page=page)} if scheme else {}
        if reason.code == "price_unknown":
            yield from _price_notes(one, scheme=scheme, page=page)
        elif reason.code == "state_share_unknown":
            yield (
                _(
                    "We have not found how much the state pays of %(scheme)s, "
                    "so anything from nothing to all is reckoned with."
                )
                % title
            )
        elif reason.code == "wage_unknown":
            yield _("The wage is not known, so employer and citizen cannot be reckoned, and no taxes of the wage.")
    for scheme in one.uncounted:
        yield _("Nothing is assumed of what %(scheme)s changes, so it counts with its price only.") % {
            "scheme": title_of(scheme, page=page)
        }
    if one.choice.effect is None:
        yield _("The effect is an estimate. Nobody has measured it. You can write another number.")
    yield from _carried_prices(one, page=page)
    yield from _excluding(one, page=page)


def _price_notes(one: Reckoned, *, scheme: str, page: EconomicsPage) -> Iterator[str]:
    offer = page.offer(scheme)
    title = {"scheme": title_of(scheme, page=page), "unit": str(UNIT_WORDS[offer.unit])}
    yield _("We do not know the price of %(scheme)s. Write your own.") % title
    if offer.last_price is not None and offer.last_price.year is None:
        said = {**title, "price": range_text(offer.last_price.estimate.low, offer.last_price.estimate.high)}
        yield _("An older source without a year says %(price)s kr. %(unit)s for %(scheme)s. It is not used.") % said
    limit = next((found.limit for found in one.account.price_limits if found.scheme == scheme), None)
    amount = next(chosen.amount for chosen in one.choice.schemes if chosen.scheme == scheme)
    if limit is not None and amount:
        said = {**title, "limit": number_text(round(limit.median / amount))}
        yield (
            _("Up to %(limit)s kr. %(unit)s for %(scheme)s the municipality breaks even in half of the reckonings.")
            % said
        )


def _carried_prices(one: Reckoned, *, page: EconomicsPage) -> Iterator[str]:
    """Prices that come from another year than the one that is reckoned for."""
    for chosen in one.choice.schemes:
        offer = page.offer(chosen.scheme)
        last = offer.last_price
        if chosen.price is not None or offer.price is None or last is None or offer.price == last.estimate:
            continue
        yield _("The last price we know of %(scheme)s is from %(year)s: %(price)s kr. %(unit)s.") % {
            "scheme": title_of(offer.code, page=page),
            "year": last.year,
            "price": range_text(last.estimate.low, last.estimate.high),
            "unit": str(UNIT_WORDS[offer.unit]),
        }


def _excluding(one: Reckoned, *, page: EconomicsPage) -> Iterator[str]:
    """Schemes of the choice that are not given together."""
    for place, code in enumerate(one.choice.codes):
        for other in one.choice.codes[place + 1 :]:
            if other in page.offer(code).exclusive_with:
                yield _("%(first)s and %(second)s are not given together.") % {
                    "first": title_of(code, page=page),
                    "second": title_of(other, page=page),
                }
