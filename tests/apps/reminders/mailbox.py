"""A real mail server on this machine: it keeps what it takes, and misbehaves when told to."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings


@dataclass
class Mailbox:
    """The letters by receiver. `at_rcpt` and `at_data` answer in the server's place; None lets the letter through."""

    letters: list[tuple[str, Message]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    at_rcpt: Callable[[str], str | None] = lambda to: None
    at_data: Callable[[str], str | None] = lambda to: None
    port: int = 0

    def to(self, address: str) -> list[Message]:
        return [letter for to, letter in self.letters if to == address]

    @property
    def receivers(self) -> list[str]:
        return sorted(to for to, _ in self.letters)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.at_rcpt(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        to = envelope.rcpt_tos[0]
        answer = self.at_data(to)
        if answer == "hang up":
            server.transport.abort()
            await asyncio.sleep(0)
            return "421 gone"
        if answer is None:
            self.letters.append((to, message_from_bytes(envelope.content)))
            self.raw.append(envelope.content)
        return answer or "250 OK"


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    """The server listens and Django is told of it."""
    box = Mailbox()
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        with override_settings(**mail_of(box.port)):
            yield box
    finally:
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def mail_of(port: int) -> dict[str, Any]:
    return {
        "MAIL_ENABLED": True,
        "MAIL_HOST": "127.0.0.1",
        "MAIL_PORT": port,
        "MAIL_SECURITY": "none",
        "MAIL_FROM": "jobbro@proevekoebing.example",
        "PUBLIC_ADDRESS": "https://jobbro.proevekoebing.example",
    }


def environment_of(port: int) -> dict[str, str]:
    """The same as a process of its own reads it."""
    return {
        "JOBBRO_SMTP_HOST": "127.0.0.1",
        "JOBBRO_SMTP_PORT": str(port),
        "JOBBRO_SMTP_SECURITY": "none",
        "JOBBRO_MAIL_FROM": "jobbro@proevekoebing.example",
        "JOBBRO_ADDRESS": "https://jobbro.proevekoebing.example",
    }
