"""The accounts as they are shown: one picture, a table for each combination, and every number behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jobbro.apps.economics.reckoning import Reckoned, Reckoning
from jobbro.apps.economics.selectors import EconomicsPage
from jobbro.engines.economics.accounts import Account, Input, Item, PartyAccount
from jobbro.engines.economics.courses import Paid
from jobbro.engines.economics.estimates import Grade
from jobbro.engines.economics.weeks import Ladder
from jobbro.webkit.charts import Interval, IntervalPanel, IntervalPicture, interval_picture
from jobbro.webkit.schemes import number_text

from .amounts import THOUSAND, Amount, amount_words, capitalised, interval_words, listed, title_of
from .sentences import municipality_sentence, notes, sentences, title_sentence
from .words import GRADES, INPUTS, KINDS, MARKS, OWN_SOURCES, PARTIES, UNIT_WORDS, range_text

SHARES = ("work_value", "municipal_tax", "state_tax", "state_share", "yearly_chance", "effect")


@dataclass(frozen=True, kw_only=True)
class PartyLine:
    """A party with its amount, and the lines behind it."""

    label: str
    amount: Amount
    items: tuple["PartyLine", ...] = ()


@dataclass(frozen=True, kw_only=True)
class InputLine:
    """A number that the account rests on."""

    label: str
    value: str
    grade: str
    is_assumption: bool
    mark: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ChoiceShown:
    """One combination as it is read."""

    name: str
    schemes: str
    sentences: tuple[str, ...]
    parties: tuple[PartyLine, ...]
    notes: tuple[str, ...]
    inputs: tuple[InputLine, ...]


def economics_shown(page: EconomicsPage, *, reckoning: Reckoning) -> dict[str, Any]:
    """What the template of an answer reads."""
    return {
        "page": page,
        "picture": _picture(page, reckoning=reckoning),
        "choices": [
            _choice_shown(one, page=page, name=name, is_alone=reckoning.difference is None)
            for one, name in zip(reckoning.choices, _names(), strict=False)
        ],
        "difference": _difference_lines(reckoning),
        "rests_on_assumption": any(one.account.weakest is Grade.ASSUMPTION for one in reckoning.choices),
    }


def _names() -> tuple[str, str]:
    return _("Choice A"), _("Choice B")


# ---- The picture ----


def _picture(page: EconomicsPage, *, reckoning: Reckoning) -> IntervalPicture:
    accounts = [one.account for one in reckoning.choices]
    names = _names() if len(accounts) > 1 else ("",)
    weeks = [moment for moment, _net in accounts[0].public.over_time]
    return interval_picture(
        panels=[
            IntervalPanel(
                label=str(label),
                series=tuple(_series(account.parties[party]) for account in accounts),
                told=tuple(
                    _told(account.parties[party], name=name) for account, name in zip(accounts, names, strict=True)
                ),
            )
            for party, label in PARTIES.items()
        ],
        moments=[_("%(number)s mo.") % {"number": round(moment * 12 / 52)} for moment in weeks],
        names=names if len(accounts) > 1 else (),
        title=title_sentence(reckoning, page=page),
        note=_(
            "Thousand kroner from the beginning until then, with the support less without it. The line goes from 5 to "
            "95 per cent of the reckonings, the mark is the middle. Above 0 is a gain."
        ),
    )


def _series(account: PartyAccount) -> tuple[Interval | None, ...]:
    return tuple(
        None
        if found is None
        else Interval(low=found.low / THOUSAND, median=found.median / THOUSAND, high=found.high / THOUSAND)
        for _weeks, found in account.over_time
    )


def _told(account: PartyAccount, *, name: str) -> str:
    """The whole time in a line, the interval first."""
    found = amount_words(account)
    if not found.is_known:
        said = _("cannot be reckoned: something is not known.")
    elif found.low == found.high:
        said = _("about %(median)s kr.") % vars(found)
    else:
        said = _("between %(low)s and %(high)s kr., in the middle %(median)s kr.") % vars(found)
    return f"{name}: {said}" if name else capitalised(said)


# ---- Tables ----


def _choice_shown(one: Reckoned, *, page: EconomicsPage, name: str, is_alone: bool) -> ChoiceShown:
    return ChoiceShown(
        name=name,
        schemes=listed(title_of(code, page=page) for code in one.choice.codes),
        sentences=(*(() if is_alone else (municipality_sentence(one, page=page),)), *sentences(one)),
        parties=tuple(_party_lines(one.account, page=page)),
        notes=tuple(notes(one, page=page)),
        inputs=tuple(_inputs(one, page=page)),
    )


def _party_lines(account: Account, *, page: EconomicsPage) -> Iterator[PartyLine]:
    for party, label in PARTIES.items():
        found = account.parties[party]
        items = tuple(_item(item, page=page) for item in found.items)
        yield PartyLine(label=str(label), amount=amount_words(found), items=items)
    yield PartyLine(label=_("Municipality and state together"), amount=amount_words(account.public))
    yield PartyLine(label=_("All four together"), amount=amount_words(account.society))


def _item(item: Item, *, page: EconomicsPage) -> PartyLine:
    title = title_of(item.scheme, page=page) if item.scheme else ""
    return PartyLine(label=capitalised(KINDS[item.kind] % {"scheme": title}), amount=interval_words(item.amount))


def _difference_lines(reckoning: Reckoning) -> list[PartyLine]:
    if reckoning.difference is None:
        return []
    return [
        PartyLine(label=str(label), amount=amount_words(reckoning.difference[party]))
        for party, label in PARTIES.items()
    ]


def _inputs(one: Reckoned, *, page: EconomicsPage) -> Iterator[InputLine]:
    for entry in one.account.inputs:
        yield _input(entry, one=one, page=page)
    yield _refund_line(one.course.refund)


def _refund_line(refund: Ladder) -> InputLine:
    """The ladder has no grade of its own: what nobody has confirmed is an assumption."""
    grade = Grade.MEASURED if refund.mark in "VD" else Grade.ASSUMPTION
    return InputLine(
        label=_("The state's refund of the benefit, per cent, falling with the weeks"),
        value=" – ".join(number_text(share * 100) for share in refund.shares),
        grade=str(GRADES[grade]),
        is_assumption=grade is Grade.ASSUMPTION,
        mark=str(MARKS[refund.mark]),
        source=refund.source,
    )


def _input(entry: Input, *, one: Reckoned, page: EconomicsPage) -> InputLine:
    estimate = entry.estimate
    factor = 100 if entry.code in SHARES else 1
    return InputLine(
        label=capitalised(INPUTS[entry.code] % _input_words(entry, one=one, page=page)),
        value=range_text(estimate.low * factor, estimate.high * factor),
        grade=str(GRADES[estimate.grade]),
        is_assumption=estimate.grade is Grade.ASSUMPTION,
        mark=str(MARKS[estimate.mark]),
        source=str(OWN_SOURCES.get(estimate.source, estimate.source)),
    )


def _input_words(entry: Input, *, one: Reckoned, page: EconomicsPage) -> dict[str, str]:
    """The scheme of an input, and whether its price is paid once or each week."""
    if entry.scheme is None:
        return {}
    paid = next(support.paid for support in one.course.supports if support.scheme == entry.scheme)
    unit = UNIT_WORDS["kr" if paid in (Paid.ONCE, Paid.ONCE_IN_JOB) else "kr_per_week"]
    return {"scheme": title_of(entry.scheme, page=page), "unit": str(unit)}
