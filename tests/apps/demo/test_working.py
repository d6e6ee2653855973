"""The demo's job that has begun: its talks are answers to what was asked, and the rules find what they are for."""

from datetime import date

from jobbro.apps.follow_up.answers import answers_of, asked_of, checked_answers
from jobbro.apps.follow_up.enums import TalkState
from jobbro.apps.follow_up.facts import Rows as FactRows
from jobbro.apps.follow_up.facts import evidence_of
from jobbro.apps.follow_up.models import HelpRequest, SickLeave, Talk, TalkLink
from jobbro.apps.matching.files import digest_of
from jobbro.apps.placements.models import AgreementVersion, Arrangement, Placement, Signature
from jobbro.apps.placements.services.agreements import signed_content
from jobbro.cli.demo.loading import core_rows
from jobbro.cli.demo.working import TITLE
from jobbro.cli.demo.writing import Rows
from jobbro.engines.follow_up import signals_of

TODAY = date(2026, 11, 20)


def _rows() -> Rows:
    return core_rows(size=6, password="!", today=TODAY)


def _job(rows: Rows) -> Placement:
    (found,) = [row for row in rows.of(Placement) if row.title == TITLE]
    return found


def test_all_three_have_signed() -> None:
    rows = _rows()
    (version,) = [row for row in rows.of(AgreementVersion) if row.placement_id == _job(rows).pk]
    signed = [row for row in rows.of(Signature) if row.version_id == version.pk]
    assert len({row.party for row in signed}) == 3
    assert {row.digest for row in signed} == {version.digest} == {digest_of(signed_content(version))}


def test_the_answers_are_answers_to_what_was_asked() -> None:
    rows = _rows()
    talks = rows.of(Talk)
    for talk in talks:
        answers = answers_of(talk.answers)
        assert checked_answers(answers, asked=asked_of(talk.asked)) == answers
        assert (talk.answered_at is None) == (talk.state == TalkState.ASKED)
    (link,) = rows.of(TalkLink)
    assert link.talk.state == TalkState.ASKED


def test_the_rules_find_the_dip_and_say_why() -> None:
    rows, kept = _rows(), FactRows()
    job = _job(rows)
    kept.talks[job.pk] = rows.of(Talk)
    kept.sick[job.pk] = rows.of(SickLeave)
    kept.help[job.pk] = rows.of(HelpRequest)
    kept.arrangements[job.proposal_id] = [one for one in rows.of(Arrangement) if one.proposal_id == job.proposal_id]
    codes = {one.code for one in signals_of(evidence_of(placement=job, rows=kept), on=TODAY)}
    assert codes >= {"harder_twice", "support_late", "sick_twice", "disagree"}
