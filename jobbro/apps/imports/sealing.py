"""What a row says, kept encrypted until it is imported or dropped."""

import base64
import hmac
import json
import os
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


def sealed(*, batch_id: UUID, values: Mapping[str, str]) -> bytes:
    """The values, AES-256-GCM with a fresh nonce in front; they open only as a row of the same batch."""
    nonce = os.urandom(_NONCE)
    text = json.dumps(dict(values), ensure_ascii=False).encode()
    return nonce + _cipher().encrypt(nonce, text, _about(batch_id))


def opened(*, batch_id: UUID, cipher: bytes) -> dict[str, str]:
    """The values behind `sealed()`."""
    plain = _cipher().decrypt(bytes(cipher[:_NONCE]), bytes(cipher[_NONCE:]), _about(batch_id))
    values: dict[str, str] = json.loads(plain)
    return values


def identity_key(*, text: str) -> bytes:
    """The keyed hash by which a person is found again in the batch, the same as for CPR numbers elsewhere."""
    return hmac.new(base64.b64decode(settings.CPR_LOOKUP_KEY), text.encode(), sha256).digest()


def _cipher() -> AESGCM:
    return AESGCM(base64.b64decode(settings.CPR_KEY))


def _about(batch_id: UUID) -> bytes:
    return b"import" + batch_id.bytes
