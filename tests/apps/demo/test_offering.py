"""The demo's one card: about agreed needs, for a pair that fits, and nothing that points anywhere else."""

from datetime import date

from jobbro.apps.employers.wording import has_cpr
from jobbro.apps.matching.card_checking import months_after
from jobbro.apps.matching.card_content import content_of
from jobbro.apps.matching.facts import pair_of
from jobbro.apps.matching.models import Card, Proposal
from jobbro.apps.screening.models import Agreement
from jobbro.cli.demo.loading import core_rows
from jobbro.cli.demo.writing import Rows
from jobbro.engines.matching.as_json import pair_as_json
from jobbro.kernel.fit import Verdict

TODAY = date(2026, 11, 20)


def _rows() -> Rows:
    return core_rows(size=6, password="!", today=TODAY)


def test_the_card_shows_agreed_needs_and_support_of_the_pair() -> None:
    rows = _rows()
    (card,) = rows.of(Card)
    (proposal,) = [row for row in rows.of(Proposal) if row.pk == card.proposal_id]
    agreed = next(row for row in rows.of(Agreement) if row.citizen_id == card.citizen_id).profile
    needs = {need["area"] for need in agreed["needs"] if need["level"] is not None and need["level"] < 4}
    content = content_of(card.content)
    assert content.areas <= needs
    assert {measure.code for measure in content.measures} <= set(proposal.answer["support"])
    assert not has_cpr(str(card.content))
    assert card.given_by == card.citizen.user and card.on_behalf == ""
    assert card.from_on < TODAY < card.until_on <= months_after(card.from_on, months=12)


def test_the_proposal_can_be_replayed() -> None:
    rows = _rows()
    for proposal in rows.of(Proposal):
        again = pair_of(person=proposal.person_input, job=proposal.opening_input, measures=proposal.measures_input)
        assert pair_as_json(again) == proposal.answer
    (shown,) = [row for row in rows.of(Proposal) if row.pk == rows.of(Card)[0].proposal_id]
    assert shown.answer["verdict"] == Verdict.WITH_SUPPORT


def test_the_company_has_looked_once() -> None:
    rows = _rows()
    (look,) = [one for one in rows.looks if one.purpose == "card"]
    assert (look.citizen_ids, look.criterion) == ((rows.of(Card)[0].citizen_id,), rows.of(Card)[0].pk.bytes)
    assert look.purpose_text == "Bageriet Kornblomst"
