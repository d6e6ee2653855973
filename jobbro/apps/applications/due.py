"""What comes next, who does it and by when: worked out from the rows on the day it is read, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from jobbro.engines.schemes.claims import Quarter, claim_standing, claim_until, months_before, quarters
from jobbro.engines.schemes.procedures import DecisionDeadline, Procedure

from .enums import ClaimState, Outcome, State, VacancyState
from .models import Application, Claim, Decision, Vacancy
from .states import REFUSED_VACANCY

Who = Literal["citizen", "municipality", "employer", "appeals_board"]
GRANTS = (Outcome.GRANTED, Outcome.PARTLY)
# Schemes whose money is claimed by quarter.
CLAIMED = ("personlig_assistance", "personlig_assistance_uddannelse")
# Our own choice, so that a new application can be decided before the old grant runs out.
REMIND_OF_END = timedelta(weeks=8)
# komp. § 17 a stk. 2: the opinion of Ankestyrelsen on interview and negotiation.
OPINION_WITHIN = timedelta(weeks=4)
SHOW_LOST_FOR = timedelta(days=60)
NEXT_OF_VACANCY: dict[VacancyState, tuple[str, Who]] = {
    VacancyState.NOTED: ("invite", "employer"),
    VacancyState.INVITED: ("interview", "employer"),
    VacancyState.INTERVIEWED: ("account", "employer"),
    VacancyState.ACCOUNT_SENT: ("negotiate", "municipality"),
    VacancyState.NEGOTIATED: ("reasons", "employer"),
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing that somebody does next. `on` None: no day is known or set. `about` names a quarter."""

    code: str
    who: Who
    on: date | None = None
    about: str = ""

    def is_late(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.on is not None and self.on < today


def deadline_after(*, deadline: DecisionDeadline, received_on: date) -> date:
    """The municipality's own deadline, counted from the day it received the application."""
    if deadline.unit == "months":
        return months_before(received_on, months=-deadline.value)
    return received_on + timedelta(days=deadline.value * (7 if deadline.unit == "weeks" else 1))


def complain_until(*, procedure: Procedure, decision: Decision) -> date:
    """The last day of complaint."""
    return decision.received_on + timedelta(weeks=procedure.complaint.within_weeks)


def reconsider_by(*, procedure: Procedure, complained_on: date) -> date | None:
    """The day by which the municipality has looked at the case again; None where it does not."""
    weeks = procedure.complaint.reconsider_weeks
    return None if weeks is None else complained_on + timedelta(weeks=weeks)


def due_of_application(
    *,
    row: Application,
    decision: Decision | None,
    claims: Iterable[Claim],
    procedure: Procedure,
    on: date,
    expected: DecisionDeadline | None = None,
) -> tuple[Due, ...]:
    """What comes next for an application, the nearest first.

    `expected` is the municipality's own deadline: until the receipt is confirmed it is counted from the day of sending.
    """
    found: list[Due]
    if row.state == State.DECIDED:
        found = _after_decision(row=row, decision=decision, claims=claims, procedure=procedure, on=on)
    elif row.state == State.COMPLAINED:
        found = [_after_complaint(row, procedure=procedure)]
    else:
        found = _before_decision(row, expected=expected)
    return tuple(sorted(found, key=lambda due: due.on or date.max))


def _before_decision(row: Application, *, expected: DecisionDeadline | None) -> list[Due]:
    decide = Due(code="decide", who="municipality", on=row.decide_by)
    if row.state == State.SENT and expected is not None and row.sent_on is not None:
        by = deadline_after(deadline=expected, received_on=row.sent_on)
        return [Due(code="acknowledge", who="municipality"), Due(code="decide", who="municipality", on=by)]
    return {
        State.DRAFT: [Due(code="write", who="citizen")],
        State.READY: [Due(code="send", who="citizen")],
        State.SENT: [Due(code="acknowledge", who="municipality")],
        State.ACKNOWLEDGED: [decide],
        State.MORE_WANTED: [Due(code="answer", who="citizen", on=row.answer_by), decide],
    }[State(row.state)]


def _after_complaint(row: Application, *, procedure: Procedure) -> Due:
    if row.forwarded_on is not None:
        return Due(code="appeal", who="appeals_board")
    assert row.complained_on is not None
    on = reconsider_by(procedure=procedure, complained_on=row.complained_on)
    return Due(code="reconsider", who="municipality", on=on)


def _after_decision(
    *, row: Application, decision: Decision | None, claims: Iterable[Claim], procedure: Procedure, on: date
) -> list[Due]:
    found: list[Due] = []
    if decision is None or decision.outcome == Outcome.WITHDRAWN:
        return found
    last = complain_until(procedure=procedure, decision=decision)
    if decision.outcome in (Outcome.REFUSED, Outcome.PARTLY) and on <= last:
        found.append(Due(code="complain", who="citizen", on=last))
    ends = decision.until_on
    if decision.outcome in GRANTS and ends is not None and on <= ends <= on + REMIND_OF_END:
        found.append(Due(code="grant_ends", who="municipality", on=ends))
    if row.scheme in CLAIMED and decision.outcome in GRANTS:
        found += _due_claims(decision=decision, claims=claims, procedure=procedure, on=on)
    return found


def _due_claims(*, decision: Decision, claims: Iterable[Claim], procedure: Procedure, on: date) -> list[Due]:
    rule = procedure.claims
    if rule is None or decision.from_on is None:
        return []
    by_quarter = {(claim.year, claim.quarter): claim for claim in claims}
    found = []
    for quarter in quarters(from_on=decision.from_on, until_on=min(decision.until_on or on, on)):
        claim = by_quarter.get((quarter.year, quarter.number))
        back = rule.back_months or 0
        if claim is not None and claim.state == ClaimState.SENT and claim.sent_on is not None:
            by = claim.sent_on + timedelta(days=rule.pay_within_days) if rule.pay_within_days else None
            found.append(Due(code="pay", who="municipality", on=by, about=quarter.code))
        elif (claim is None or claim.state == ClaimState.ENTERED) and _may_claim(quarter, back=back, on=on):
            until = claim_until(quarter=quarter, back_months=back)
            found.append(Due(code="claim", who="employer", on=until, about=quarter.code))
    return found


def _may_claim(quarter: Quarter, *, back: int, on: date) -> bool:
    """Whether the quarter can be claimed, or could a short while ago: a lost claim is not silent at once."""
    standing = claim_standing(quarter=quarter, back_months=back, on=on)
    return standing == "due" or (
        standing == "lost" and on <= claim_until(quarter=quarter, back_months=back) + SHOW_LOST_FOR
    )


def due_of_vacancy(*, row: Vacancy, on: date) -> tuple[Due, ...]:
    """What comes next for a post."""
    state = VacancyState(row.state)
    if state in NEXT_OF_VACANCY:
        code, who = NEXT_OF_VACANCY[state]
        return (Due(code=code, who=who),)
    last = opinion_until(row)
    if last is not None and row.opinion_asked_on is None and on <= last:
        opinion = Due(code="opinion", who="citizen", on=last)
        release = Due(code="release", who="employer")
        return (opinion, release) if state == VacancyState.REASONED_REFUSAL else (opinion,)
    return (Due(code="release", who="employer"),) if state == VacancyState.REASONED_REFUSAL else ()


def opinion_until(row: Vacancy) -> date | None:
    """The last day to ask Ankestyrelsen for an opinion, from the day of the refusal or of what was left out."""
    began = row.refused_on if row.state != VacancyState.FILLED_WITHOUT else row.ended_on
    return None if began is None or row.state not in REFUSED_VACANCY else began + OPINION_WITHIN
