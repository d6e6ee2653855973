"""Amounts as they are said: whole thousands, intervals first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jobbro.apps.economics.selectors import EconomicsPage
from jobbro.engines.economics.accounts import PartyAccount
from jobbro.engines.economics.quantiles import Quantiles
from jobbro.webkit.schemes import language, number_text

THOUSAND = 1_000


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An amount in words; empty where it is unknown."""

    low: str = ""
    median: str = ""
    high: str = ""
    chance: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.median)


def thousand(amount: float) -> float:
    """The amount in whole thousands."""
    return round(amount / THOUSAND) * THOUSAND + 0.0


def signed(amount: float) -> str:
    """“−48.000”, “0”, “12.000”: whole thousands, never more exact than the reckoning."""
    return number_text(thousand(amount)).replace("-", "−")


def unsigned(amount: float) -> str:
    """The size of the amount, whoever pays it."""
    return signed(abs(amount))


def percent(share: float) -> str:
    """A whole number out of 100; the ends only when nothing lies on the other side."""
    rounded = min(99, max(1, round(share * 100))) if 0 < share < 1 else round(share * 100)
    return str(rounded)


def amount_words(account: PartyAccount) -> Amount:
    """A party's net and chance."""
    if account.net is None or account.chance_of_gain is None:
        return Amount()
    return interval_words(account.net, chance=_("%(number)s of 100") % {"number": percent(account.chance_of_gain)})


def interval_words(found: Quantiles | None, *, chance: str = "") -> Amount:
    """An amount with its limits; empty where it is unknown."""
    if found is None:
        return Amount()
    low, median, high = (signed(one) for one in (found.low, found.median, found.high))
    return Amount(low=low, median=median, high=high, chance=chance)


def title_of(scheme: str, *, page: EconomicsPage) -> str:
    """What the scheme is called, inside a sentence; abbreviations keep their capitals."""
    title = page.offer(scheme).title.in_language(language())
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def capitalised(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def listed(parts: Iterable[str]) -> str:
    """“a, b og c”."""
    all_parts = list(parts)
    if len(all_parts) < 2:
        return "".join(all_parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(all_parts[:-1]), "last": all_parts[-1]}
