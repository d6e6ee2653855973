"""Follow-up as the pages show it: trends as pictures, talks and signals in words, schemes to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.apps.follow_up.answers import answers_of, asked_of, levels_of
from jobbro.apps.follow_up.enums import HoursFit, TalkParty
from jobbro.apps.follow_up.selectors.pages import FollowUpPage, PartyTalks
from jobbro.apps.follow_up.selectors.schemes import Offer
from jobbro.engines.follow_up import Signal
from jobbro.engines.follow_up.signals import OVERALL
from jobbro.kernel.vocabulary import AREAS
from jobbro.webkit.charts import TrendPicture, trend_picture
from jobbro.webkit.schemes.values import language

from .words import OVERALL_SENTENCES, area_name, level_words, measure_named, signal_told

HOURS_STEP = Decimal(2)
NOTICE = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class TalkShown:
    """One answered talk in words. `levels`: area, how it goes; `support`: measure, state."""

    due_on: date
    answered_at: Any
    how: str
    noted_by: str
    overall: str
    levels: tuple[tuple[str, str], ...]
    support: tuple[tuple[str, str], ...]
    hours: str
    words: str
    is_unread: bool


@dataclass(frozen=True, kw_only=True)
class PartyShown:
    """The talks with one party: pictures from talk to talk, the talks themselves, what comes."""

    party: TalkParty
    heading: str
    trends: tuple[TrendPicture, ...]
    talks: tuple[TalkShown, ...]
    due_on: date | None
    coming: date | None
    link_until: Any
    was_stopped: bool
    hold_url: str


@dataclass(frozen=True, kw_only=True)
class SignalShown:
    """A signal as a sentence, with the address of its answer."""

    sentence: str
    since: date
    url: str


@dataclass(frozen=True, kw_only=True)
class OfferShown:
    """A scheme to look at: what its rules say today, in one sentence."""

    scheme: str
    title: str
    short: str
    sentence: str
    reason: str


def page_shown(page: FollowUpPage, *, on: date) -> dict[str, Any]:
    """The context of the page of one placement."""
    return {
        "page": page,
        "placement": page.placement,
        "parties": [party_shown(one, page=page) for one in page.parties],
        "signals": [signal_shown(one, page=page) for one in page.signals],
        "offers": [offer_shown(one) for one in page.offers],
        "open_help": [one for one in page.help if one.done_at is None],
        "done_help": [one for one in page.help if one.done_at is not None],
        "hours_links": hours_links(page, on=on) if page.may_keep and not page.is_over else [],
        "base_template": "base_citizen.html" if page.is_own else "base_staff.html",
    }


def party_shown(one: PartyTalks, *, page: FollowUpPage) -> PartyShown:
    """The talks of one party, the newest first; the picture goes from the oldest to the newest."""
    if one.party == TalkParty.CITIZEN:
        heading = _("What you have said") if page.is_own else _("What the citizen has said")
    else:
        heading = _("What the workplace has said")
    query = urlencode({"party": one.party})
    return PartyShown(
        party=one.party,
        heading=heading,
        trends=trends_of(one.answered, party=one.party),
        talks=tuple(talk_shown(talk) for talk in reversed(one.answered)),
        due_on=one.to_have.due_on if one.to_have else None,
        coming=one.coming,
        link_until=one.link_until,
        was_stopped=one.was_stopped,
        hold_url=f"{reverse('talk_hold', args=[page.placement.pk])}?{query}",
    )


def trends_of(talks: Iterable[Any], *, party: TalkParty) -> tuple[TrendPicture, ...]:
    """A picture for the whole and for each area that was asked about, in the order of the vocabulary."""
    told = [(talk, levels_of(answers_of(talk.answers))) for talk in talks]
    if not told:
        return ()
    seen = {area for _talk, levels in told for area in levels}
    order = [area for area in (OVERALL, *AREAS) if area in seen]
    return tuple(
        trend_picture(
            label=area_name(area),
            told=[(_day(talk), levels.get(area)) for talk, levels in told if _was_asked(talk, area)],
            words=level_words(party, area),
        )
        for area in order
    )


def _was_asked(talk: Any, area: str) -> bool:
    return area == OVERALL or area in asked_of(talk.asked).areas


def _day(talk: Any) -> date:
    return timezone.localdate(talk.answered_at)


def talk_shown(talk: Any) -> TalkShown:
    """What was answered, in words."""
    answers, asked, party = answers_of(talk.answers), asked_of(talk.asked), TalkParty(talk.party)
    names = {one.code: one.name(language()) for one in asked.measures}
    return TalkShown(
        due_on=talk.due_on,
        answered_at=talk.answered_at,
        how=talk.get_channel_display(),
        noted_by=talk.noted_by,
        overall=str(OVERALL_SENTENCES[party][answers.overall]) if answers.overall is not None else "",
        levels=tuple((area_name(area), level_words(party, area)[level]) for area, level in answers.areas.items()),
        support=tuple((names.get(code, measure_named(code)), str(how.label)) for code, how in answers.measures.items()),
        hours=str(answers.hours.label) if answers.hours else "",
        words=answers.words,
        is_unread=talk.read_at is None and talk.channel != "held",
    )


def signal_shown(signal: Signal, *, page: FollowUpPage) -> SignalShown:
    """The signal for the citizen, or for those who help."""
    query = urlencode({"code": signal.code, "key": signal.key})
    return SignalShown(
        sentence=signal_told(signal, is_own=page.is_own),
        since=signal.since,
        url=f"{reverse('signal_answer', args=[page.placement.pk])}?{query}",
    )


def offer_shown(offer: Offer) -> OfferShown:
    """The scheme with what its rules say today; never a promise."""
    answer, said = offer.answer, language()
    if answer.outcome == "yes":
        sentence = _("It looks as if it could help here.")
    else:
        text = ngettext(
            "We still need to know %(count)s thing before we can say more.",
            "We still need to know %(count)s things before we can say more.",
            len(answer.ask),
        )
        sentence = text % {"count": len(answer.ask)}
    days = ngettext(
        "%(count)s day of sick leave has been noted in the last year.",
        "%(count)s days of sick leave have been noted in the last year.",
        offer.sick_days,
    )
    return OfferShown(
        scheme=answer.scheme,
        title=answer.resolved.scheme.title.in_language(said),
        short=answer.resolved.scheme.short.in_language(said),
        sentence=sentence,
        reason=days % {"count": offer.sick_days} if offer.sick_days else "",
    )


def hours_links(page: FollowUpPage, *, on: date) -> list[tuple[str, str]]:
    """A new version of the agreement with other hours, when somebody has said so: a link, nothing is changed by it."""
    if page.introduction_id is None or page.hours is None:
        return []
    found = []
    for one in page.parties:
        if one.hours_fit in (HoursFit.FEWER, HoursFit.MORE):
            more = one.hours_fit == HoursFit.MORE
            hours = page.hours + HOURS_STEP if more else max(page.hours - HOURS_STEP, Decimal(1))
            query = urlencode({"from": (on + NOTICE).isoformat(), "hours": f"{hours:f}"})
            address = f"{reverse('agreement_write', args=[page.introduction_id])}?{query}"
            found.append((_hours_sentence(one.party, is_more=more), address))
    return found


def _hours_sentence(party: TalkParty, *, is_more: bool) -> str:
    if party == TalkParty.CITIZEN:
        return _("The citizen could work more hours.") if is_more else _("The citizen would like fewer hours.")
    return _("The workplace would like more hours.") if is_more else _("The workplace would like fewer hours.")
