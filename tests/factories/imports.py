"""Files as people send them: CSV and XLSX, good, mistaken and hostile."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl
from openpyxl.cell import WriteOnlyCell

HEADER = ("CPR-nummer", "Fornavn", "Efternavn", "Telefon", "E-mail")


def cpr(number: int) -> str:
    """Ten digits with a date that exists; the n-th of them."""
    return f"{number // 10000 % 28 + 1:02}0395{number % 10000:04}"


def people(count: int, *, first: int = 1) -> list[tuple[str, ...]]:
    """Rows of citizens who do not exist."""
    return [(cpr(n), f"Anna {n}", "Bæk-Ødegård", "12 34 56 78", "") for n in range(first, first + count)]


def csv_file(
    rows: Sequence[Sequence[str]], *, header: Sequence[str] = HEADER, delimiter: str = ";", encoding: str = "utf-8-sig"
) -> io.BytesIO:
    """The rows as a CSV file."""
    lines = [delimiter.join(row) for row in [header, *rows]]
    return io.BytesIO(("\r\n".join(lines) + "\r\n").encode(encoding))


def xlsx_file(rows: Sequence[Sequence[object]], *, header: Sequence[str] = HEADER) -> io.BytesIO:
    """The rows as an XLSX file; what begins with "=" becomes a formula."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Borgere")
    for row in [header, *rows]:
        sheet.append([WriteOnlyCell(sheet, value=value) for value in row])
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def with_member(file: io.BytesIO, *, name: str, content: bytes) -> io.BytesIO:
    """The XLSX with one more part, or with one part replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    made.seek(0)
    return made


def zip_bomb(*, megabytes: int = 200) -> io.BytesIO:
    """An XLSX of a few hundred kilobytes that unpacks to `megabytes`."""
    return with_member(xlsx_file(people(1)), name="xl/media/image1.bin", content=bytes(megabytes * 1024 * 1024))


def lying_bomb() -> io.BytesIO:
    """A bomb whose directory says that it is small."""
    content = zip_bomb(megabytes=130).getvalue()
    large = (130 * 1024 * 1024).to_bytes(4, "little")
    return io.BytesIO(content.replace(large, (500).to_bytes(4, "little")))
