"""What can be reckoned for a case: its schemes with their outcome in the guidance, and what is known of prices."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.selectors import benefit_periods
from jobbro.apps.guidance.selectors import GuidancePage, guidance_for
from jobbro.engines.economics.assumptions import Assumptions, YearPrice, assumptions
from jobbro.engines.economics.courses import Paid, Start
from jobbro.engines.economics.estimates import Estimate
from jobbro.engines.schemes.rules import Text

from .asking import without_effect
from .permissions import can_reckon

OUTCOMES = ("yes", "unknown", "no")
# Kinds of work that mean that somebody has a job to keep.
WORKING = ("employee", "self_employed", "fleksjob", "subsidised", "seniorjob")
HOURS = "kr_per_hour"


@dataclass(frozen=True, kw_only=True)
class SchemeOffer:
    """A scheme that can be reckoned with: its outcome in the guidance, and what is known of its price.

    `hours` is what has been told about hours a week, where the price is one for an hour.
    """

    code: str
    title: Text
    outcome: str
    unit: str
    until_job: bool
    has_effect: bool
    price: Estimate | None
    last_price: YearPrice | None
    hours: float | None
    exclusive_with: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EconomicsPage:
    """What can be reckoned on: whose file it is, what can be chosen, and what was told before."""

    citizen_id: UUID
    name: str
    schemes: tuple[SchemeOffer, ...]
    start: Start | None
    weeks_on_benefit: int | None
    on: date
    assumed: Assumptions

    def offer(self, code: str) -> SchemeOffer:
        """The scheme of this code."""
        return next(offer for offer in self.schemes if offer.code == code)


def economics_for(*, actor: Actor, citizen_id: UUID, on: date, language: str) -> EconomicsPage | None:
    """What can be reckoned for a citizen; None for whoever may not, or when there is no such citizen. Seven queries.

    `language` is that of the sources.
    """
    guidance = guidance_for(actor=actor, citizen_id=citizen_id, on=on) if can_reckon(actor) else None
    if guidance is None:
        return None
    assumed = assumptions(language)
    return EconomicsPage(
        citizen_id=guidance.who.citizen_id,
        name=guidance.who.name,
        schemes=_offers(guidance, assumed=assumed, on=on),
        start=_start(guidance),
        weeks_on_benefit=_weeks_on_benefit(actor=actor, citizen_id=citizen_id, on=on),
        on=on,
        assumed=assumed,
    )


def _offers(guidance: GuidancePage, *, assumed: Assumptions, on: date) -> tuple[SchemeOffer, ...]:
    """Every scheme with assumptions: those that look possible first, those ruled out last."""
    offers = []
    for answer in guidance.answers:
        if answer.scheme not in assumed.schemes:
            continue
        entry = assumed.of(answer.scheme)
        scheme = answer.resolved.scheme
        offers.append(
            SchemeOffer(
                code=answer.scheme,
                title=scheme.title,
                outcome=answer.outcome,
                unit=entry.unit,
                until_job=entry.support.paid is Paid.WEEKLY_UNTIL_JOB,
                has_effect=not without_effect([answer.scheme], assumed=assumed, on=on),
                price=assumed.planning_price(answer.scheme, on=on),
                last_price=assumed.last_price(answer.scheme, on=on),
                hours=_hours(guidance, scheme=answer.scheme) if entry.unit == HOURS else None,
                exclusive_with=scheme.exclusive_with,
            )
        )
    return tuple(sorted(offers, key=lambda offer: OUTCOMES.index(offer.outcome)))


def _hours(guidance: GuidancePage, *, scheme: str) -> float | None:
    """The hours a week that were told: of assistance, or of the job where the subsidy follows the job."""
    code = "assistance_hours_per_week" if scheme.startswith("personlig_assistance") else "hours_per_week"
    value = _told(guidance, code) if scheme != "mentor" else None
    return float(value) if isinstance(value, int | float) else None


def _start(guidance: GuidancePage) -> Start | None:
    """Out of work or in a job, where the facts say so."""
    if _told(guidance, "unemployed") is True:
        return Start.OUT_OF_WORK
    return Start.IN_WORK if _told(guidance, "work_form") in WORKING else None


def _told(guidance: GuidancePage, code: str) -> object:
    known = guidance.standing.get(code)
    return known.value if known else None


def _weeks_on_benefit(*, actor: Actor, citizen_id: UUID, on: date) -> int | None:
    """Whole weeks of the benefit period that goes on; None without one."""
    periods = benefit_periods(actor=actor, citizen_id=citizen_id)
    running = next((one for one in periods if one.from_on <= on and (one.until_on is None or one.until_on >= on)), None)
    return (on - running.from_on).days // 7 if running else None
