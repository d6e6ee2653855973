"""Compensation cards with their consent, as the service would have given them."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.enums import ConsentPurpose
from jobbro.apps.citizens.models import Consent
from jobbro.apps.matching.card_content import CardContent, CardNeed, card_measure, kept_content
from jobbro.apps.matching.models import Card, Proposal
from jobbro.engines.support.catalogue import catalogue
from tests.factories.rows import write

SENTENCE = "Jeg sidder ned, når jeg pakker brød."


def content(
    *,
    name: str = "Anna",
    job: str = "Hjælp i bageriet",
    needs: tuple[tuple[str, str], ...] = (("standing", SENTENCE),),
    measures: tuple[str, ...] = ("checklists",),
    note: str = "Spørg mig gerne.",
) -> CardContent:
    """A card about standing, with a checklist and a note."""
    return CardContent(
        name=name,
        job=job,
        needs=tuple(CardNeed(area=area, words=words) for area, words in needs),
        measures=tuple(card_measure(catalogue().entry(code)) for code in measures),
        note=note,
    )


def card(
    *,
    proposal: Proposal,
    by: User,
    from_on: date | None = None,
    until_on: date | None = None,
    withdrawn_at: datetime | None = None,
    **shown: object,
) -> Card:
    """A card that holds from today for three months unless told otherwise; `shown` goes to `content`."""
    at, today = timezone.now(), timezone.localdate()
    given = from_on or today
    is_own = proposal.citizen.user_id == by.pk
    consent = write(
        Consent(
            citizen=proposal.citizen,
            purpose=ConsentPurpose.EMPLOYER_CARD,
            recipient=proposal.opening.employer_name,
            given_at=at,
            recorded_by=by,
            withdrawn_at=withdrawn_at,
        )
    )
    return write(
        Card(
            citizen=proposal.citizen,
            proposal=proposal,
            company_id=proposal.company_id,
            consent=consent,
            content=kept_content(content(**shown)),
            from_on=given,
            until_on=until_on or given + timedelta(days=90),
            given_at=at,
            given_by=by,
            on_behalf="" if is_own else "Anna bad mig om det ved mødet.",
            withdrawn_at=withdrawn_at,
            withdrawn_by=by if withdrawn_at else None,
        )
    )
