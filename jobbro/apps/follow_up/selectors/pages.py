"""The page of one placement after the first day: talks, trend, signals, sick leave, hours, help, schemes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Introduction, Placement
from jobbro.engines.follow_up import Signal

from ..answers import answers_of
from ..enums import HoursFit, LinkState, TalkParty, TalkState
from ..facts import Binding, Rows, party_talks
from ..models import HelpRequest, SickLeave, SignalAnswer, Talk, TalkLink
from ..permissions import can_follow_up
from ..reading import TalkToHave, placement_for, talk_to_have
from ..rhythms import InForce, rhythm_on
from ..services.help import Answerer, answerers_of
from ..stamps import seen_sick_leave
from .gathering import only, rows_of
from .schemes import Offer, offers_for
from .signals import open_signals, unread_of


@dataclass(frozen=True, kw_only=True)
class PartyTalks:
    """The talks with one party: what was answered, what is to be had now, when the next one is due."""

    party: TalkParty
    answered: tuple[Talk, ...]
    to_have: TalkToHave | None
    coming: date | None
    link_until: datetime | None
    was_stopped: bool

    @property
    def hours_fit(self) -> HoursFit | None:
        """What the party said last about the hours."""
        told = [answers_of(talk.answers).hours for talk in self.answered]
        return next((one for one in reversed(told) if one), None)


@dataclass(frozen=True, kw_only=True)
class FollowUpPage:
    """Everything about one placement after the first day, for the citizen and for those around them."""

    placement: Placement
    citizen: Citizen
    binding: Binding
    parties: tuple[PartyTalks, ...]
    signals: tuple[Signal, ...]
    signal_answers: tuple[SignalAnswer, ...]
    sick: tuple[SickLeave, ...]
    help: tuple[HelpRequest, ...]
    answerers: tuple[Answerer, ...]
    offers: tuple[Offer, ...]
    rhythm: InForce
    introduction_id: UUID | None
    hours: Decimal | None
    unread: int
    is_own: bool
    may_keep: bool
    rows: Rows = field(repr=False)

    @property
    def is_over(self) -> bool:
        return self.placement.state != PlacementState.AGREED

    @property
    def open_sick(self) -> SickLeave | None:
        """The sick leave that lasts."""
        return next((one for one in self.sick if one.until_on is None), None)


@dataclass(frozen=True, kw_only=True)
class SickStart:
    """What the form of a sick leave is filled with."""

    placement: Placement
    citizen: Citizen
    row: SickLeave | None
    is_own: bool

    @property
    def seen(self) -> str:
        return seen_sick_leave(self.row) if self.row else ""


def follow_up_page(*, actor: Actor, placement_id: UUID, on: date) -> FollowUpPage | None:
    """The page; None when it is not there for the citizen or for staff. At most twenty queries."""
    placement = None if actor.is_employer else placement_for(actor=actor, placement_id=placement_id)
    citizen = citizen_for(actor=actor, citizen_id=placement.citizen_id) if placement else None
    if placement is None or citizen is None:
        return None
    rows = rows_of(actor=actor, placements=only(placement), on=on)
    kept = tuple(
        SignalAnswer.objects.visible_to(actor)
        .filter(placement=placement)
        .select_related("made_by")
        .order_by("-made_at", "-pk")
    )
    signals = open_signals(placement=placement, rows=rows, answered={(one.code, one.key) for one in kept}, on=on)
    rhythm = rhythm_on(municipality=citizen.municipality_id, on=on)
    versions = rows.versions[placement.pk]
    binding = Binding(version=versions[-1] if versions else None)
    sick = rows.sick[placement.pk]
    links = list(TalkLink.objects.visible_to(actor).filter(talk__placement=placement).order_by("sent_at"))
    tables = Introduction.objects.visible_to(actor).filter(proposal_id=placement.proposal_id)
    return FollowUpPage(
        placement=placement,
        citizen=citizen,
        binding=binding,
        parties=tuple(
            _party(party, placement=placement, rows=rows, rhythm=rhythm, links=links, on=on) for party in TalkParty
        ),
        signals=signals,
        signal_answers=kept,
        sick=tuple(reversed(sick)),
        help=tuple(rows.help[placement.pk]),
        answerers=answerers_of(citizen_id=citizen.pk),
        offers=offers_for(actor=actor, citizen_id=citizen.pk, signals=signals, sick=sick, on=on),
        rhythm=rhythm,
        introduction_id=tables.order_by("-meets_at").values_list("pk", flat=True).first(),
        hours=binding.hours_on(on),
        unread=unread_of(rows.talks[placement.pk]),
        is_own=actor.citizen_id == citizen.pk,
        may_keep=can_follow_up(actor),
        rows=rows,
    )


def _party(
    party: TalkParty, *, placement: Placement, rows: Rows, rhythm: InForce, links: list[TalkLink], on: date
) -> PartyTalks:
    talks = party_talks(rows.talks[placement.pk], party=party)
    own = {talk.pk for talk in talks}
    newest = next((link for link in reversed(links) if link.talk_id in own), None)
    assert placement.starts_on is not None
    days = rhythm.due(starts_on=placement.starts_on, on=on, ended_on=placement.ended_on)
    is_open = newest is not None and newest.state == LinkState.OPEN
    return PartyTalks(
        party=party,
        answered=tuple(talk for talk in talks if talk.state == TalkState.ANSWERED),
        to_have=None
        if placement.state != PlacementState.AGREED
        else talk_to_have(placement=placement, talks=talks, rhythm=rhythm, on=on),
        coming=days.coming if placement.state == PlacementState.AGREED else None,
        link_until=newest.until_at if newest and is_open else None,
        was_stopped=newest is not None and newest.state == LinkState.STOPPED,
    )


def sick_start(*, actor: Actor, placement_id: UUID) -> SickStart | None:
    """What a new sick leave starts from; None when it is not the actor's. Two queries."""
    placement = None if actor.is_employer else placement_for(actor=actor, placement_id=placement_id)
    return _sick_start(actor, placement=placement, row=None)


def sick_change(*, actor: Actor, sick_leave_id: UUID) -> SickStart | None:
    """The sick leave to change; None when it is not the actor's. Two queries."""
    if actor.is_employer:
        return None
    rows = SickLeave.objects.visible_to(actor).select_related("placement")
    row: SickLeave | None = rows.filter(pk=sick_leave_id).first()
    return _sick_start(actor, placement=row.placement if row else None, row=row)


def _sick_start(actor: Actor, *, placement: Placement | None, row: SickLeave | None) -> SickStart | None:
    citizen = citizen_for(actor=actor, citizen_id=placement.citizen_id) if placement else None
    if placement is None or citizen is None:
        return None
    return SickStart(placement=placement, citizen=citizen, row=row, is_own=actor.citizen_id == citizen.pk)
