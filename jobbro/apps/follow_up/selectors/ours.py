"""What somebody at a company sees after the first day: own talks and own calls for help, of its own placements."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.employers.models import Company
from jobbro.apps.jobs.employer_selectors import Choice, chosen_company
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement

from ..enums import TalkParty, TalkState
from ..facts import party_talks, signed_wordings
from ..models import HelpRequest, Talk
from ..reading import FOLLOWED, TalkToHave, talk_to_have
from ..rhythms import InForce, rhythm_on

MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class OurPlacement:
    """A person at work as the company sees it: the job, the name of the agreement, own talks, own calls for help."""

    placement: Placement
    name: str
    answered: tuple[Talk, ...]
    to_have: TalkToHave | None
    coming: date | None
    help: tuple[HelpRequest, ...]

    @property
    def is_over(self) -> bool:
        return self.placement.state != PlacementState.AGREED


@dataclass(frozen=True, kw_only=True)
class OurFollowUp:
    """The company's placements, those that go on first."""

    choice: Choice
    placements: tuple[OurPlacement, ...]


def our_follow_up(*, actor: Actor, company_id: UUID | None, on: date) -> OurFollowUp | None:
    """The company's page; None when the company is not the actor's. Seven queries."""
    choice = chosen_company(actor=actor, company_id=company_id) if actor.is_employer else None
    if choice is None:
        return None
    rows = Placement.objects.visible_to(actor).filter(company_id=choice.card.id, state__in=FOLLOWED)
    placements = list(rows.order_by("state", "starts_on", "pk")[:MOST_SHOWN])
    talks = list(Talk.objects.visible_to(actor).filter(company_id=choice.card.id, party=TalkParty.EMPLOYER))
    asked = HelpRequest.objects.visible_to(actor).filter(company_id=choice.card.id).order_by("-asked_at")
    calls = list(asked.filter(party=TalkParty.EMPLOYER))
    names = {one.placement_id: one.name for one in signed_wordings(actor).filter(company_id=choice.card.id)}
    rhythm = rhythm_on(municipality=_municipality(choice.card.id), on=on)
    return OurFollowUp(
        choice=choice,
        placements=tuple(
            _ours(one, name=names.get(one.pk, ""), talks=talks, calls=calls, rhythm=rhythm, on=on) for one in placements
        ),
    )


def _ours(
    placement: Placement, *, name: str, talks: list[Talk], calls: list[HelpRequest], rhythm: InForce, on: date
) -> OurPlacement:
    own = party_talks((one for one in talks if one.placement_id == placement.pk), party=TalkParty.EMPLOYER)
    is_on = placement.state == PlacementState.AGREED and placement.starts_on is not None
    days = rhythm.due(starts_on=placement.starts_on, on=on) if is_on and placement.starts_on else None
    return OurPlacement(
        placement=placement,
        name=name,
        answered=tuple(one for one in own if one.state == TalkState.ANSWERED),
        to_have=talk_to_have(placement=placement, talks=own, rhythm=rhythm, on=on) if is_on else None,
        coming=days.coming if days else None,
        help=tuple(one for one in calls if one.placement_id == placement.pk),
    )


def _municipality(company_id: UUID) -> str:
    return str(Company.objects.filter(pk=company_id).values_list("municipality_id", flat=True).get())
