"""A talk by its link, without login: the database opens this one talk for whoever has the token, and nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.db import connection

from jobbro.apps.accounts.throttle import attempt_key, note_failure, waiting_time
from jobbro.apps.audit.ids import uuid7
from jobbro.engines.follow_up import after_workdays

from ..answers import Answers, Asked, answers_of, asked_of, checked_answers, kept_answers
from ..enums import TalkParty
from ..refusals import NotNow, NotThere, Refused
from .help import Answerer, tell_answerers
from .talks import token_hash


class LinkStanding(StrEnum):
    """What a link is good for today."""

    OPEN = "open"
    USED = "used"
    STOPPED = "stopped"
    REPLACED = "replaced"
    EXPIRED = "expired"
    OVER = "over"


@dataclass(frozen=True, kw_only=True)
class LinkTalk:
    """What a link shows. Before it is begun in this browser: how it stands, and nothing about anybody."""

    standing: LinkStanding
    is_here: bool
    is_begun: bool
    party: TalkParty | None = None
    asked: Asked = field(default_factory=Asked)
    answers: Answers = field(default_factory=Answers)
    title: str = ""
    name: str = ""
    phone: str = ""
    has_asked: bool = False


class TooMany(RuntimeError):
    """So many tokens that nobody has were tried from one address that it has to wait."""


def open_link(*, token: str, browser: str) -> LinkTalk | None:
    """What this browser sees behind the link; None when there is no such link. One query, nothing is written."""
    found = _asked("select follow_up_link_open(%s::bytea, %s::bytea)", token, browser)
    return _told(json.loads(found) if isinstance(found, str) else found) if found is not None else None


def begin_link(*, token: str, browser: str, address: str, at: datetime) -> None:
    """It is begun in this browser. Raises NotThere, NotNow, TooMany."""
    key = attempt_key(username="talk", address=address)
    if waiting_time(key=key, at=at) is not None:
        raise TooMany
    standing = _asked("select follow_up_link_begin(%s::bytea, %s::bytea)", token, browser)
    if standing is None:
        note_failure(key=key, at=at)
        raise NotThere
    _check(standing)


def save_link(*, token: str, browser: str, answers: Answers) -> None:
    """The answers so far are kept. Raises NotThere, NotNow (sent, stopped, or begun in another browser); Refused."""
    talk = _open_here(token, browser)
    kept = json.dumps(kept_answers(checked_answers(answers, asked=talk.asked)))
    _check(_asked("select follow_up_link_save(%s::bytea, %s::bytea, %s::jsonb)", token, browser, kept))


def send_link_answers(*, token: str, browser: str, answers: Answers, at: datetime, on: date) -> None:
    """The talk is answered, once; whoever wants to talk has asked for help, and whoever answers is told.

    Raises NotThere, NotNow. Refused: `nothing`, and as answers are checked.
    """
    save_link(token=token, browser=browser, answers=answers)
    if answers.is_empty:
        raise Refused("nothing")
    days = _open_here(token, browser).asked.answer_days
    _check(
        _asked(
            "select follow_up_link_send(%s::bytea, %s::bytea, %s::uuid, %s::date)",
            token,
            browser,
            uuid7(),
            after_workdays(on, count=days),
        )
    )
    if answers.wants_talk:
        _tell(token, browser, at=at)


def stop_link(*, token: str, address: str, at: datetime) -> None:
    """It reached somebody else and is worth nothing any more. Raises NotThere, TooMany."""
    key = attempt_key(username="talk", address=address)
    if waiting_time(key=key, at=at) is not None:
        raise TooMany
    with connection.cursor() as cursor:
        cursor.execute("select follow_up_link_stop(%s::bytea)", [token_hash(token)])
        (standing,) = cursor.fetchone()
    if standing is None:
        note_failure(key=key, at=at)
        raise NotThere


def browser_hash(browser: str) -> bytes:
    """What is kept of the mark of a browser."""
    return sha256(browser.encode()).digest()


def _tell(token: str, browser: str, *, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select help_id, user_id, part, is_away from follow_up_link_answerers(%s::bytea, %s::bytea)",
            [token_hash(token), browser_hash(browser)],
        )
        rows = cursor.fetchall()
    answerers = [
        Answerer(user_id=user_id, name="", phone="", part=part, is_away=is_away)
        for _help_id, user_id, part, is_away in rows
    ]
    if rows:
        tell_answerers(help_id=rows[0][0], answerers=answerers, at=at)


def _open_here(token: str, browser: str) -> LinkTalk:
    talk = open_link(token=token, browser=browser)
    if talk is None:
        raise NotThere
    if talk.standing != LinkStanding.OPEN or not talk.is_here:
        raise NotNow
    return talk


def _asked(statement: str, token: str, browser: str, *more: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, [token_hash(token), browser_hash(browser), *more])
        return cursor.fetchone()[0]


def _check(standing: str | None) -> None:
    if standing is None:
        raise NotThere
    if standing != LinkStanding.OPEN:
        raise NotNow


def _told(found: Mapping[str, Any]) -> LinkTalk:
    standing = LinkStanding(found["state"])
    if not found["is_here"]:
        return LinkTalk(standing=standing, is_here=False, is_begun=found["is_begun"])
    return LinkTalk(
        standing=standing,
        is_here=True,
        is_begun=True,
        party=TalkParty(found["party"]),
        asked=asked_of(found["asked"]),
        answers=answers_of(found["answers"]),
        title=found["title"] or "",
        name=found["name"] or "",
        phone=found["phone"] or "",
        has_asked=found["has_asked"],
    )
