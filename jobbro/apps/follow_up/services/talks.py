"""Short talks: asked for by a link, answered in one's own time, or held by somebody of the municipality."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services import touch_case
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.models import ContactPerson
from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import call_off_message, queue_message
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement

from ..answers import Answers, Asked, asked_of, checked_answers, kept_answers, kept_asked
from ..enums import LinkState, TalkChannel, TalkParty, TalkState
from ..facts import party_talks
from ..models import Talk, TalkLink
from ..permissions import can_follow_up, party_of
from ..reading import TalkToHave, asked_for, binding_for, placement_for, rhythm_of, talk_to_have
from ..refusals import NotNow, NotThere, Refused
from .help import call_for_help

Address = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A link is on its way until a day."""

    talk: Talk
    until_at: datetime


def token_hash(token: str) -> bytes:
    """What is kept of a token: a token is 32 random bytes, so a plain hash cannot be turned around."""
    return sha256(token.encode()).digest()


def send_link(*, actor: Actor, placement_id: UUID, party: TalkParty, address: Address, at: datetime, on: date) -> Sent:
    """The party gets a link to the talk; an earlier link of the same talk is worth nothing any more.

    Raises NotThere, PermissionDenied, NotNow (the job has ended, or today's talk is answered). Refused: `protected`
    (ring instead), `no_contact` (nobody at the company has an address).
    """
    placement = _placement_of_staff(actor=actor, placement_id=placement_id)
    if Citizen.objects.filter(pk=placement.citizen_id, is_protected=True).exists():
        raise Refused("protected")
    to = _recipient(placement, party=party, on=on)
    talk, rhythm_days = _asked_talk(actor=actor, placement=placement, party=party, at=at, on=on)
    _replace_links(talk, at=at)
    until_at = at + timedelta(days=rhythm_days)
    token = token_urlsafe(32)
    link = TalkLink(
        citizen_id=talk.citizen_id,
        talk=talk,
        token_hash=token_hash(token),
        until_at=until_at,
        sent_by_id=actor.id,
        sent_at=at,
    )
    link.save(force_insert=True)
    talk.asked_until = timezone.localdate(until_at)
    talk.save(update_fields=["asked_until"])
    queue_message(
        to=to,
        kind=MessageKind.TALK_ASKED,
        link=address(token),
        key=_message_key(link),
        send_at=at,
        at=at,
        until_at=until_at,
    )
    record_event(
        verb=Verb.TALK_ASKED, citizen_id=talk.citizen_id, subject=talk, detail={"party": str(party), "by": "link"}
    )
    return Sent(talk=talk, until_at=until_at)


def save_answers(*, actor: Actor, placement_id: UUID, answers: Answers, at: datetime, on: date) -> Talk:
    """What the party has answered so far is kept; it can go on later. Raises NotThere, NotNow; Refused as checked."""
    placement, party = _own_placement(actor=actor, placement_id=placement_id)
    talk = _own_talk(actor=actor, placement=placement, party=party, at=at, on=on)
    talk.answers = kept_answers(checked_answers(answers, asked=asked_of(talk.asked)))
    talk.state, talk.channel = TalkState.BEGUN, TalkChannel.HERE
    talk.save(update_fields=["answers", "state", "channel"])
    return talk


def send_answers(*, actor: Actor, placement_id: UUID, answers: Answers, at: datetime, on: date) -> Talk:
    """The talk is answered, and stands; whoever wants to talk has asked for help. Raises as `save_answers`."""
    talk = save_answers(actor=actor, placement_id=placement_id, answers=answers, at=at, on=on)
    if not _is_something(talk):
        raise Refused("nothing")
    _answered(talk, at=at)
    if answers.wants_talk:
        call_for_help(actor=actor, talk=talk, answer_days=asked_of(talk.asked).answer_days, at=at, on=on)
    return talk


def hold_talk(*, actor: Actor, placement_id: UUID, party: TalkParty, answers: Answers, at: datetime, on: date) -> Talk:
    """Somebody of the municipality rang or met and wrote down what was said.

    Raises NotThere, PermissionDenied, NotNow. Refused: `nothing`, and as answers are checked.
    """
    placement = _placement_of_staff(actor=actor, placement_id=placement_id)
    talk, _days = _asked_talk(actor=actor, placement=placement, party=party, at=at, on=on)
    talk.answers = kept_answers(checked_answers(answers, asked=asked_of(talk.asked)))
    if not _is_something(talk):
        raise Refused("nothing")
    _replace_links(talk, at=at)
    talk.channel, talk.noted_by = TalkChannel.HELD, actor.name
    talk.save(update_fields=["answers", "channel", "noted_by"])
    _answered(talk, at=at)
    touch_case(citizen_id=talk.citizen_id, on=on)
    if answers.wants_talk:
        call_for_help(actor=actor, talk=talk, answer_days=asked_of(talk.asked).answer_days, at=at, on=on)
    return talk


def read_talks(*, actor: Actor, placement_id: UUID, at: datetime) -> int:
    """Somebody of the municipality has read what was answered; how many talks that were. Raises as usual."""
    placement = _placement_of_staff(actor=actor, placement_id=placement_id, is_any=True)
    rows = placement.talks.filter(state=TalkState.ANSWERED, read_at__isnull=True)
    count = rows.exclude(channel=TalkChannel.HELD).update(read_at=at, read_by_id=actor.id)
    if count:
        record_event(
            verb=Verb.TALK_READ, citizen_id=placement.citizen_id, subject=placement, detail={"talks": int(count)}
        )
    return int(count)


def _answered(talk: Talk, *, at: datetime) -> None:
    talk.state, talk.answered_at = TalkState.ANSWERED, at
    talk.save(update_fields=["state", "answered_at"])
    detail = {"party": str(talk.party), "channel": str(talk.channel)}
    record_event(verb=Verb.TALK_ANSWERED, citizen_id=talk.citizen_id, subject=talk, detail=detail)
    if talk.party == TalkParty.CITIZEN and talk.channel == TalkChannel.HERE:
        touch_case(citizen_id=talk.citizen_id, on=timezone.localdate(at))


def _is_something(talk: Talk) -> bool:
    return bool(talk.answers)


def _placement_of_staff(*, actor: Actor, placement_id: UUID, is_any: bool = False) -> Placement:
    if not can_follow_up(actor):
        raise PermissionDenied
    placement = placement_for(actor=actor, placement_id=placement_id)
    if placement is None:
        raise NotThere
    if placement.state != PlacementState.AGREED and not is_any:
        raise NotNow
    return placement


def _own_placement(*, actor: Actor, placement_id: UUID) -> tuple[Placement, TalkParty]:
    placement = placement_for(actor=actor, placement_id=placement_id)
    if placement is None:
        raise NotThere
    party = party_of(actor, citizen_id=placement.citizen_id, company_id=placement.company_id)
    if party is None:
        raise NotThere
    return placement, party


def _own_talk(*, actor: Actor, placement: Placement, party: TalkParty, at: datetime, on: date) -> Talk:
    rhythm = rhythm_of(actor=actor, placement=placement, on=on)
    found = talk_to_have(placement=placement, talks=_talks(actor, placement, party), rhythm=rhythm, on=on)
    if found is None:
        raise NotNow
    return found.row or _begun(found, actor=actor, placement=placement, party=party, at=at, on=on)[0]


def _asked_talk(*, actor: Actor, placement: Placement, party: TalkParty, at: datetime, on: date) -> tuple[Talk, int]:
    """The talk to have, made when it is not there, and for how many days a link to it holds."""
    rhythm = rhythm_of(actor=actor, placement=placement, on=on)
    found = talk_to_have(
        placement=placement, talks=_talks(actor, placement, party), rhythm=rhythm, on=on, is_extra=True
    )
    if found is None:
        raise NotNow
    talk = found.row or _begun(found, actor=actor, placement=placement, party=party, at=at, on=on)[0]
    return talk, rhythm.link_days


def _talks(actor: Actor, placement: Placement, party: TalkParty) -> list[Talk]:
    """The party's talks; two who ask at the same moment take turns."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 6))", [f"{placement.pk}:{party}"])
    return party_talks(Talk.objects.visible_to(actor).filter(placement=placement, party=party), party=party)


def _begun(
    found: TalkToHave, *, actor: Actor, placement: Placement, party: TalkParty, at: datetime, on: date
) -> tuple[Talk, Asked]:
    binding = binding_for(actor=actor, placement=placement)
    rhythm = rhythm_of(actor=actor, placement=placement, on=on)
    asked = asked_for(actor=actor, placement=placement, party=party, binding=binding, rhythm=rhythm, on=on)
    is_staff = can_follow_up(actor)
    talk = Talk(
        citizen_id=placement.citizen_id,
        company_id=placement.company_id,
        placement=placement,
        party=party,
        due_on=found.due_on,
        channel=TalkChannel.LINK if is_staff else TalkChannel.HERE,
        asked=kept_asked(asked),
        made_by_id=actor.id,
        asked_at=at,
    )
    talk.save(force_insert=True)
    return talk, asked


def _replace_links(talk: Talk, *, at: datetime) -> None:
    for link in talk.links.filter(state=LinkState.OPEN):
        link.state = LinkState.REPLACED
        link.save(update_fields=["state"])
        call_off_message(key=_message_key(link), at=at)


def _message_key(link: TalkLink) -> str:
    return f"talk:{link.talk_id}:{link.pk}"


def _recipient(placement: Placement, *, party: TalkParty, on: date) -> Recipient:
    if party == TalkParty.CITIZEN:
        return Recipient(citizen_id=placement.citizen_id)
    contacts = ContactPerson.objects.standing(on=on).filter(company_id=placement.company_id)
    for contact in contacts.order_by("-is_first", "name", "pk"):
        if contact.user_id is not None:
            return Recipient(user_id=contact.user_id)
        if contact.email:
            return Recipient(email=contact.email, name=contact.name)
    raise Refused("no_contact")
