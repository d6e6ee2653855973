"""The demo's one round-table: it tells nothing that is not on the card, and the trial waits for the company."""

from datetime import date

from jobbro.apps.matching.files import digest_of
from jobbro.apps.matching.models import Card, Proposal
from jobbro.apps.placements.enums import IntroductionState, Party
from jobbro.apps.placements.models import AgreementVersion, Arrangement, Introduction, Signature
from jobbro.apps.placements.services.agreements import signed_content
from jobbro.cli.demo.loading import core_rows
from jobbro.cli.demo.writing import Rows

TODAY = date(2026, 11, 20)


def _rows() -> Rows:
    return core_rows(size=6, password="!", today=TODAY)


def test_the_table_is_about_the_proposal_and_its_card() -> None:
    rows = _rows()
    (card,) = rows.of(Card)
    (proposal,) = [row for row in rows.of(Proposal) if row.pk == card.proposal_id]
    tables = rows.of(Introduction)
    assert [table.state for table in tables] == [IntroductionState.HELD, IntroductionState.PLANNED]
    assert {table.name for table in tables} == {card.content["name"]}
    arranged = {row.measure: row.is_on_card for row in rows.of(Arrangement) if row.proposal_id == proposal.pk}
    assert set(arranged) == set(proposal.answer["support"]) | set(card.content["measures"])
    assert {code for code, is_on_card in arranged.items() if is_on_card} == set(card.content["measures"])


def test_the_trial_waits_for_the_company() -> None:
    rows = _rows()
    (version,) = [row for row in rows.of(AgreementVersion) if row.placement.proposal_id == rows.of(Card)[0].proposal_id]
    signed = [row for row in rows.of(Signature) if row.version_id == version.pk]
    assert {row.party for row in signed} == {Party.CITIZEN, Party.MUNICIPALITY}
    assert {row.digest for row in signed} == {version.digest} == {digest_of(signed_content(version))}
    assert {one["code"] for one in version.measures} <= set(rows.of(Card)[0].content["measures"])
