"""Reads of agreements: a wording with its signatures, which one is in force, and what the next one starts from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.selectors import citizen_for
from jobbro.apps.jobs.models import Opening
from jobbro.apps.matching.enums import ProposalState

from ..enums import SIGNING, Party, PlacementState
from ..models import AgreementVersion, Introduction, Participant, Placement, Signature
from ..permissions import can_lay_table, party_of
from ..services.agreements import AGREEABLE, is_signed_by_all, may_be_read, support_to_agree
from ..stamps import seen_placement


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """A wording in the list of all of them."""

    id: UUID
    number: int
    starts_on: date
    signed: int
    is_in_force: bool
    is_newest: bool


@dataclass(frozen=True, kw_only=True)
class AgreementTold:
    """A wording whole, with who has signed it and the other wordings. `signatures`: party -> signature or None."""

    version: AgreementVersion
    placement: Placement
    signatures: Mapping[Party, Signature | None]
    versions: tuple[VersionLine, ...]
    own_party: Party | None

    @property
    def is_newest(self) -> bool:
        return self.versions[-1].id == self.version.pk

    @property
    def is_signed_by_all(self) -> bool:
        return all(self.signatures.values())

    @property
    def is_alive(self) -> bool:
        """Whether it can still be signed and changed."""
        return self.placement.state in (PlacementState.AGREEING, PlacementState.AGREED)

    @property
    def in_force(self) -> VersionLine | None:
        """The last wording that all three have signed."""
        return next((line for line in self.versions if line.is_in_force), None)

    @property
    def may_sign(self) -> bool:
        """Whether whoever reads can sign: their party has not, and these are the newest words."""
        is_open = self.is_newest and self.is_alive
        return is_open and self.own_party is not None and self.signatures[self.own_party] is None

    @property
    def unsigned(self) -> tuple[Party, ...]:
        """The parties that have not signed yet."""
        return tuple(party for party, signature in self.signatures.items() if signature is None)


@dataclass(frozen=True, kw_only=True)
class AgreementPage:
    """A wording for the citizen and for those around them."""

    told: AgreementTold
    citizen: Citizen
    introduction_id: UUID | None
    is_own: bool
    may_keep: bool


@dataclass(frozen=True, kw_only=True)
class AgreementStart:
    """What the next wording starts from: the one before, else the job, the card and who sat at the table."""

    introduction: Introduction
    opening: Opening
    citizen: Citizen
    newest: AgreementVersion | None
    measures: Mapping[str, Mapping[str, str]] = field(hash=False)
    contacts: tuple[Participant, ...]
    has_card: bool
    can_be_written: bool
    seen: str

    @property
    def is_change(self) -> bool:
        return self.newest is not None


def agreement_page(*, actor: Actor, version_id: UUID) -> AgreementPage | None:
    """The wording for the citizen and staff; None when it is not theirs. Six queries."""
    told = None if actor.is_employer else agreement_told(actor=actor, version_id=version_id)
    citizen = citizen_for(actor=actor, citizen_id=told.version.citizen_id) if told else None
    if told is None or citizen is None:
        return None
    meetings = Introduction.objects.visible_to(actor).filter(proposal_id=told.placement.proposal_id)
    return AgreementPage(
        told=told,
        citizen=citizen,
        introduction_id=meetings.order_by("-meets_at").values_list("pk", flat=True).first(),
        is_own=actor.citizen_id == citizen.pk,
        may_keep=can_lay_table(actor),
    )


def agreement_told(*, actor: Actor, version_id: UUID) -> AgreementTold | None:
    """A wording with its signatures; None when it is not there for the actor. Three queries."""
    rows = AgreementVersion.objects.visible_to(actor).select_related("placement")
    version: AgreementVersion | None = rows.filter(pk=version_id).first()
    if version is None:
        return None
    signatures = Signature.objects.visible_to(actor).filter(version__placement_id=version.placement_id)
    by_version: dict[UUID, list[Signature]] = {}
    for signature in signatures.order_by("signed_at", "pk"):
        by_version.setdefault(signature.version_id, []).append(signature)
    own = {signature.party: signature for signature in by_version.get(version.pk, ())}
    return AgreementTold(
        version=version,
        placement=version.placement,
        signatures={party: own.get(party) for party in SIGNING},
        versions=_lines(
            tuple(version.placement.versions.order_by("number").only("pk", "number", "starts_on")), signed=by_version
        ),
        own_party=party_of(actor, citizen_id=version.citizen_id, company_id=version.company_id),
    )


def _lines(
    versions: tuple[AgreementVersion, ...], *, signed: Mapping[UUID, list[Signature]]
) -> tuple[VersionLine, ...]:
    complete = [version.number for version in versions if is_signed_by_all(signed.get(version.pk, ()))]
    return tuple(
        VersionLine(
            id=version.pk,
            number=version.number,
            starts_on=version.starts_on,
            signed=len(signed.get(version.pk, ())),
            is_in_force=bool(complete) and version.number == complete[-1],
            is_newest=version.number == versions[-1].number,
        )
        for version in versions
    )


def agreement_start(*, actor: Actor, introduction_id: UUID, on: date) -> AgreementStart | None:
    """What the form of the next wording is filled with; None when the table is not the actor's. Eight queries."""
    if not can_lay_table(actor):
        return None
    rows = Introduction.objects.visible_to(actor).select_related("proposal__opening", "citizen")
    row: Introduction | None = rows.filter(pk=introduction_id).first()
    if row is None:
        return None
    placement = Placement.objects.filter(proposal_id=row.proposal_id).first()
    versions = list(placement.versions.order_by("number")) if placement else []
    is_alive = placement is None or placement.state in (PlacementState.AGREEING, PlacementState.AGREED)
    return AgreementStart(
        introduction=row,
        opening=row.proposal.opening,
        citizen=row.citizen,
        newest=versions[-1] if versions else None,
        measures=support_to_agree(proposal=row.proposal, placement=placement, versions=versions),
        contacts=tuple(row.participants.filter(party=Party.EMPLOYER).order_by("pk")),
        has_card=may_be_read(proposal=row.proposal, placement=placement, on=on),
        can_be_written=is_alive and ProposalState(row.proposal.state) in AGREEABLE,
        seen=seen_placement(placement, number=len(versions)),
    )
