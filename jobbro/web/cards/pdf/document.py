"""A card as data, set as a tagged PDF (PDF/UA-1): words are passed as data, never as markup."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jobbro.apps.accounts.actor import Actor
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.letters import set_letter
from jobbro.webkit.schemes.values import language

from ..reading import CardShown

TEMPLATE = Path(__file__).with_name("card.typ")


@dataclass(frozen=True, kw_only=True)
class CardWords:
    """The headings, in the language of the letter."""

    page: str
    needs: str
    measures: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PrintedCard:
    """All that stands on the paper: the card, when it was printed, and whom to ring."""

    language: str
    title: str
    sender: str
    card: CardShown
    last: tuple[str, ...]
    words: CardWords
    note: str = ""


def pdf_answer(card: CardShown, *, actor: Actor, on: date) -> HttpResponse:
    """The card as an answer; the name of the file tells nobody's name."""
    note = _("Some characters cannot be printed and show as □. The page in Jobbro shows them all.")
    content = asdict(_printed(card, actor=actor, on=on))
    pdf = set_letter(content, template=TEMPLATE, name="printed", note_when_unprintable=note)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="kompensationskort.pdf"'
    return response


def _printed(card: CardShown, *, actor: Actor, on: date) -> PrintedCard:
    question = _("Do you have a question? Ring %(sender)s on %(phone)s.")
    return PrintedCard(
        language=language(),
        title=_("Compensation card"),
        sender=actor.municipality,
        card=card,
        last=(
            _("Printed %(day)s.") % {"day": spoken_date(day=on)},
            _("The card can be taken back. It holds only as long as it can be opened in Jobbro: then throw this away."),
            *([question % {"sender": actor.municipality, "phone": actor.phone}] if actor.phone else []),
        ),
        words=CardWords(
            page=_("Page"),
            needs=_("What I need"),
            measures=_("Support that helps me"),
            note=_("More from me"),
        ),
    )
