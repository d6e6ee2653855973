"""Digital Post in MeMo 1.1: one message with a text as its main document and a link to act on.

Written after the agency's public pages on MeMo 1.1 (digitaliser.dk, "MeMo": changes of 14-08-2020: `postType`, CPR 10
and CVR 8 characters, both text) and the order of fields of public sender programs. The schema and schematron files are
not shipped: no licence for passing them on was found, and the agency ends them with MeMo 1.2 (digitaliser.dk, notice of
23-02-2024: 1.1 stays in use beside it). `problems_of` checks what is stated here; the receiving service checks again.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from xml.etree import ElementTree as Tree

NAMESPACE = "https://DigitalPost.dk/MeMo-1"
VERSION, SCHEMA_VERSION = "1.1", "1.1.0"
CPR, CVR = re.compile(r"\d{10}"), re.compile(r"\d{8}")
HEADER = ("messageType", "messageUUID", "label", "mandatory", "legalNotification", "postType", "Sender", "Recipient")
BODY = ("createdDateTime", "MainDocument")
FILE = ("encodingFormat", "filename", "language", "content")


@dataclass(frozen=True, kw_only=True)
class Post:
    """One piece of Digital Post. `cvr`: the municipality's; `cpr`: the receiver's."""

    message_id: UUID
    cvr: str
    sender: str
    cpr: str
    subject: str
    text: str
    link: str
    language: str
    made_at: datetime


def memo_of(post: Post) -> bytes:
    """The message as XML in UTF-8. Raises ValueError when a number is no CVR or CPR number."""
    Tree.register_namespace("memo", NAMESPACE)
    root = Tree.Element(_name("Message"), {"memoVersion": VERSION, "memoSchVersion": SCHEMA_VERSION})
    _header(Tree.SubElement(root, _name("MessageHeader")), post=post)
    _body(Tree.SubElement(root, _name("MessageBody")), post=post)
    written: bytes = Tree.tostring(root, encoding="UTF-8", xml_declaration=True)
    problems = problems_of(written)
    if problems:
        raise ValueError(f"no MeMo message: {', '.join(problems)}")
    return written


def _header(header: Tree.Element, *, post: Post) -> None:
    _add(header, "messageType", "DIGITALPOST")
    _add(header, "messageUUID", str(post.message_id))
    _add(header, "label", post.subject)
    _add(header, "mandatory", "false")
    _add(header, "legalNotification", "false")
    _add(header, "postType", "MYNDIGHEDSPOST")
    sender = Tree.SubElement(header, _name("Sender"))
    _add(sender, "senderID", post.cvr)
    _add(sender, "idType", "CVR")
    _add(sender, "label", post.sender)
    recipient = Tree.SubElement(header, _name("Recipient"))
    _add(recipient, "recipientID", post.cpr)
    _add(recipient, "idType", "CPR")


def _body(body: Tree.Element, *, post: Post) -> None:
    _add(body, "createdDateTime", post.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    document = Tree.SubElement(body, _name("MainDocument"))
    _add(document, "label", post.subject)
    file = Tree.SubElement(document, _name("File"))
    _add(file, "encodingFormat", "text/plain")
    _add(file, "filename", "besked.txt")
    _add(file, "language", post.language)
    _add(file, "content", b64encode(post.text.encode()).decode("ascii"))
    action = Tree.SubElement(document, _name("Action"))
    _add(action, "label", post.subject)
    _add(action, "actionCode", "SELVBETJENING")
    entry = Tree.SubElement(action, _name("EntryPoint"))
    _add(entry, "url", post.link)


def problems_of(written: bytes) -> list[str]:
    """What is wrong with a message by the rules above; an empty list for one that holds them."""
    root = Tree.fromstring(written)  # noqa: S314 - our own text, made a line before
    header, body = root.find(_name("MessageHeader")), root.find(_name("MessageBody"))
    if root.tag != _name("Message") or header is None or body is None:
        return ["root"]
    checks = {
        "version": root.get("memoVersion") == VERSION and root.get("memoSchVersion") == SCHEMA_VERSION,
        "header": _names(header) == HEADER,
        "body": _names(body) == BODY,
        "file": _names(body.find(f"{_name('MainDocument')}/{_name('File')}")) == FILE,
        "sender": bool(CVR.fullmatch(_text(header, "Sender", "senderID"))),
        "recipient": bool(CPR.fullmatch(_text(header, "Recipient", "recipientID"))),
        "label": bool(_text(header, "label")),
        "sender_label": bool(_text(header, "Sender", "label")),
        "url": _text(body, "MainDocument", "Action", "EntryPoint", "url").startswith("http"),
    }
    return [name for name, holds in checks.items() if not holds]


def _add(parent: Tree.Element, name: str, text: str) -> None:
    Tree.SubElement(parent, _name(name)).text = text


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _names(parent: Tree.Element | None) -> tuple[str, ...]:
    return tuple(child.tag.partition("}")[2] for child in parent) if parent is not None else ()


def _text(parent: Tree.Element, *path: str) -> str:
    return parent.findtext("/".join(_name(step) for step in path)) or ""
