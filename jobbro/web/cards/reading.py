"""A card in words: the same on the pages of citizen, staff and company, and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind
from jobbro.apps.employers.guides import Guide
from jobbro.apps.matching.card_content import CardContent
from jobbro.apps.matching.selectors.cards import CardLook
from jobbro.webkit.dates import spoken_date, spoken_moment
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.schemes.values import language


@dataclass(frozen=True, kw_only=True)
class CardShown:
    """All that stands on a card, in the order it is read."""

    name: str
    about: str
    needs: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]
    note: str
    days: str


def card_shown(content: CardContent, *, company: str, from_on: date, until_on: date) -> CardShown:
    """The card in the language of the page; what the citizen wrote stays as written."""
    return CardShown(
        name=content.name,
        about=f"{content.job}, {company}",
        needs=tuple((str(AREA_LABELS[need.area]), need.words) for need in content.needs),
        measures=tuple(
            (one.name.in_language(language()), one.text.in_language(language())) for one in content.measures
        ),
        note=content.note,
        days=_("Can be read by %(company)s from %(first)s to %(last)s.")
        % {"company": company, "first": spoken_date(day=from_on), "last": spoken_date(day=until_on)},
    )


def look_lines(looks: Iterable[CardLook]) -> list[str]:
    """When the company has opened the card, and how."""
    return [
        (_("%(when)s, on paper") if look.kind == Kind.PRINT else "%(when)s") % {"when": spoken_moment(moment=look.at)}
        for look in looks
    ]


def guide_links(guides: Iterable[Guide]) -> list[tuple[str, str]]:
    """Code and title of guides."""
    return [(guide.code, guide.title.in_language(language())) for guide in guides]
