"""Handing a letter to the mail server, and knowing for every failure whether it may have been sent."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from types import TracebackType
from typing import Self
from urllib.parse import urlparse

from django.conf import settings

from .enums import MailProblem

SECONDS = 20
READY_FOR_CONTENT, TAKEN, TRY_LATER_FROM, NEVER_FROM = 354, 250, 400, 500
_LEADING_POINT = re.compile(rb"(?m)^\.")


class NotSent(Exception):
    """The letter has certainly not been sent. `is_final`: the server will not take it on another day either."""

    def __init__(self, problem: MailProblem, *, reply_code: int | None = None, is_final: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.reply_code = reply_code
        self.is_final = is_final


class PerhapsSent(Exception):
    """The whole letter was given and the server's answer never came."""


class Post:
    """One connection to the mail server, for as many letters as there are; opened anew after it broke."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def hand_over(self, letter: EmailMessage, *, before_content: Callable[[], None]) -> None:
        """The server has taken the letter. `before_content` is called when it is ready for it: up to there nothing
        can have been sent, and what it raises stops the letter. Raises `NotSent` or `PerhapsSent`."""
        server = self._opened()
        try:
            self._address(server, letter)
            content = _as_sent(letter)
            before_content()
        except (OSError, smtplib.SMTPException) as error:
            self._break()
            raise NotSent(MailProblem.NO_CONNECTION) from error
        except NotSent:
            self._reset()
            raise
        except BaseException:
            self._break()
            raise
        self._give(server, content)

    def close(self) -> None:
        """The server has been told that there is no more."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._break()

    def _opened(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = _connected()
            except smtplib.SMTPAuthenticationError as error:
                raise NotSent(MailProblem.LOGIN_REFUSED, reply_code=error.smtp_code) from error
            except (OSError, smtplib.SMTPException) as error:
                raise NotSent(MailProblem.NO_CONNECTION) from error
        return self._server

    def _address(self, server: smtplib.SMTP, letter: EmailMessage) -> None:
        """Sender and receiver are taken and the server waits for the content."""
        code, _words = server.mail(str(letter["From"]))
        if code != TAKEN:
            raise NotSent(MailProblem.LETTER_REFUSED, reply_code=code)
        to = str(letter["To"])
        code, _words = server.rcpt(to) if to.isascii() else (553, b"")
        if code not in (TAKEN, 251):
            raise NotSent(MailProblem.ADDRESS_REFUSED, reply_code=code, is_final=code >= NEVER_FROM)
        server.putcmd("data")
        code, _words = server.getreply()
        if code != READY_FOR_CONTENT:
            raise NotSent(MailProblem.LETTER_REFUSED, reply_code=code, is_final=code >= NEVER_FROM)

    def _give(self, server: smtplib.SMTP, content: bytes) -> None:
        try:
            server.send(content)
            code, _words = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._break()
            raise PerhapsSent from error
        if code != TAKEN:
            self._reset()
            raise NotSent(MailProblem.LETTER_REFUSED, reply_code=code, is_final=code >= NEVER_FROM)

    def _reset(self) -> None:
        try:
            assert self._server is not None
            self._server.rset()
        except (OSError, smtplib.SMTPException):
            self._break()

    def _break(self) -> None:
        """The line is cut without the mark that ends a letter: the server throws away what it has of it."""
        if self._server is not None:
            self._server.close()
        self._server = None


def _connected() -> smtplib.SMTP:
    name = urlparse(settings.PUBLIC_ADDRESS).hostname
    host, port = settings.MAIL_HOST, settings.MAIL_PORT
    server: smtplib.SMTP
    if settings.MAIL_SECURITY == "tls":
        trusted = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, port, local_hostname=name, timeout=SECONDS, context=trusted)
    else:
        server = smtplib.SMTP(host, port, local_hostname=name, timeout=SECONDS)
    try:
        if settings.MAIL_SECURITY == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.MAIL_USER:
            server.login(settings.MAIL_USER, settings.MAIL_PASSWORD)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _as_sent(letter: EmailMessage) -> bytes:
    """The letter with the line ends and the points of RFC 5321, and the mark that ends it."""
    return _LEADING_POINT.sub(b"..", letter.as_bytes(policy=SMTP)) + b".\r\n"
