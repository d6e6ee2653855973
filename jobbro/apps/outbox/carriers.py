"""One way of handing a message over each: mail by SMTP, text messages and Digital Post as files in a folder."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobbro.apps.citizens.cpr import Cpr

from . import memo
from .calendar import Event, invitation_text
from .delivery import Post
from .enums import Problem, Way
from .wording import Words, short

NEW, TAKEN, TEMPORARY = "new", "taken", "tmp"


class FolderAway(Exception):
    """The folder for outgoing files cannot be written now: nothing has been handed over."""

    problem = Problem.NO_FOLDER


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A message ready to go: what it says, to where, and in whose name."""

    message_id: UUID
    words: Words
    link: str
    email: str
    phone: str
    cpr: bytes | None
    language: str
    sender: str
    municipality: str
    event: Event | None
    at: datetime

    @property
    def address(self) -> str:
        """Where to log in and read on."""
        return f"{settings.PUBLIC_ADDRESS}{self.link}"


class Carrier(Protocol):
    """Hands messages over by one way."""

    # Whether handing the same message over once more is still one message.
    is_repeatable: bool

    def hand_over(self, parcel: Parcel, *, begin: Callable[[], None]) -> None:
        """The message is with the next hand. Up to `begin` nothing can have been sent, and what it raises stops the
        message. Raises delivery.NotSent, delivery.PerhapsSent, FolderAway."""

    def close(self) -> None:
        """There is no more."""


class MailCarrier:
    """Letters to the mail server: each at most once, because its answer can be lost."""

    is_repeatable = False

    def __init__(self) -> None:
        self._post = Post()

    def hand_over(self, parcel: Parcel, *, begin: Callable[[], None]) -> None:
        """See `Carrier`."""
        self._post.hand_over(letter_of(parcel), before_content=begin)

    def close(self) -> None:
        """See `Carrier`."""
        self._post.close()


class FolderCarrier:
    """Files named by the message, each exactly once: made whole, then renamed; there already, it is not made again.

    Whoever sends them on moves them from `new` to `taken` and may delete them there after two days.
    """

    is_repeatable = True

    def __init__(self, folder: Path, *, ending: str, written: Callable[[Parcel], bytes]) -> None:
        self._folder, self._ending, self._written = folder, ending, written
        self._is_ready = False

    def hand_over(self, parcel: Parcel, *, begin: Callable[[], None]) -> None:
        """See `Carrier`."""
        name = f"{parcel.message_id}{self._ending}"
        content = self._written(parcel)
        try:
            self._make_ready()
        except OSError as error:
            raise FolderAway from error
        begin()
        try:
            if not any((self._folder / place / name).exists() for place in (NEW, TAKEN)):
                self._put(name, content)
        except OSError as error:
            raise FolderAway from error

    def close(self) -> None:
        """See `Carrier`."""

    def _make_ready(self) -> None:
        if not self._is_ready:
            for place in (NEW, TAKEN, TEMPORARY):
                (self._folder / place).mkdir(parents=True, exist_ok=True, mode=0o700)
            self._is_ready = True

    def _put(self, name: str, content: bytes) -> None:
        """The file is whole on the disk before it has its name, and the name is on the disk before we say so."""
        half = self._folder / TEMPORARY / name
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.rename(self._folder / NEW / name)
        folder = os.open(self._folder / NEW, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def open_carriers() -> dict[Way, Carrier]:
    """The ways that are set up here."""
    found: dict[Way, Carrier] = {}
    if settings.MAIL_ENABLED:
        found[Way.EMAIL] = MailCarrier()
    if settings.OUTBOX_FOLDER and settings.PUBLIC_ADDRESS:
        folder = Path(settings.OUTBOX_FOLDER)
        found[Way.SMS] = FolderCarrier(folder / "sms", ending=".json", written=text_message_of)
        if settings.SENDER_CVR:
            found[Way.DIGITAL_POST] = FolderCarrier(folder / "digital_post", ending=".xml", written=digital_post_of)
    return found


def close_carriers(carriers: dict[Way, Carrier]) -> None:
    """All of them have been told that there is no more."""
    for carrier in carriers.values():
        with suppress(OSError):
            carrier.close()


def letter_of(parcel: Parcel) -> EmailMessage:
    """The letter. Its id is the message's: a copy can be told from a new one."""
    letter = EmailMessage()
    letter["From"] = Address(display_name=parcel.sender, addr_spec=settings.MAIL_FROM)
    letter["To"] = parcel.email
    letter["Date"] = format_datetime(timezone.localtime(parcel.at))
    letter["Message-ID"] = f"<{parcel.message_id}@{settings.MAIL_FROM.rpartition('@')[2]}>"
    # RFC 3834: nobody's out-of-office answers it.
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter["Subject"] = parcel.words.subject
    letter["Content-Language"] = parcel.language
    letter.set_content(long_text(parcel), cte="quoted-printable")
    if parcel.event is not None:
        entry = invitation_text(parcel.event, sender=settings.MAIL_FROM, receiver=parcel.email)
        method = "CANCEL" if parcel.event.is_off else "REQUEST"
        letter.add_attachment(
            entry.encode(),
            maintype="text",
            subtype="calendar",
            filename="moede.ics",
            params={"method": method, "charset": "utf-8"},
        )
    return letter


def long_text(parcel: Parcel) -> str:
    """The sentences, where to read on, and in whose name."""
    with translation.override(parcel.language):
        lines = [*parcel.words.sentences, "", _("Log in to read more:"), parcel.address, ""]
        ending = _("Please do not answer this message: nobody reads the answers.")
        return "\n".join([*lines, ending, *([parcel.sender] if parcel.sender else []), ""])


def text_message_of(parcel: Parcel) -> bytes:
    """A text message for the municipality's gateway, as JSON: id, receiver, sender, text."""
    told = {
        "id": str(parcel.message_id),
        "to": parcel.phone,
        "from": parcel.sender,
        "language": parcel.language,
        "text": short(parcel.words, address=parcel.address, front=settings.PUBLIC_ADDRESS),
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def digital_post_of(parcel: Parcel) -> bytes:
    """Digital Post in MeMo 1.1. Raises ValueError when the municipality's CVR number is not set."""
    assert parcel.cpr is not None
    return memo.memo_of(
        memo.Post(
            message_id=parcel.message_id,
            cvr=settings.SENDER_CVR.get(parcel.municipality, ""),
            sender=parcel.sender,
            cpr=Cpr.decrypted(parcel.cpr).digits,
            subject=parcel.words.subject,
            text=long_text(parcel),
            link=parcel.address,
            language=parcel.language,
            made_at=parcel.at,
        )
    )
