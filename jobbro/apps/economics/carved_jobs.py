"""A carved job as a case for the employer: what it frees and costs, and which schemes could relieve it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.guidance.selectors import scheme_answers
from jobbro.apps.jobs.selectors.carved_jobs import CarvedJobPage, carved_job_page
from jobbro.apps.jobs.services.carved_jobs import JobDraft
from jobbro.engines.schemes.explaining import SchemeAnswer

# Schemes that pay a part of the wage, of the support, or of days of illness: what an employer can be relieved of.
RELIEVING = (
    "fleksjob",
    "skaanejob",
    "isbryder",
    "personlig_assistance",
    "mentor",
    "hjaelpemidler",
    "arbejdspladsindretning",
    "paragraf_56",
    "paragraf_58a",
    "virksomhedspraktik",
)


@dataclass(frozen=True, kw_only=True)
class CarvedJobCase:
    """The job, and the schemes that guidance says yes to or would ask about for whom it is for; none without a person.

    Those that can pay for support in the job stand first.
    """

    page: CarvedJobPage
    schemes: tuple[SchemeAnswer, ...]


def carved_job_case(*, actor: Actor, job_id: UUID, on: date, draft: JobDraft | None = None) -> CarvedJobCase:
    """The job as it is, or as `draft`, with the schemes around it. Raises NotThere.

    An amount is told where the law has one for what is known; an unknown one stays unknown.
    """
    page = carved_job_page(actor=actor, job_id=job_id, draft=draft)
    answers = scheme_answers(actor=actor, citizen_id=page.citizen_id, on=on) if page.citizen_id else ()
    paying = {support.entry.measure.scheme for support in page.supports}
    relieving = [answer for answer in answers if answer.scheme in RELIEVING and answer.outcome != "no"]
    return CarvedJobCase(
        page=page,
        schemes=tuple(
            sorted(relieving, key=lambda answer: (answer.scheme not in paying, RELIEVING.index(answer.scheme)))
        ),
    )
