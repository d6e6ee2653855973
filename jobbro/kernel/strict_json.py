"""JSON read strictly: no repeated keys, finite numbers kept exactly, limits, a line for every field."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import Any

from jobbro.kernel.strict_yaml import ContentError, Document

MAX_BYTES = 16_000_000
MAX_DEPTH = 20
# Longer numbers mean no more than the nearest double; kept exactly they could fill the memory.
_LONGEST_NUMBER = 40

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z]+")
_WORDS = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_json(content: bytes, *, file: str, max_bytes: int = MAX_BYTES) -> Document:
    """`content` (UTF-8, RFC 8259) as a `Document` of dicts, lists, text, bool, None, int and `Decimal`.

    Raises `ContentError` with file, line and field for more than `max_bytes`, nesting deeper than `MAX_DEPTH`, a key
    given twice in one object, NaN and Infinity, a number beyond the doubles, half of a surrogate pair, and broken JSON.
    """
    if len(content) > max_bytes:
        raise ContentError(file=file, line=1, field="", reason=f"larger than {max_bytes} bytes; split the file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(file=file, line=1, field="", reason="is not UTF-8; save it as UTF-8") from error
    return _Reader(text=text, file=file).document()


class _Reader:
    """One pass over the text; `_at` is the next character to read."""

    def __init__(self, *, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._at = 0
        self._counted_to = 0
        self._line = 1
        self._lines: dict[str, int] = {}

    def document(self) -> Document:
        value = self._value(field="", depth=0)
        self._skip_space()
        if self._at < len(self._text):
            raise self._error(field="", reason="is not valid JSON: something stands after the end")
        return Document(file=self._file, value=value, lines=self._lines)

    def _value(self, *, field: str, depth: int) -> Any:
        self._skip_space()
        self._lines.setdefault(field, self._line_here())
        if depth > MAX_DEPTH:
            raise self._error(field=field, reason=f"nested deeper than {MAX_DEPTH} levels")
        sign = self._text[self._at : self._at + 1]
        if sign == "{":
            return self._object(field=field, depth=depth)
        if sign == "[":
            return self._array(field=field, depth=depth)
        if sign == '"':
            return self._string(field=field)
        return self._word(field=field) if sign.isalpha() else self._number(field=field)

    def _object(self, *, field: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self._at += 1
        while self._more(end="}", is_first=not found, field=field):
            self._skip_space()
            line = self._line_here()
            key = self._string(field=field)
            path = f"{field}.{key}" if field else key
            if key in found:
                raise self._error(field=path, reason="is given twice; keep one")
            self._lines[path] = line
            self._skip_space()
            if not self._take(":"):
                raise self._error(field=path, reason="is not valid JSON: a colon is expected here")
            found[key] = self._value(field=path, depth=depth + 1)
        return found

    def _array(self, *, field: str, depth: int) -> list[Any]:
        found: list[Any] = []
        self._at += 1
        while self._more(end="]", is_first=not found, field=field):
            found.append(self._value(field=f"{field}[{len(found)}]", depth=depth + 1))
        return found

    def _more(self, *, end: str, is_first: bool, field: str) -> bool:
        self._skip_space()
        if self._take(end):
            return False
        if not is_first and not self._take(","):
            raise self._error(field=field, reason=f"is not valid JSON: a comma or {end} is expected here")
        return True

    def _string(self, *, field: str) -> str:
        found = _STRING.match(self._text, self._at)
        if not found:
            raise self._error(field=field, reason="is not valid JSON: a text in quotes is expected here")
        value: str = json.loads(found.group())
        if _SURROGATE.search(value):
            raise self._error(field=field, reason="holds half of a character; write it whole")
        self._at = found.end()
        return value

    def _number(self, *, field: str) -> int | Decimal:
        found = _NUMBER.match(self._text, self._at)
        if not found:
            is_infinite = self._text.startswith("-Infinity", self._at)
            reason = (
                "a finite number is expected here" if is_infinite else "is not valid JSON: a value is expected here"
            )
            raise self._error(field=field, reason=reason)
        written = found.group()
        if not math.isfinite(float(written)):
            raise self._error(field=field, reason="a finite number is expected here")
        self._at = found.end()
        if len(written) > _LONGEST_NUMBER or found.group(2):
            return Decimal(repr(float(written)))
        return Decimal(written) if found.group(1) else int(written)

    def _word(self, *, field: str) -> bool | None:
        found = _WORD.match(self._text, self._at)
        word = found.group() if found else ""
        if word in ("NaN", "Infinity"):
            raise self._error(field=field, reason="a finite number is expected here")
        if word not in _WORDS:
            raise self._error(field=field, reason=f"is not valid JSON: {word[:40]} is not known here")
        self._at += len(word)
        return _WORDS[word]

    def _take(self, sign: str) -> bool:
        if self._text.startswith(sign, self._at):
            self._at += 1
            return True
        return False

    def _skip_space(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line

    def _error(self, *, field: str, reason: str) -> ContentError:
        return ContentError(file=self._file, line=self._line_here(), field=field, reason=reason)
