"""A person at work since some time, with talks, calls for help and sick leave."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.follow_up.answers import Answers, Asked, AskedMeasure, kept_answers, kept_asked
from jobbro.apps.follow_up.enums import TalkChannel, TalkParty, TalkState
from jobbro.apps.follow_up.models import HelpRequest, Rhythm, SickLeave, SignalAnswer, Talk, TalkLink
from jobbro.apps.matching.enums import ProposalState
from jobbro.apps.placements.enums import EndReason, PlacementState
from jobbro.apps.placements.models import Placement
from jobbro.apps.placements.services.ending import end_placement
from tests.factories import placements
from tests.factories.accounts import acting
from tests.factories.rows import write

ASKED = Asked(
    areas=("standing", "memory"),
    measures=(AskedMeasure(code=placements.SHOWN_MEASURE, da="Ståstøttestol", en="Sit-stand stool"),),
)
EMPLOYER_ASKED = Asked(areas=("standing",), measures=ASKED.measures)
TOKEN = "et-tegn-som-kun-denne-samtale-har-0123456789"


@dataclass(kw_only=True)
class Work:
    """Anna at work at the bakery, and the table that it came from."""

    at: placements.Table
    placement: Placement

    @property
    def starts_on(self) -> date:
        return self.placement.starts_on


def work(*, days: int = 100, at: placements.Table | None = None, **fields: object) -> Work:
    """Signed by all three, and begun so many days ago with the hours of the agreement."""
    at = at or placements.table(state=ProposalState.AGREED)
    placements.held(at=at)
    begun = timezone.localdate() - timedelta(days=days)
    steps = [
        {"from_on": begun.isoformat(), "hours": 8},
        {"from_on": (begun + timedelta(days=60)).isoformat(), "hours": 12.5},
    ]
    version = placements.agreement(at=at, **{"starts_on": begun, "steps": steps, **fields})
    placements.signed_by_all(at=at, version=version)
    version.placement.starts_on, version.placement.state = begun, PlacementState.AGREED
    return Work(at=at, placement=version.placement)


def talk(*, at: Work, due_on: date, party: TalkParty = TalkParty.CITIZEN, answers: Answers | None = None, **fields):
    """A talk of the party; with answers it was answered in the morning of the day after."""
    asked = EMPLOYER_ASKED if party == TalkParty.EMPLOYER else ASKED
    answered_at = moment(due_on + timedelta(days=1)) if answers else None
    values = {
        "channel": TalkChannel.HERE,
        "state": TalkState.ANSWERED if answers else TalkState.ASKED,
        "asked": kept_asked(asked),
        "answers": kept_answers(answers) if answers else {},
        "made_by": at.at.broker,
        "asked_at": moment(due_on),
        "answered_at": answered_at,
        **fields,
    }
    return write(
        Talk(
            citizen=at.at.citizen,
            company=at.at.company,
            placement=at.placement,
            party=party,
            due_on=due_on,
            **values,
        )
    )


def link(*, talk: Talk, by: User, token: str = TOKEN, **fields: object) -> TalkLink:
    """A link that was sent yesterday and holds for two weeks."""
    values = {"until_at": timezone.now() + timedelta(days=13), "sent_at": timezone.now() - timedelta(days=1), **fields}
    return write(
        TalkLink(
            citizen_id=talk.citizen_id,
            talk=talk,
            token_hash=sha256(token.encode()).digest(),
            sent_by=by,
            **values,
        )
    )


def help_request(*, at: Work, party: TalkParty = TalkParty.CITIZEN, **fields: object) -> HelpRequest:
    """Asked today, to be answered tomorrow."""
    today = timezone.localdate()
    values = {
        "company": at.at.company,
        "placement": at.placement,
        "asked_by": at.at.employer if party == TalkParty.EMPLOYER else at.at.citizen.user,
        "asked_at": moment(today),
        "asked_on": today,
        "answer_by": today + timedelta(days=1),
        **fields,
    }
    return write(HelpRequest(citizen=at.at.citizen, party=party, **values))


def sick_leave(*, at: Work, from_on: date, until_on: date | None = None, **fields: object) -> SickLeave:
    """Noted by staff."""
    values = {"noted_by": at.at.broker, "noted_at": moment(from_on), "changed_at": moment(from_on), **fields}
    return write(
        SickLeave(
            citizen=at.at.citizen,
            company=at.at.company,
            placement=at.placement,
            from_on=from_on,
            until_on=until_on,
            **values,
        )
    )


def signal_answer(*, at: Work, code: str, key: str, **fields: object) -> SignalAnswer:
    """Somebody has seen the signal."""
    values = {"deed": "seen", "text": "", "sentence": "En sætning.", "rule_version": "2026-11-22", **fields}
    return write(
        SignalAnswer(
            citizen=at.at.citizen,
            placement=at.placement,
            code=code,
            key=key,
            made_by=at.at.broker,
            made_at=timezone.now(),
            **values,
        )
    )


def rhythm(*, municipality: str, by: User, from_on: date, **fields: object) -> Rhythm:
    """A municipality has set its own."""
    values = {"steps": ["14d", "2m"], "then_months": 3, "answer_days": 2, "link_days": 7, **fields}
    return write(Rhythm(municipality_id=municipality, from_on=from_on, set_by=by, set_at=moment(from_on), **values))


def ended(at: Work) -> None:
    """The job has ended today."""
    today = timezone.localdate()
    with acting(at.at.broker) as actor:
        end_placement(
            actor=actor,
            placement_id=at.placement.pk,
            ended_on=today,
            reason=EndReason(EndReason.values[0]),
            note="Det er aftalt.",
            on=today,
            at=timezone.now(),
        )


def moment(day: date) -> datetime:
    """Ten in the morning."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))
