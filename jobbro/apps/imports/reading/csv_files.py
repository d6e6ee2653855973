"""CSV as Danish Excel writes it (semicolon, Windows-1252 or UTF-8 with a mark), and with comma or tab."""

import csv
import io
import unicodedata

from jobbro.apps.imports.enums import Refusal

from .tables import Table, Unreadable, table_of

DELIMITERS = ";,\t"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_csv(*, content: bytes) -> Table:
    """The rows of a CSV file; raises Unreadable when it is no text or no table."""
    text = _decoded(content)
    if _is_binary(text):
        raise Unreadable(Refusal.NOT_A_TABLE)
    delimiter, text = _delimiter(text)
    # A broken quote would swallow the rest of the file: such a cell passes the reader's limit and is refused.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return table_of(tuple(row) for row in reader)
    except csv.Error:
        raise Unreadable(Refusal.NOT_A_TABLE) from None


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "cp1252")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(Refusal.ENCODING) from None


def _is_binary(text: str) -> bool:
    return any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in text[:4096]) or "\x00" in text


def _delimiter(text: str) -> tuple[str, str]:
    """The separator of the first line, and the text without Excel's own "sep=;" line."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and first.strip()[4:5] in DELIMITERS:
        return (first.strip("\r")[4:5] or "\t"), rest
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=head.count), text
