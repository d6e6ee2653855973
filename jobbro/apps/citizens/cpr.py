"""CPR numbers: read, encrypted and found again without ever being searched for in the clear."""

import base64
import hmac
import os
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12
_SEPARATORS = str.maketrans("", "", " -\u2010\u2011\u2013\u00a0")


class InvalidCpr(ValueError):
    """The text is not a CPR number; `code` says in which way: `digits` or `date`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Cpr:
    """Ten digits whose first six are a real date; numbers since 2007 have no check digit to test."""

    digits: str

    @classmethod
    def read(cls, text: str) -> "Cpr":
        """Read "010203-4567", with or without hyphen and spaces; raises InvalidCpr."""
        digits = text.strip().translate(_SEPARATORS)
        if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
            raise InvalidCpr("digits")
        try:
            date(_century(digits) + int(digits[4:6]), int(digits[2:4]), int(digits[:2]))
        except ValueError:
            raise InvalidCpr("date") from None
        return cls(digits)

    @property
    def key(self) -> bytes:
        """The keyed hash by which the number is found; ten digits are few, so a plain hash would protect nothing."""
        return hmac.new(base64.b64decode(settings.CPR_LOOKUP_KEY), self.digits.encode(), sha256).digest()

    def encrypted(self) -> bytes:
        """AES-256-GCM with a fresh nonce in front."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(base64.b64decode(settings.CPR_KEY)).encrypt(nonce, self.digits.encode(), b"cpr")

    @classmethod
    def decrypted(cls, cipher: bytes) -> "Cpr":
        """The number behind `encrypted()`; raises cryptography's InvalidTag when the key or a byte is wrong."""
        plain = AESGCM(base64.b64decode(settings.CPR_KEY)).decrypt(cipher[:_NONCE], cipher[_NONCE:], b"cpr")
        return cls(plain.decode())

    @property
    def masked(self) -> str:
        """What lists and files show: the birth date, never the serial number."""
        return f"{self.digits[:6]}-••••"

    @property
    def born_on(self) -> date:
        """The birth date, its century by the seventh digit (CPR-kontoret: "Personnummeret i CPR")."""
        return date(_century(self.digits) + int(self.digits[4:6]), int(self.digits[2:4]), int(self.digits[:2]))


def search_key(text: str) -> bytes:
    """The keyed hash of a name that was searched for: the log can tell the same search again, but no name."""
    folded = " ".join(text.lower().split())
    return hmac.new(base64.b64decode(settings.CPR_LOOKUP_KEY), b"name:" + folded.encode(), sha256).digest()


def _century(digits: str) -> int:
    year, seventh = int(digits[4:6]), int(digits[6])
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
