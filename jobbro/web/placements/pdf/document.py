"""An agreement as data, set as a tagged PDF (PDF/UA-1): words are passed as data, never as markup."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.placements.selectors.agreements import AgreementTold
from jobbro.webkit.charts import steps_svg
from jobbro.webkit.dates import spoken_date
from jobbro.webkit.letters import set_letter
from jobbro.webkit.schemes.values import language

from ..reading import AgreementShown, agreement_shown

TEMPLATE = Path(__file__).with_name("agreement.typ")


@dataclass(frozen=True, kw_only=True)
class AgreementWords:
    """The headings, in the language of the letter."""

    page: str
    agreed: str
    hours: str
    hours_head: tuple[str, str]
    support: str
    signatures: str
    signatures_head: tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class PrintedAgreement:
    """All that stands on the paper: the wording, the hours as picture and table, who has signed."""

    language: str
    title: str
    sender: str
    standing: str
    facts: tuple[tuple[str, str], ...]
    svg: str
    alt: str
    steps: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]
    signed: tuple[tuple[str, str, str], ...]
    last: tuple[str, ...]
    words: AgreementWords
    note: str = ""


def pdf_answer(told: AgreementTold, *, actor: Actor, on: date) -> HttpResponse:
    """The agreement as an answer; the name of the file tells nobody's name."""
    note = _("Some characters cannot be printed and show as □. The page in Jobbro shows them all.")
    content = asdict(_printed(told, actor=actor, on=on))
    pdf = set_letter(content, template=TEMPLATE, name="printed", note_when_unprintable=note)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="aftale.pdf"'
    return response


def _printed(told: AgreementTold, *, actor: Actor, on: date) -> PrintedAgreement:
    shown = agreement_shown(told)
    return PrintedAgreement(
        language=language(),
        title=_("Agreement, version %(number)s") % {"number": told.version.number},
        sender=actor.municipality,
        standing=shown.standing,
        facts=shown.facts,
        svg=str(steps_svg(shown.steps, language=language())),
        alt=f"{shown.steps.title}. {shown.steps.spoken}",
        steps=tuple((step.from_day, step.told) for step in shown.steps.steps),
        measures=shown.measures or (_("No support is part of the agreement."),),
        signed=_signed(shown),
        last=(
            _("Printed %(day)s.") % {"day": spoken_date(day=on)},
            _("The mark of the words that are signed: %(mark)s") % {"mark": told.version.digest},
        ),
        words=AgreementWords(
            page=_("Page"),
            agreed=_("What is agreed"),
            hours=shown.steps.title,
            hours_head=(_("From"), _("Hours")),
            support=_("Support"),
            signatures=_("Signatures"),
            signatures_head=(_("Side"), _("Name"), _("When")),
        ),
    )


def _signed(shown: AgreementShown) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            line.party,
            line.name,
            " ".join(part for part in (line.when or _("Not signed yet"), line.on_behalf) if part),
        )
        for line in shown.signed
    )
