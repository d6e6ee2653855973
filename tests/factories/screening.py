"""Dialogues with their answers and what was agreed; named situations beside the plain ones."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.screening.enums import Setting, Speaker, State, Status
from jobbro.apps.screening.facts import agreed_form, answer_fact, profile_json
from jobbro.apps.screening.models import Agreement, Answer, Dialogue
from jobbro.engines import needs
from tests.factories.rows import write

STARTED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def dialogue(
    *,
    citizen: Citizen,
    setting: Setting = Setting.TOGETHER,
    state: State = State.OPEN,
    started_at: datetime = STARTED_AT,
    started_by: User | None = None,
) -> Dialogue:
    """One conversation; begun by the citizen, who has a login, when nobody is named."""
    return write(
        Dialogue(
            citizen=citizen,
            setting=setting,
            state=state,
            guide_version=needs.guide_version(),
            started_at=started_at,
            started_by_id=started_by.pk if started_by else citizen.user_id,
            finished_at=None if state == State.OPEN else started_at + timedelta(hours=1),
        )
    )


def answer(
    *,
    dialogue: Dialogue,
    topic: str,
    by: User,
    words: str = "",
    level: int | None = None,
    status: Status = Status.TOLD,
    choices: tuple[str, ...] = (),
    said_by: Speaker = Speaker.CITIZEN,
    helps: str = "",
    at: datetime | None = None,
) -> Answer:
    """What somebody said to one topic."""
    return write(
        Answer(
            citizen_id=dialogue.citizen_id,
            dialogue=dialogue,
            topic=topic,
            status=status,
            words=words,
            level=level,
            choices=list(choices),
            helps=helps,
            guide_version=needs.guide_version(),
            said_by=said_by,
            answered_by=by,
            answered_at=at or dialogue.started_at + timedelta(minutes=5),
        )
    )


def agreement(*, dialogue: Dialogue, answers: tuple[Answer, ...], by: User, at: datetime | None = None) -> Agreement:
    """Both have agreed; the citizen's word was recorded in the meeting."""
    profile, _ids = agreed_form(answers=[answer_fact(row) for row in answers])
    when = at or dialogue.started_at + timedelta(hours=1)
    return write(
        Agreement(
            citizen_id=dialogue.citizen_id,
            dialogue=dialogue,
            profile=profile_json(profile, guide_version=needs.guide_version()),
            guide_version=needs.guide_version(),
            citizen_agreed_at=when,
            citizen_recorded_by=by,
            staff_agreed_at=when,
            staff_agreed_by=by,
        )
    )


def agreed_dialogue(*, citizen: Citizen, by: User, level: int = 2, started_at: datetime = STARTED_AT) -> Agreement:
    """A finished and agreed dialogue in which lifting was talked about."""
    held = dialogue(citizen=citizen, state=State.AGREED, started_at=started_at, started_by=by)
    told = (
        answer(dialogue=held, topic="first_body", by=by, choices=("lifting", "rest_fine")),
        answer(dialogue=held, topic="lifting", by=by, level=level, words="Kasserne er tunge.", helps="En vogn."),
    )
    return agreement(dialogue=held, answers=told, by=by)


def now() -> datetime:
    """The moment the test runs."""
    return timezone.now()
