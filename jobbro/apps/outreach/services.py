"""Opening questions answered, efforts started and ended, people listed and contacted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event, record_events
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.services.locking import plain_words

from .enums import Contacted, Reply, Response, Why
from .facts import newest_opening
from .models import OpeningAnswer, OutreachContact, OutreachEffort, OutreachPerson
from .permissions import can_answer_opening, can_contact, can_start_effort
from .refusals import NotNow, NotThere, NotYet, Refused

USUAL_PAUSE, LONGEST_PAUSE = timedelta(days=182), timedelta(days=731)
# A no, and a wish not to say, hold a year.
YEAR = timedelta(days=365)
LONGEST_EFFORT = timedelta(days=731)
MOST_AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class OpeningDraft:
    """What was said. `ask_again_on`: the day somebody who said not now has chosen; `is_raised`: they raised it."""

    harder: str
    talk: str
    ask_again_on: date | None = None
    is_raised: bool = False


@dataclass(frozen=True, kw_only=True)
class EffortDraft:
    """A special effort; `since` goes with the fact `new_since`."""

    name: str
    purpose: str
    why: str
    facts: tuple[str, ...]
    from_on: date
    until_on: date
    since: date | None = None


def answer_opening(*, actor: Actor, citizen_id: UUID, draft: OpeningDraft, on: date, at: datetime) -> OpeningAnswer:
    """What was said to the two questions stands, and says when they may be asked again.

    Raises NotThere, PermissionDenied, and NotYet when staff ask before that day and the person did not raise it.
    Refused: `reply`, `day_past`, `far`.
    """
    citizen = _locked_citizen(actor=actor, citizen_id=citizen_id)
    if not can_answer_opening(actor, citizen.pk):
        raise PermissionDenied
    is_own = actor.citizen_id == citizen.pk
    if draft.harder not in Reply.values or draft.talk not in Reply.values:
        raise Refused("reply", fields=("harder", "talk"))
    before = newest_opening(citizen_id=citizen.pk)
    if before is not None and not is_own and not draft.is_raised and _is_pause(before, on=on):
        assert before.ask_again_on is not None
        raise NotYet(before.ask_again_on)
    row = OpeningAnswer(
        citizen=citizen,
        harder=draft.harder,
        talk=draft.talk,
        asked_on=on,
        ask_again_on=_again(draft, on=on),
        is_own=is_own,
        is_raised=is_own or draft.is_raised,
        recorded_by_id=actor.id,
        recorded_at=at,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.OPENING_ANSWERED, citizen_id=citizen.pk, subject=row)
    return row


def start_effort(*, actor: Actor, municipality: str, draft: EffortDraft, on: date, at: datetime) -> OutreachEffort:
    """The effort stands; nobody is on its list yet. Raises PermissionDenied.

    Refused: `municipality`, `facts`, `since`, `period`, `day_past`, `long`, `words`, `too_long`, `cpr`.
    """
    if not can_start_effort(actor):
        raise PermissionDenied
    if municipality not in actor.codes:
        raise Refused("municipality", fields=("municipality",))
    if not draft.facts or not set(draft.facts) <= set(Why.values):
        raise Refused("facts", fields=("facts",))
    if Why.NEW_SINCE in draft.facts and draft.since is None:
        raise Refused("since", fields=("since",))
    if draft.until_on < draft.from_on:
        raise Refused("period", fields=("until_on",))
    if draft.until_on < on:
        raise Refused("day_past", fields=("until_on",))
    if draft.until_on - draft.from_on > LONGEST_EFFORT:
        raise Refused("long", fields=("until_on",))
    row = OutreachEffort(
        municipality_id=municipality,
        name=plain_words(draft.name, field="name", longest=120),
        purpose=plain_words(draft.purpose, field="purpose", longest=2000),
        why=plain_words(draft.why, field="why", longest=2000),
        facts=[fact for fact in Why.values if fact in draft.facts],
        since=draft.since if Why.NEW_SINCE in draft.facts else None,
        responsible_id=actor.id,
        started_by_id=actor.id,
        started_at=at,
        from_on=draft.from_on,
        until_on=draft.until_on,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.OUTREACH_STARTED, subject=row, detail={"facts": row.facts})
    return row


def end_effort(*, actor: Actor, effort_id: UUID, on: date) -> OutreachEffort:
    """The effort has its last day today; its list and result stay. Raises NotThere, PermissionDenied, NotNow."""
    row = _locked_effort(actor=actor, effort_id=effort_id)
    if not can_start_effort(actor):
        raise PermissionDenied
    if row.until_on is not None and row.until_on <= on:
        raise NotNow
    row.until_on = max(row.from_on, on)
    row.save(update_fields=["until_on"])
    record_event(verb=Verb.OUTREACH_ENDED, subject=row)
    return row


def list_people(*, actor: Actor, effort_id: UUID, citizen_ids: tuple[UUID, ...], on: date) -> int:
    """These are on the effort's list, those who were already too; how many are new.

    Raises NotThere, also for somebody the actor does not see, PermissionDenied, NotNow when it is over.
    Refused: `people` (nobody, or too many at once).
    """
    effort = _locked_effort(actor=actor, effort_id=effort_id)
    if not can_contact(actor):
        raise PermissionDenied
    if effort.until_on is not None and effort.until_on < on:
        raise NotNow
    wanted = tuple(dict.fromkeys(citizen_ids))
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise Refused("people", fields=("people",))
    seen = Citizen.objects.visible_to(actor).filter(pk__in=wanted, municipality_id=effort.municipality_id)
    if seen.count() != len(wanted):
        raise NotThere
    held = set(
        OutreachPerson.objects.visible_to(actor)
        .filter(effort=effort, citizen_id__in=wanted)
        .values_list("citizen_id", flat=True)
    )
    new = [citizen_id for citizen_id in wanted if citizen_id not in held]
    for citizen_id in new:
        OutreachPerson(citizen_id=citizen_id, effort=effort, added_on=on, added_by_id=actor.id).save(force_insert=True)
    record_events(verb=Verb.OUTREACH_LISTED, citizen_ids=new)
    return len(new)


def note_contact(
    *, actor: Actor, person_id: UUID, channel: str, response: str, contacted_on: date, on: date, at: datetime
) -> OutreachContact:
    """Somebody was contacted and said this. Raises NotThere, PermissionDenied.

    NotNow after a no, and NotYet after a not now whose day has not come: both are respected.
    Refused: `reply`, `ahead`, `early`.
    """
    person: OutreachPerson | None = OutreachPerson.objects.visible_to(actor).filter(pk=person_id).first()
    if person is None:
        raise NotThere
    if not can_contact(actor):
        raise PermissionDenied
    # The list stands as written: two contacts at the same time follow each other at the citizen.
    _locked_citizen(actor=actor, citizen_id=person.citizen_id)
    if channel not in Contacted.values or response not in Response.values:
        raise Refused("reply", fields=("channel", "response"))
    if contacted_on > on:
        raise Refused("ahead", fields=("contacted_on",))
    if contacted_on < person.added_on:
        raise Refused("early", fields=("contacted_on",))
    _refuse_again(person, on=on)
    row = OutreachContact(
        citizen_id=person.citizen_id,
        person=person,
        contacted_on=contacted_on,
        channel=channel,
        response=response,
        noted_by_id=actor.id,
        noted_at=at,
    )
    row.save(force_insert=True)
    record_event(verb=Verb.OUTREACH_CONTACTED, citizen_id=person.citizen_id, subject=row, detail={"response": response})
    return row


def _refuse_again(person: OutreachPerson, *, on: date) -> None:
    last = person.contacts.order_by("-noted_at", "-pk").first()
    if last is not None and last.response == Response.NO:
        raise NotNow
    if last is not None and last.response == Response.NOT_NOW and on < last.contacted_on + USUAL_PAUSE:
        raise NotYet(last.contacted_on + USUAL_PAUSE)


def _is_pause(before: OpeningAnswer, *, on: date) -> bool:
    return before.ask_again_on is not None and on < before.ask_again_on


def _again(draft: OpeningDraft, *, on: date) -> date | None:
    """The first day on which they may be asked again: the one they chose, half a year, or a year."""
    if draft.talk == Reply.YES:
        return None
    if draft.talk != Reply.NOT_NOW:
        return on + YEAR
    if draft.ask_again_on is None:
        return on + USUAL_PAUSE
    if draft.ask_again_on <= on:
        raise Refused("day_past", fields=("ask_again_on",))
    if draft.ask_again_on - on > LONGEST_PAUSE:
        raise Refused("far", fields=("ask_again_on",))
    return draft.ask_again_on


def _locked_citizen(*, actor: Actor, citizen_id: UUID) -> Citizen:
    """Two answers at the same time follow each other."""
    citizen = Citizen.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=citizen_id).first()
    if citizen is None:
        raise NotThere
    return citizen


def _locked_effort(*, actor: Actor, effort_id: UUID) -> OutreachEffort:
    row: OutreachEffort | None = (
        OutreachEffort.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=effort_id).first()
    )
    if row is None:
        raise NotThere
    return row
