"""What is proposed for the way into one job, from the agreement, the table and who is there today."""

from datetime import date

from jobbro.engines.support.catalogue import catalogue

from ..enums import Party
from ..facts import contact_person, first_contact
from ..models import AgreementVersion, Arrangement, OnboardingTask, Participant, Placement
from ..onboarding.proposing import AgreedMeasure, People, ProposedTask, proposed_tasks


def proposals_for(
    placement: Placement,
    *,
    version: AgreementVersion,
    starts_on: date,
    mentor: str,
    on: date,
    tasks: tuple[OnboardingTask, ...] = (),
) -> tuple[ProposedTask, ...]:
    """The tasks that can be taken into the plan and are not in it. Three queries, four without a table."""
    return proposed_tasks(
        starts_on=starts_on,
        on=on,
        people=people_of(placement, version=version, mentor=mentor, on=on),
        measures=agreed_measures(placement, version=version),
        told={f"{task.code}:{task.measure}" if task.measure else task.code for task in tasks if task.code},
    )


def people_of(placement: Placement, *, version: AgreementVersion, mentor: str, on: date) -> People:
    """Who is there, by name. Two queries, three when nobody of the company sat at a table."""
    seats = Participant.objects.filter(introduction__proposal_id=placement.proposal_id, party=Party.EMPLOYER)
    seat = seats.order_by("-introduction__meets_at", "pk").values_list("name", flat=True).first()
    return People(
        citizen=version.name,
        employer=seat or first_contact(company_id=placement.company_id, on=on) or version.employer_name,
        mentor=mentor,
        municipality=contact_person(citizen_id=placement.citizen_id, on=on) or version.municipality_name,
    )


def agreed_measures(placement: Placement, *, version: AgreementVersion) -> tuple[AgreedMeasure, ...]:
    """The support of the wording and of the table, each once, in the order of codes. One query."""
    names = {entry.code: {"da": entry.name.da, "en": entry.name.en} for entry in catalogue().entries}
    signed = {one["code"]: one["name"] for one in version.measures}
    arranged = {row.measure: row for row in Arrangement.objects.filter(proposal_id=placement.proposal_id)}
    return tuple(
        _agreed(code, name=signed.get(code) or names[code], row=arranged.get(code), is_signed=code in signed)
        for code in sorted({*signed, *arranged})
        if code in signed or code in names
    )


def _agreed(code: str, *, name: dict[str, str], row: Arrangement | None, is_signed: bool) -> AgreedMeasure:
    if row is None:
        return AgreedMeasure(code=code, name=name, is_shown=is_signed)
    return AgreedMeasure(
        code=code,
        name=name,
        is_shown=is_signed or row.is_on_card,
        is_in_place=row.done_on is not None,
        party=row.party,
        who=row.who,
        due_on=row.due_on,
    )
