"""Agreements: a wording stands and is signed by three; a change is the next wording, and the last one signed binds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.jobs.carving_input import number
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.matching.files import digest_of
from jobbro.apps.matching.models import Proposal
from jobbro.kernel.vocabulary import SLOTS

from ..enums import SIGNING, AgreementKind, Party, PlacementState
from ..models import AgreementVersion, Placement, Signature
from ..permissions import can_lay_table, party_of
from ..refusals import Changed, NotNow, NotThere, Refused
from ..stamps import seen_placement
from ..wording import LONGEST_LINE, checked_line, checked_words
from .arrangements import shown_support
from .introductions import living_card

# Average of a week with overtime: lov om gennemførelse af dele af arbejdstidsdirektivet, § 4.
MOST_HOURS = Decimal(48)
MOST_STEPS = 12
HUNDREDTH = Decimal("0.01")
# Where an agreement can be written: a table has met, and nobody has said no.
AGREEABLE = (ProposalState.INTRODUCED, ProposalState.TRIED, ProposalState.AGREED)


@dataclass(frozen=True, kw_only=True)
class Step:
    """From this day so many hours a week."""

    from_on: date
    hours: Decimal


@dataclass(frozen=True, kw_only=True)
class AgreementDraft:
    """What the three agree; `change_note`: what changed and why, for every wording after the first."""

    kind: AgreementKind
    steps: tuple[Step, ...]
    place: str
    tasks: str
    contact_text: str
    ends_on: date | None = None
    slots: tuple[str, ...] = ()
    wage_text: str = ""
    measures: tuple[str, ...] = ()
    change_note: str = ""


def write_agreement(
    *, actor: Actor, proposal_id: UUID, draft: AgreementDraft, seen: str, at: datetime, on: date
) -> AgreementVersion:
    """The next wording stands and waits for three signatures; one that is signed by all binds until then.

    Raises NotThere, PermissionDenied, Changed, NotNow. Refused: `no_card` (the company cannot read it), `steps_none`,
    `steps_many`, `steps_order`, `hours`, `hours_fine`, `ends_before`, `trial_end`, `wage`, `slots`, `measures`,
    `needed`, `too_long`, `cpr`.
    """
    if not can_lay_table(actor):
        raise PermissionDenied
    proposal = _locked_proposal(actor=actor, proposal_id=proposal_id)
    placement: Placement | None = Placement.objects.filter(proposal=proposal).first()
    versions = list(placement.versions.order_by("number")) if placement else []
    if seen_placement(placement, number=len(versions)) != seen:
        raise Changed
    if proposal.state not in AGREEABLE or (placement and placement.state not in _CHANGEABLE):
        raise NotNow
    if not may_be_read(proposal=proposal, placement=placement, on=on):
        raise Refused("no_card")
    names = support_to_agree(proposal=proposal, placement=placement, versions=versions)
    content = _content(draft, is_first=not versions, names=names)
    if placement is None:
        placement = _begun(proposal, actor=actor, at=at, on=on)
    version = AgreementVersion(
        citizen_id=proposal.citizen_id,
        company_id=proposal.company_id,
        placement=placement,
        number=len(versions) + 1,
        name=_name_at_table(proposal, versions=versions, on=on),
        employer_name=proposal.opening.employer_name,
        municipality_name=_municipality_of(proposal.citizen_id),
        written_by_id=actor.id,
        written_at=at,
        **content,
    )
    version.digest = digest_of(signed_content(version))
    version.save(force_insert=True)
    record_event(
        verb=Verb.AGREEMENT_WRITTEN,
        citizen_id=version.citizen_id,
        subject=version,
        detail={"number": version.number},
    )
    return version


def sign(*, actor: Actor, version_id: UUID, digest: str, at: datetime) -> Signature:
    """The actor's party has signed this wording; signed twice it is signed once.

    Raises NotThere, PermissionDenied, Changed (other words than those shown, or a newer wording), NotNow (came to
    nothing).
    """
    version = _version_to_sign(actor=actor, version_id=version_id, digest=digest)
    party = party_of(actor, citizen_id=version.citizen_id, company_id=version.company_id)
    if party is None:
        raise PermissionDenied
    name = version.name if party == Party.CITIZEN else actor.name
    return _signed(version, actor=actor, party=party, name=name, on_behalf="", at=at)


def sign_for(
    *, actor: Actor, version_id: UUID, party: Party, name: str, reason: str, digest: str, at: datetime
) -> Signature:
    """Somebody of the municipality has signed for the citizen or the employer; the reason stands beside it.

    Raises as `sign`. Refused: `party`, `no_card` (the company cannot read it: the citizen has taken it back), `needed`
    (who said yes at the company, or the reason), `too_long`, `cpr`.
    """
    if not can_lay_table(actor):
        raise PermissionDenied
    if party not in (Party.CITIZEN, Party.EMPLOYER):
        raise Refused("party", fields=("party",))
    version = _version_to_sign(actor=actor, version_id=version_id, digest=digest)
    _refuse_unread(version, on=timezone.localdate(at))
    told = version.name if party == Party.CITIZEN else checked_line(name, field="name", most=120, is_needed=True)
    why = checked_line(reason, field="reason", most=LONGEST_LINE, is_needed=True)
    return _signed(version, actor=actor, party=party, name=told, on_behalf=why, at=at)


def signed_content(version: AgreementVersion) -> dict[str, Any]:
    """All that a signature is given for; the same words give the same digest."""
    return {
        "placement": str(version.placement_id),
        "number": version.number,
        "kind": str(version.kind),
        "name": version.name,
        "employer": version.employer_name,
        "municipality": version.municipality_name,
        "starts_on": version.starts_on.isoformat(),
        "ends_on": version.ends_on.isoformat() if version.ends_on else None,
        "steps": version.steps,
        "slots": list(version.slots),
        "place": version.place,
        "tasks": version.tasks,
        "wage": version.wage_text,
        "contact": version.contact_text,
        "measures": version.measures,
        "change": version.change_note,
    }


_CHANGEABLE = (PlacementState.AGREEING, PlacementState.AGREED)


def _locked_proposal(*, actor: Actor, proposal_id: UUID) -> Proposal:
    """Whoever writes an agreement takes turns here: there is one placement a proposal, made with the first wording."""
    rows = Proposal.objects.visible_to(actor).select_related("opening").select_for_update(of=("self",))
    row: Proposal | None = rows.filter(pk=proposal_id).first()
    if row is None:
        raise NotThere
    return row


def _begun(proposal: Proposal, *, actor: Actor, at: datetime, on: date) -> Placement:
    placement = Placement(
        citizen_id=proposal.citizen_id,
        company_id=proposal.company_id,
        proposal=proposal,
        opening_id=proposal.opening_id,
        title=proposal.opening.title,
        state_on=on,
        made_by_id=actor.id,
        made_at=at,
    )
    placement.save(force_insert=True)
    return placement


def _content(draft: AgreementDraft, *, is_first: bool, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The wording, checked and as it is kept; support stands with its name, whatever the catalogue says later."""
    if not set(draft.measures) <= set(names):
        raise Refused("measures", fields=("measures",))
    steps = checked_steps(draft.steps)
    starts_on = steps[0].from_on
    _check_end(draft, steps=steps)
    if not set(draft.slots) <= set(SLOTS):
        raise Refused("slots", fields=("slots",))
    wage = checked_line(draft.wage_text, field="wage_text")
    if draft.kind == AgreementKind.JOB and not wage:
        raise Refused("wage", fields=("wage_text",))
    return {
        "kind": draft.kind,
        "starts_on": starts_on,
        "ends_on": draft.ends_on,
        "steps": [{"from_on": step.from_on.isoformat(), "hours": number(step.hours)} for step in steps],
        "slots": [slot for slot in SLOTS if slot in draft.slots],
        "place": checked_line(draft.place, field="place", is_needed=True),
        "tasks": checked_words(draft.tasks, field="tasks", is_needed=True),
        "wage_text": wage,
        "contact_text": checked_words(draft.contact_text, field="contact_text", is_needed=True),
        "measures": [{"code": code, "name": dict(names[code])} for code in sorted(set(draft.measures))],
        "change_note": "" if is_first else checked_words(draft.change_note, field="change_note", is_needed=True),
    }


def checked_steps(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Days in order and hours that a week can hold. Refused: `steps_none`, `steps_many`, `steps_order`, `hours`, …"""
    found = tuple(steps)
    if not found:
        raise Refused("steps_none", fields=("steps",))
    if len(found) > MOST_STEPS:
        raise Refused("steps_many", fields=("steps",), values={"most": MOST_STEPS})
    for step in found:
        if not step.hours.is_finite() or not 0 < step.hours <= MOST_HOURS:
            raise Refused("hours", fields=("steps",), values={"most": MOST_HOURS})
        if step.hours != step.hours.quantize(HUNDREDTH):
            raise Refused("hours_fine", fields=("steps",))
    if any(later.from_on <= earlier.from_on for earlier, later in pairwise(found)):
        raise Refused("steps_order", fields=("steps",))
    return found


def _check_end(draft: AgreementDraft, *, steps: tuple[Step, ...]) -> None:
    if draft.ends_on is None:
        if draft.kind == AgreementKind.TRIAL:
            raise Refused("trial_end", fields=("ends_on",))
    elif draft.ends_on < steps[-1].from_on:
        raise Refused("ends_before", fields=("ends_on",))


def may_be_read(*, proposal: Proposal, placement: Placement | None, on: date) -> bool:
    """Whether the company can read a wording today: by a card that holds, or because an agreement binds."""
    is_bound = placement is not None and placement.state == PlacementState.AGREED
    return is_bound or living_card(proposal_id=proposal.pk, on=on) is not None


def _refuse_unread(version: AgreementVersion, *, on: date) -> None:
    """Nobody is signed for under words that the citizen has taken back from the company."""
    is_bound = version.placement.state == PlacementState.AGREED
    if not is_bound and living_card(proposal_id=version.placement.proposal_id, on=on) is None:
        raise Refused("no_card")


def support_to_agree(
    *, proposal: Proposal, placement: Placement | None, versions: Sequence[AgreementVersion]
) -> dict[str, Mapping[str, str]]:
    """What the company has been shown, by code: on a card, or in a wording when an agreement binds."""
    is_bound = placement is not None and placement.state == PlacementState.AGREED
    bound = {one["code"]: one["name"] for version in versions if is_bound for one in version.measures}
    return {**bound, **shown_support(proposal_id=proposal.pk)}


def _name_at_table(proposal: Proposal, *, versions: list[AgreementVersion], on: date) -> str:
    """As on the card that holds; without one, as in the wording before."""
    card = living_card(proposal_id=proposal.pk, on=on)
    return str(card.content["name"]) if card else versions[-1].name


def _municipality_of(citizen_id: UUID) -> str:
    """The name alone: it is no look at the person."""
    return str(Citizen.objects.filter(pk=citizen_id).values_list("municipality__name", flat=True).get())


def _version_to_sign(*, actor: Actor, version_id: UUID, digest: str) -> AgreementVersion:
    rows = AgreementVersion.objects.visible_to(actor).select_related("placement")
    version: AgreementVersion | None = rows.filter(pk=version_id).first()
    if version is None:
        raise NotThere
    if version.digest != digest or version.placement.versions.filter(number__gt=version.number).exists():
        raise Changed
    if version.placement.state not in _CHANGEABLE:
        raise NotNow
    return version


def _signed(
    version: AgreementVersion, *, actor: Actor, party: Party, name: str, on_behalf: str, at: datetime
) -> Signature:
    """Two who sign for the same party at the same moment give one signature; the first one stands."""
    standing: Signature | None = version.signatures.filter(party=party).first()
    if standing is not None:
        return standing
    row = Signature(
        citizen_id=version.citizen_id,
        company_id=version.company_id,
        version=version,
        party=party,
        name=name,
        signed_by_id=actor.id,
        on_behalf=on_behalf,
        noted_by=actor.name if on_behalf else "",
        signed_at=at,
        digest=version.digest,
    )
    Signature.objects.bulk_create([row], ignore_conflicts=True)
    kept: Signature = version.signatures.get(party=party)
    if kept.pk == row.pk:
        detail = {"party": str(party), "on_behalf": bool(on_behalf)}
        record_event(verb=Verb.AGREEMENT_SIGNED, citizen_id=version.citizen_id, subject=row, detail=detail)
    return kept


def is_signed_by_all(signatures: Iterable[Signature]) -> bool:
    """Whether all three have signed."""
    return {signature.party for signature in signatures} >= set(SIGNING)
