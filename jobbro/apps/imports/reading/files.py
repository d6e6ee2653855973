"""Which format a file has: by what it holds, never by what it is called."""

from typing import BinaryIO

from jobbro.apps.imports.enums import Refusal

from .csv_files import read_csv
from .tables import Table, Unreadable
from .xlsx_files import read_xlsx

ZIP = b"PK\x03\x04"
# Old Excel files and encrypted new ones are both in this container.
COMPOUND = b"\xd0\xcf\x11\xe0"


def read_table(*, file: BinaryIO, limit: int) -> Table:
    """The table in the file; raises Unreadable with the reason. Never reads more than `limit` bytes."""
    content = file.read(limit + 1)
    if len(content) > limit:
        raise Unreadable(Refusal.TOO_LARGE)
    if not content.strip():
        raise Unreadable(Refusal.EMPTY)
    if content.startswith(COMPOUND):
        raise Unreadable(Refusal.OLD_EXCEL)
    return read_xlsx(content=content) if content.startswith(ZIP) else read_csv(content=content)
