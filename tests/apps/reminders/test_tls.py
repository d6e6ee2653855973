"""The connection to the mail server: encrypted, only to a server with a trusted name, and logged in."""

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import override_settings
from django.utils import timezone

from jobbro.apps.outbox.delivery import NotSent, Post
from jobbro.apps.reminders.enums import Problem
from jobbro.apps.reminders.letters import letter_for
from jobbro.apps.reminders.models import Digest
from tests.apps.reminders.mailbox import Mailbox, free_port, mail_of

# The server that speaks TLS at once does not count it as such; the warning is about that.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")
LOGIN = {"MAIL_USER": "jobbro", "MAIL_PASSWORD": "rigtig-hest"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def server(certificate: Path, *, is_tls_at_once: bool = False) -> Iterator[Mailbox]:
    """A server that takes letters after TLS and login only."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def is_known(server, session, envelope, mechanism, data) -> AuthResult:
        # `handled=False` lets the server itself answer that the login is wrong.
        return AuthResult(success=(data.login, data.password) == (b"jobbro", b"rigtig-hest"), handled=False)

    box = Mailbox(port=free_port())
    tls = {"ssl_context": context} if is_tls_at_once else {"tls_context": context, "require_starttls": True}
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        authenticator=is_known,
        auth_required=True,
        auth_require_tls=not is_tls_at_once,
        **tls,
    )
    controller.start()
    security = "tls" if is_tls_at_once else "starttls"
    try:
        with override_settings(**mail_of(box.port) | LOGIN | {"MAIL_SECURITY": security}):
            yield box
    finally:
        controller.stop()


def send() -> None:
    digest = Digest(soon=3, late=1)
    letter = letter_for(digest=digest, to="mette@proevekoebing.example", language="en", at=timezone.now())
    with Post() as post:
        post.hand_over(letter, before_content=lambda: None)
        post.hand_over(letter, before_content=lambda: None)


@pytest.mark.parametrize("is_tls_at_once", [False, True])
def test_letters_go_over_a_trusted_connection_after_login(certificate, monkeypatch, is_tls_at_once):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with server(certificate, is_tls_at_once=is_tls_at_once) as box:
        send()
        assert len(box.letters) == 2
        with override_settings(MAIL_PASSWORD="forkert"), pytest.raises(NotSent) as failure:
            send()
        assert failure.value.problem == Problem.LOGIN_REFUSED
        assert len(box.letters) == 2


@pytest.mark.parametrize("is_tls_at_once", [False, True])
def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_letter(certificate, is_tls_at_once):
    with server(certificate, is_tls_at_once=is_tls_at_once) as box:
        with pytest.raises(NotSent) as failure:
            send()
        assert failure.value.problem == Problem.NO_CONNECTION
        assert box.letters == []


def test_a_server_without_tls_gets_nothing_when_tls_is_asked_for():
    from tests.apps.reminders.mailbox import running_mailbox

    with running_mailbox() as box, override_settings(MAIL_SECURITY="starttls"):
        with pytest.raises(NotSent):
            send()
        assert box.letters == []
